import type { FieldValue } from '../draft/fields.ts'
import { plainPhrase } from '../outline/phrase.ts'
import { remembering } from '../remember.ts'
import { statusInWords } from '../status/status.ts'
import { fieldOfHeader } from '../vocabulary/headers.ts'
import { type Field, fieldOf, plainLabel, roleOf } from '../vocabulary/vocabulary.ts'

/*
 * A column for two things, whose cells begin with the one and go on with the other:
 *
 *   | Threat       | Status / mitigation              |
 *   | Stolen boats | Partial: a chain on each boat    |      partial; a chain on each boat
 */

/** "Status / mitigation", "Mitigación y estado": an answer that says how far it is. */
export const answersAndStands = remembering((header): boolean => {
  if (fieldOf(header) === 'mitigation' && inBrackets.test(header)) return true
  const parts = plainLabel(header).split(apart)
  if (parts.length !== 2) return false
  const fields = parts.map((part) => fieldOf(part) ?? fieldOfHeader(part))
  return fields.includes('status') && fields.includes('mitigation')
})

/** "Control (status)" */
const inBrackets = /\((?:status|state)\)\W*$/i

const apart = /\s*[/&+,]\s*|\s(?:and|y|e|et|und|en|i|ve|и|та|og|och)\s/

/** The verdict that a cell begins or ends with as a status, and the rest as the answer. */
export function verdictApart(value: FieldValue): FieldValue[] {
  const [first, ...others] = value.lines
  if (first === undefined) return [value]
  const [said, rest] = saidApart(first.text)
  if (said === '' || statusInWords(said) === null) return [value]
  const status = { ...value, field: 'status' as const, lines: [plainPhrase(said, first.span)] }
  const lines = rest === '' ? others : [plainPhrase(rest, first.span), ...others]
  return lines.length === 0 ? [status] : [status, { ...value, lines }]
}

function saidApart(text: string): [string, string] {
  const [, before = '', last = ''] = behind.exec(text) ?? []
  if (last !== '' && statusInWords(last) !== null) return [last, before]
  const [, said = '', rest = ''] = bySign.exec(text) ?? byWords.exec(text) ?? []
  return [said, rest]
}

/** "A chain on each boat (done)" */
const behind = /^(.{3,400}\S)\s+\(([^()]{2,40})\)\W{0,3}$/
/** "✅ A chain on each boat" */
const bySign = /^([^\p{L}\p{N}\s]{1,3})\s+(.*)$/u
/** "Partial: a chain", "Planned — a chain", "Open" */
const byWords = /^([^\p{L}\p{N}]{0,4}\p{L}+(?: \p{L}+){0,2})(?:\s*[:.;—–-]\s*(.*))?$/u

/**
 * "Threat description & impact": a column for two things is that of the first. "Asset / vector"
 * names what is done to it.
 */
export function firstOfTwo(header: string): Field | null {
  const [, first, second] = /^(\S.{1,40}?)(?: (?:&|and) | ?\/ ?)(\S.{1,40})$/i.exec(header) ?? []
  if (first === undefined || second === undefined) return null
  const field = fieldOf(first)
  // "Boundary / attacker" names who stands at which.
  if (field === null && fieldOf(second) === 'adversary' && roleOf(first) === 'boundaries')
    return 'adversary'
  return field === 'asset' && fieldOf(second) === 'threat' ? 'threat' : field
}
