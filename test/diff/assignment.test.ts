import { describe, expect, test } from '@jest/globals'
import { assign, type Edge } from '../../src/diff/assignment.ts'
import { randomFrom } from '../support/random.ts'

/** The best sum by trying everything. */
function best(edges: readonly Edge[], row = 0, taken: readonly number[] = []): number {
  if (row > 5) return 0
  const own = edges.filter((edge) => edge.row === row && !taken.includes(edge.column))
  const sums = own.map((edge) => edge.gain + best(edges, row + 1, [...taken, edge.column]))
  return Math.max(best(edges, row + 1, taken), ...sums)
}

function sum(edges: readonly Edge[]): number {
  return edges.reduce((total, edge) => total + edge.gain, 0)
}

describe('assignment', () => {
  test('the best sum wins over the best pair', () => {
    const chosen = assign([
      { row: 0, column: 0, gain: 9 },
      { row: 0, column: 1, gain: 8 },
      { row: 1, column: 0, gain: 8 },
    ])
    expect(sum(chosen)).toBe(16)
  })

  test('a pair that is worth nothing is not made', () => {
    expect(assign([{ row: 0, column: 0, gain: 0 }])).toEqual([])
    expect(assign([])).toEqual([])
  })

  test('nothing beats it on random graphs', () => {
    const random = randomFrom(1)
    for (let run = 0; run < 300; run++) {
      const edges: Edge[] = []
      for (let row = 0; row < 6; row++) {
        for (let column = 0; column < 6; column++) {
          if (random.chance(0.5)) edges.push({ row, column, gain: random.below(10) })
        }
      }
      const chosen = assign(edges)
      expect(new Set(chosen.map((edge) => edge.row)).size).toBe(chosen.length)
      expect(new Set(chosen.map((edge) => edge.column)).size).toBe(chosen.length)
      expect(sum(chosen)).toBe(best(edges))
    }
  })

  test('a component beyond the bound is cut, not solved for ever', () => {
    const random = randomFrom(2)
    const edges = Array.from({ length: 40_000 }, (_, i): Edge => {
      return { row: i % 400, column: random.below(400), gain: random.next() }
    })
    const chosen = assign(edges)
    expect(chosen.length).toBeGreaterThan(300)
    expect(new Set(chosen.map((edge) => edge.column)).size).toBe(chosen.length)
  })
})
