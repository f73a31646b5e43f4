import type { Span } from '../shared/span.ts'
import { type Fields, textOf } from './draft-fields.ts'
import type { WrittenAcceptance } from './model.ts'

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

function ownerIn(text: string): string | null {
  const match = /\bby\s+(@?[\p{L}\w][\p{L}\w./-]{0,60})/u.exec(text)
  const owner = match?.[1]
  return owner === undefined || /^(?:design|default|the|a|an|and)$/i.test(owner) ? null : owner
}

function reasonIn(text: string): string | null {
  const match = /(?:\bbecause\b|\breason:|\s[—–-]\s|[:;(])\s*(.{3,300})$/i.exec(text)
  return match?.[1]?.replace(/[).\s]+$/, '') ?? null
}
