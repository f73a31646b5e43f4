import { isAnswer, plainLabel } from '../vocabulary/vocabulary.ts'
import type { Fields, FieldValue } from './fields.ts'

/*
 * Labels that could name a threat each, and together tell of one:
 *
 *   Threat: a cut rope                 ### Cut ropes
 *   Attack vector: from below          Attack description: from below
 *   Mitigation: chains                 Risks: a fall            what comes of it
 *                                      Mitigation: chains
 */

/** "Attack vector:" after "Threat:" tells how, and is no second threat. */
export function withOneThreat(fields: Fields): Fields {
  if (tellsOfAttack(fields)) return withConsequences(fields)
  const named = fields.values.some(({ label }) => namesThreat.test(plainLabel(label)))
  if (!named) return fields
  const values = fields.values.map((value): FieldValue => {
    if (value.field === 'threat' && /^weakness(?:es)?$/.test(plainLabel(value.label)))
      return { ...value, field: 'residual' }
    const tellsHow = /^attack (?:vectors?|paths?|steps?|scenarios?)$/.test(plainLabel(value.label))
    return tellsHow && value.field === 'threat' ? { ...value, field: 'description' } : value
  })
  return { ...fields, values }
}

const namesThreat = /^threat(?: (?:title|name))?$/

/** "Attack description" beside an answer tells of one attack: the name stands above both. */
function tellsOfAttack({ values }: Fields): boolean {
  return (
    values.some(({ field }) => isAnswer(field)) &&
    values.some(({ field, label }) => field === 'description' && tellsHowAttacked(label))
  )
}

/** "Attack description" names no attack, and tells of the one above it. */
export function tellsHowAttacked(label: string): boolean {
  return ofAttack.test(plainLabel(label))
}

const ofAttack = /^attack (?:description|overview|flow|steps)$/

/** "Risks" beside them lists what comes of it. */
function withConsequences(fields: Fields): Fields {
  const values = fields.values.map((value): FieldValue => {
    const isRisk = value.field === 'threat' && /^risks?$/.test(plainLabel(value.label))
    return isRisk ? { ...value, field: 'impact' } : value
  })
  return { ...fields, values }
}
