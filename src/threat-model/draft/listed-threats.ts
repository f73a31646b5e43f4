import type { Section } from '../outline/types.ts'
import { rememberingOf } from '../remember.ts'
import { roleOfIntro } from '../vocabulary/intro.ts'
import { pattern } from '../vocabulary/pattern.ts'
import { deniesFlaw } from '../vocabulary/policies.ts'
import { standingOfHeading } from '../vocabulary/standing.ts'
import { plainHeading, type Role, roleOf } from '../vocabulary/vocabulary.ts'
import { isBesideOpen, protection } from './scope.ts'
import { isAmongActors } from './scope-actors.ts'

/*
 * Whether all entries below a heading or sentence are threats, whatever they name:
 *
 *   ## What it does not protect against        all
 *   ## Out-of-scope reports                    all
 *   ## Out of scope                            only those that name harm; features are notes
 */

interface Headed {
  role: Role
  /** The heading or introduction that gives the role. */
  title: string
  section: Section
}

/** "Does not cover" beside "Covers", "It does not provide these guarantees:". */
const assured = /^\W*(?:it |this )?does not cover\W*$|(?<!\bnon[- ])\bguarantees?\b/i

const holdsPromise = rememberingOf(({ blocks }: Section) =>
  blocks.some(
    (block) => block.type === 'list' && roleOfIntro(block.intro?.text ?? '') === 'protected',
  ),
)

/** "Out of scope" alone does not say that its entries are threats; all other headings do. */
export function isListOfThreats({ role, title, section }: Headed): boolean {
  const isDenied = role === 'unprotected' || standingOfHeading(plainHeading(title)) !== null
  if (isDenied && deniedThreats.test(title)) return true
  if (role === 'unprotected') return protection.test(title) || assured.test(title)
  if (role === 'resolved') return isBesideOpen(section)
  if (role !== 'out-of-scope' || isAmongActors(section)) return true
  // "Out of scope:" beside "It defends against:" names what it does not defend against.
  if (roleOfIntro(title) === 'out-of-scope' && holdsPromise(section)) return true
  if (/\bmodel does(?: not|n['’]t) claim\b/i.test(title)) return true
  if (deniesFlaws(section)) return true
  // "Out of scope" below "What it does not protect against" names what it does not.
  const above = section.trail.filter((heading) => roleOf(heading) === 'unprotected')
  if (above.some((heading) => protection.test(heading))) return true
  return namesThreats.test(title.replace(/\bresidual risks?\b|\bthreat[- ]models?\b/gi, ''))
}

/** "These are not vulnerabilities." above a list: what a policy does not take for one. */
const deniesFlaws = rememberingOf(({ blocks }: Section) => {
  const [first, ...others] = blocks
  const isAbove = first?.type === 'paragraph' && others.some(({ type }) => type === 'list')
  return isAbove && these.test(first.phrase.text) && deniesFlaw.test(first.phrase.text)
})

const these = /^(?:these|the following|what follows)\b/i

/** "Threats not mitigated", "Offene Risiken": whatever stands below is one. */
const deniedThreats = pattern(
  'i',
  String.raw`\b(?:threats|attacks)\b|riesgos|riscos|amenazas`,
  '|ameaças|risiken|bedrohungen|risques|menaces|риск|угроз|ризик|загроз|风险|威胁|リスク|脅威',
)

/** Headings of what is ruled out that name threats. */
const namesThreats = pattern(
  'i',
  String.raw`\b(?:threat model|threats?|attacks?|adversar\w+|attackers?|protect|defend|against`,
  String.raw`|risks?|accepted|vulnerabilit\w+|reports?|(?:security )?(?:issues|bugs`,
  String.raw`|findings))\b|対象としない|schutz|amenaza|ameaça|menace|угроз|脅威|威胁|위협|bedrohung`,
)
