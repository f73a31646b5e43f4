import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from '@jest/globals'
import { Ajv } from 'ajv'
import { toJson } from '../../../src/threat-model/json.ts'
import { elementsOf, type ThreatModel } from '../../../src/threat-model/model.ts'
import { read } from '../../../src/threat-model/read.ts'
import { goldenCases } from '../../support/cases.ts'
import { formatPage } from '../../support/format-page.ts'
import { hostileShapes } from '../../support/hostile.ts'
import { sharedDocuments } from '../../support/shared-documents.ts'

/* What is promised to authors (docs/FORMAT.md) and to programs (docs/threat-model.schema.json). */

const docs = join(import.meta.dirname, '..', '..', '..', 'docs')

test('docs/FORMAT.md shows what the program answers', async () => {
  const file = join(docs, 'FORMAT.md')
  const page = readFileSync(file, 'utf8')
  const { text, untested } = await formatPage(page)
  if (process.env.UPDATE === '1') writeFileSync(file, text)
  expect(untested).toEqual([])
  expect(readFileSync(file, 'utf8')).toBe(text)
})

describe('docs/threat-model.schema.json', () => {
  const schema = JSON.parse(readFileSync(join(docs, 'threat-model.schema.json'), 'utf8'))
  const fits = new Ajv({ allErrors: true, allowUnionTypes: true }).compile(schema)
  const documents = [
    ...goldenCases('read').map(({ name, parts }) => ({ name, text: parts.get('document') ?? '' })),
    ...sharedDocuments(),
    ...hostileShapes.map(({ name, make }) => ({ name, text: make(500) })),
    { name: 'unreadable', text: 'a\0' },
    { name: 'nothing', text: '' },
  ]

  test('is what programs get, and every id in it leads somewhere', () => {
    for (const { name, text } of documents) {
      const reading = read(text)
      const written = JSON.parse(JSON.stringify(toJson(reading)))
      expect([name, fits(written) ? [] : fits.errors]).toEqual([name, []])
      expect([name, lost(reading.model)]).toEqual([name, []])
    }
  })

  test('refuses what it does not promise', () => {
    const empty = toJson(read(''))
    expect(fits(empty)).toBe(true)
    expect(fits({ ...empty, schema: 'threat-model/2' })).toBe(false)
    expect(fits({ ...empty, threats: [{ title: 'Loss' }] })).toBe(false)
  })
})

/** Ids that lead nowhere, and answers that only one side knows. */
function lost(model: ThreatModel): string[] {
  const known = new Set(elementsOf(model).map(({ id }) => id))
  const named = model.threats.flatMap((threat) => [
    ...threat.attacks,
    ...threat.adversaries,
    ...threat.assets,
    ...threat.mitigations.map(({ id }) => id),
  ])
  const answered = new Set(
    model.mitigations.flatMap(({ id, answers }) => answers.map((threat) => `${id} ${threat}`)),
  )
  const ties = model.threats.flatMap(({ id, mitigations }) =>
    mitigations.map((tie) => `${tie.id} ${id}`),
  )
  return [
    ...named.filter((id) => !known.has(id)),
    ...ties.filter((tie) => !answered.has(tie)),
    ...(answered.size === ties.length ? [] : ['another number of answers than of ties']),
  ]
}
