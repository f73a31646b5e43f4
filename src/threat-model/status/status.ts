import type { Status, Threat } from '../model.ts'
import { remembering, type Text } from '../remember.ts'
import { pattern } from '../vocabulary/pattern.ts'
import type { Role } from '../vocabulary/vocabulary.ts'

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
  [/[✅☑✔🟢🛡]|:white_check_mark:|:heavy_check_mark:/u, 'mitigated'],
  [/[❌✖✗✘🔴⛔🚫]|:x:/u, 'unmitigated'],
  [/[⚠🟡🟠🔶]|:warning:/u, 'partial'],
  [/[🔲⬜☐🚧⏳📋🔜🗓⏱🔄]|:construction:/u, 'planned'],
]

/** What a status cell begins with, most telling first. Beginnings of words, separated by bars. */
const beginnings: readonly (readonly [Status, string])[] = [
  ['out-of-scope', 'out of scope|out-of-scope|not in scope|non-goal|excluded|not applicable'],
  ['out-of-scope', 'not considered|oos|fuera de alcance|対象外'],
  ['partial', 'not fully|not yet fully|not completely|not entirely|partial|partly|mostly|mixed'],
  ['partial', 'limited|in part|some|reduced|ongoing|in progress|best-effort|best effort'],
  [
    'partial',
    'mitigated partial|mitigated (partial|mitigated, partial|mitigated in part|parcial|teilweise',
  ],
  [
    'partial',
    'detectable only|detected only|detection only|detected, not prevented|depends|conditional',
  ],
  ['partial', 'mode-dependent|一部'],
  ['accepted', "accept|by design|by-design|will not fix|wont fix|won't fix|wontfix|risk accepted"],
  [
    'accepted',
    'tolerated|known and accepted|as designed|working as intended|acknowledged|aceptad|akzeptiert',
  ],
  [
    'transferred',
    'transfer|delegated|operator|user|shared responsibility|upstream|downstream|external',
  ],
  ['transferred', 'deployment|deployer|customer|platform|third-party|third party|caller'],
  ['planned', 'planned|todo|to do|to be|tbd|proposed|roadmap|future|backlog|scheduled|pending'],
  ['planned', 'deferred|open question|not yet|work in progress|wip|in development|in review'],
  ['planned', 'under review|recommended|next|tracked|designed|pendiente|geplant|planifié|予定'],
  ['unmitigated', "not |un|no |no.|none|open|gap|missing|vulnerable|exposed|does not|doesn't"],
  [
    'unmitigated',
    'cannot|absent|known gap|landmine|nothing|outstanding|active exposure|offen|abierto|未|allowed',
  ],
  ['mitigated', 'mitigated|implemented|done|fixed|resolved|closed|covered|protected|defended'],
  ['mitigated', 'prevented|addressed|complete|yes|enforced|in place|handled|shipped|blocked'],
  [
    'mitigated',
    'remediated|solved|enabled|eliminated|pass|safe|strong|full|live|committed|verified|secured',
  ],
  [
    'mitigated',
    'provided|satisfied|active control|mitigad|implementad|resuelt|umgesetzt|対策済|実装済',
  ],
  ['unmitigated', 'n/a|n.a.'],
]

const words = beginnings.map(([status, list]) => ({ status, starts: list.split('|') }))

/** The status that words begin with, or null. */
export function wordStatus(plain: string): Status | null {
  if (/^-+$/.test(plain) || plain === 'no') return 'unmitigated'
  const found = words.find(({ starts }) => starts.some((start) => plain.startsWith(start)))
  return found?.status ?? null
}

/** The status a cell or label names, or null when its words are not of that kind. */
export function statusInWords(text: string, legend: Legend = new Map()): StatusReading | null {
  const evidence = text.slice(0, evidenceLength)
  const bySign = signStatus(evidence, legend)
  const plain = plainWords(evidence)
  if (remains.test(plain)) return explicit('partial', evidence)
  const byWord = wordStatus(plain)
  if (byWord !== null) return explicit(refined(byWord, plain), evidence)
  if (bySign !== null) return explicit(bySign, evidence)
  const named =
    /^[^.;]{0,40}\b(mitigated|accepted|unmitigated|out of scope|planned|implemented)\b/.exec(plain)
  if (named === null || /\b(?:not|never|should|must|will|can|could|may)\b/.test(named[0]))
    return null
  return statusInWords(named[1] ?? '')
}

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
  if (status === 'unmitigated' && /^not \w+\W{1,4}(?:risk )?accepted\b/.test(plain))
    return 'accepted'
  if (status !== 'mitigated') return status
  return halves.test(plain.slice(0, 60)) || remainder.test(plain) ? 'partial' : status
}

