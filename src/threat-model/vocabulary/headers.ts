import { remembering } from '../remember.ts'
import { pattern } from './pattern.ts'
import { type Field, fieldOf, plainLabel } from './vocabulary.ts'

/*
 * Headers of columns that no list has as a whole: "Attack path or failure", "Risk example",
 * "Vinculadas medidas", "Restrisiko". One word in them says what the column is, in the languages
 * people write threat models in, unless another word turns it: a "threat level" is a level, a
 * "threat actor" somebody, and "threats mitigated" say what a control is for.
 *
 * Weaker than the lists of vocabulary/vocabulary.ts: tables/columns.ts asks only where these say
 * nothing, and looks at the cells, too.
 */

/** Headers longer than this are sentences. */
const headerLength = 60

/** Names of things that threaten, in any place of a header. */
const threatWord = pattern(
  'iu',
  String.raw`(?<!\p{L})(?:threats?|attacks?|risks?|abuses?|misuses?|exploits?|hazards?|dangers?`,
  '|vectors?|vulnerabilit(?:y|ies)|weakness(?:es)?|failures?|what (?:can|could|might) go wrong',
  '|ataques?|amenazas?|riesgos?|vulnerabilidad(?:es)?|fallos?|abusos?|debilidad(?:es)?',
  '|ameaças?|riscos?|vulnerabilidades?|falhas?|fraquezas?|vetor(?:es)?|vector(?:es)?',
  '|attaques?|menaces?|risques?|vulnérabilités?|faiblesses?|abus|défaillances?|vecteurs?',
  '|angriffe?|bedrohung(?:en)?|risik(?:o|en)|gefahr(?:en)?|schwachstellen?|missbrauch',
  '|gefährdung(?:en)?|attacchi|attacco|minacci?[ae]|rischi[oe]?|vulnerabilità|dreiging(?:en)?',
  "|aanval(?:len)?|risico(?:['’]s)?|zagrożeni[ea]|ataki?|ryzyk[oa]|tehdit|saldırı",
  String.raw`|угроз[аы]?|атак[аи]?|риски?|уязвимост[ьи])(?!\p{L})`,
  '|脅威|攻撃(?!者)|リスク|脆弱性|威胁|攻击(?!者)|风险|漏洞|위협|공격(?!자)|위험|취약점',
)

/** Words beside which a threat is no threat any more, and what the header means then. */
const turned: readonly (readonly [Field | null, RegExp])[] = [
  [
    'residual',
    /\bremain\w*|\bresidual\w*|résiduel|\brest(?:risik|ant)|remanente|остаточн|残存|残余|剩余|잔여/iu,
  ],
  [
    'answers',
    pattern(
      'iu',
      String.raw`\b(?:mitigated|mitigates|addressed|addresses|covered|covers|countered|prevented`,
      String.raw`|stopped|blocked|handled)\b`,
    ),
  ],
  ['severity', /\blevels?\b|\brating|\bscore|\bseverity|\bpriority|\bnivel|\bnível|\bniveau/iu],
  ['severity', /\blivello|risikostufe|\bstufe|уровень|等级|级别|レベル|度$|수준/iu],
  [
    'category',
    /\b(?:class|type|category|kind|tipo|categor\w+|typ|kategorie|klasse)\b|тип|类型|분류/iu,
  ],
  ['adversary', /\b(?:threat|attack) (?:actor|agent|source)|\bactor(?:es)? de |\bakteure?\b/iu],
  [
    null,
    pattern(
      'iu',
      String.raw`\b(?:ids?|numbers?|no|count|target|surface|superfici\w*|oberfläche|models?`,
      '|model(?:ing|ling)|owner|appetite|accept\\w*|reduction|reduced|before|after|original',
      '|dismissed|detect\\w*|indicators?|signals?|response|domains?|area|matrix|register',
      '|tolerance|exposure|relevance|likelihood|probability|factors?|if|why|not|without',
      '|sources?|actors?|agents?|rows?|related|linked|relacionad\\w+|zugehörig\\w*|liées?',
      String.raw`|highest|lowest|overall|inherent|net|gross)\b|#`,
    ),
  ],
]

/** Other columns, where no list has the header: by one word of it. */
const others: readonly (readonly [Field, RegExp])[] = [
  [
    'mitigation',
    pattern(
      'iu',
      String.raw`(?<!\p{L})(?:contramedid|contromisur|gegenma|schutzma|ma(?:ß|ss)nahme|salvaguard`,
      '|controles?(?!\\p{L})|controlli|contrôle|mesures?(?!\\p{L})|medidas?(?!\\p{L})|misur[ae]',
      '|mitigaci|mitigaç|atténuation|protecci|proteç|beheersmaatregel|maatregel|zabezpiecz',
      '|önlem|mitigasi|kontrol(?!\\p{L})|pengendalian|penanganan',
      '|защит|контрмер|меры?(?!\\p{L})|митигац)|対策|緩和|缓解|措施|防护|防御|处理|应对|대응|완화',
    ),
  ],
  [
    'likelihood',
    /(?<!\p{L})(?:probab|wahrscheinlich|vraisemblance|eintritt|вероятн|kemungkinan)|可能性|확률/iu,
  ],
  ['impact', /(?<!\p{L})(?:auswirkung|schaden|consecuenci|conséquence|последстви|ущерб|dampak)/iu],
  ['impact', /影響|影响|영향/u],
  [
    'severity',
    /(?<!\p{L})(?:gravedad|gravité|gravidade|schwere|severid|критичн|keparahan)|重大度|严重|심각/iu,
  ],
  ['status', /^(?:(?:estado|statut|stato|статус|stand|durum)(?!\p{L})|状態|状态|상태)/iu],
  ['category', /^(?:tipo|categor[ií]a|catégorie|kategorie|clase|classe|категория|тип)(?!\p{L})/iu],
  ['description', /^(?:descripci|descriç|beschreibung|descrizion|описани|説明|描述|설명)/iu],
]

