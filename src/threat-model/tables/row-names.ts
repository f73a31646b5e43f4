import type { Titled } from '../identity.ts'
import type { Phrase } from '../outline/phrase.ts'

/*
 * What a cell with the name of a threat has around the name: an id, brackets, a bullet.
 */

/** What a cell says behind its id and its name; all of it where the name has no id. */
export function behindName(text: string, { writtenId, title }: Titled): string {
  if (text === title) return ''
  const at = writtenId !== null && text.startsWith(writtenId) ? text.indexOf(title) : -1
  return at < 0 ? text : text.slice(at + title.length).replace(/^[\s.;:,]+/, '')
}

export const bullet = /^[•▪◦‣·]\s+(?=\S+\s+\S)/

export function withoutBullet(line: Phrase): Phrase {
  const text = line.text.replace(bullet, '')
  return text === line.text ? line : { ...line, text }
}

/** An id column may hold slugs; a text with spaces is no id. */
export function shortId(text: string): string | null {
  return /^[\w#.-]{1,60}$/.test(text) ? text : null
}

/** "T-3 (Replay)": the brackets set the name apart from the id. */
export function withoutBrackets(title: string): string {
  return /^\(([^()]{3,200})\)$/.exec(title)?.[1] ?? title
}
