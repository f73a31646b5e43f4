import type { Section } from '../outline/types.ts'
import { remembering } from '../remember.ts'
import { pattern } from '../vocabulary/pattern.ts'
import { plainHeading } from '../vocabulary/vocabulary.ts'

/*
 * Headings over how the project works and how it hears of flaws, as every self-assessment has them:
 * what stands below speaks of vulnerabilities and attackers on every line, and states no threat.
 */

/** True below "Security issue resolution", "Release process", "Actions" and the like. */
export function isOfHandling(section: Section): boolean {
  for (let at: Section | null = section; at !== null && at.kind !== 'root'; at = at.parent)
    if (isHandling(at.title)) return true
  return false
}

const handling = pattern(
  '',
  '^(?:(?:the )?(?:security|vulnerability|incident|cve|issue|bug|patch|disclosure|release',
  '|responsible|public|private|coordinated|embargo)(?:[ -](?:issue|issues|vulnerability|security',
  '|incident|disclosures?|notification|response|release|fix))*',
  ' (?:resolution|responses?|practices?|process(?:es)?|polic(?:y|ies)|management|handling',
  '|reporting|advisor(?:y|ies)|contacts?|teams?|committee|triage|timeline|procedures?|disclosures?',
  '|bounty|links|scanning|scans?)(?: (?:and|&) .{1,40})?',
  '|disclosing .{1,40}|(?:receiving|sending|making|publishing) disclosures?',
  '|(?:bilateral |mutual )?(?:responsible|coordinated) disclosures?(?: agreements?)?',
  '|(?:backporting|patching|publishing|announcing|tracking) (?:of )?(?:the |all )?(?:security )?',
  '(?:vulnerabilities|issues|fixes)|report(?:ing)? (?:an? |the |security |potential )*',
  '(?:vulnerabilit(?:y|ies)|issues?|bugs?|flaws?)(?: .{1,30})?',
  '|security (?:functions|features)(?: (?:and|&) (?:functions|features))?|actions|ecosystem',
  '|(?:internal |inbound |outbound |external )?communications?(?: channels?)?',
  '|(?:secure )?development (?:practices|pipeline|process|lifecycle|workflow)',
  '|known issues over time|intended uses?(?: .{1,30})?|case stud(?:y|ies)|(?:cii|openssf|core',
  ' infrastructure initiative|linux foundation)\\b.{0,40}|best practices?(?: badge)?',
  '|related projects?(?: .{1,30})?|project and vendor comparisons?|project compliance',
  '|supported versions?|(?:code|design|peer|security) reviews?|contributing|release process(?:es)?',
  '|triage responsibility|patch, release,? (?:and|&) .{1,40}|software bill of materials|sboms?',
  '|(?:what|information|details)(?: you| we)?(?: must| should| need)?(?: to)? (?:send|include',
  '|report|provide)\\b.{0,60}',
  '|self-assessment(?: .{1,20})?|certifications?|compliance)$',
)

/** The same of the heading alone. */
export const isHandling = remembering((title) => handling.test(plainHeading(title)))
