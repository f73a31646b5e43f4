import { describe, expect, test } from '@jest/globals'
import { readCommands } from '../../src/command/read.ts'
import { describeReading, readRows, rewriteRows } from './cases.ts'

/** The day on which every comment of the table was written: a Tuesday. */
const writtenOn = '2026-11-24'

if (process.env.UPDATE) {
  rewriteRows((comment) => describeReading(readCommands(comment, writtenOn)))
}

describe('comment → commands', () => {
  const rows = readRows()

  test('the table has at least 120 rows, and every row says what is wanted', () => {
    expect(rows.length).toBeGreaterThanOrEqual(120)
    expect(rows.filter((row) => row.wanted.length === 0).map((row) => row.title)).toEqual([])
  })

  for (const row of rows) {
    test(`${row.file}: ${row.title}`, () => {
      expect(describeReading(readCommands(row.comment, writtenOn))).toEqual(row.wanted)
    })
  }
})
