import { pattern } from '../vocabulary/pattern.ts'
import { explicit, implied, type StatusReading, statusInWords } from './status.ts'

/*
 * What is said to remain of a threat, in a column or under a label of its own: "None" and "Low"
 * beside a control mean that it is met, "Accepted" that somebody lives with the rest, and any
 * other text that some is left.
 */

/** What a residual-risk field says about the threat it stands under. */
export function statusOfResidual(text: string, answered: boolean): StatusReading | null {
  const plain = text
    .trim()
    .toLowerCase()
    .replace(/^[^\p{L}\p{N}—–-]+(?=\p{L})/u, '')
    .replace(/[’]/g, "'")
  if (/^\W*(?:✅|🟢|✔)/u.test(text) && answered) return explicit('mitigated', text)
  if (plain === '' || /^(?:tbd|todo)$/.test(plain) || onlyIds.test(plain)) return null
  if (/^[—–-]+$/.test(plain)) return answered ? explicit('mitigated', text) : null
  const remark = nothingBut.exec(plain)?.[1]
  if (remark !== undefined) return ofRemark(remark, text, answered)
  if (/^n\/?a\W+(?:the )?(?:\w+ )?(?:deployer|operator|user|customer|platform|infra)/.test(plain))
    return explicit('transferred', text)
  if (allIsWell.test(plain)) return answered ? explicit('mitigated', text) : null
  if (lowOnlyIf.test(plain)) return explicit('partial', text)
  if (rateAccepted.test(plain)) return explicit('accepted', text)
  if (hardlyAny.test(plain)) return answered ? explicit('mitigated', text) : null
  const opening = residualOpenings.find(([, pattern]) => pattern.test(plain))
  // What others have to do beside a control of the project's own is what remains.
  const isRest = opening?.[0] === 'transferred' && answered
  if (opening !== undefined && !isRest) return explicit(opening[0], text)
  return implied(answered ? 'partial' : 'unmitigated', text)
}

/** "AR-3", "R1, R4": what is left is told of elsewhere. */
const onlyIds = /^[a-z]{1,4}-?\d{1,4}(?:\s*[,;/]\s*[a-z]{1,4}-?\d{1,4}){0,9}$/

/** "— (compliant)", "– (accepted, documented)": nothing is left, and why. */
const nothingBut = /^[—–-]+ ?\(([^()]{2,120})\)\W*$/u

function ofRemark(remark: string, text: string, answered: boolean): StatusReading | null {
  const told = statusInWords(remark)?.status ?? 'mitigated'
  if (told === 'accepted' || told === 'out-of-scope') return explicit(told, text)
  // "— (to be installed)" is no nothing.
  if (told !== 'mitigated') return implied(answered ? 'partial' : 'unmitigated', text)
  return answered ? explicit('mitigated', text) : null
}

const hardlyAny = pattern(
  'u',
  '^(?:(?:almost|practically|virtually|close to) )?(?:none|nil|zero|negligible|insignificant',
  String.raw`|minimal|very low|low|v?l|no residual|nothing|n\/a)(?![\p{L}\p{N}-])`,
  String.raw`(?!\W{1,3}(?:(?:to )?(?:medium|moderate)|but\b))`,
  // "None of the doors is shut": something is left.
  String.raw`(?!\s(?:is|are|was|stops?|prevents?|keeps?|detects?|checks?|binds?|enforces?|tells?`,
  String.raw`|protects?|verif(?:y|ies)|warns?|limits?|guards?|can|will|does|has)\b(?! known))`,
  String.raw`(?!\sof (?:it|this|them|these|those|the)\b)`,
  // "Low: a lost key. Medium: a lost house": the worst of them counts.
  String.raw`(?!.{0,200}(?:\b(?:medium|moderate|high)\s?[::]|[.;]\s(?:medium|moderate|high`,
  String.raw`|deferred)\b))`,
  // "Low for callers by the door. It is not enforced at the window."
  String.raw`(?!.{0,200}[.;] (?:[\w-]+ ){0,6}(?:is|are) not (?:enforced|validated|verified|checked`,
  String.raw`|covered|protected)\b)`,
  // "Impact: low, likelihood: low, risk: low"
  String.raw`|\brisk: (?:very )?(?:low|negligible|none)\W*$`,
)

