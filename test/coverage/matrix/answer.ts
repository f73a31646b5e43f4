import { describe, expect, test } from '@jest/globals'
import { type Answer, answersOf, ratioOf } from '../../../src/coverage/answer.ts'
import { breakdownOf } from '../../../src/coverage/breakdown.ts'
import type { Mitigation, Threat } from '../../../src/threat-model/model.ts'
import { adversary, asset, attack, mitigation, model, threat } from '../model.ts'

const today = '2026-11-24'
const span = threat('x').span
const until = (date: string | null) => ({ until: date, owner: 'a', reason: 'b', span })

describe('whether a threat has an answer', () => {
  const table: [string, Partial<Threat>, Mitigation[], Answer][] = [
    ['mitigated', { status: 'mitigated' }, [], 'answered'],
    ['partly', { status: 'partial' }, [], 'answered'],
    ['transferred', { status: 'transferred' }, [], 'answered'],
    ['accepted without end', { status: 'accepted', acceptance: until(null) }, [], 'answered'],
    ['accepted, told no more', { status: 'accepted' }, [], 'answered'],
    ['until today', { status: 'accepted', acceptance: until(today) }, [], 'answered'],
    ['until yesterday', { status: 'accepted', acceptance: until('2026-11-23') }, [], 'unanswered'],
    ['planned', { status: 'planned' }, [mitigation('m')], 'unanswered'],
    ['unmitigated', { status: 'unmitigated' }, [], 'unanswered'],
    ['out of scope', { status: 'out-of-scope' }, [], 'out-of-scope'],
    ['nothing stated', {}, [], 'unanswered'],
    ['a mitigation', { mitigations: [{ id: 'm', tie: 'row' }] }, [mitigation('m')], 'answered'],
    [
      'only a planned one',
      { mitigations: [{ id: 'm', tie: 'row' }] },
      [mitigation('m', { status: 'planned' })],
      'unanswered',
    ],
    ['one that names it', {}, [mitigation('m', { answers: ['t'] })], 'answered'],
    ['one that is gone', { mitigations: [{ id: 'gone', tie: 'id' }] }, [], 'unanswered'],
    [
      'stated as open although something is done',
      { status: 'unmitigated', mitigations: [{ id: 'm', tie: 'row' }] },
      [mitigation('m')],
      'unanswered',
    ],
  ]
  test.each(table)('%s', (_name, parts, mitigations, answer) => {
    const it = threat('t', parts)
    expect(answersOf(model({ threats: [it], mitigations }), today)(it)).toBe(answer)
  })
})

describe('a mitigation for a category', () => {
  const threats = [
    threat('read', { attacks: ['a'], adversaries: ['isp'] }),
    threat('flood', { attacks: ['a'], adversaries: ['server'] }),
    threat('spoof', { categories: ['spoofing'] }),
  ]
  const parts = {
    threats,
    attacks: [attack('a', 'Reading messages')],
    adversaries: [
      adversary('isp', 'The ISP (or other network provider)'),
      adversary('server', 'The server'),
    ],
  }
  test.each([
    ['Network-based attacks', ['read']],
    ['Spoofing', ['spoof']],
    ['Attacks by the server', ['flood']],
    ['All threats', []],
    ['Weather', []],
  ])('%s answers %j', (category, ids) => {
    const whole = model({ ...parts, mitigations: [mitigation('m', { category })] })
    const answers = answersOf(whole, today)
    const answered = threats.filter((t) => answers(t) === 'answered').map((t) => t.id)
    expect(answered).toEqual(ids)
  })

  test('makes no one-to-one tie', () => {
    const whole = model({ ...parts, mitigations: [mitigation('m', { category: 'Spoofing' })] })
    answersOf(whole, today)
    expect(whole.threats.every((t) => t.mitigations.length === 0)).toBe(true)
  })
})

test('what is out of scope is not counted', () => {
  const threats = [
    threat('a', { status: 'mitigated' }),
    threat('b'),
    threat('c', { status: 'out-of-scope' }),
  ]
  const answers = answersOf(model({ threats }), today)
  expect(ratioOf(threats, answers)).toEqual({ answered: 1, inScope: 2 })
})

test('the parts: by asset named or meant, by adversary, by category', () => {
  const whole = model({
    assets: [asset('list', 'The contact list'), asset('keys', 'Keys'), asset('none', 'Nothing')],
    adversaries: [adversary('thief')],
    attacks: [attack('steal', 'Stealing the contact list of a user')],
    threats: [
      threat('1', { attacks: ['steal'], adversaries: ['thief'], status: 'mitigated' }),
      threat('2', { assets: ['keys'], categories: ['tampering', 'tampering'] }),
      threat('Losing contact lists'),
      threat('4', { scope: 'universal', adversaries: ['thief'] }),
    ],
  })
  const { byAsset, byAdversary, byCategory } = breakdownOf(whole, today)
  expect(byAsset).toEqual([
    { title: 'The contact list', ratio: { answered: 1, inScope: 2 } },
    { title: 'Keys', ratio: { answered: 0, inScope: 1 } },
  ])
  expect(byAdversary).toEqual([{ title: 'thief', ratio: { answered: 1, inScope: 2 } }])
  expect(byCategory).toEqual([{ title: 'tampering', ratio: { answered: 0, inScope: 1 } }])
})
