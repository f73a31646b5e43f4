import type { Phrase } from '../outline/phrase.ts'
import { type StatusReading, statusInWords } from '../status/status.ts'
import { statusInTitle, verdictBefore } from '../status/titles.ts'
import { pattern } from '../vocabulary/pattern.ts'

/*
 * What is said beside the name of an entry, and says only how the threat stands:
 *
 *   **Forged tickets** (mitigated): …          in brackets behind the name
 *   Replay of links: **accepted**              alone behind it
 *   [OPEN] Replay of links                     before it
 */

export const bracketed = /^\s*([([][^()[\]]{1,40}[)\]])(?:\s*(?:[::.–—-]|$)|\s(?=[\p{Lu}"`]))/u

export function verdictBehind(title: string, { lead, afterLead }: Phrase) {
  const bracket = bracketed.exec(afterLead)?.[1]
  return lead === '' || bracket === undefined ? null : statusInTitle(`${title} ${bracket}`)
}

export function verdictAlone(told: string): StatusReading | null {
  const words = told.replace(/^[\s:.,;—–-]+/, '').replace(/[\s.*]+$/, '')
  return words.length > longestVerdict ? null : (statusInTitle(`It (${words})`)?.reading ?? null)
}

/** "Mitigated by nonces" is a verdict; "Open redirect" and "User enumeration" are names. */
export function saysOnlyHow(text: string): boolean {
  return statusInWords(text) !== null && onlyHow.test(text)
}

const onlyHow = pattern(
  'iu',
  String.raw`^\W*(?:(?:is|now|already|still|explicitly|\w+ly) ){0,2}(?:(?:un|not )?(?:mitigated`,
  '|addressed|covered|handled|protected|resolved|fixed|closed|implemented|prevented)',
  '|(?:not )?accepted|planned|deferred|partial(?:ly)?|open|done|transferred|none|n/a|tbd|todo',
  '|(?:not |out |outside )(?:of |in |the )*scope|not (?:applicable|considered|in scope)',
  String.raw`|out-of-scope)(?=\W*$|\s*[.,;:(/—–-]|\s(?:by|via|with|in|through|because|as|since|see`,
  '|for|until|at|on|only|risks?|issues?|gaps?|mitigat\\w+|protect\\w+|cover\\w+|today|now|here',
  String.raw`|above|below|elsewhere)\b)`,
)

/** A longer text tells something, whatever it ends in. */
const longestVerdict = 40

/** The entry without a verdict before its name. */
export function withoutVerdict(phrase: Phrase): { words: Phrase; before: StatusReading | null } {
  const found = verdictBefore(phrase.text)
  if (found === null) return { words: phrase, before: null }
  const text = phrase.text.slice(found.length)
  const lead = phrase.lead.slice(found.length)
  const afterLead = lead === '' ? text : phrase.afterLead
  return { words: { ...phrase, text, lead, afterLead }, before: found.reading }
}
