import { reasonLengthMax } from './command.ts'
import { readDate } from './dates.ts'
import type { Word } from './words.ts'

/*
 * A decision cut into its three parts:
 *
 *     accept "Reading the roster"  until 30 June 2027  because the server goes away by then
 *            ╰──── names ───────╯        ╰── date ──╯          ╰───────── reason ─────────╯
 *
 * Keywords count only outside quotes: `because` at its first place, `until` at its last place
 * before that. `for 90 days` is a date, `Tokens for guests` is not.
 */

export interface Clauses {
  names: Word[]
  /** The words of the date, or null when there is none. */
  until: string | null
  /** Null when there is no `because`; '' when nothing follows it. */
  reason: string | null
  /** A word that was probably meant as `because`, when there is none. */
  almostBecause: string | null
}

const untilWords = new Set(['until', 'till', 'til', 'untill'])
const becauseWords = new Set(['because', 'reason'])
const slips = new Set([
  'becuase',
  'becasue',
  'beacuse',
  'becouse',
  'becaus',
  'bacause',
  'becase',
  'cause',
  'since',
  'due',
  'reason',
  'weil',
])

/** `words` are those of `text` behind the command's name. */
export function clausesOf(text: string, words: readonly Word[], today: string): Clauses {
  const because = words.findIndex((word) => isKeyword(word, becauseWords, text))
  const head = because < 0 ? words : words.slice(0, because)
  const reason = because < 0 ? null : reasonAfter(text, words[because])
  const until = untilIndex(text, head, today)
  return {
    names: head.slice(0, until ?? head.length),
    until: until === null ? untilInReason(reason, today) : phraseAfter(text, head, until),
    reason,
    almostBecause: because < 0 ? (words.find(isSlip)?.text ?? null) : null,
  }
}

/** `reason` counts only with a colon, so that it may be a word of a title. */
function isKeyword(word: Word, keywords: ReadonlySet<string>, text: string): boolean {
  if (word.quoted) return false
  const written = text.slice(word.start, word.end).toLowerCase()
  const bare = written.replace(/[:,;]+$/, '')
  return keywords.has(bare) && (bare !== 'reason' || written.endsWith(':'))
}

function isSlip(word: Word): boolean {
  return !word.quoted && slips.has(word.text.toLowerCase().replace(/:$/, ''))
}

function reasonAfter(text: string, word: Word | undefined): string {
  const reason = text
    .slice(word?.end ?? text.length)
    .replace(/^[\s:,]+/, '')
    .replace(/[\s\u00a0]+/g, ' ')
    .trim()
  return reason.length > reasonLengthMax ? `${reason.slice(0, reasonLengthMax - 1)}…` : reason
}

/** Index of the word that begins the date, or null. */
function untilIndex(text: string, head: readonly Word[], today: string): number | null {
  const last = head.findLastIndex((word) => isKeyword(word, untilWords, text))
  if (last >= 0) return last
  const spans = head.findLastIndex((word) => !word.quoted && word.text.toLowerCase() === 'for')
  if (spans < 0) return null
  return readDate(phraseAfter(text, head, spans), today).ok ? spans : null
}

function phraseAfter(text: string, head: readonly Word[], index: number): string {
  const first = head[index + 1]
  const last = head.at(-1)
  return first && last
    ? text
        .slice(first.start, last.end)
        .replace(/[,;:]$/, '')
        .trim()
    : ''
}

/**
 * "because it is rebuilt until 2027-06-30": the sooner end is the safer reading, and we repeat
 * it.
 */
function untilInReason(reason: string | null, today: string): string | null {
  const at = reason?.toLowerCase().lastIndexOf(' until ') ?? -1
  if (reason === null || at < 0) return null
  const phrase = reason.slice(at + ' until '.length).replace(/[.!]$/, '')
  return readDate(phrase, today).ok ? phrase : null
}
