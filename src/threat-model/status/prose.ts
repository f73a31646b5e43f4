import { remembering } from '../remember.ts'
import { pattern } from '../vocabulary/pattern.ts'
import { controlWords, isAdvice } from '../vocabulary/words.ts'
import { inPassing } from './in-passing.ts'
import { outright } from './outright.ts'
import { explicit, implied, type StatusReading, statusInWords } from './status.ts'

/*
 * Status from sentences: residual risk texts, bodies and answers. Explicit only where the sentence
 * says it in so many words; implied only from a statement of fact in the present tense.
 *
 *   "The proxy rejects unsigned requests."      a fact            implied mitigated
 *   "The proxy should reject …", "Reject …"     a wish            nothing
 *   "snapshots are not protected"               said outright     explicit unmitigated
 */

/** A status that a body states in so many words. Whole sentences only; the first that does. */
export function statusInBody(body: string): StatusReading | null {
  const sentences = sentencesOf(body.replace(editorial, ' '))
  return labelledStatus(sentences) ?? saidIn(sentences, outright) ?? saidIn(sentences, inPassing)
}

/** "Impact: lost letters. Status: implemented and verified." */
function labelledStatus(sentences: readonly string[]): StatusReading | null {
  for (const sentence of sentences) {
    const words = statusLabel.exec(sentence)?.[1]
    const reading = words === undefined ? null : statusInWords(words)
    if (reading !== null) return reading
  }
  return null
}

const statusLabel = /^\W*(?:mitigation |current |threat )?status\s*[::]\W*(\S.{2,80})$/i

function saidIn(sentences: readonly string[], phrases: typeof outright): StatusReading | null {
  for (const sentence of sentences) {
    const plain = unshortened(sentence.toLowerCase())
    for (const [status, patterns] of phrases) {
      if (patterns.some((pattern) => isMeant(plain, pattern))) return explicit(status, sentence)
    }
  }
  return null
}

/** A note in square brackets ("[say more]") is about the document, not about the project. */
const editorial = /\[(?:todo|tbd)\b[^\]]{0,600}\]/gi

