import { pattern } from './pattern.ts'

/*
 * Headings that say of themselves that they collect something:
 *
 *   "Attack-vector enumeration"        → attack vectors
 *   "Protocol risk analysis"           → protocol risks
 *   "Abuse case inventory and ranking" → abuse cases
 *
 * What is collected stands in the singular before the word for the collection; the plural is what
 * vocabulary.ts knows.
 */

const collecting = pattern(
  '',
  '(?: (?:analys[ie]s|enumerations?|inventor(?:y|ies)|catalogu?e?s?|lists?|listings?|index',
  '|registers?|registry|tables?|landscape|breakdown|maps?|details?|logs?|overview',
  '|assessments?|reviews?|matri(?:x|ces)|summary|summaries|discussion|evaluation',
  '|identification|descriptions?|classification)(?: (?:and|&) (?:analysis|assessment',
  '|ranking|scoring|rating|prioriti[sz]ation|discussion|evaluation|overview))?)+$',
)

const compound = pattern(
  'g',
  String.raw`\b(attack|threat|abuse|misuse|failure|risk|exploit|adversarial|adversary)[ -]`,
  String.raw`(vector|scenario|case|mode|path|pattern|event)s?\b`,
)
const singular = /\b(threat|risk|attack|hazard|danger|weakness|mitigation|control|asset)$/
const vulnerability = /\bvulnerability$/

/** The words of a heading with what it collects in the plural, and without "analysis", "list". */
export function collected(title: string): string {
  const plain = title.replace(compound, '$1 $2s')
  const bare = plain.replace(collecting, '')
  if (bare === plain || bare === '') return title
  return bare.replace(singular, '$1s').replace(vulnerability, 'vulnerabilities')
}
