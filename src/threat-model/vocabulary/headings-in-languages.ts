import { anyOf } from './pattern.ts'
import type { Role } from './vocabulary.ts'

/*
 * Headings in further languages, by what they say anywhere in them. Denials come first: what a
 * part "does not protect against" names threats, too.
 */

const denials: readonly (readonly [Role, RegExp])[] = [
  [
    'unprotected',
    /не защищ|не захища|schützt nicht|nicht geschützt|non protegge|beskytter ikke|skyddar inte/,
  ],
  [
    'unprotected',
    /beschermt niet|nie chroni|no protege\b|não protege|ne protège pas|守れない|保護しない|不防[护護]/,
  ],
  ['out-of-scope', /buiten (?:de )?scope|utenfor omfang|utanför omfattning|poza zakresem/],
  ['out-of-scope', /fuori (?:ambito|scope)|kapsam dışı|поза межами|ngoài phạm vi|mimo rozsah/],
  ['out-of-scope', /خارج (?:ال)?نطاق|خارج از (?:محدوده|دامنه)/],
  ['unprotected', /(?:لا|غير) (?:يحمي|نحمي|تحمي|مغطى|مغطاة)/],
  ['out-of-scope', /di luar (?:cakupan|lingkup)|不[属屬]|不在.{0,4}(?:范围|範圍)/],
  ['protected', /от (?:которых|чего) .*защищает|від (?:яких|чого) .*захищає/],
  ['out-of-scope', /fora d[eo] (?:escopo|âmbito|alcance)|fuera del? (?:ámbito|alcance)/],
  ['threats', /stride.*(?:分析|аналіз|анализ)/],
  ['unprotected', /^(?:riesgos|amenazas) (?:que siguen |aún )?(?:abiert[oa]s|pendientes)$/],
  ['unprotected', /^(?:riscos|ameaças) (?:ainda )?(?:em aberto|abert[oa]s|pendentes)$/],
  ['unprotected', /^(?:offene|ungelöste|unbehandelte) (?:risiken|bedrohungen)|^risques ouverts$/],
  [
    'unprotected',
    /^(?:открытые|нерешённые|нерешенные|невирішені|відкриті) (?:риски|ризики|угрозы)/,
  ],
  ['unprotected', /^未(?:解决|緩和|缓解|处理|対応|対策)(?:的|の)?(?:风险|威胁|リスク|脅威)/],
  ['protected', /^(?:amenazas|ataques|riesgos) (?:cubiert|mitigad|abordad|prevenid|resuelt)[ao]s$/],
  ['protected', /^(?:ameaças|ataques|riscos) (?:cobert|mitigad|abordad|prevenid|tratad)[ao]s$/],
  ['protected', /^(?:abgedeckte|behandelte|abgewehrte) (?:bedrohungen|risiken|angriffe)$/],
  ['protected', /^(?:menaces|risques|attaques) (?:couvert|traité|atténué|prévenu)e?s$/],
  [
    'protected',
    /^(?:已(?:缓解|覆盖|防护|处理)的?(?:威胁|风险)|対(?:応|策)済みの?(?:脅威|リスク))$/,
  ],
]

const parts: readonly (readonly [Role, RegExp])[] = [
  [
    'residual',
    /restrisic|restrisik|pozostałe ryzyk|залишков|rủi ro còn lại|risiko sisa|rischi residui/,
  ],
  ['residual', /(?:المخاطر|مخاطر) (?:ال)?(?:متبقية|باقية)/],
  ['assets', /^الأصول|^دارایی/],
  ['adversaries', /المهاجم|الخصوم|مهاجم/],
  ['mitigations', /الضوابط|التخفيف|إجراءات الحماية|التدابير/],
  ['boundaries', /حدود الثقة/],
  ['limitations', /القيود|الثغرات المعروفة/],
  ['threats', /التهديد|المخاطر|تهدید/],
  [
    'assets',
    /schutzwert|schützenswert|skyddsvärd|^verdier\b|^aktiva\b|активи|bedrijfsmiddelen|^zasoby/,
  ],
  ['assets', /保[護护](?:する|すべき)?(?:対象|目標|对象|目标)|守るべき|tài sản|varlıklar|^aset\b/],
  ['adversaries', /aanvallers|angripere|angribere|angripare|hyökkääjät|útočníci|napastnicy/],
  ['adversaries', /saldırganlar|зловмисник|порушник|kẻ tấn công|penyerang|trusselaktør|hotaktör/],
  ['mitigations', /mitigaties|tegenmaatregelen|beheersmaatregelen|mottiltak|^tiltak|åtgärder/],
  ['mitigations', /środki zaradcze|zabezpieczenia|contromisure|önlemler|митигаци|biện pháp/],
  // "Attack scenarios and steps of mitigation"
  ['threats', /\b(?:serangan|ancaman|risiko)\b.{0,40}(?:&|\bdan\b).{0,20}\bmitigasi/],
  [
    'mitigations',
    /mitigasi|opatření|suojaukset|(?:已有|现有|現有|安全)控制|控制措施|schutzmaßnahmen/,
  ],
  ['boundaries', /境界|邊界|vertrouwensgrenzen|tillitsgrens|granice zaufania|confini di fiducia/],
  ['limitations', /制約|制限事項|局限|beperkingen|begrensninger|begränsningar|ograniczenia/],
  ['limitations', /limitazioni|kısıtlamalar|обмеження|hạn chế|keterbatasan|omezení/],
  [
    'limitations',
    /^(?:gaps|lacunas|brechas|debilidades|fraquezas) (?:con[oh]\w?cid|ab\w{1,2}rt)[ao]s/,
  ],
  [
    'limitations',
    /^(?:bekannte (?:lücken|schwächen)|lacunes connues|kjente (?:mangler|svakheter))/,
  ],
  ['limitations', /^(?:известные|відомі|znane|bilinen|známé) (?:пробелы|недостатки|прогалини)/],
  ['limitations', /^(?:znane (?:luki|słabości)|bilinen (?:eksik|açık)|známé (?:mezery|slabiny))/],
  ['limitations', /^(?:已知(?:的)?(?:缺口|问题|不足|限制|局限)|既知の(?:課題|問題|制限|ギャップ))/],
  [
    'adversaries',
    /^(?:actores|atores|acteurs|akteure|attori|aktører|aktörer|aktorzy|aktörler)(?!\p{L})/u,
  ],
  ['threats', /trusler|trusselbilde|trusselscen|^hot$|hotbild|hotscenari|uhat\b|hrozby|ryzyka/],
  ['threats', /ancaman|mối đe dọa|risico['’]?s\b|загрози|ризики|missbrauchsszen|fenyegetések/],
]

function firstOf(title: string, known: readonly (readonly [Role, RegExp])[]): Role | null {
  return known.find(([, words]) => words.test(title))?.[0] ?? null
}

/** What a heading says is not protected, or not looked at, whatever else it names. */
export function deniedInLanguages(title: string): Role | null {
  return isAnyDenial(title) ? firstOf(title, denials) : null
}

export function partInLanguages(title: string): Role | null {
  return isAnyPart(title) ? firstOf(title, parts) : null
}

const isAnyDenial = anyOf(denials.map(([, words]) => words))
const isAnyPart = anyOf(parts.map(([, words]) => words))
