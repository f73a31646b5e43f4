import { describe, expect, test } from '@jest/globals'
import { compare } from '../../../src/diff/compare.ts'
import { judge } from '../../support/edit-script.ts'
import { applyEdits, type EditKind, editKinds } from '../../support/edits.ts'
import { effort } from '../../support/effort.ts'
import { modelOf } from '../../support/generate.ts'
import { type Random, randomFrom } from '../../support/random.ts'
import { type SketchSize, sketchOf } from '../../support/sketch.ts'

/*
 * Random edits on generated models: is each recognised as what it was? The table says in how many
 * cases, per kind; the floors are those the project promises. Some models get a single edit, some
 * six at once, to other elements each.
 */

/** Least share recognised, of 100. */
const floors: Record<EditKind, number> = {
  reflow: 100,
  reorder: 100,
  renumber: 100,
  move: 100,
  'remove threat': 100,
  'remove mitigation': 100,
  'remove limitation': 100,
  reword: 95,
  'reword mitigation': 95,
  rename: 95,
  split: 85,
  merge: 85,
  duplicate: 95,
  'change status': 100,
  'change severity': 100,
  'move mitigation': 95,
  'add threat': 95,
}

const scripts = effort(102, 204)

interface Tally {
  asked: number
  recognised: number
  flaws: string[]
}

function run(editsAtOnce: number): Map<EditKind, Tally> {
  const tallies = new Map(editKinds.map((kind): [EditKind, Tally] => [kind, newTally()]))
  for (let seed = 0; seed < scripts; seed++) {
    const random = randomFrom(seed * 7919 + editsAtOnce)
    const edited = applyEdits(kindsFor(seed, editsAtOnce, random), sketchFor(seed, random), random)
    const verdict = judge(edited, compare(modelOf(edited.base), modelOf(edited.head)))
    for (const { edit, flaws } of verdict.edits) note(tallies.get(edit.kind), seed, flaws)
  }
  return tallies
}

function newTally(): Tally {
  return { asked: 0, recognised: 0, flaws: [] }
}

function note(tally: Tally | undefined, seed: number, flaws: string[]): void {
  if (tally === undefined) return
  tally.asked++
  if (flaws.length === 0) tally.recognised++
  else tally.flaws.push(`seed ${seed}: ${flaws.join('; ').slice(0, 300)}`)
}

function kindsFor(seed: number, count: number, random: Random): EditKind[] {
  if (count > 1) return random.shuffled([...editKinds, ...editKinds]).slice(0, count)
  return [editKinds[seed % editKinds.length] ?? 'reword']
}

function sketchFor(seed: number, random: Random) {
  const size: SketchSize = {
    threats: random.pick([6, 15, 40]),
    form: seed % 4 === 3 ? 'nested' : 'register',
    ids: random.chance(0.5),
  }
  return sketchOf(random, size)
}

function shown(tallies: Map<EditKind, Tally>): string[] {
  return [...tallies].map(([kind, { asked, recognised }]) => {
    return `${kind.padEnd(18)} ${recognised} of ${asked}`
  })
}

describe('edit scripts on generated models', () => {
  for (const count of [1, 6]) {
    test(`${count} edit(s) at once are recognised`, () => {
      const tallies = run(count)
      console.info(`${count} edit(s) at once\n${shown(tallies).join('\n')}`)
      for (const [kind, tally] of tallies) {
        const share = (100 * tally.recognised) / Math.max(1, tally.asked)
        const flaws = share < floors[kind] ? tally.flaws : []
        expect({ kind, asked: tally.asked > 0, flaws }).toEqual({ kind, asked: true, flaws: [] })
      }
    })
  }
})
