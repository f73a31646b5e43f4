import { pattern } from './pattern.ts'
import type { Field } from './vocabulary.ts'

/*
 * Labels and columns of controls in the languages people write threat models in, with a word that
 * says how far they are: "Mitigação atual", "Geplante Maßnahmen", "Mesures recommandées".
 */

const controls =
  '(?:mitiga(?:ção|ções|ción|ciones|zion[ei])|controles?|medidas?|contramedidas?|salvaguardas?' +
  '|defensas?|defesas?|mesures?|contre-?mesures?|contrôles?|atténuations?|misure' +
  '|contromisure|(?:gegen|schutz)?maßnahmen?|kontrollen|maatregel(?:en)?|меры(?: защиты)?' +
  '|контрмеры)'

const advised =
  '(?:recomendad[ao]s?|candidat[ao]s?' +
  '|propuest[ao]s?|propost[ao]s?|sugerid[ao]s?|recommandée?s?|proposée?s?' +
  '|consigliat[ae]|raccomandat[ae]|empfohlene[nrs]?|vorgeschlagene[nrs]?|рекомендуемые' +
  '|faltantes?|em falta|manquante?s?|fehlende[nrs]?)'

const toCome =
  '(?:planead[ao]s?|planejad[ao]s?|planificad[ao]s?|previst[ao]s?|futur[aoe]?s?|pendientes?' +
  '|pendentes?|prévue?s?|planifiée?s?|pianificat[ae]|geplante[nrs]?|künftige[nrs]?' +
  '|zukünftige[nrs]?|ausstehende[nrs]?|планируемые|будущие)'

function beside(word: string): RegExp {
  return pattern('u', `^(?:${controls} ${word}|${word} ${controls})$`)
}

const threats =
  '(?:ameaças|amenazas|riscos|riesgos|ataques|menaces|risques|attaques|minacce|rischi' +
  '|bedrohungen|risiken|angriffe|dreigingen|trusler|zagrożenia|угрозы|риски|загрози|ризики)'

const which =
  '(?:principa(?:is|les)|identificad[ao]s|considerad[ao]s|conhecid[ao]s|conocid[ao]s|potenciais' +
  '|potenciales|identifiée?s|principali|identificate|identifizierte|wichtigste|mögliche' +
  '|belangrijkste|viktigste|główne|основные|главные|возможные|основні|можливі)'

const examples =
  '(?:ejemplos? de|exemplos? de|exemples? de|esempi di|beispiele für|voorbeelden van' +
  '|eksempler på|exempel på|przykłady|příklady|примеры|приклади)'

/** As they stand behind "examples of" where the language bends them. */
const ofThreats = '(?:угроз|атак|рисков|загроз|ризиків|zagrożeń|ataków|ryzyk|hrozeb|útoků|hot)'

export const inLanguages: readonly (readonly [Field, RegExp])[] = [
  ['threat', pattern('u', `^(?:${which} ${threats}|${threats} ${which})$`)],
  [
    'threat',
    /^(?:主要|已识别的?|潜在|主な|想定される)(?:威胁|风险|脅威|リスク)$|^주요 ?(?:위협|위험)$/u,
  ],
  // "Примеры угроз", "Ejemplos de ataques", "威胁示例"
  ['threat', pattern('u', `^${examples} (?:${threats}|${ofThreats})$`)],
  ['threat', /^(?:威胁|攻击|风险)(?:示例|举例|例子)$|^(?:脅威|攻撃)の?例$|^(?:위협|공격) ?예시$/u],
  ['recommended', beside(advised)],
  ['planned', beside(toCome)],
  ['mitigation', beside(String.raw`\p{L}{4,16}`)],
  // "Control id" is something else.
  [
    'mitigation',
    pattern(
      'u',
      '^control (?:principal|secundario|primario|existente|actual|adicional|preventivo|detectivo',
      '|compensatorio|técnico|aplicado|implementado|vigente)$',
    ),
  ],
  [
    'recommended',
    /^(?:建议|推荐|建議|推奨|권장)(?:的)?(?:缓解|措施|对策|対策|緩解|대책|조치)(?:措施)?$/u,
  ],
  ['planned', /^(?:计划|規劃|予定|계획)(?:的|中の)?(?:缓解|措施|对策|対策|대책|조치)(?:措施)?$/u],
  [
    'mitigation',
    pattern(
      'u',
      '^(?:现有|当前|已有|已实施|現有|現在の|既存の|실시|기존|현재)(?:的)? ?(?:缓解|控制|防护|守卫|防线|措施',
      '|对策|対策|대책|통제)(?:措施)?(?:（.{1,12}）)?$',
    ),
  ],
  [
    'mitigation',
    /^(?:缓解|应对|防护|防御|处理|控制|对策)(?:方案|措施|方法|策略|手段)?$|^(?:対処|緩和)(?:法|策)?$/u,
  ],
  ['mitigation', /^(?:대응|완화|대책|방어)(?: ?(?:책|방안|조치|방법))?$/u],
  [
    'description',
    /^(?:攻击)?(?:场景|说明|细节|原理|路径|方式|手段)$|^シナリオ$|^(?:설명|시나리오)$/u,
  ],
  ['impact', /^(?:后果|危害|영향)$/u],
  ['severity', /^(?:严重性|严重程度|严重度|风险等级|风险级别|重大度|심각도|위험도)$/u],
  ['likelihood', /^(?:概率|发生概率|(?:발생 ?)?가능성)$/u],
  ['status', /^(?:当前状态|상태|현황)$/u],
  ['recommended', /^(?:建议|推奨事項|권장 ?사항)$/u],
  ['residual', /^残留リスク$|^(?:잔여|잔존) ?위험$/u],
  ['residual', /^(?:剩余|残余|残存|잔여) ?(?:风险|風險|リスク|위험)$|^(?:残余|未解决)问题$/u],
]