function unshortened(text: string): string {
  return text.replace(/[’]/g, "'").replace(/\b(do|does|is|are)n't\b/g, '$1 not')
}

/** A condition or a wish before the words takes them back; one after them only narrows them. */
function isMeant(sentence: string, pattern: RegExp): boolean {
  const at = pattern.exec(sentence)?.index
  if (at === undefined) return false
  const clauses = sentence.slice(0, at).split(/\bbut\b|;/)
  const before = clauses.at(-1) ?? ''
  // "Further controls are out of scope" speaks of controls.
  if (
    /^(?:these|such|further|other|additional|more) (?:mitigations|controls|measures) /.test(before)
  )
    return false
  // "Out of scope unless it is reachable" rules nothing out for good.
  if (/\bout[- ]of[- ]scope\b.{0,300} unless\b/.test(sentence)) return false
  // "Can be mitigated by" asks for it, whatever follows.
  if (/\b(?:can|must|may|might|needs? to|has to|have to)(?: be)?(?: \w+)? $/.test(before))
    return false
  return !/\b(?:if|unless|should|would|could|assume|example|although|though)\b/.test(before)
}

/** Statements of fact about a control, in the present tense. */
export function isFact(sentence: string): boolean {
  const plain = ` ${sentence.toLowerCase().replace(/[’]/g, "'")} `
  if (isWish(sentence) || isOrder(sentence) || plain.split(' ').length < 6) return false
  return (fact.test(plain) || factWithSubject.test(plain)) && controlWords(plain) > 0
}

/** "Use a lock that is tested every day" orders, whatever its clauses state. */
function isOrder(sentence: string): boolean {
  return isAdvice(sentence) && !/^\W*\w+ (?:of|is|are)\b/.test(sentence)
}

/** Should, could, will, recommended, not: what is no statement of what is done. */
export function isWish(sentence: string): boolean {
  const plain = ` ${sentence.toLowerCase().replace(/[’]/g, "'")} `
  return wish.test(plain) || negated.test(plain)
}

const wish = pattern(
  '',
  String.raw`\b(?:should|must|shall|could|may|might|can|will|would|need(?:s|ed)? to|ought`,
  String.raw`|recommend\w*|consider\w*|propos\w*|plan(?:s|ned)?|todo|tbd|if|unless|future`,
  String.raw`|suggest\w*|ensure|make sure|advis\w*|expected|assum\w+)\b`,
)
const negated = pattern(
  '',
  "\\b(?:not|no|never|cannot|without|lacks?|missing|isn't|doesn't|don't|aren't)\\b",
  // "Nothing protects the door" says what is missing, "nothing of it leaves" what is done.
  String.raw`|^\W*(?:nothing|nobody|none|hardly|barely)\b`,
)
const fact = pattern(
  '',
  String.raw`\b(?:is|are|has|have|uses|enforces|rejects|validates|verifies|requires|encrypts`,
  '|prevents|restricts|protects|detects|authenticates|sanitizes|isolates|denies',
  String.raw`|refuses|ensures|provides|removes|normalizes|terminates|compares|reduces)\b`,
)
/** Words that are plural nouns as well: "rate limits" is no statement, "the server limits" is. */
const factWithSubject = pattern(
  '',
  String.raw`\b(?:the|a|an|each|every|our|its|it|which|that|this) (?:[\w-]+ ){0,2}(?:checks`,
  '|limits|blocks|signs|caps|bounds|logs|masks|hashes|pins|controls|strips|drops',
  String.raw`|runs|stores|returns|supports|binds|escapes)\b`,
)

/** Answers that are facts make a threat mitigated, by implication; a mixture makes nothing. */
export function statusOfAnswers(
  answers: readonly string[],
  remains: boolean,
): StatusReading | null {
  const facts = answers.filter(
    (answer) => isFact(answer) && (statusInBody(answer)?.status ?? 'mitigated') === 'mitigated',
  )
  if (facts.length === 0 || facts.length * 2 < answers.length) return null
  if (facts.length * 2 === answers.length && answers.some(isOrder)) return null
  return implied(remains ? 'partial' : 'mitigated', facts[0] ?? '')
}

/** Words that answer a threat with a verdict instead of a control. */
const openings = pattern(
  'i',
  String.raw`^(?:(?:previously )?considered )?(?:out[- ]of[- ]scope|oos\b|not applicable|n\/a\b`,
  String.raw`|(?:falls? )?outside (?:of )?(?:the|our|this) (?:[\w'’-]+ ){0,2}(?:threat model|model`,
  String.raw`|scope|boundary)\b|outside (?:of )?[\w-]+ scope\b`,
  String.raw`|not a concern|accepted\b|acceptable risk\b|(?:none )?by design\b|as designed\b`,
  String.raw`|non-?vulnerabilit(?:y|ies)\b`,
  String.raw`|(?:expected behaviou?r, )?not an? (?:security )?vulnerability\b)`,
)

export function isVerdict(text: string): boolean {
  return openings.test(text.trim())
}

/** The status of a text that begins with a verdict, or null. */
export function verdictOf(text: string): StatusReading | null {
  const words = openings.exec(text.trim())?.[0].replace(/^(?:previously )?considered /i, '')
  if (words !== undefined && /\boutside\b|vulnerab/i.test(words))
    return explicit('out-of-scope', text)
  const reading = words === undefined ? null : statusInWords(words)
  return reading === null ? null : { ...reading, evidence: text }
}

/** Further words that only count where a mitigation is expected. */
export const verdictWords = pattern(
  'i',
  '^(?:not (?:yet )?(?:mitigated|implemented|addressed)|unmitigated|todo|planned',
  String.raw`|partial (?:mitigation|protection|coverage)\b`,
  String.raw`|(?:\w+ )?mitigated\b)`,
)

/** "Implemented", "Partially in place": how far a control is, without a word of which it is. */
export function saysHowFar(text: string): boolean {
  return howFar.test(text.trim())
}

const howFar = pattern(
  'i',
  String.raw`^\W*(?:(?:not|fully|partially|partly|mostly|already|currently) )?(?:yet )?`,
  '(?:implemented|in place|mitigated|planned|done|partial|mostly|partially|partly|active',
  String.raw`|enforced|ongoing)\W*$`,
)

const nothings = [
  pattern(
    '',
    // "Nothing from outside is run" says a good deal.
    '^(?!\\w+ (?:in the|inside|within|at|from) [^.,;]{2,60}? (?:is|are|was|can|may|will|must|has',
    '|leaves)\\b)',
    '(?:none|nothing|nobody)(?: (?:yet|beyond .{3,40}',
    '|known|identified|found|needed|required|in the .{3,40}',
    '|currently|today|now|so far|planned|implemented|in place',
    '|that (?:help|matter)s?\\b.{0,60}|(?:inside|within|at|from) .{3,40}))?',
    '(?:$|[.,;(]|\\s[—–-]+\\s)',
  ),
  /^(?:none|nothing) (?:at this time|at present|so far)\b/,
  /^(?:not (?:yet )?(?:mitigated|addressed|prevented|handled)|unmitigated)[.\s]*$/,
  pattern(
    '',
    String.raw`^(?:n\/?a|not applicable|no (?:known |current )?(?:mitigations?|controls?`,
    '|protection|defen[cs]e|countermeasures?)(?: (?:yet|today|in place|at present',
    String.raw`|so far|currently|planned))?|tbd|todo|wip)[.\s]*$`,
  ),
  /^not (?:specified|stated|documented|described)(?: (?:in|by|yet) ?.{0,40})?[.\s]*$/,
  /^(?:\?|-+|—+|–+)[.\s]*$/,
  /^(?:ningun[ao]|nenhuma?|aucune?|keine?|nessuna?|нет|なし|无|없음)(?: \p{L}{4,12})?[.。\s]*$/u,
  /^(?:pendientes?|pendente|geplant)[.\s]*$/,
]

/** An answer that says there is none: "Nothing.", "None at this time", "N/A", "—". */
export function saysNothing(text: string): boolean {
  const plain = text
    .trim()
    .toLowerCase()
    .replace(/^[^\p{L}\p{N}?—–-]+/u, '')
  return (
    plain === '' || nothings.some((pattern) => pattern.test(plain)) || /^[\s—–\-.·/]*$/.test(text)
  )
}

/** An acceptance as far as it is written. */
export function statusOfAcceptance(text: string): StatusReading | null {
  const reading = statusInWords(text)
  if (reading !== null) return reading.status === 'mitigated' ? explicit('accepted', text) : reading
  return text.trim() === '' ? null : explicit('accepted', text)
}

const maxSentences = 60

const sentenceEnd = pattern(
  'u',
  String.raw`(?<=[.!?。；;])(?:["”’)]*)\s+(?=[\p{Lu}\p{Lo}\d"“\x60(*[]|[a-z]{1,20}_)`,
  // "It is locked. ✅ Mitigated."
  String.raw`|(?<=[.!?])\s+(?=\p{Extended_Pictographic})|(?<=[。！？])`,
)

export function sentencesOf(text: string): readonly string[] {
  return rememberedSentences(text)
}

const rememberedSentences = remembering((text): readonly string[] =>
  text
    .replace(/\b(e\.g|i\.e|etc|vs|cf|approx|incl|no|fig|sec|dr|mr|ms)\./gi, '$1\u2024')
    .split(sentenceEnd)
    .slice(0, maxSentences)
    .map((sentence) => sentence.replaceAll('\u2024', '.').trim())
    .filter((sentence) => sentence !== ''),
)
