import { remembering, type Text } from '../remember.ts'
import { pattern, withoutEnd } from './pattern.ts'

/*
 * What a policy on reports says of the problems below its words: that they count as vulnerabilities
 * (they are the threats the project answers for), or that they do not (they are ruled out).
 *
 *   Example security vulnerabilities             counted, a heading
 *   Is this bug considered a vulnerability?      asked, and each row or part answers
 *   Invalid reports                              not counted
 *   The following are vulnerabilities when …:    counted, a sentence above a list
 *   … are not eligible for security reports:     not counted
 *
 * How and where to report is none of these: "Reports should include:", "Report issues to:".
 */

const flaw = pattern(
  '',
  '(?:(?:security|valid|actual|potential) ){0,4}(?:vulnerabilit(?:y|ies)',
  '|(?<=security |valid )(?:issues?|bugs?|flaws?|problems?|reports?|findings?)|cves?)',
).source

const sorts = '(?: (?:reports?|types?|classes|categories|examples?|classifications?))*'

/** Whole headings, as `plainHeading` gives them. */
export const countedHeadings: readonly RegExp[] = [
  pattern(
    '',
    String.raw`^(?!.*(?:\b(?:not|never)\b|n't\b))(?:what|which \w+|issues|bugs|reports)`,
    '(?: \\w+){0,3} (?:constitutes?|counts?|qualif(?:y|ies)|consider(?:ed)?|treat(?:ed)?)',
    '(?: (?:as|to be))?(?: an?)?(?: security| valid)* (?:vulnerabilit(?:y|ies)|issues?|bugs?)$',
  ),
  /^(?:examples of|qualifying|eligible) (?:security )?(?:vulnerabilities|bugs|issues)$/,
  new RegExp(`^(?:example|examples of|qualifying|eligible|in[- ]scope) ${flaw}${sorts}$`),
  pattern(
    '',
    '^in[- ]scope (?:(?:report|issue|finding|bug)s?(?: (?:examples?|types|classes|categories))?',
    '|(?:for|of) (?:(?:security|vulnerability) )?(?:reports?|reporting|disclosures?|cves?))$',
  ),
  // "Vulnerability categories" over levels sorts what is reported.
  pattern(
    '',
    '^(?:vulnerability|security (?:issue|bug)) (?:categor(?:y|ies|i[sz]ation)|classifications?',
    '|types|classes)$',
  ),
  new RegExp(
    `(?:^| )is (?:this|it|my|that|the)(?: \\w+)?(?: (?:considered|treated as))? an? ${flaw}$`,
  ),
]

export const leftOutHeadings: readonly RegExp[] = [
  /\bnon[- ]?(?:findings|vulnerabilities|issues)\b|\bfalse positives\b/,
  /\bnot? (?:be )?(?:considered )?(?:an? )?(?:security )?(?:vulnerabilit|bugs?\b|issues?\b)/,
  pattern(
    '',
    String.raw`\b(?:invalid|ineligible|non[- ]qualifying) (?:\w+ )?(?:reports?|vulnerabilities`,
    String.raw`|submissions|issues|findings)\b`,
  ),
  pattern(
    '',
    String.raw`(?:\bnot|n't) (?:be )?(?:\w+ )?(?:consider|treat|count|qualif|eligible|accept`,
    String.raw`|regard)\w*(?: (?:it|them|this|as|for|to be))?(?: \w+){0,2} ${flaw}(?: reports?)?$`,
  ),
]

const problems = String.raw`\b(?:issues|bugs|flaws|defects|weaknesses|vulnerabilities|problems)\b`

const counted: readonly RegExp[] = [
  // "… are considered vulnerabilities when they come from our code"
  new RegExp(
    String.raw`\b(?:considered|treated as|regarded as|counted as|count as|qualify (?:as|for)` +
      String.raw`|constitute)(?: to be)?(?: an?)? ${flaw}\b`,
  ),
  // "… are examples of issues that should be reported as said above"
  new RegExp(
    String.raw`\b(?:following|examples?)\b.{0,80}${problems}.{0,40}\b(?:should|must) be reported\b`,
  ),
  // "In scope: issues in this repository that could:"
  new RegExp(
    `${problems}(?: [\\w-]+){0,5} (?:that|which) (?:could|can|may|might|would|let|allow|enable)$`,
  ),
  /\binterested in(?: \w+){0,3} (?:reports|vulnerabilities|security issues|findings)\b/,
]

/** "… unless:" and "… should be reported to:" go on with something else. */
const goesOn = /(?:\bnot\b|\bnever\b|n't\b|\bunless\b|\bexcept\b|\b(?:to|by|via|at|through)$)/

/** True for a sentence above a list whose entries count as vulnerabilities. */
export function countsFlaws(intro: Text): boolean {
  return rememberedCounts(intro)
}

const rememberedCounts = remembering((intro): boolean => {
  const words = intro
    .slice(-introLength)
    .toLowerCase()
    .replace(/[’]/g, "'")
    .replace(/[*_\x60]/g, '')
  const plain = withoutEnd(words, /[\s:.:]/)
  const last = plain.split(/[.!?]\s+/).at(-1) ?? ''
  return !goesOn.test(last) && counted.some((form) => form.test(last))
})

const introLength = 300

/** "… features, not vulnerabilities": a text that rules out what its heading names. */
export const deniesFlaw = pattern(
  'i',
  String.raw`\b(?:is|are|features?|behaviou?rs?|design)\b,? (?:\w+ )?(?:not|never) (?:\w+ )?`,
  `(?:an? )?(?:considered )?(?:an? )?${flaw}`,
)

/** "Vulnerability?", "Counts as a security bug?", "CVE?" over a column; the same as a heading. */
export function asksIfFlaw(words: Text): boolean {
  return rememberedAsks(words)
}

const rememberedAsks = remembering(
  (words) =>
    words.length <= longestQuestion && asks.test(words.toLowerCase().replace(/[*_\x60]/g, '')),
)

const longestQuestion = 120

const asks = pattern(
  '',
  '(?:^|[ :])(?:is (?:this|it|my|that|the)(?: \\w+)? |are these )?',
  '(?:(?:considered|treated as|counts? as|qualif(?:y|ies) (?:as|for)|eligible for)(?: an?)? ',
  '|an? )?',
  `${flaw}(?: eligible)?\\s*\\?\\W*$`,
)

/** Of "Theft of towels, however, is not considered a vulnerability": "Theft of towels". */
export function subjectNotCounted(sentence: string): string | null {
  const subject = notCounted.exec(sentence)?.[1] ?? ''
  return subject === '' || pointing.test(subject) || subject.split(' ').length > longestSubject
    ? null
    : subject
}

const longestSubject = 14

const notCounted = pattern(
  'i',
  String.raw`^([^.;:]{5,160}?),?(?: (?:however|therefore|also|alone),?)? (?:is|are) (?:\w+ )?not`,
  `(?: (?:considered|treated as|regarded as|counted as))?(?: to be)?(?: an?)? ${flaw}\\b`,
)

/** What points back, asks or reports names nothing of its own. */
const pointing = pattern(
  'i',
  '^(?:it|this|that|these|those|such|they|which|what|we|if|when|while|although|since',
  String.raw`|some|most|many|reports?|findings?)\b`,
)
