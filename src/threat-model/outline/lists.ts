import type { Span } from '../../shared/span.ts'
import type { Phrase } from './phrase.ts'
import type { Block, Entry, List } from './types.ts'

/*
 * Lists and bullets that Markdown does not see as such: made of lines, of paragraphs, of bullets
 * that belong together.
 */

/** Bullets as a list that nothing introduces. */
export function listOf(entries: Entry[], span: Span): List {
  return { type: 'list', ordered: false, entries, intro: null, continues: false, span }
}

/** A bullet with nothing below its head. */
export function plainEntry(head: Phrase, span: Span): Entry {
  const { column } = span.start
  return { head, ticked: null, rest: '', restLines: [], blocks: [], column, gap: false, span }
}

/** A list or a table: what has entries of its own. */
export function listsEntries({ type }: Block): boolean {
  return type === 'list' || type === 'table'
}
