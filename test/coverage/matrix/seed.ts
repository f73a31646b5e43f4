import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from '@jest/globals'
import { matrixOf, secondLevel } from '../../../src/coverage/matrix.ts'
import { read } from '../../../src/threat-model/read.ts'

/*
 * The matrix of the seed against what people counted in it by hand. Skipped in a plain clone, where
 * the document is not there; matrix.test.ts holds the same rules on documents of our own.
 */

const seed = join(import.meta.dirname, '..', '..', '..', '..', 'shared', 'seed')
const there = existsSync(join(seed, 'expected.json'))

interface Expected {
  attacks: { title: string }[]
  threats: {
    universal: unknown[]
    direct: { by: unknown[] }[]
    shared: { adversaries: unknown[]; attacks: { title: string }[] }
    no_adversary_stated: unknown[]
    against_mitigations: { adversaries: unknown[] }[]
  }
  counts: { attacks_distinct: number }
}

;(there ? describe : describe.skip)('the seed’s “who can get what”', () => {
  const text = there ? readFileSync(join(seed, 'THREAT_MODEL.md'), 'utf8') : ''
  const { model } = read(text, { path: 'THREAT_MODEL.md' })
  const expected = (
    there ? JSON.parse(readFileSync(join(seed, 'expected.json'), 'utf8')) : {}
  ) as Expected
  const matrix = matrixOf(model, '2026-11-24')

  test('whoever can do everything stands above the table', () => {
    expect(matrix.universal).toHaveLength(expected.threats.universal.length)
    expect(matrix.nobody).toHaveLength(expected.threats.no_adversary_stated.length)
  })

  test('every written, shared, universal and referred pair is a cell, and nothing else is', () => {
    const { direct, shared, universal } = expected.threats
    const written = direct.reduce((sum, entry) => sum + entry.by.length, 0)
    const sharedAttacks = new Set(shared.attacks.map(({ title }) => title)).size
    const modify = direct.find((entry) =>
      JSON.stringify(entry).includes('Modifying the content of a users communication'),
    )
    const referred = modify?.by.length ?? 0
    const everything = universal.length * expected.counts.attacks_distinct
    const pairs = written + sharedAttacks * shared.adversaries.length + referred
    expect(matrix.cells).toBe(pairs + everything)
  })

  test('threats against the mitigations are a table of their own', () => {
    const against = expected.threats.against_mitigations
    const pairs = against.reduce((sum, entry) => sum + entry.adversaries.length, 0)
    expect(secondLevel(model, '2026-11-24')?.cells).toBe(pairs)
  })
})
