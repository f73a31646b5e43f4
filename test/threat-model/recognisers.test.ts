import { describe, expect, test } from '@jest/globals'
import { toJson } from '../../src/threat-model/json.ts'
import { elementsOf } from '../../src/threat-model/model.ts'
import { read } from '../../src/threat-model/read.ts'
import { recognisers } from '../../src/threat-model/recognisers/all.ts'
import { fieldOfHeader } from '../../src/threat-model/vocabulary/headers.ts'
import { fieldOf, roleOf } from '../../src/threat-model/vocabulary/vocabulary.ts'
import {
  collectedThings,
  collections,
  collectors,
  columnWords,
  headingWords,
  listed,
  tails,
} from '../support/heading-words.ts'

/*
 * What holds for all recognisers together: their results are merged, every element says who found
 * it and why, the policy file corrects the reading, and what was not understood is said.
 */

const twice = `# Model

## Summary of threats

| ID | Threat | Severity |
|----|--------|----------|
| T-1 | Replay of links | High |
| T-2 | Lost roster | Low |

## Threats

### T-1: Links are replayed

**Mitigation:** Links are used once

### T-3: Flooding

**Mitigation:** Quotas
`

describe('merging', () => {
  const { model } = read(twice)

  test('a row and a heading of one id are one threat with two places', () => {
    const threat = model.threats.find((t) => t.writtenId === 'T-1')
    expect(threat?.places.map((place) => place.start.line)).toEqual([7, 12])
    expect(threat?.severity).toBe('high')
    expect(threat?.mitigations.length).toBe(1)
    expect(threat?.title).toBe('Replay of links')
    expect(model.threats.map((t) => t.writtenId)).toEqual(['T-1', 'T-2', 'T-3'])
  })

  test('every element says which recogniser found it, where and why', () => {
    const names = new Set([...recognisers.map((recogniser) => recogniser.name), 'references'])
    for (const element of elementsOf(model)) {
      expect(element.origins.length).toBeGreaterThan(0)
      for (const origin of element.origins) {
        expect(names).toContain(origin.recogniser)
        expect(origin.reason).not.toBe('')
        expect(origin.line).toBeGreaterThan(0)
      }
    }
  })

  test('an id that is used for two things is reported, and both are kept', () => {
    const reused = twice.replace('T-2 | Lost roster', 'T-1 | Missing umbrella')
    const reading = read(reused)
    expect(reading.problems.map((p) => [p.code, p.span.start.line])).toContainEqual([
      'duplicate-id',
      8,
    ])
    expect(reading.model.threats.map((t) => t.title)).toContain('Missing umbrella')
  })

  test('the body of a row is what its columns without a field of their own say', () => {
    const rows = `# Model

## Threats

| ID | Threat | Description | Weather | Mitigation | Status |
|----|--------|-------------|-------|------------|--------|
| T-1 | Replay | A link works twice. | Rain | Nonces | Open |

## Controls

| ID | Control | Remark | Status |
|----|---------|--------|--------|
| C-1 | Nonces | kept for a day | Planned |
`
    const rowed = read(rows).model
    expect(rowed.threats.map((threat) => threat.body)).toEqual(['A link works twice. Rain'])
    const stated = rowed.mitigations.filter((mitigation) => mitigation.writtenId === 'C-1')
    expect(stated.map((mitigation) => mitigation.body)).toEqual(['kept for a day'])
  })

  test('names of recognisers are unique', () => {
    const names = recognisers.map((recogniser) => recogniser.name)
    expect(new Set(names).size).toBe(names.length)
  })
})

