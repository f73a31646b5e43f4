import type { Section } from '../outline/types.ts'
import type { ReadingHints } from '../read-options.ts'
import { rememberingWith } from '../remember.ts'
import type { Legend } from '../status/status.ts'
import { type Context, contextOf } from './context.ts'
import { type Document, sectionTrail } from './draft.ts'

/*
 * All that a table may know of where it stands, as plain values. Who reads a table by these and by
 * nothing else of the document can be asked again with the answer of the base, if table and
 * surroundings are the same (`readingTables`): so nothing here leads to a section or the outline.
 */

export interface Surroundings {
  /** Titles of the headings around it, the nearest last. */
  trail: string[]
  /** The nearest of them, or ''. */
  heading: string
  context: Context
  legend: Legend
  hints: ReadingHints
}

export function surroundingsOf(section: Section, { legend, hints }: Document): Surroundings {
  const heading = section.heading.text
  return { trail: sectionTrail(section), heading, context: contextOf(section), legend, hints }
}

/** Remembers what was read of each table, where it stood last. Nobody may change it. */
export function readingWithin<O extends object, T>(
  read: (table: O, around: Surroundings) => T,
): (table: O, around: Surroundings) => T {
  const remembered = rememberingWith((table: O, given: { key: string; around: Surroundings }) =>
    read(table, given.around),
  )
  return (table, around) => {
    const key = JSON.stringify({ ...around, legend: [...around.legend] })
    return remembered(table, { key, around })
  }
}
