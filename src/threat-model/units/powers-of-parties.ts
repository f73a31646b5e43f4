import type { Fields, FieldValue } from '../draft/fields.ts'
import type { Section } from '../outline/types.ts'
import { remembering, rememberingOf } from '../remember.ts'
import { type Field, fieldOf, plainHeading } from '../vocabulary/vocabulary.ts'

/*
 * Parties in one form: what each is able to do is what its mitigations answer.
 *
 *   ### The miller          ### A thief on the road
 *   #### Assets             #### Capabilities         of the form of the miller, though a thief
 *   #### Capabilities       #### Mitigations          has no assets
 *   #### Mitigations
 */

/** Capabilities between assets and mitigations of somebody are what the mitigations answer. */
export function withPowers(fields: Fields, section: Section): Fields {
  const has = (field: Field) => fields.values.some((value) => value.field === field)
  if (!has('mitigation') || has('threat')) return fields
  if (!has('asset') && !(section.parent !== null && holdsParties(section.parent))) return fields
  const values = fields.values.map((value): FieldValue => {
    const isPower = namesPowers(value.label) && value.entries.length > 0
    return isPower ? { ...value, field: 'threat' } : value
  })
  return { ...fields, values }
}

const namesPowers = remembering((label) => /^capabilit(?:y|ies)$/.test(plainHeading(label)))

/** Two parties below the heading have assets, capabilities and mitigations. */
const holdsParties = rememberingOf(
  ({ children }: Section): boolean => children.filter(isParty).length >= 2,
)

function isParty({ children }: Section): boolean {
  const titles = children.slice(0, mostParts).map(({ title }) => title)
  if (!titles.some((title) => namesPowers(title))) return false
  const fields = new Set(titles.map(fieldOf))
  return fields.has('asset') && fields.has('mitigation')
}

const mostParts = 12
