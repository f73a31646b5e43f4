import { pattern } from '../vocabulary/pattern.ts'
import { explicit, type StatusReading } from './status.ts'

/*
 * Columns that ask how a threat stands, and cells that say yes or no:
 *
 *   | Threat       | In place? |          | Threat       | Exploitable? |
 *   | Worn ropes   | Yes       |          | Worn ropes   | No           |      both are met
 */

/** "In place?", "Blocked?", "Mitigation?", "v0.1?": yes is good. */
export function asksIfMet(header: string): boolean {
  return met.test(header)
}

const met = pattern(
  'i',
  String.raw`^\W*(?:(?:is (?:it|this) |are they )?(?:already |fully |now )?(?:blocked|prevented`,
  '|resolved|closed|enforced|fixed|solved|stopped|caught|rejected|contained|countered|controlled',
  '|remediated|patched|implemented|in place|done|safe|secure)',
  '|(?:\\w+ )?(?:mitigation|defen[cs]e|control|protection|countermeasure)s?',
  '(?: (?:in place|present|exists?|implemented|available))?',
  '|(?:stops|prevents|blocks|covers|defends|protects|mitigates|handles|catches|resists)',
  ' (?:it|this)',
  String.raw`|does it (?:stop|defend|protect|help|hold)|(?:in )?v\d[\d.]*)\s*\?\W*$`,
)

/** "Exploitable?", "Still possible?": yes is bad. */
export function asksIfOpen(header: string): boolean {
  return open.test(header)
}

const open = pattern(
  'i',
  String.raw`^\W*(?:is (?:it|this) |are we |(?:does )?(?:the )?attack |still )*(?:open|vulnerable`,
  '|exploitable|exposed|affected|at risk|possible|feasible|succeeds?|successful|works?|unmitigated',
  String.raw`|unprotected)\s*\?\W*$`,
)

/** "Yes, with a key" and "No" as cells. */
export function saysYesOrNo(text: string): boolean {
  return yes.test(text) || no.test(text) || half.test(text)
}

export function statusOfOpen(text: string): StatusReading | null {
  if (half.test(text)) return explicit('partial', text)
  if (yes.test(text)) return explicit('unmitigated', text)
  return no.test(text) ? explicit('mitigated', text) : null
}

const yes = /^\W*(?:yes|y|ja|sí|oui)(?!\p{L})/iu
const no = /^\W*(?:no|n|not anymore|never|nein|non)(?!\p{L}|\/)/iu
const half = /^\W*(?:partial(?:ly)?|partly|in part|limited|somewhat|mostly)(?!\p{L})/iu
