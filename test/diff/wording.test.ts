import { describe, expect, test } from '@jest/globals'
import { stems } from '../../src/diff/normal.ts'
import { compareWording, type Terms } from '../../src/diff/wording.ts'

const noTerms: Terms = { isRenaming: () => false }

function balance(before: string, after: string, aboutControls = true): number {
  const sentences = {
    before,
    after,
    stemsBefore: new Set(stems(before)),
    stemsAfter: new Set(stems(after)),
    aboutControls,
    terms: noTerms,
  }
  return Math.sign(compareWording(sentences).balance)
}

/** Each pair is read both ways: what weakens one way strengthens the other. */
const weaker: [before: string, after: string][] = [
  ['Clients must check the counter', 'Clients should check the counter'],
  ['Clients must check the counter', 'Clients may check the counter'],
  ['The gate checks every ticket', 'The gate will check every ticket'],
  ['The gate refuses old tickets', 'It is planned that the gate refuses old tickets'],
  ['The gate enforces the limit', 'The gate recommends the limit'],
  ['Enforce the limit', 'Apply the limit with safe defaults'],
  ['The filter prevents injection', 'The filter reduces injection'],
  ['Tickets are always checked', 'Tickets are usually checked'],
  ['All requests are logged and checked', 'Some requests are logged and checked'],
  ['Tickets are checked at the gate', 'Tickets are not checked at the gate'],
  ['Tickets carry an HMAC and expire at night', 'Tickets expire at night'],
  ['Traffic uses TLS between the gate and the office', 'Traffic between the gate and the office'],
  ['An attacker cannot read the list', 'An attacker can read the list'],
  ['The list cannot be read by visitors', 'The list can no longer be protected from visitors'],
]

const neutral: [before: string, after: string][] = [
  ['The gate must check the counter', 'The gate must check the number'],
  ['The gate refuses old tickets', 'The gate rejects old tickets'],
  ['The counter is checked before entry', 'The counter is checked before each entry'],
  ['An attacker can read the list', 'An attacker may read the list'],
  ['Tickets carry an HMAC', 'Tickets carry a photograph of the owner and the name of the ship'],
  ['Visitors can see the price', 'Guests can see the price'],
]

describe('wording', () => {
  test.each(weaker)('weaker: %s | %s', (before, after) => {
    expect(balance(before, after)).toBe(-1)
    expect(balance(after, before)).toBe(1)
  })

  test.each(neutral)('neutral: %s | %s', (before, after) => {
    expect(balance(before, after)).toBe(0)
    expect(balance(after, before)).toBe(0)
  })

  test('in a threat what can happen promises nothing', () => {
    const before = 'A lost key can start the gate, but its authorization may be read again'
    const after = 'A lost key may start the gate, but its authorization is read again'
    expect(balance(before, after, false)).toBe(0)
    expect(
      balance(
        'A lost list can stop revocation, and a ticket may stay',
        'A lost list can stop revocation',
        false,
      ),
    ).toBe(0)
  })

  test('a promise is no name, however often it is exchanged', () => {
    const terms: Terms = { isRenaming: () => true }
    const [before, after] = ['The gate must check tickets', 'The gate should check tickets']
    const words = { stemsBefore: new Set(stems(before)), stemsAfter: new Set(stems(after)) }
    const all = { before, after, ...words, aboutControls: true, terms }
    expect(compareWording(all).balance).toBeLessThan(0)
  })

  test('in a threat only sentences about what is done are weighed', () => {
    expect(balance('Visitors may always read the list', 'Visitors may often read it', false)).toBe(
      0,
    )
    expect(balance('The gate must reject visitors', 'The gate should reject visitors', false)).toBe(
      -1,
    )
  })

  test('a control that is named elsewhere in the element was not dropped', () => {
    const sentences = {
      before: 'Tickets carry an HMAC and expire',
      after: 'Tickets expire',
      stemsBefore: new Set(stems('Tickets carry an HMAC and expire. Badges, too.')),
      stemsAfter: new Set(stems('Tickets expire. Badges and tickets have an HMAC.')),
      aboutControls: true,
      terms: noTerms,
    }
    expect(compareWording(sentences).balance).toBe(0)
  })

  test('the phrases are those of the document', () => {
    const sentences = {
      before: 'The **gate** must refuse `old` tickets.',
      after: 'The **gate** should refuse `old` tickets.',
      stemsBefore: new Set<string>(),
      stemsAfter: new Set<string>(),
      aboutControls: true,
      terms: noTerms,
    }
    expect(compareWording(sentences).phrases).toEqual({
      before: 'The **gate** must refuse `old` …',
      after: 'The **gate** should refuse `old` …',
    })
  })

  test('a term exchanged everywhere is no control', () => {
    const terms: Terms = { isRenaming: (gone, come) => `${gone} ${come}` === 'cell sandbox' }
    const sentences = {
      before: 'The cell is cleaned',
      after: 'The sandbox is cleaned',
      stemsBefore: new Set(stems('The cell is cleaned')),
      stemsAfter: new Set(stems('The sandbox is cleaned')),
      aboutControls: true,
    }
    expect(compareWording({ ...sentences, terms }).balance).toBe(0)
    expect(compareWording({ ...sentences, terms: noTerms }).balance).toBe(1)
  })
})
