import { describe, expect, test } from '@jest/globals'
import { compare } from '../../src/diff/compare.ts'
import { read } from '../../src/threat-model/read.ts'
import { formEdits } from '../support/edit-document.ts'
import { randomFrom } from '../support/random.ts'
import { sharedDocuments } from '../support/shared-documents.ts'

/*
 * The document in which everything looks alike: a hundred threats that are one of thirty attacks by
 * one of fourteen adversaries. Skipped where it is not beside the checkout.
 */

const text = sharedDocuments().find(({ name }) => name.startsWith('seed'))?.text ?? ''
const suite = text === '' ? describe.skip : describe

function changesTo(head: string) {
  return compare(read(text).model, read(head).model, { before: text, after: head }).changes
}

suite('the seed', () => {
  const { model } = read(text)
  const cells = model.threats.filter((t) => t.scope === 'direct' && t.title.includes(' / '))

  test('against itself and against itself in another dress: nothing', () => {
    expect(changesTo(text)).toEqual([])
    for (const edit of formEdits) {
      expect([edit.name, changesTo(edit.apply(text))]).toEqual([edit.name, []])
    }
  })

  test('another adversary under an attack is another threat', () => {
    const random = randomFrom(3)
    let asked = 0
    for (const cell of random.some(cells, 12)) {
      const known = model.adversaries.filter((a) => a.certainty === 'stated')
      const old = known.find((a) => a.id === cell.adversaries[0])
      const attacked = model.threats.filter((t) => t.attacks.includes(cell.attacks[0] ?? ''))
      const free = known.filter((a) => !attacked.some((t) => t.adversaries.includes(a.id)))
      const lines = text.split('\n')
      const line = lines[cell.span.start.line - 1] ?? ''
      if (old === undefined || free.length === 0 || !line.includes(old.title)) continue
      lines[cell.span.start.line - 1] = line.replace(old.title, random.pick(free).title)
      const told = changesTo(lines.join('\n')).map((c) => `${c.kind} ${c.element}`)
      expect([cell.title, told.sort()]).toEqual([cell.title, ['added threat', 'removed threat']])
      asked++
    }
    expect(asked).toBeGreaterThan(5)
  })

  test('an adversary with another name is the same one, and so are its threats', () => {
    for (const { title } of model.adversaries.slice(0, 6)) {
      const changes = changesTo(text.replaceAll(title, title.replace(/^\w+/, '$& trusted')))
      expect(changes.filter((c) => c.kind === 'added' || c.kind === 'removed')).toEqual([])
      expect(changes.some((c) => c.element === 'adversary' && c.field === 'title')).toBe(true)
    }
  })
})