/** "OK" in a column of gaps, and "none" in further languages. */
const allIsWell = pattern(
  'u',
  '^(?:ok|okay|fine|ningun[oa]|nenhuma?|keine|aucune?|nessun[oa]|geen|ingen|brak|yok',
  String.raw`|žádn[éáý]|нет|немає|无|無|なし|없음|tidak ada|không)(?: (?:\(.{0,80}\)|identified`,
  '|identificad[oa]|conocid[oa]|conhecid[oa]|bekannt|connue?|known))?[^\\p{L}\\p{N}]*$',
)

/** "Low with a good lock, high without". */
const lowOnlyIf = /^(?:very )?low\b.{0,20}\b(?:if|when|with|provided|unless|as long as)\b.*\bhigh\b/

/** "Medium (accepted)", "High but accepted". */
const rateAccepted = pattern(
  '',
  String.raw`^(?:very )?(?:low|medium|moderate|high)\W{1,3}(?:but |and )?(?:\w+ly )?accepted\b`,
  String.raw`|^(?:very )?low\b.{0,200}[.;] (?:this is )?acceptable\b`,
)

/** How a residual text says outright that the rest is accepted, ruled out or open. */
const residualOpenings: readonly (readonly [StatusReading['status'], RegExp])[] = [
  [
    'accepted',
    pattern(
      '',
      String.raw`^accept(?:ed|able)?\b|\b(?:is|are|risk|explicitly) accepted\b`,
      String.raw`|[.;] accepted (?:as|by|risk)|[.;] acceptable(?: risk)?\W*$`,
      String.raw`|^we (?:\w+ )?accept\b`,
      '|^(?:aceptad[oa]|aceit[oa]|aceptable|aceitável|akzeptiert|akzeptabel|accettat[oa]|acceptée?',
      '|geaccepteerd|akseptert|accepterad|zaakceptowan[ey]|kabul edil|принято|прийнято|接受)',
    ),
  ],
  ['mitigated', /\b(?:residual|remaining) risk is (?:very )?(?:low|negligible|minimal)\W*$/],
  // "Residual risk: Strong" beside "Partial" says how strong the answer is.
  ['mitigated', /^strong\b(?! (?:risk|residual))(?! (?:if|when|only|where)\b)/],
  ['partial', /^(?:mitigated|covered|closed)\b.{0,80}[;,.] residual\b/],
  ['mitigated', /^(?:(?:fully )?mitigated|closed)\b(?! (?:partial|in part|mostly|but\b))/],
  [
    'transferred',
    pattern(
      '',
      '^(?:risk )?(?:transferred|left|delegated) to (?:the |an? |its )?',
      '|^(?:the )?(?:operator|user|deployer|customer|integrator',
      String.raw`|host)s?(?:'s?)? responsibility\b`,
    ),
  ],
  ['out-of-scope', /^(?:out[- ]of[- ]scope|unsupported|not supported)\b/],
  ['unmitigated', /^not (?:prevented|mitigated|protected|defended|addressed)\b/],
  // "Gap?" is answered by "GAP", "Partial" or whose it is.
  ['unmitigated', /^\W*(?:(?:process|known|open|coverage) )?gap\b/],
  ['partial', /^\W*partial(?:ly)?\b/],
]

/** "An allowlist is future work.", "(Planned.)" of what is left open for now. */
export function isToCome(text: string): boolean {
  return toCome.test(text)
}

const toCome = pattern(
  'i',
  String.raw`^\W*\(planned\W{0,3}$|\b(?:is|are) (?:(?:an? )?future work|planned\b`,
  String.raw`|queued\b|on the roadmap)`,
  String.raw`|^\W*(?:deferred|postponed) (?:to|until)\b`,
)