describe('the policy file corrects the reading', () => {
  test('names of columns', () => {
    const text = `# Model

## Threats

| Schadensfall | Abhilfe |
|--------------|---------|
| Diebstahl | Schloss |
`
    const reading = { columns: { threat: ['Schadensfall'], mitigation: ['Abhilfe'] } }
    const { model } = read(text, { reading })
    expect(model.threats.map((t) => [t.title, t.mitigations.length])).toEqual([['Diebstahl', 1]])
  })

  test('the level of the headings that are threats', () => {
    const text = '# Garden\n\n## Notes\n\n### Frost\n\nIt is cold.\n\n### Drought\n\nIt is dry.\n'
    expect(read(text).model.threats).toEqual([])
    const { model } = read(text, { reading: { threatHeadingLevel: 3 } })
    expect(model.threats.map((t) => t.title)).toEqual(['Frost', 'Drought'])
  })

  test('the start of ids', () => {
    const text = '# Garden\n\n## Notes\n\n### thr/frost-1 Frost\n\nIt is cold.\n'
    const { model } = read(text, { reading: { idPrefixes: ['thr/'] } })
    expect(model.threats.map((t) => [t.writtenId, t.title])).toEqual([['thr/frost-1', 'Frost']])
  })
})

describe('the JSON contract', () => {
  const json = JSON.parse(JSON.stringify(toJson(read(twice))))

  test('has its schema, lines and the words it was taken from', () => {
    expect(json.schema).toBe('threat-model/1')
    expect(json.title).toBe('Model')
    expect(json.threats[0]).toMatchObject({
      id: 't-1',
      writtenId: 'T-1',
      line: 7,
      lines: [7, 12],
      status: 'unstated',
      statusBasis: 'none',
      scope: 'direct',
      attacks: [],
      mitigations: ['links-are-used-once'],
    })
    expect(json.problems).toEqual([])
  })

  test('lists only what the document states; what is only named stands apart', () => {
    const named =
      '# M\n\n## Threats\n\n| Threat | Actor | Status |\n|-|-|-|\n| Theft | A fox | Open |\n'
    const model = JSON.parse(JSON.stringify(toJson(read(named))))
    expect(model.adversaries).toEqual([])
    expect(model.mentioned.map((e: { title: string }) => e.title)).toEqual(['A fox'])
    expect(model.threats[0].adversaries).toEqual([model.mentioned[0].id])
  })
})

describe('documents that say nothing or too much', () => {
  test.each(['', '\n', '# Title only', 'no markup at all', '| a |', '<table>', '<details>'])(
    '%j reads',
    (text) => {
      const { model, unreadable } = read(text)
      expect(unreadable).toBeNull()
      expect(model.threats).toEqual([])
    },
  )

  test('a text that cannot be read says so and has an empty model', () => {
    const { model, unreadable, problems } = read(`# Threats\n\n${'> '.repeat(5000)}x`, {
      path: 'docs/THREATS.md',
    })
    expect(unreadable).not.toBeNull()
    expect(model.threats).toEqual([])
    expect(problems.length).toBeGreaterThan(0)
  })
})

describe('headings by their words', () => {
  test.each(Object.entries(headingWords))('%s', (role, words) => {
    const others = listed(words).filter((heading) => roleOf(heading) !== role)
    expect(others).toEqual([])
  })

  test('collections of threats, of whatever part of the system', () => {
    const headings = collectedThings.flatMap((plural) => {
      const things = [plural, plural.replace(/ies$/, 'y').replace(/(?<!ie)s$/, '')]
      return things.flatMap((thing) => listed(collections).map((word) => `${thing} ${word}`))
    })
    const all = headings.flatMap((heading) => [
      ...listed(collectors).map((word) => `${word} ${heading}`),
      ...listed(tails).map((tail) => `${heading} ${tail}`),
    ])
    const others = all.filter((heading) => !/^(?:threats|attacks)$/.test(roleOf(heading) ?? ''))
    expect(others).toEqual([])
  })

  test.each([
    'Replay attacks',
    'Dependency vulnerabilities',
    'The backup as an attack vector',
    'A weak trust boundary (Low)',
  ])('"%s" is no part', (heading) => {
    expect(roleOf(heading)).toBe(null)
  })
})

describe('columns by their headers', () => {
  test.each(Object.entries(columnWords))('%s', (field, words) => {
    const others = listed(words).filter((word) => (fieldOf(word) ?? fieldOfHeader(word)) !== field)
    expect(others).toEqual([])
  })

  test.each(['Comments of the board', 'Colour', 'Ticket of the year'])(
    '"%s" says nothing',
    (word) => expect(fieldOf(word) ?? fieldOfHeader(word)).toBe(null),
  )
})
