import { describe, expect, test } from '@jest/globals'
import type { Change } from '../../src/diff/change.ts'
import { compare } from '../../src/diff/compare.ts'
import type { Threat, ThreatModel } from '../../src/threat-model/model.ts'
import { read } from '../../src/threat-model/read.ts'
import {
  formEdits,
  withoutThreat,
  withRenumberedThreats,
  withRewordedThreat,
  withSwappedThreats,
} from '../support/edit-document.ts'
import { effort } from '../support/effort.ts'
import { randomFrom } from '../support/random.ts'
import { type SharedDocument, sharedDocuments } from '../support/shared-documents.ts'
import './edit-script-documents/edit-script.ts'
import './edit-script-documents/edit-script-shapes.ts'

/*
 * Edits on real documents, read by the real reader before and after. Skipped where there are
 * none. A miss here may be the reader's as well as the comparison's: both stand between the
 * author and the answer.
 */

/** Least share of edits told rightly, of 100, by kind. */
const floors: Record<string, number> = { form: 98, remove: 97, reword: 93, swap: 90, renumber: 90 }

/** A few misses say nothing where little was asked: the whole of it holds the floors alone. */
const missesMin = effort(2, 0)

/** Threats tried in one document. */
const triedMax = effort(1, 2)

interface Tally {
  asked: number
  misses: string[]
}

const tallies = new Map<string, Tally>()

function note(kind: string, right: boolean, what: () => string): void {
  const tally = tallies.get(kind) ?? { asked: 0, misses: [] }
  tallies.set(kind, tally)
  tally.asked++
  if (!right) tally.misses.push(what().slice(0, 400))
}

const readings = new Map<string, ThreatModel>()

function modelOf(text: string): ThreatModel {
  const model = readings.get(text) ?? read(text).model
  readings.set(text, model)
  return model
}

function changesOf(before: string, after: string): Change[] {
  return compare(modelOf(before), read(after).model, { before, after }).changes
}

function shown(document: SharedDocument, edit: string, changes: Change[]): string {
  const list = changes.map(
    (c) => `${c.kind} ${c.element} ${c.field ?? ''} "${c.title.slice(0, 50)}"`,
  )
  return `${document.name}, ${edit}: ${list.slice(0, 5).join('; ')}`
}

function tryForm(document: SharedDocument): void {
  for (const edit of formEdits) {
    const head = edit.apply(document.text)
    if (head === document.text) continue
    const changes = changesOf(document.text, head)
    note('form', changes.length === 0, () => shown(document, edit.name, changes))
  }
}

function tryThreats(document: SharedDocument, threats: Threat[]): void {
  const random = randomFrom(document.name.length)
  for (const threat of random.some(threats, triedMax)) {
    const rest = withoutThreat(document.text, threat, threats)
    if (rest !== null) {
      const changes = changesOf(document.text, rest)
      const alone = changes.filter(isLonelyThreat)
      const right = alone.length === 1 && alone[0]?.title === threat.title
      note('remove', right, () => shown(document, `without "${threat.title}"`, changes))
    }
    const reworded = withRewordedThreat(document.text, threat, random)
    if (reworded !== null) {
      const changes = changesOf(document.text, reworded)
      const told = changes.some((c) => c.field === 'title' && c.previousTitle === threat.title)
      const right = told && !changes.some(isLonelyThreat)
      note('reword', right, () => shown(document, `with other words in "${threat.title}"`, changes))
    }
  }
}

function isLonelyThreat(change: Change): boolean {
  return change.element === 'threat' && (change.kind === 'added' || change.kind === 'removed')
}

function tryOrder(document: SharedDocument, threats: Threat[]): void {
  for (let i = 0; i + 1 < Math.min(threats.length, triedMax + 1); i++) {
    const [first, second] = [threats[i], threats[i + 1]]
    const head = first && second ? withSwappedThreats(document.text, first, second) : null
    if (head === null) continue
    const changes = changesOf(document.text, head)
    note('swap', changes.length === 0, () => shown(document, `"${first?.title}" swapped`, changes))
  }
  const head = withRenumberedThreats(document.text, threats)
  if (head === null) return
  const changes = changesOf(document.text, head)
  note('renumber', changes.length === 0, () => shown(document, 'renumbered', changes))
}

const documents = sharedDocuments()
const suite = documents.length === 0 ? describe.skip : describe

suite('edit scripts on real documents', () => {
  test('each edit is told as what it was', () => {
    for (const document of documents) {
      const model = modelOf(document.text)
      tryForm(document)
      tryThreats(document, model.threats)
      tryOrder(document, model.threats)
    }
    const table = [...tallies].map(([kind, { asked, misses }]) => {
      return `${kind.padEnd(10)} ${asked - misses.length} of ${asked}`
    })
    const misses = [...tallies.values()].flatMap((tally) => tally.misses)
    console.info([...table, ...misses].join('\n'))
    for (const [kind, tally] of tallies) {
      const allowed = (tally.asked * (100 - (floors[kind] ?? 100))) / 100
      const few = tally.misses.length <= Math.max(allowed, missesMin)
      expect({ kind, misses: few ? [] : tally.misses }).toEqual({ kind, misses: [] })
    }
  }, 120_000)
})
