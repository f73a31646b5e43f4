import type { Status } from '../model.ts'
import { pattern } from '../vocabulary/pattern.ts'

/*
 * The words a status cell begins with. Three steps, the first that knows the words decides:
 *
 *   "Not assessed", "Unclear"                 nobody knows yet                    nothing
 *   "Only partly mitigated"                   a hedge before a word of success    partial
 *   "Handled upstream"                        somebody else before success        transferred
 *   "Mitigated in 1.4"                        the beginnings below                mitigated
 *
 * Short words for many things ("un", "not", "no") stand last in their list.
 */

/** What a status cell begins with, most telling first. Beginnings of words, separated by bars. */
const beginnings: readonly (readonly [Status, string])[] = [
  ['out-of-scope', 'out of scope|out-of-scope|not in scope|non-goal|excluded|not applicable'],
  ['out-of-scope', 'not considered|fuera de alcance|対象外|beyond scope|beyond the scope|범위 밖'],
  ['out-of-scope', 'fuera del alcance|fora de escopo|fora do escopo|hors périmètre|hors scope'],
  ['out-of-scope', '범위 외|제외|范围外|超出范围|不在范围|außerhalb|вне '],
  ['out-of-scope', 'not a goal|not modelled|not modeled|ruled out|out of model|beyond our scope'],
  ['out-of-scope', 'outside scope|outside our scope|outside the scope|outside of scope|oos'],
  ['out-of-scope', 'outside the threat model|outside the model|outside this|outside our threat'],
  ['partial', 'not fully|not yet fully|not completely|not entirely|partial|partly|mostly|mixed'],
  ['partial', 'bounded|probabilistic'],
  ['partial', 'limited|in part|some|reduced|ongoing|in progress|best-effort|best effort'],
  ['partial', 'incomplete|half|only part|semi-|semi |weakly|detect only|detects only'],
  [
    'partial',
    'mitigated partial|mitigated (partial|mitigated, partial|mitigated in part|parcial|teilweise',
  ],
  [
    'partial',
    'detectable only|detected only|detection only|detected, not prevented|depends|conditional',
  ],
  ['partial', 'mode-dependent|一部|부분|部分|partiel|parzial|частично|gedeeltelijk|em andamento'],
  ['partial', 'delvis|częściow|kısmen|частков|částečn|osittain|sebagian|parzialmente|en progreso'],
  ['accepted', 'akseptert|godtatt|zaakceptow|kabul edil|прийнят|akceptov|diterima|geaccepteerd'],
  ['out-of-scope', 'utenfor|utanför|poza zakres|kapsam dışı|поза межами|mimo rozsah|buiten scope'],
  ['planned', 'planlagt|planerad|planowan|zaplanowan|planlan|заплан|plánov|gepland|direncanakan'],
  ['planned', 'pianificat|previst|prévu|à venir|por hacer|a fazer'],
  ['accepted', "accept|by design|by-design|will not fix|wont fix|won't fix|wontfix|risk accepted"],
  [
    'accepted',
    'tolerat|known and accepted|as designed|working as intended|acknowledged|aceptad|akzeptiert',
  ],
  ['accepted', 'retain|risk retained|intentional|intended|deliberate|known, accepted|we accept'],
  [
    'transferred',
    'transfer|delegated|operator|user|users|shared responsibility|upstream|downstream|external',
  ],
  ['transferred', 'deployment|deployer|customer|platform|third-party|third party|caller'],
  [
    'transferred',
    'left to|up to the|outsourced|insured|hosting provider|cloud provider|integrator',
  ],
  ['transferred', "responsibility of|host responsibility|host's responsibility|risk transfer"],
  ['planned', 'planned|todo|to do|to be|tbd|proposed|roadmap|future|backlog|scheduled|pending'],
  ['planned', 'deferred|open question|not yet|work in progress|wip|in development|in review'],
  ['planned', 'under review|recommended|next|tracked|designed|pendiente|geplant|planifié|予定'],
  ['planned', '계획|예정|计划|планир|previsto|planejad'],
  ['planned', 'under development|upcoming|coming in|coming soon|on the roadmap|in planning'],
  ['unmitigated', 'still open|still unmitigated|remains open|lacking|at risk|left open|insecure'],
  ['unmitigated', "not |un|no |no.|none|open|gap|missing|vulnerable|exposed|does not|doesn't"],
  [
    'unmitigated',
    'cannot|absent|known gap|landmine|nothing|outstanding|active exposure|offen|abierto|未|allowed',
  ],
  ['mitigated', 'mitigated|implemented|done|fixed|resolved|closed|covered|protected|defended'],
  ['mitigated', 'prevented|addressed|complete|yes|enforced|in place|handled|shipped|blocked'],
  [
    'mitigated',
    'built|landed|delivered|opgelost|đã xử lý|đã khắc phục|đã giải quyết|đã giảm thiểu',
  ],
  ['mitigated', 'remediated|solved|enabled|pass|safe|strong|full|live|committed|verified|secured'],
  [
    'mitigated',
    'provided|satisfied|active control|mitigad|implementad|resuelt|umgesetzt|対策済|実装済',
  ],
  ['mitigated', 'passed|fully|controlled|eliminated|neutrali|already mitigated|risk mitigated'],
  [
    'mitigated',
    '완료|해결|완화됨|已缓解|缓解|対応済|完了|cerrado|已修复|已实施|已完成|已解决|resolvido|corrigido|atténué|corrigé',
  ],
  ['mitigated', 'fail-secure|fail-safe|fail-closed|fails closed|fails safe|fail closed|fail safe'],
  ['unmitigated', 'fail-open|fails open|fail open'],
  ['mitigated', 'behoben|abgewehrt|решено|устранено|закрыт|реализован'],
  ['mitigated', 'håndtert|hanteras|åtgärdad|zmitigow|wdrożon|rozwiązan|azaltıl|giderild|çözüld'],
  ['mitigated', 'зменшено|усунуто|вирішено|впроваджен|виправлен|zmírněn|mitigov|vyřešen|mitigiert'],
  [
    'mitigated',
    'gemitigeerd|geïmplementeerd|afgehandeld|gjort|ferdig|implementert|mitigato|risolto',
  ],
  ['unmitigated', 'åpen|öppen|otwart|niezmitigow|açık|відкрит|otevřen|niet |ikke |inte |aberto'],
  ['unmitigated', '개방|미구현|미해결|미완화|ouvert|открыт|aperto|nicht '],
  ['accepted', '수용|허용됨|已接受|受容|accepté|aceito|aceite|принят|accettat'],
  ['partial', 'جزئي'],
  ['accepted', 'مقبول'],
  ['planned', 'مخطط|قيد التنفيذ|قيد التطوير|مؤجل'],
  ['unmitigated', 'مفتوح|غير '],
  ['mitigated', 'تم |تمت |مخفف|منفذ|مطبق|مكتمل'],
  ['unmitigated', 'n/a|n.a.'],
]

