import { type Phrase, plainPhrase } from '../outline/phrase.ts'
import type { Block } from '../outline/types.ts'
import { pattern } from '../vocabulary/pattern.ts'
import type { FieldValue } from './fields.ts'

const ratedStart = pattern(
  'i',
  '^(critical|high|medium|moderate|low|p[0-4])(?: (?:severity|risk|priority))?',
  String.raw`\s*[::—–-]\s+(?=\S.{8})`,
)

/** "High: the chain has no lock": a level is no name. */
export function ratedWords(phrase: Phrase): { words: Phrase; values: FieldValue[] } {
  const match = ratedStart.exec(phrase.text)
  if (match === null) return { words: phrase, values: [] }
  const text = phrase.text.slice(match[0].length)
  const afterLead = phrase.lead === '' ? text : phrase.afterLead.replace(/^[\s::—–-]+/, '')
  const isLevel = match[0].startsWith(phrase.lead.replace(/[\s::—–-]+$/, ''))
  const words = isLevel
    ? { ...phrase, text, lead: '', afterLead: text }
    : { ...phrase, text, lead: phrase.lead.slice(match[0].length), afterLead }
  const lines = [plainPhrase(match[1] ?? '', phrase.span)]
  const value = { label: 'Severity', lines, entries: [], span: phrase.span }
  return { words, values: [{ ...value, field: 'severity' }] }
}

/** A paragraph that begins with a level: "`High`: the chain has no lock". */
export function isRatedStart(block: Block): boolean {
  return block.type === 'paragraph' && ratedStart.test(block.phrase.text)
}
