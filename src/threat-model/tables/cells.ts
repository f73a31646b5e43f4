import { idOf } from '../identity.ts'
import type { Table } from '../outline/types.ts'
import { classesOnly } from '../vocabulary/vocabulary.ts'

/** Numbers, ticks and crosses name nothing. */
export function isMark(text: string): boolean {
  return /^(?:[✅❌✓✗✔⚠]\u{fe0f}?|[xyn—–-]{1,2}|yes|no|[\d.%/]{1,8})$/iu.test(text)
}

export function isClasses(text: string): boolean {
  return isClassLetter(text) || classesOnly(text).length > 0
}

/** "S", "T/I": the initials of STRIDE's classes. */
export function isClassLetter(text: string): boolean {
  return /^[STRIDE](?:\s?[,/+&]?\s?[STRIDE]){0,5}$/.test(text)
}

/** A column "Threats" of nothing but ids says which threats the row's control answers. */
export function listsIds(text: string): boolean {
  return text.split(/\s*[,;/&+]\s*/).every(isId)
}

/** A column of ids with a word of what each is; one id alone is named by that word. */
export function citesIds(table: Table, column: number): boolean {
  const texts = table.rows.map(({ cells }) => cells[column]?.phrase.text ?? '')
  const bare = texts.map((text) => text.replace(gloss, ''))
  if (!bare.some((text) => /[,;/]/.test(text)) || !mostly(table, column, citesOnly)) return false
  return !idsAreOfOthers(table, column)
}

/** "A1 (scripts)" in one row and "A1 (forms)" in another: who does it, and what is done. */
export function idsAreOfOthers({ rows }: Table, column: number): boolean {
  const told = new Map<string, string>()
  return rows.some(({ cells }) => {
    const [, id, what] = withWord.exec(cells[column]?.phrase.text ?? '') ?? []
    if (id === undefined || what === undefined || idOf(id) === null) return false
    const before = told.get(id)
    told.set(id, what)
    return before !== undefined && before !== what
  })
}

const withWord = /^(\w[\w.-]{0,10}) \(([^()]{2,60})\)/

function citesOnly(text: string): boolean {
  return listsIds(text.replace(gloss, ''))
}

/** "T-1 (a forged badge), T-2 (a copied key)" names what it cites. */
const gloss = /\s\([^()]{2,60}\)/g

export function isSentence(text: string): boolean {
  return text.split(' ').length >= 4
}

/** `#slug` is a name that looks like an id. */
export function isId(text: string): boolean {
  return idOf(text) !== null && !text.startsWith('#')
}

/** True when most cells of a column that say anything pass. */
export function mostly(table: Table, column: number, test: (text: string) => boolean): boolean {
  const texts = table.rows
    .map((row) => row.cells[column]?.phrase.text ?? '')
    .filter((text) => !/^[—–-]*$/.test(text))
  return texts.length > 0 && texts.filter(test).length * 2 > texts.length
}

/** "OWASP A01", "Review of May", "RFC 6819 §4": where a threat was read, and nobody hostile. */
export function isPublished(text: string): boolean {
  return published.test(text)
}

const published =
  /\d|§|\.md\b|\b(?:owasp|nist|mitre|stride|asvs|rfc|review|audit|report|pentest)\b/i
