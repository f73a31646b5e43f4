import { pattern } from '../vocabulary/pattern.ts'
import { explicit, type StatusReading } from './status.ts'

/*
 * What a column "In scope" says: "No" rules out, "Yes" only says that the threat is looked at, and
 * not how it stands.
 */

/** "In scope?", "Considered" over a column. */
export function asksForScope(label: string): boolean {
  return asks.test(label)
}

const asks = pattern(
  'i',
  String.raw`^\W*(?:(?:is |are )?(?:it |they )?(?:in|within)[- ]?(?:the )?(?:scope|threat model`,
  '|model)|scope|considered|modell?ed',
  // "CVE: no" of a class of problems: it is not taken for a vulnerability.
  '|(?:(?:is (?:it|this)|considered|treated as|counts? as|qualifies (?:as|for)) (?:an? )?)?cve',
  '(?:[- ]eligible)?|(?:is (?:it|this)|considered|treated as|counts? as|qualifies as) (?:an? )?',
  String.raw`(?:security )?(?:vulnerability|bug|issue))\W*$`,
)

/** "Yes", "❌ Still no", and no number of a CVE. */
export function answersScope(text: string): boolean {
  return /^\W*(?:yes|no)(?!\p{L})|^\s*(?:[✅✓✔❌✖✗✘]|:x:|:white_check_mark:)/iu.test(text)
}

export function statusOfScope(text: string): StatusReading | null {
  if (outside.test(text)) return explicit('out-of-scope', text)
  return half.test(text) ? explicit('partial', text) : null
}

const outside =
  /^\W*(?:no|not|out|excluded|outside|never|nein|non)(?!\p{L})|^\s*(?:[❌✖✗✘⛔🚫]|:x:)/iu

const half = /^\W*(?:partial(?:ly)?|partly|limited|in part|best[- ]effort)(?!\p{L})/iu
