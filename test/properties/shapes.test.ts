import { describe, expect, test } from '@jest/globals'
import type { Threat } from '../../src/threat-model/model.ts'
import { read } from '../../src/threat-model/read.ts'
import { effort } from '../support/effort.ts'
import { cases, faultsIn } from '../support/fact-cases.ts'
import { randomFrom } from '../support/random.ts'
import { documentOf } from '../support/shape-bank.ts'
import { changes } from '../support/shape-changes.ts'
import { tableShapes } from '../support/shape-tables.ts'
import { shapes } from '../support/shapes.ts'

/*
 * How general the reader is: one bank of invented threats in all shapes people write, with random
 * words for sections, labels and columns, must be read as those threats and no others; and what
 * says nothing about threats must not change which are read. How each stands, what answers it and
 * what else is said of it must be read, too, in the words and places people write it; and no threat
 * may be called mitigated that is not. What is known to fail is listed with the share of documents
 * that must be read without a fault.
 */

const every = Object.entries({ ...shapes, ...tableShapes })

/** Shapes whose titles may go on after the name, with the answer that follows. */
const runOn = new Set(['bullets with an arrow to the answer'])

/** Two entries of which one names an attack: too few to tell threats from features. */
const knownShapes: Record<string, number> = {
  'lists of what is in and out of scope': 0.9,
  'lists of what is in and out of scope, under bold lines': 0.9,
}

const knownChanges: Record<string, number> = {
  // "4.1 THR-01:" keeps the id in the title.
  'headings with numbers': 0.9,
  'column Threat → Scenario': 0.9,
}

describe('the same threats in many shapes', () => {
  test.each(every.map(([name, shape]) => ({ name, shape })))('$name', ({ name, shape }) => {
    const faults = Array.from({ length: effort(3, 25) }, (_, k) => {
      const { text, titles } = documentOf(shape, randomFrom(seedOf(name) + k))
      const got = titlesOf(threatsIn(text))
      return difference(text, titles, runOn.has(name) ? cutAfter(titles, got) : got)
    })
    expectFew(faults, knownShapes[name] ?? 1)
  })
})

describe('what says nothing about threats', () => {
  const documents = every
    .flatMap(([name, shape]) =>
      Array.from({ length: effort(2, 8) }, (_, k) => {
        const { text, titles } = documentOf(shape, randomFrom(seedOf(name) + 1000 + k))
        const found = threatsIn(text)
        return { text, found, isRight: difference(text, titles, titlesOf(found)) === '' }
      }),
    )
    .filter(({ isRight }) => isRight)

  test.each(Object.entries(changes).map(([name, change]) => ({ name, change })))(
    'changes nothing: $name',
    ({ name, change }) => {
      const faults: string[] = []
      for (const { text, found, isRight } of randomFrom(seedOf(name)).shuffled(documents)) {
        const changed = isRight ? change(text, found) : null
        if (changed === null) continue
        faults.push(difference(changed, titlesOf(found), titlesOf(threatsIn(changed))))
        if (faults.length === effort(6, 60)) break
      }
      expect(faults.length).toBeGreaterThan(0)
      expectFew(faults, knownChanges[name] ?? 1)
    },
  )
})

describe('what is said of threats, in many words and places', () => {
  test.each(cases)('$name', ({ name, facets, places, floor }) => {
    const random = randomFrom(seedOf(name))
    const documents = places.flatMap((place) => Array.from({ length: effort(1, 12) }, () => place))
    const faults = documents.map((place) => faultsIn(place(random), facets))
    const wrong = faults.flatMap((fault) => fault.wrong)
    const asked = faults.reduce((sum, fault) => sum + fault.asked, 0)
    expect(faults.flatMap(({ claims }) => claims)).toEqual([])
    expect(1 - wrong.length / asked >= (floor ?? 1) ? [] : wrong).toEqual([])
  })
})

function threatsIn(text: string): Threat[] {
  return read(text, { path: 'THREAT_MODEL.md' }).model.threats
}

function titlesOf(threats: Threat[]): string[] {
  return threats.map((threat) => threat.title)
}

/** Nothing when the titles are the same; else the document and what is missing and added. */
function difference(text: string, wanted: string[], got: string[]): string {
  const missing = wanted.map(plain)
  const added = got.map(plain).filter((title) => {
    const at = missing.indexOf(title)
    if (at >= 0) missing.splice(at, 1)
    return at < 0
  })
  if (missing.length + added.length === 0) return ''
  return `${text}\nmissing: ${missing.join(' | ')}\nadded: ${added.join(' | ')}\n`
}

/** Titles cut off after the name that they begin with, for shapes known to run on. */
function cutAfter(names: string[], titles: string[]): string[] {
  return titles.map((title) => names.find((name) => plain(title).startsWith(plain(name))) ?? title)
}

/** A title without its place in a series and what a change may do to it: marks, a severity. */
function plain(title: string): string {
  const series = /^[\W\d]*((abuse case|threat|attack|risk) \w{1,2}\b|t(hr|m)?-?\d+)?\W*/
  const bare = title
    .toLowerCase()
    .replace(/\{#.*?\}|[([]high[)\]]/g, '')
    .replace(series, '')
  return bare.replace(/[^\p{L}\p{N}]+/gu, ' ').trim()
}

function expectFew(differences: string[], floor: number): void {
  const faults = differences.filter((fault) => fault !== '')
  const right = 1 - faults.length / differences.length
  expect(right >= floor ? [] : faults).toEqual([])
}

/** Names make seeds, so that a shape's documents do not depend on the shapes before it. */
function seedOf(name: string): number {
  let seed = 17
  for (const letter of name) seed = (Math.imul(seed, 31) + letter.charCodeAt(0)) >>> 0
  return seed
}
