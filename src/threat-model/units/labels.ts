import { isThreatRole } from '../draft/context.ts'
import type { Fields, FieldValue } from '../draft/fields.ts'
import { titled, withoutOrdinal } from '../identity.ts'
import type { Section } from '../outline/types.ts'
import { remembering } from '../remember.ts'
import { pattern } from '../vocabulary/pattern.ts'
import { type Field, plainHeading, type Role } from '../vocabulary/vocabulary.ts'
import { soundsLikeAttack } from '../vocabulary/words.ts'

/** "Threats:" with bullets below, under the name of a component, an asset or an adversary. */
export function listsUnderLabel(section: Section, fields: Fields, around: Role | null): boolean {
  if (around !== null && !isThreatRole(around) && !namesTargets.has(around)) return false
  const title = section.heading.text
  const isNumbered = titled(title).writtenId !== null
  if (isNumbered && fields.values.some(isLevelOrStatus)) return false
  const isPlace = !soundsLikeAttack(title)
  return fields.values.some((value) => {
    if (value.field !== null && tellsOfIt.has(value.field)) return false
    const label = plainHeading(value.label)
    const tells = isPlace && !isNumbered && ofStories.test(label)
    // One bullet below "Threats:" or "Capabilities" is one of several to come, where the heading
    // names a place.
    const fewest = tells || (isPlace && /(?:threats|capabilities)$/.test(label)) ? 1 : 2
    // "Threat: long names are read by" over bullets says one thing, and where.
    const isOpen = value.lines.length === 0 || !/^threat$/.test(label)
    return (tells || ofThreats.test(label)) && value.entries.length >= fewest && isOpen
  })
}

/** What is told of the threat itself, whatever its label. */
const tellsOfIt: ReadonlySet<Field> = new Set(['residual', 'description', 'impact'])

const ofThreats = /^(?:\w+ )?(?:threats?|risks|capabilities)$/

/** "Risks / attacker stories", "Abuse cases" over bullets. */
const ofStories = pattern(
  '',
  '^(?:attacker|attack|abuse|misuse|threat|adversary) (?:stories|scenarios|cases)$',
  '|^(?:threats|risks|attacks)(?: ?/ ?| (?:and|or|&) )(?:attacker|attack|abuse|misuse|threat)',
  ' (?:stories|scenarios|cases|vectors)$|^what (?:can|could|might) go wrong$',
)

/** "K9: …" with a status of its own is one threat, whatever it lists. */
function isLevelOrStatus({ field }: FieldValue): boolean {
  return field === 'status' || field === 'severity'
}

/** Parts whose headings name what is attacked, or who attacks. */
const namesTargets: ReadonlySet<Role> = new Set(['surfaces', 'assets', 'adversaries', 'boundaries'])

/** "Threat: a bot fills the disk" needs no fields to be understood. */
export const saysThreat = remembering(
  (title) => threatStart.test(title) || threatStart.test(withoutOrdinal(title)),
)

const threatStart = pattern(
  'iu',
  String.raw`^[^\p{L}\p{N}[]*(?:(?:threat|attack|(?:residual |accepted |known |open )?risk`,
  String.raw`|abuse case)(?: (?:\d{1,3}|[a-z]\d{0,2}))?\s*[::]`,
  String.raw`|\[(?:critical|high|medium|moderate|low)\])\s+\S`,
)
