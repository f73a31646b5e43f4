import type { Titled } from '../identity.ts'
import type { Phrase } from '../outline/phrase.ts'
import { withoutEnd } from '../vocabulary/pattern.ts'

/*
 * What a cell with the name of a threat has around the name: an id, brackets, a bullet.
 */

/** "S-1: Replay of links." says no more than its id and its name. */
export function isNameAlone(text: string, { writtenId, title }: Titled): boolean {
  if (text === title) return true
  return (
    writtenId !== null && text.startsWith(writtenId) && withoutEnd(text, /[.\s]/).endsWith(title)
  )
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
