import type { Status } from '../model.ts'
import { pattern } from '../vocabulary/pattern.ts'
import { sentencesOf } from './prose.ts'
import { explicit, type StatusReading, statusInWords } from './status.ts'

/*
 * Verdicts an answer begins or ends with, where a control is expected:
 *
 *   "Blocked by the gate."     "Deferred to phase 2."      "Relies on the host OS."
 *   "None (accepted)."         "Signed tickets (done)"     "Signed tickets — planned"
 *
 * In running text many of these words say something else: there only some count, at the start of a
 * sentence, where outright.ts knows of nothing.
 */

const whose =
  '(?:operators?|deployers?|integrators?|admin(?:istrator)?s?|customers?|callers?|hosting' +
  '|(?:cloud|hosting|service|identity) providers?|platforms?|host|os|operating system|kernel' +
  '|browsers?|(?:reverse )?prox(?:y|ies)|infrastructure|upstream|load balancers?|cdn|waf|ingress' +
  '|orchestrators?|embedding application|calling application)'

const done =
  '(?:mitigated|prevented|blocked|addressed|countered|defeated|stopped|solved|handled|resolved' +
  '|fixed|remediated|eliminated|closed)'

const openings: readonly (readonly [Status, RegExp])[] = [
  [
    'accepted',
    pattern(
      'i',
      String.raw`^(?:none|nothing|n\/a|no (?:mitigation|control|fix)s?)(?: \w+)?\W{1,4}`,
      '(?:(?:this|it|risk) (?:is )?|(?:an? )?|considered |deliberately )?',
      String.raw`(?:accept(?:ed|able)\b|by design\b|intentional\b|tolerated\b)`,
      String.raw`|^(?:intentional|tolerated)\W*(?:$|[.:;,—–-])`,
      "|^(?:we )?(?:will not|won['’]t) (?:be )?fix",
    ),
  ],
  [
    'out-of-scope',
    pattern(
      'i',
      '^(?:explicitly|deliberately|currently|considered|deemed|intentionally)',
      String.raw` out[- ]of[- ]scope\b`,
    ),
  ],
  [
    'mitigated',
    pattern(
      'i',
      String.raw`^(?:(?:this )?(?:cannot|can['’]t) (?:happen|occur)\b`,
      '|(?:structurally |cryptographically )?(?:not possible|impossible|not exploitable',
      String.raw`|not applicable by construction)\b)`,
    ),
  ],
  [
    'transferred',
    pattern(
      'i',
      String.raw`^(?:(?:delegated|left|handed|outsourced|transferred) to (?!phase|v\d|next|future`,
      `|later|an? )|(?:handled|mitigated|provided|enforced|addressed) (?:by|at|in) (?:the |your `,
      String.raw`|an? |its )?${whose}\b|rel(?:ies|y|ied) (?:up)?on (?:the |your |an? |its )?`,
      String.raw`(?:underlying )?${whose}\b|(?:the |an? )?(?:operators?|deployers?|integrators?`,
      '|administrators?|admins?|customers?) (?:must|should|(?:is|are) responsible|ha(?:s|ve) to',
      String.raw`|needs? to)\b|users? (?:should|(?:is|are) responsible)\b)`,
    ),
  ],
  [
    'planned',
    pattern(
      'i',
      String.raw`^(?:(?:deferred|postponed|scheduled|slated|targeted) (?:to|for|until)\b`,
      String.raw`|future (?:work|release|version|phase|enhancement|improvement)\b`,
      String.raw`|(?:we )?(?:plan|intend) to\b|(?:to|will) be (?:\w+ )?(?:added|implemented`,
      String.raw`|addressed|introduced|fixed)\b|coming (?:soon|in)\b|not yet\b`,
      String.raw`|(?:an? |the )?(?:upcoming|forthcoming) \w)`,
    ),
  ],
  [
    'unmitigated',
    pattern(
      'i',
      String.raw`^(?:known (?:limitation|gap|issue|weakness)\b|(?:open(?: gap| issue)?|gap|missing`,
      String.raw`|not covered|unaddressed|unresolved|absent)\s*(?:$|[.:;—–]|- ))`,
    ),
  ],
  [
    'partial',
    pattern(
      'i',
      '^(?:(?:reduced|lessened|lowered|narrowed|slowed) (?:by|via|through',
      String.raw`|with|to)\b|detect(?:ed|able|ion)(?: only\b|,? (?:but )?not prevent)`,
      String.raw`|partial(?:ly)?\s*(?:[.:;—–]|- ))`,
    ),
  ],
  [
    'mitigated',
    pattern(
      'i',
      String.raw`^(?:fully |already |now )?${done}(?: (?:by|via|through|with|using|in)\b`,
      String.raw`|\s*[::—–-]\s|\W*$)|^(?:implemented|done|in place|enforced)\s*(?:[::—–-]\s|\W*$)`,
    ),
  ],
]

