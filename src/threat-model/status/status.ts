import type { Status, Threat } from '../model.ts'
import { pattern } from '../vocabulary/pattern.ts'
import { standingOfHeading } from '../vocabulary/standing.ts'
import { plainHeading, type Role } from '../vocabulary/vocabulary.ts'
import { remarkOn } from './remarks.ts'
import { wholeStatus } from './whole-words.ts'
import { saysUnknown, wordStatus } from './words.ts'

/*
 * What a document says is done about a threat, by evidence and never by hope. Each function reads
 * one kind of evidence and answers null where there is none; `decide` takes the strongest:
 *
 *   status cell or label   "Partially mitigated", ✅ with the document's legend      explicit
 *   title                  "NOT defended: a running session", "(was Low → Fixed)"    explicit
 *   residual risk label    "None", "Accepted by the board"                           explicit
 *   heading                "What it does not protect against", "Out of scope"        explicit
 *   sentence               "… is by design", "does not protect"                      explicit
 *   sentence               "the server rejects …" under a mitigation label           implied
 *
 * Should, must, could, may, will, recommended, planned and imperatives are no facts: they never
 * make "mitigated". In doubt the answer is null, and the threat stays `unstated`.
 */

export interface StatusReading {
  status: Status
  basis: Threat['statusBasis']
  /** The words it was taken from. */
  evidence: string
}

export const unstated: StatusReading = { status: 'unstated', basis: 'none', evidence: '' }

/** Emoji and signs → status, as the document's legend explains them (draft/legend.ts). */
export type Legend = ReadonlyMap<string, Status>

const signs: readonly [RegExp, Status][] = [
  [/[✅☑✔✓🟢🛡]|:white_check_mark:|:heavy_check_mark:/u, 'mitigated'],
  [/[❌✖✗✘🔴⛔🚫]|:x:/u, 'unmitigated'],
  [/[⚠🟡🟠🔶]|:warning:/u, 'partial'],
  [/[🔲⬜☐🚧⏳📋🔜🗓⏱🔄]|:construction:/u, 'planned'],
]

/** The status a cell or label names, or null when its words are not of that kind. */
export function statusInWords(text: string, legend: Legend = new Map()): StatusReading | null {
  const evidence = text.slice(0, evidenceLength)
  const bySign = signStatus(evidence, legend)
  const plain = plainWords(evidence)
  if (/^(?:unknown|unclear|not known)\W*$/.test(plain)) return null
  if (restPending.test(plain)) return explicit('partial', evidence)
  if (remains.test(plain) || isLeft.test(evidence)) return explicit('partial', evidence)
  const byWord = wholeStatus(plain) ?? wordStatus(plain)
  // "✅ By design": it cannot happen, and nobody lives with it.
  if (byWord === 'accepted' && bySign === 'mitigated' && /^by[- ]design\b/.test(plain))
    return explicit('mitigated', evidence)
  if (byWord !== null) return explicit(refined(byWord, plain), evidence)
  if (bySign !== null) return explicit(bySign, evidence)
  if (saysUnknown(plain)) return null
  const named =
    /^([^.;]{0,40})\b(mitigated|accepted|unmitigated|out of scope|planned|implemented)\b/.exec(
      plain,
    )
  if (named === null || /\b(?:not|never|should|must|will|can|could|may)\b/.test(named[0]))
    return null
  const reading = statusInWords(named[2] ?? '')
  const isHedged = reading?.status === 'mitigated' && hedged.test(named[1] ?? '')
  return isHedged ? explicit('partial', evidence) : reading
}

