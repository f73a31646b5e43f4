import type { Span } from '../../shared/span.ts'
import type { WrittenAcceptance } from '../model.ts'
import { pattern } from '../vocabulary/pattern.ts'
import { type Fields, textOf } from './fields.ts'

/** Reads `accepted until 2027-06-30 by @team because …`, as far as it is written. */
export function acceptanceIn(fields: Fields, span: Span): WrittenAcceptance | null {
  const texts = [textOf(fields, 'acceptance'), textOf(fields, 'status'), textOf(fields, 'residual')]
  const text = texts.find((words) => words !== null && /\baccept/i.test(words))
  const written = text ?? textOf(fields, 'acceptance')
  if (written === null || written === undefined || written === '') return null
  const owner = textOf(fields, 'owner')
  return {
    until:
      /\b(?:until|expires?|review by|till)\s+(\d{4}-\d{2}-\d{2})\b/i.exec(written)?.[1] ?? null,
    owner: ownerIn(written) ?? (owner === '' ? null : owner),
    reason: reasonIn(written),
    span,
  }
}

/** A handle, a name that begins with a capital letter, or words for a role: "the security team". */
function ownerIn(text: string): string | null {
  const owner = by.exec(text)?.[1] ?? null
  return owner === null || /^(?:design|default|nature)$/i.test(owner) ? null : owner
}

const by = pattern(
  'u',
  String.raw`\b[Bb]y\s+(?:[Tt]he\s+)?(@[\w][\w./-]{0,60}`,
  String.raw`|\p{Lu}[\p{L}\d.-]{1,40}(?:\s\p{Lu}[\p{L}.-]{1,40}){0,2}`,
  String.raw`|(?:[\p{L}-]{2,30}\s){0,2}(?:team|board|owners?|leads?|maintainers?|management`,
  '|operators?|committee|group|council|architects?|engineers?|officer|ciso|cto|steward',
  String.raw`|manager)\b)`,
)

function reasonIn(text: string): string | null {
  const match = /(?:\bbecause\b|\breason:|\s[—–-]\s|[:;(])\s*(.{3,300})$/i.exec(text)
  return match?.[1]?.replace(/[).\s]+$/, '') ?? null
}
