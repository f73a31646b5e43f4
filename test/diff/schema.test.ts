import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from '@jest/globals'
import { Ajv } from 'ajv'
import { compare } from '../../src/diff/compare.ts'
import { changesJson } from '../../src/report/changes-json.ts'
import { applyEdits, editKinds } from '../support/edits.ts'
import { modelOf } from '../support/generate.ts'
import { randomFrom } from '../support/random.ts'
import { sketchOf } from '../support/sketch.ts'

const file = join(import.meta.dirname, '..', '..', 'docs', 'diff.schema.json')
const validate = new Ajv({ allErrors: true }).compile(JSON.parse(readFileSync(file, 'utf8')))

test('what programs get is what docs/diff.schema.json promises', () => {
  const kinds = new Set<string>()
  for (let seed = 0; seed < 20; seed++) {
    const random = randomFrom(seed)
    const sketch = sketchOf(random, { threats: 12, form: 'register', ids: true })
    const edited = applyEdits(random.shuffled(editKinds), sketch, random)
    const comparison = compare(modelOf(edited.base), modelOf(edited.head))
    for (const change of comparison.changes) kinds.add(change.kind)
    validate(changesJson(comparison))
    expect(validate.errors ?? []).toEqual([])
  }
  expect([...kinds].sort()).toEqual([
    'added',
    'link-changed',
    'merged',
    'moved',
    'removed',
    'renamed',
    'reworded',
    'severity-changed',
    'split',
    'status-changed',
  ])
})

test('the schema refuses what it does not promise', () => {
  expect(validate({ schema: 'threat-model-diff/1', changes: [{ kind: 'gone' }], notes: [] })).toBe(
    false,
  )
})