/**
 * Whole headers that mean this over a column and little as labels in a text. A `note` is no answer
 * and no name: it tells where, when or how something is shown.
 */
const whole: Partial<Record<Field, string>> = {
  threat: `adversarial action | attacker action | attacker goal | unwanted event | bad outcome
    | undesired event | feared event | problem | bypass route | bypass path | bypass attempt
    | escape route | escape path | way around | way in`,
  mitigation: `how it is mitigated | how it is addressed | how addressed | mitigation today
    | what stops it | what prevents it | security measure | how we defend | guardrail | guardrails
    | counter | playbook | response playbook | automated playbook | automated soar playbook
    | detection mechanism | detection method | automated response | in place today
    | already in place | mitigation summary | mitigation details`,
  recommended: 'action required | required action | actions required | action needed',
  status: `treatment status | progress | done | our stance | covered by us | defends | defends?
    | does it defend | handled? | do we handle it
    | done yet | is it done | built | built yet | fixed | fixed yet | in place | is it fixed`,
  residual: `leftover risk | known gap | open gap | left over | risk after mitigation
    | post-mitigation risk | net risk | after mitigation | risk left | what is left`,
  severity: `score | risk l×i | risk lxi | l×i | lxi | dread | dread score | sev | initial risk
    | gross risk | risk class | risk value | risk points | total | total score`,
  likelihood: `chance | l | frequency | ease | ease of attack | ease of exploitation | feasibility
    | attack feasibility | likely | how likely | difficulty | attack complexity | prob
    | attack difficulty | effort | skill | skill required`,
  impact: `i | what happens | what is lost | result | loss | blast radius | effect on users
    | worst case | if exploited | if it happens | if it succeeds | impact if realized
    | impact description | outcome if exploited | consequence if unmitigated | stakes
    | why it matters | what an attacker gains | attacker gain | cost | harm to users`,
  asset: 'system element | asset affected | affected system | protected asset | target asset',
  adversary: 'by whom | attacker position | attacker model | agent | boundary / attacker',
  category: 'kind | violated property | property at risk | s/t/r/i/d/e',
  description: `method | attack method | description of attack | narrative | attack mechanics
    | exploit path | attack details | steps`,
  id: 'threat # | tid | t-id | id # | risk #',
  code: `where in code | test coverage | verified by | proof | traceability | traceable evidence
    | test / evidence | implemented in | enforced in | evidence / tests | evidence and tests
    | test case | test cases | regression test | regression tests | test id | proved by
    | covered by test | covered by tests`,
  owner: `owned by | accountable | team | due | due date | target date | who owns it | eta
    | deadline | target release`,
  note: `failure behavior | failure behaviour | expected failure | acceptance probe
    | failure behavior / acceptance probe | source document | applies to | version | since | cve
    | example cve | references`,
}

const wholes = new Map(
  Object.entries(whole).flatMap(([field, words]) =>
    words.split('|').map((word) => [word.replace(/\s+/g, ' ').trim(), field as Field] as const),
  ),
)

/** What a header means by a word in it; null when no word says so. */
export function fieldOfHeader(header: string): Field | null {
  return remembered(header)
}

const remembered = remembering((header): Field | null => {
  const plain = plainLabel(header)
  if (plain === '' || plain.length > headerLength) return null
  const known = wholes.get(plain) ?? wholes.get(plain.replace(/ \([^()]*\)$/, ''))
  if (known !== undefined) return known
  const parts = plain.split(coordinated)
  const named = parts.map(fieldOfPart).filter((field) => field !== null)
  if (named[0] !== undefined || parts.length < 2) return named[0] ?? null
  const first = fieldOf(parts[0] ?? '')
  return first !== null && told.has(first) ? first : null
})

/** "Scenario, entry point and precondition": the first part says what is told. */
const told: ReadonlySet<Field> = new Set<Field>(['description', 'severity', 'likelihood', 'impact'])

/** "Attack path or failure", "угроза и риск": the first part that says something names it. */
const coordinated = /\s*[,&/+]\s*|\s+(?:and|or|o|u|y|e|et|ou|und|oder|и|или|en|of both)\s+/u

function fieldOfPart(part: string): Field | null {
  const turn = turned.find(([, words]) => words.test(part))
  const threatens = threatWord.test(part)
  if (turn !== undefined && (threatens || turn[0] === 'residual')) return turn[0]
  if (threatens) return 'threat'
  return others.find(([, words]) => words.test(part))?.[0] ?? null
}

/** True for headers of ids that are a threat's, and not those of what answers it. */
export function headsThreatIds(header: string): boolean {
  return ofThreats.test(plainLabel(header))
}

const ofThreats = pattern(
  '',
  '^(?:addressed |related )?(?:threat|risk|attack|finding)s?',
  '(?: (?:ids?|no|number|refs?|references?))?$',
)
