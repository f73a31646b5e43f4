import { describe, expect, test } from '@jest/globals'
import { compare } from '../../src/diff/compare.ts'
import type { ThreatModel } from '../../src/threat-model/model.ts'
import { applied, mirrored, spoken, wanted } from '../support/diff-laws.ts'
import { applyEdits, editKinds } from '../support/edits.ts'
import { effort } from '../support/effort.ts'
import { modelOf } from '../support/generate.ts'
import { randomFrom } from '../support/random.ts'
import { sketchOf } from '../support/sketch.ts'

/*
 * The laws of change.ts on generated pairs: a model and an edited version of it, and two models
 * that have nothing to do with each other.
 */

const runs = effort(12, 60)

interface Pair {
  name: string
  before: ThreatModel
  after: ThreatModel
}

function pairsOf(seed: number): Pair[] {
  const random = randomFrom(seed * 31 + 5)
  const form = seed % 2 === 1 ? 'nested' : 'register'
  const threats = random.pick([3, 8, 20])
  const sketch = sketchOf(random, { threats, form, ids: random.chance(0.5) })
  const kinds = random.shuffled([...editKinds, ...editKinds]).slice(0, 6)
  const edited = applyEdits(kinds, sketch, random)
  const stranger = modelOf(sketchOf(random, { threats: 8, form: 'register', ids: true }))
  const [before, after] = [modelOf(edited.base), modelOf(edited.head)]
  return [
    { name: `seed ${seed}: ${edited.edits.map((edit) => edit.kind)}`, before, after },
    { name: `seed ${seed}: a stranger`, before: after, after: stranger },
  ]
}

const pairs = Array.from({ length: runs }, (_, seed) => seed).flatMap(pairsOf)

describe('laws of a comparison', () => {
  test('a model and itself: no change', () => {
    for (const { before, after } of pairs) {
      expect(compare(before, before).changes).toEqual([])
      expect(compare(after, after).changes).toEqual([])
    }
  })

  test('the other way round every change is its mirror image', () => {
    for (const { name, before, after } of pairs) {
      const there = compare(before, after).changes.map(mirrored).sort()
      const back = compare(after, before).changes.map(spoken).sort()
      expect({ name, changes: back }).toEqual({ name, changes: there })
    }
  })

  test('the changes carried out on the first give the second', () => {
    let asked = 0
    for (const { name, before, after } of pairs) {
      const comparison = compare(before, after)
      // What a division makes of an element is told by title only.
      if (comparison.changes.some((c) => c.kind === 'split' || c.kind === 'merged')) continue
      asked++
      expect({ name, model: applied(comparison) }).toEqual({ name, model: wanted(comparison) })
    }
    expect(asked).toBeGreaterThan(runs)
  })

  test('the law can fail: with a change left out the second is not reached', () => {
    const found = pairs.map(({ before, after }) => compare(before, after))
    const changed = found.filter(({ changes }) => changes.length > 0)
    const cut = changed.filter((comparison) => {
      const rest = { ...comparison, changes: comparison.changes.slice(1) }
      return JSON.stringify(applied(rest)) === JSON.stringify(wanted(comparison))
    })
    // A change of section is not part of the meaning that the law looks at.
    expect(cut.filter((c) => c.changes[0]?.field !== 'section').length).toBe(0)
  })
})
