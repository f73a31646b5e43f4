import type { Fields, FieldValue } from '../draft/fields.ts'
import { labelOf } from '../draft/labels.ts'
import { isAnswer } from '../vocabulary/vocabulary.ts'

/*
 * Labels that speak for themselves, under whatever heading:
 *
 *   - Threat: a forged slip          - **Threat**: a forged slip
 *   - Mitigation: slips are signed     **Mitigation**: slips are signed
 */

export function hasAnswer(fields: Fields): boolean {
  return fields.values.some(({ field }) => isAnswer(field))
}

/** `Threat:` beside `Mitigation:` needs no heading to be understood. */
export function pairsLabels(fields: Fields): boolean {
  const threats = fields.values.filter(({ field }) => field === 'threat')
  return threats.length > 0 && (hasAnswer(fields) || threats.some(holdsAnswer))
}

/** "Mitigation: …" below the bullet or in the lines that begin with "Threat: …". */
function holdsAnswer({ lines, entries }: FieldValue): boolean {
  const told = [...lines.slice(1), ...entries.map(({ head }) => head)]
  return told.slice(0, mostTold).some((line) => {
    const field = labelOf(line)?.field ?? null
    return field !== null && isAnswer(field)
  })
}

const mostTold = 12

export function countThreatLabels(fields: Fields): number {
  return fields.values.filter((value) => value.field === 'threat').length
}
