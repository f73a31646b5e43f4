import { type Fields, type FieldValue, fieldsOfSection } from '../draft/fields.ts'
import { withoutOrdinal } from '../identity.ts'
import type { Section } from '../outline/types.ts'
import { remembering, rememberingOf } from '../remember.ts'
import { pattern } from '../vocabulary/pattern.ts'
import { plainLabel } from '../vocabulary/vocabulary.ts'
import { soundsLikeAttack } from '../vocabulary/words.ts'

/*
 * Headings that name a threat each, and state it right below under a label:
 *
 *   ## 1. Broken seals                  ## 2. Side doors
 *   **Threat**: a guest opens a bag     **Threat**: a guest leaves unseen
 *   **Scenario**: the bag stands open   **Scenario**: the cook takes a break
 *   **Examples**:                       **Examples**:
 *   - A knife                           - The cellar
 *
 * Nothing need answer them, and what they list below further labels tells more of each.
 */

/** True for such a heading among others of the kind, of which some name attacks. */
export function statesItsThreat(section: Section): boolean {
  const { kind, parent } = section
  if (kind !== 'heading' || parent === null || !statesOne(section)) return false
  return areStated(parent)
}

/** "**Threats**: he bends the bars" below "An outsider without a key" is what he does. */
export function statesDeedOf({ kind, title }: Section, { values }: Fields): boolean {
  if (kind !== 'heading' || !somebody(title)) return false
  return values.some(({ label, lines }) => /^threats?$/.test(plainLabel(label)) && lines.length > 0)
}

/** "An external attacker with a key", and nothing of what they do. */
export const somebody = remembering((title) => who.test(withoutOrdinal(title)))

const who = pattern(
  'i',
  String.raw`^(?:(?:an?|the|any|other) )?(?:[\w-]+ ){0,3}(?:attacker|adversary|insider|outsider`,
  '|intruder|user|employee|threat actor)s?',
  '(?: (?:with|without|inside|outside|on|in) .{2,60})?$',
  String.raw`|^(?:an?|the|any) (?:malicious|hostile|rogue|dishonest|bribed) [\w-]+$`,
)

/** Asked once of the parent: each of its many children would look at all of them. */
const areStated = rememberingOf(({ children }: Section) => {
  // Where one heading states several, what is stated is the threat, and not the heading.
  if (children.some((child) => statedIn(child).length > 1)) return false
  const stated = children.filter((child) => child.kind === 'heading' && statesOne(child))
  const attacks = stated.filter(({ title }) => soundsLikeAttack(title))
  return stated.length >= 2 && attacks.length * 3 >= stated.length
})

/** One "Threat:" with a text, and another label beside it. */
function statesOne(section: Section): boolean {
  if (section.children.some(({ kind }) => kind === 'heading')) return false
  const [only, more] = statedIn(section)
  if (only === undefined || more !== undefined || only.lines.length === 0) return false
  return fieldsOfSection(section).values.length > 1
}

function statedIn(section: Section): FieldValue[] {
  return fieldsOfSection(section).values.filter(({ label }) => names.test(plainLabel(label)))
}

const names = /^(?:the )?(?:threat|attack|risk|abuse case)$/
