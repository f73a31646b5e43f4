import { type Phrase, plainPhrase } from '../outline/phrase.ts'
import { pattern } from '../vocabulary/pattern.ts'
import { soundsLikeControl } from '../vocabulary/words.ts'
import type { FieldValue } from './fields.ts'

/*
 * A sentence that names a threat and what answers it:
 *
 *   Copied tickets are detected by the number that each of them bears.
 *   └ name ──────┘ └ verb ─────┘ └ answer ───────────────────────────┘
 */

const sentence = pattern(
  'u',
  String.raw`^(\p{Lu}[^.;::]{4,80}?) (?:is|are|can be) `,
  '(?:(?:also|largely|partly|mostly|further) )?',
  '(?:(?:defeated|detected|exposed|caught|countered|addressed|mitigated|prevented|blocked|stopped',
  '|reduced|limited|constrained|checked|rejected|contained|discouraged|handled|refused)',
  String.raw`(?: (?:by|through|via|with|using|because|since)\b))\s*(.{8,600})`,
)

/** The name as a phrase of its own and the answer as a field, or null. */
export function answeredSentence(phrase: Phrase): { name: Phrase; answer: FieldValue } | null {
  if (phrase.lead !== '') return null
  const [, title = '', answer = ''] = sentence.exec(phrase.text) ?? []
  if (title === '' || soundsLikeControl(title)) return null
  const { span } = phrase
  const lines = [plainPhrase(answer.replace(/\.\s.*$|\.$/s, ''), span)]
  return {
    name: { ...phrase, text: title, lead: title, afterLead: '' },
    answer: { field: 'mitigation', label: 'answer', lines, entries: [], span },
  }
}