const halves = pattern(
  '',
  String.raw`\b(?:partial(?:ly)?|in part|mostly|except|but not|but only|limited to|some)\b`,
  String.raw`|^[\w -]{3,24}[;,] not\b`,
  '|[;,] not (?:yet|for|on|in|when|if|everywhere|all|by',
  String.raw`|covered|enforced|enabled|tested)\b`,
)

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
      return explicit('unmitigated', heading)
    case 'accepted':
      return explicit('accepted', heading)
    case 'residual':
      // "Known gaps and residual risks" speaks of what is open.
      if (/\b(?:gaps|limitations|weaknesses)\b/i.test(heading))
        return explicit('unmitigated', heading)
      if (/\baccepted\b/i.test(heading)) return explicit('accepted', heading)
      return { status: 'accepted', basis: 'implied', evidence: heading }
    case 'planned':
      return explicit('planned', heading)
    case 'protected':
    case 'resolved':
      return explicit('mitigated', heading)
    case 'misuse':
      return explicit('transferred', heading)
    case 'mitigations':
      return /\b(?:active|implemented|existing|in place)\b/i.test(heading)
        ? explicit('mitigated', heading)
        : null
    default:
      return null
  }
}

const titlePrefix = pattern(
  'i',
  '^(not (?:defended|protected|mitigated|covered|addressed|handled)(?: against)?|undefended',
  '|unmitigated|defended|protected|mitigated|covered|out of scope|accepted|planned)',
  String.raw`\s*[:—–-]\s*(.{3,})$`,
)

/** A title that carries its own verdict: "NOT defended: …", "Not protected against", "(Fixed)". */
export function statusInTitle(title: Text): TitleReading | null {
  return rememberedTitle(title)
}

type TitleReading = Readonly<{ reading: StatusReading; title: string }>

const rememberedTitle = remembering((title): TitleReading | null => {
  const prefix = titlePrefix.exec(title)
  if (prefix !== null) {
    const reading = statusInWords(prefix[1] ?? '')
    return reading === null ? null : { reading, title: (prefix[2] ?? title).trim() }
  }
  if (/\b(?:is|are) (?:[\w-]+ and )?partial(?:ly \w+)?$/i.test(title))
    return { reading: explicit('partial', title), title }
  const closed = struck.exec(title)
  const after = closed === null ? null : statusInWords(closed[2] ?? '')
  if (after !== null) return { reading: after, title: closed?.[1] ?? title }
  const suffix = /^(.{3,200}?)\s*[([]([^()[\]]{1,60})[)\]]\s*$/.exec(title)
  // "(low, mitigated)": one of a few words in the brackets.
  const parts =
    suffix?.[2]
      ?.split('→')
      .at(-1)
      ?.split(/\s*[,;·]\s*/) ?? []
  const words = parts.map((part) => part.trim()).find((part) => bracketed.test(part))
  if (suffix === null || words === undefined) return null
  const reading = statusInWords(words)
  return reading === null ? null : { reading, title: suffix[1] ?? title }
})

/** "~~Worn ropes~~ — closed in May" */
const struck = /^~~(.{3,200}?)~~[\s:(—–-]{1,6}(\w.*)$/

const bracketed = pattern(
  'iu',
  String.raw`^(?:[✅❌⚠🟡🟢🔴⏳]\ufe0f?\s*)?\x60?(?:(?:partially |partly |not |un)?(?:mitigated`,
  '|addressed|fixed|resolved|accepted|implemented|planned|out of scope|covered|closed|todo',
  '|done|blocked|prevented|defended|protected(?: against)?)|open|completed?|partial|deferred',
  String.raw`|(?:risk )?accepted(?: risk)?|transferred)\x60?(?:\s*[✅❌⚠🟡🟢🔴]\ufe0f?)?$`,
  String.raw`|^[✅❌⚠🟡🔴]\ufe0f?$`,
)

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