/** Behind the name of a control, in brackets or behind a dash. */
const endings: readonly (readonly [Status, RegExp])[] = [
  ['planned', ending('not yet (?:implemented|enforced|done)|in progress|wip|upcoming')],
  ['unmitigated', ending('not (?:implemented|enforced|enabled|in place)|missing|absent')],
  [
    'partial',
    ending('partial|partially(?: implemented| done| in place)?|incomplete|best[- ]effort'),
  ],
  ['mitigated', ending('implemented|done|in place|enforced|shipped|live|complete|completed')],
]

function ending(words: string): RegExp {
  return pattern('i', String.raw`^[^.;]{3,120}(?:[([](?:${words})[)\]]|\s[—–-]+ (?:${words}))\W*$`)
}

/** The verdict that an answer begins or ends with, or null. */
export function verdictInAnswer(text: string): StatusReading | null {
  const words = text.replace(/^[^\p{L}\p{N}]+/u, '').slice(0, examined)
  const opening = openings.find(([, form]) => form.test(words))
  if (opening !== undefined) return explicit(lessened(opening[0], words), text)
  const behind = endings.find(([, form]) => form.test(words))
  if (behind !== undefined) return explicit(behind[0], text)
  return signed(text)
}

const examined = 600

/** "Blocked by the gate, but old keys still work" */
function lessened(status: Status, words: string): Status {
  return status === 'mitigated' && takesBack.test(words) ? 'partial' : status
}

const takesBack = pattern(
  'i',
  String.raw`\b(?:but|however|though|although|except)\b[^.]{0,120}\b(?:still|remains?|not|cannot`,
  String.raw`|possible|partial\w*)\b|\bonly (?:if|when|where|while)\b|\b(?:in part|partially)\b`,
  '|[.;(] ?residual(?: risk)?: (?!(?:very )?(?:low|none|negligible|minimal))',
)

/** "✅ Signed tickets", "⚠️ Signed tickets", "Signed tickets ✅"; signs of both kinds are half. */
function signed(text: string): StatusReading | null {
  if (!edge.test(text)) return null
  if (/^\s*[🚧⏳📋]/u.test(text)) return explicit('planned', text)
  const [good, half, bad] = [/[✅☑✔]/u, /[⚠🟡🟠]/u, /[❌✖✗✘🔴⛔]/u].map((sign) => sign.test(text))
  if (half === true || (good === true && bad === true)) return explicit('partial', text)
  if (bad === true) return explicit('unmitigated', text)
  return good === true ? explicit('mitigated', text) : null
}

const edge = /^\s*[🚧⏳📋✅☑✔⚠🟡🟠❌✖✗✘🔴⛔]|[✅☑✔⚠🟡🟠❌✖✗✘🔴⛔]\u{fe0f}?\s*$/u

/** "Someone replays a ticket. Blocked by the gate.", "Accepted: a fix costs too much." */
export function verdictInSentences(text: string): StatusReading | null {
  for (const sentence of sentencesOf(text).slice(0, mostSentences)) {
    const words = sentence.replace(/^[^\p{L}\p{N}]+/u, '').slice(0, examined)
    const lead = leads.exec(words)?.[1]
    const reading = lead === undefined ? null : statusInWords(lead)
    if (reading !== null) return explicit(lessened(reading.status, words), sentence)
    const told = openings.find(([, form]) => form.test(words))
    if (told !== undefined && counts.has(told[0]))
      return explicit(lessened(told[0], words), sentence)
  }
  return null
}

const mostSentences = 12

const leads = pattern(
  'i',
  '^((?:not |un|partially |partly |fully )?(?:mitigated|addressed|prevented)|accepted|partial|gap',
  String.raw`|open|planned|transferred)\s*(?:[.::]|\s[—–-])(?:\s|$)`,
)

/** Whose duty something is, is told of much that is no answer. */
const counts: ReadonlySet<Status> = new Set(['accepted', 'out-of-scope', 'mitigated', 'partial'])
