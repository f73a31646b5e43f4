import { describe, expect, test } from '@jest/globals'
import { matrixOf, secondLevel } from '../../src/coverage/matrix.ts'
import { summaryMatrixMarkdown } from '../../src/report/matrix.ts'
import { processorMs } from '../support/processor.ts'
import { adversary, attack, model, threat } from './model.ts'
import './matrix/answer.ts'
import './matrix/seed.ts'

const today = '2026-11-24'

const whole = model({
  adversaries: [
    adversary('server', 'The server'),
    adversary('network', 'The network'),
    adversary('thief', 'A thief'),
    adversary('idle', 'Nobody in particular'),
  ],
  attacks: [
    attack('read', 'Reading the list'),
    attack('change', 'Changing the list'),
    attack('read-2', 'reading the list'),
    attack('keep', 'Keeping the list'),
  ],
  threats: [
    threat('1', { attacks: ['read'], adversaries: ['server'], status: 'mitigated' }),
    threat('2', { attacks: ['read-2'], adversaries: ['network'] }),
    threat('3', {
      scope: 'shared',
      attacks: ['change', 'read'],
      adversaries: ['server', 'network'],
    }),
    threat('4', { scope: 'universal', adversaries: ['thief'], status: 'accepted' }),
    threat('Losing everything', { status: 'planned' }),
    threat('6', { scope: 'by-reference', attacks: ['keep'], adversaries: ['server'] }),
    threat('7', { scope: 'against-mitigation', attacks: ['read'], adversaries: ['thief'] }),
  ],
})

describe('the matrix', () => {
  const matrix = matrixOf(whole, today)

  test('has a row for each distinct attack and a column for each who is written for some', () => {
    expect(matrix.attacks.map(({ id }) => id)).toEqual(['read', 'change', 'keep'])
    expect(matrix.adversaries.map(({ id }) => id)).toEqual(['server', 'network'])
    expect(matrix.universal.map(({ adversary: who }) => who.id)).toEqual(['thief'])
    expect(matrix.nobody).toEqual([{ title: 'Losing everything', answer: 'unanswered' }])
  })

  test.each([
    ['read', 'server', 'unanswered'],
    ['read-2', 'server', 'unanswered'],
    ['read', 'network', 'unanswered'],
    ['change', 'network', 'unanswered'],
    ['keep', 'server', 'unanswered'],
    ['keep', 'network', null],
    ['keep', 'thief', 'answered'],
    ['read', 'idle', null],
  ])('%s × %s: %s', (attackId, adversaryId, answer) => {
    expect(matrix.cell(attackId, adversaryId)).toBe(answer)
  })

  test('counts pairs: five written, three by the thief', () => {
    expect(matrix.cells).toBe(5 + 3)
  })

  test('threats against the mitigations are a level of their own', () => {
    expect(secondLevel(whole, today)?.cell('read', 'thief')).toBe('unanswered')
    expect(secondLevel(model({}), today)).toBeNull()
  })
})

test('as Markdown', () => {
  expect(summaryMatrixMarkdown(whole, today)).toBe(`**2 of 7** threats have an answer.

Can carry out every attack:

- A thief ○

| Who can get what | The server | The network |
|---|:-:|:-:|
| Reading the list | ● | ● |
| Changing the list | ● | ● |
| Keeping the list | ● |  |

Without a named adversary:

- Losing everything ●

● no answer · ○ answered · – out of scope · blank: not stated

### Against the mitigations themselves

| Who can get what | A thief |
|---|:-:|
| Reading the list | ● |

● no answer · ○ answered · – out of scope · blank: not stated

| Adversary | | answered |
|---|---|---|
| The server | ██████░░░░░░░░░░░░░░ | 1 of 3 |
| The network | ░░░░░░░░░░░░░░░░░░░░ | 0 of 2 |
| A thief | ██████████░░░░░░░░░░ | 1 of 2 |
`)
})

test('an entry that holds for everything costs no more than its line', () => {
  const attacks = Array.from({ length: 3_000 }, (_, i) => attack(`a${i}`))
  const adversaries = Array.from({ length: 300 }, (_, i) => adversary(`b${i}`))
  const threats = adversaries.map(({ id }) =>
    threat(`t${id}`, { scope: 'universal', adversaries: [id] }),
  )
  const start = processorMs()
  const matrix = matrixOf(model({ attacks, adversaries, threats }), today)
  expect(matrix.cells).toBe(900_000)
  expect(processorMs() - start).toBeLessThan(1_000)
  expect(
    summaryMatrixMarkdown(model({ attacks, adversaries, threats }), today).length,
  ).toBeLessThan(60_000)
})
