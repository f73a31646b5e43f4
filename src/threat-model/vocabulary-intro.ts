import { type Role, roleOf } from './vocabulary.ts'

/*
 * Sentences that introduce a list: "We consider the following attacker models:", "Primary assets
 * include:", "The proxy does not defend against:". A heading names its part with a noun; a sentence
 * does it with a verb, so it needs its own patterns.
 */

const sentences: readonly [RegExp, Role][] = [
  [
    /\b(?:does|do|is|are|will|can|could|did|must|should)(?: not|n't|not)\b.{0,50}\b(?:protect|defend|cover|prevent|mitigate|address|guarantee|claim|attempt|aim|try|provide)/,
    'unprotected',
  ],
  [
    /\bout[- ]of[- ](?:the )?scope\b|\bnot (?:in scope|considered|covered)\b|\bexcluded\b/,
    'out-of-scope',
  ],
  [
    /\b(?:protects?|defends?|guards?|guarantees?|is designed to protect)\b.{0,30}\bagainst\b.{0,40}$/,
    'protected',
  ],
  [
    /\bguarantees? the following\b|\bfollowing (?:security )?(?:guarantees|properties)\b/,
    'protected',
  ],
  [
    /\b(?:adversar(?:y|ies)|attackers?|threat actors?|attacker (?:models?|profiles?))\b.{0,40}$/,
    'adversaries',
  ],
  [/\bassets\b.{0,40}$/, 'assets'],
  [/\b(?:assum(?:e|es|ed|ptions?)|trust(?:s|ed)? that)\b.{0,40}$/, 'assumptions'],
  [/\btrust boundar(?:y|ies)\b.{0,40}$/, 'boundaries'],
  [/\b(?:mitigations?|controls|countermeasures|safeguards|mitigated by)\b.{0,40}$/, 'mitigations'],
  [
    /\b(?:threats|risks|threat scenarios|attack scenarios|failure modes|vulnerabilities)\b.{0,40}$/,
    'threats',
  ],
  [/\b(?:attacks|attack vectors)\b.{0,40}$/, 'attacks'],
  [/\bin scope\b/, 'in-scope'],
]

/** What an introduction announces, or null. Only its last sentence counts. */
export function roleOfIntro(text: string): Role | null {
  const last =
    text
      .slice(-introLength)
      .split(/(?<=[.!?])\s+/)
      .at(-1) ?? text
  const plain = last
    .toLowerCase()
    .replace(/[’]/g, "'")
    .replace(/[*\s:.:]+$/, '')
  const heading = roleOf(plain)
  if (heading !== null) return heading
  return sentences.find(([pattern]) => pattern.test(plain))?.[1] ?? null
}

const introLength = 240