/** "⚠️ Not mitigated": a status and nothing else. */
export function saysOnlyStatus(text: string): boolean {
  const words = plainWords(text).match(/[\p{L}\p{N}'-]+/gu) ?? []
  return words.length > 0 && words.length <= mostVerdictWords && statusInWords(text) !== null
}

const mostVerdictWords = 3

/** "A lock exists; proof of it pending" */
const restPending = pattern(
  '',
  String.raw`^[^;.]{0,80}\b(?:exists?|fixed|built|added); (?:[\w/-]+ ){0,8}`,
  String.raw`(?:pending|deferred|unproven|untested|missing|outstanding|remains?|incomplete)\W*$`,
)

/** "Residual risk — the log names no reader" */
const isLeft = /^\W*residual risk\W{0,3}\s[—–-]\s+\S+ \S/i

/** "Residual risk — reduced by the guard" */
const remains =
  /^(?:residual|remaining) risks?\W{1,6}(?:partly |partially )?(?:mitigated|reduced|limited)\b/

/**
 * "Mitigated, but X remains" is not mitigated; "accepted / out of scope" is what it begins with.
 */
function refined(status: Status, plain: string): Status {
  if (status === 'accepted' && /^acknowledged\b.{0,40}\b(?:fix|plan|planned|design)\b/.test(plain))
    return 'planned'
  if (status === 'unmitigated' && /^open\b[^/]{0,60}\/ (?:partially )?mitigated\b/.test(plain))
    return 'partial'
  if (status === 'unmitigated' && openAndAccepted.test(plain)) return 'accepted'
  if (status === 'unmitigated' && worked.test(plain)) return 'planned'
  if (status !== 'mitigated') return status
  return halves.test(plain.slice(0, 60)) || remainder.test(plain) || leaves.test(plain)
    ? 'partial'
    : status
}

/** "No mitigation — accepted risk", "None by design" */
const openAndAccepted = pattern(
  '',
  String.raw`^(?:not \w+|no (?:\w+ )?(?:mitigation|control|protection|fix)|none|unmitigated|open)`,
  String.raw`\W{1,4}(?:(?:risk )?accepted|by design)\b`,
)

/** "Somewhat mitigated" is not mitigated. */
const hedged = pattern(
  '',
  String.raw`\b(?:part\w*|some\w*|semi|weak\w*|half|hardly|barely|poorly|only|mostly|less`,
  '|largely|substantially|significantly|mainly|generally|moderately',
  String.raw`|in\w*sufficiently)\b`,
)

const halves = pattern(
  '',
  String.raw`^mitigated\b[^.;:,—–(]{0,40}\bonly\b|^mitigated\W{1,4}[\w-]+ only\b|`,
  String.raw`\b(?:partial(?:ly)?|in part|mostly|except|but not|but only|limited to|some)\b`,
  String.raw`|^[\w -]{3,24}[;,] not\b|[;,(] (?:the )?rest\b|\baccepted residual\b`,
  '|[;,] but no\\b',
  '|[;,(] see (?:the )?(?:accepted|residual|remaining|known|open) (?:risks?|gaps?|limit)',
  // "In place (audit); the second key pending"
  String.raw`|[;,] (?:[\w-]+ ){0,4}(?:is |are )?(?:still )?(?:pending|missing|outstanding)\b`,
  // "In place (the lock is drawn; the key is due in month 2)"
  String.raw`|[(;,] (?:[\w-]+ ){0,6}(?:is|are|in|due|until|from) (?:month|phase|milestone|sprint`,
  String.raw`|week|release) \d`,
  String.raw`|^\w+, detective\b`,
  '|[;,] not (?:yet|for|on|in|when|if|everywhere|all|by',
  String.raw`|covered|enforced|enabled|tested)\b`,
)

/** "Mitigated at the gate; residual on the wire" is half; "residual risk low" is not. */
const leaves = pattern(
  '',
  String.raw`(?:[;,(]|\s[—–-]) ?(?:the )?residual\b(?! (?:risks? |exposure )?(?:is |are )?`,
  String.raw`(?:very )?(?:low|none|negligible|minimal|minor|small|nil|zero|tiny)\b)`,
  '(?!(?: risks?| exposure)?: ?(?:very )?(?:low|none|negligible|minimal|minor|small|nil|zero))',
  String.raw`|[;,] (?:[\w-]+ ){1,4}(?:is |are |remains? )?(?:still )?(?:unmitigated|unprotected`,
  String.raw`|not (?:mitigated|covered|protected))\b`,
)

/** "None yet, and we created action items to work on them". */
const worked = /\b(?:action items?|tickets?) to (?:work|fix|address)/

/** "Mitigated: …; the owner's powers are the residual risk". */
const remainder = /\b(?:is|are|as) (?:the |a )?(?:residual|remaining) (?:risks?|gaps?)\b/

const evidenceLength = 200

function plainWords(text: string): string {
  return text
    .normalize('NFKC')
    .toLowerCase()
    .replace(/[’]/g, "'")
    .replace(/^[^\p{L}\p{N}-]+/u, '')
    .replace(/^(?:status|state|currently|now|risk)[:\s]+/, '')
    .replace(/^(?:critical|high|medium|moderate|low)\s*[—–:/-]+\s*(?=\p{L})/u, '')
}

function signStatus(text: string, legend: Legend): Status | null {
  const word = plainWords(text).replace(/[^\p{L}]+$/u, '')
  for (const [sign, status] of legend) {
    if (/^\p{L}/u.test(sign) ? word === sign : text.includes(sign)) return status
  }
  return signs.find(([pattern]) => pattern.test(text))?.[1] ?? null
}

/** What an entry under a heading of this kind is, when the heading alone decides. */
export function statusOfRole(role: Role | null, heading: string): StatusReading | null {
  switch (role) {
    case 'out-of-scope':
    case 'non-findings':
      return explicit('out-of-scope', heading)
    case 'unprotected':
    case 'limitations':
      return explicit(remarkOn(heading), heading)
    case 'accepted':
      return explicit('accepted', heading)
    case 'residual':
      // "Known gaps and residual risks" speaks of what is open.
      if (/\b(?:gaps|limitations|weaknesses)\b|\bnot (?:\w+ )?\w+ed\b/i.test(heading))
        return explicit('unmitigated', heading)
      if (/\baccepted\b/i.test(heading)) return explicit('accepted', heading)
      return { status: 'accepted', basis: 'implied', evidence: heading }
    case 'planned':
      return explicit('planned', heading)
    case 'protected':
      // "It is designed to reduce:" promises no more than that.
      if (lessens.test(heading)) return explicit('partial', heading)
      return explicit('mitigated', heading)
    case 'resolved':
      return explicit('mitigated', heading)
    case 'misuse':
      return explicit('transferred', heading)
    case 'threats': {
      const standing = standingOfHeading(plainHeading(heading))
      return standing === null ? null : explicit(standing, heading)
    }
    case 'mitigations':
      return /\b(?:active|implemented|existing|in place)\b/i.test(heading)
        ? explicit('mitigated', heading)
        : null
    default:
      return null
  }
}

/** At the end of what introduces a list: no more is promised than that. */
const lessens = /\b(?:reduces?|limits?|lowers?|slows?(?: down)?|deters?|discourages?)\W*$/i

export function explicit(status: Status, evidence: string): StatusReading {
  return { status, basis: 'explicit', evidence }
}

export function implied(status: Status, evidence: string): StatusReading {
  return { status, basis: 'implied', evidence }
}

/** The first reading there is; evidence is given strongest first. */
export function decide(evidence: readonly (StatusReading | null)[]): StatusReading {
  return evidence.find((reading) => reading !== null) ?? unstated
}