const words = beginnings.map(([status, list]) => ({ status, starts: list.split('|') }))

/** Nobody knows yet: no status, though the words begin with "un" and "not". */
const unknown = pattern(
  '',
  '^(?:(?:not|never|un)[- ]?(?:yet )?(?:assessed|evaluated|reviewed|tested|verified|known|clear',
  '|decided|determined|analy[sz]ed|rated|certain|confirmed|triaged|specified|sure|validated',
  '|changed|modified|updated)',
  '|under (?:investigation|assessment|evaluation|analysis|discussion|consideration)',
  '|(?:still )?to be (?:assessed|evaluated|determined|decided|discussed|confirmed|verified',
  String.raw`|investigated|analy[sz]ed|checked|tested|validated))\b`,
)

/** A control of the project that somebody else provides. */
const elsewhere = pattern(
  '',
  '^(?:handled|mitigated|addressed|covered|prevented|solved|enforced|resolved)',
  ' (?:through operational \\w+|upstream|elsewhere|downstream|externally',
  '|by (?:the |an? |our )?(?:operator',
  '|user|host',
  String.raw`|hosting|cloud provider|deployer|customer|integrator|caller|platform|upstream)s?)\b`,
)

/** "Phase 2", "no, v2", "No, fixing in stage 3" say when, and nothing of what is there. */
const whenAlone = pattern(
  '',
  '^(?:(?:no|not yet)[,;(: –—-]{1,4})?',
  String.raw`(?:(?:fix(?:ing|ed)?|coming|due|to be \w+) (?:in|for) )?`,
  String.raw`(?:phase|milestone|sprint|release|tier|stage|month|v) ?\d[\d.]*\W*$`,
)

/** "Phase 3", "v2" and no more. */
export function saysWhen(text: string): boolean {
  return whenAlone.test(text.toLowerCase().trim())
}

/** The status that words begin with, or null. */
export function wordStatus(plain: string): Status | null {
  if (/^-+$/.test(plain) || plain === 'no') return 'unmitigated'
  if (saysUnknown(plain)) return null
  if (elsewhere.test(plain)) return 'transferred'
  if (whenAlone.test(plain)) return 'planned'
  if (plain === 'ok') return 'mitigated'
  const found = words.find(({ starts }) => starts.some((start) => begins(plain, start)))
  return found?.status ?? null
}

/** "Passkeys" are no "pass", and "Safeguards" are not "safe". */
function begins(plain: string, start: string): boolean {
  if (!plain.startsWith(start)) return false
  const after = plain.slice(start.length)
  // "Bounded loops" name a control, "Bounded" alone says how far it goes.
  if (start === 'bounded') return !/^ \p{L}/u.test(after)
  return !(whole.has(start) && /^\p{L}/u.test(after))
}

const whole: ReadonlySet<string> = new Set(
  'pass|safe|full|live|strong|open|next|some|half|yes|done|gap|user|external|limited'.split('|'),
)

export function saysUnknown(plain: string): boolean {
  return unknown.test(plain)
}
