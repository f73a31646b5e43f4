import { pattern } from './pattern.ts'

/*
 * Ratings, in the languages people write threat models in: a column of nothing but such words holds
 * levels, whatever its header says ("Risco" over "Alto", "Baixo").
 */

const english = pattern(
  'i',
  String.raw`^\W*(?:critical|very high|high|medium|med|moderate|low|very low|info\w*|none|minor`,
  String.raw`|major|severe|negligible|p\d|\d(?:\.\d)?(?:\s*/\s*\d+)?)\b.{0,24}$`,
)

/** Words that begin other texts, too, so nothing but a remark may follow. */
const others = pattern(
  'iu',
  String.raw`^[^\p{L}\p{N}]*(?:`,
  '(?:muy |muito |très |sehr |molto |zeer |svært |mycket |bardzo |çok |velmi |очень |дуже )?(?:',
  'alt[oa]|medi[oa]|médi[oa]|baj[oa]|baix[oa]|bass[oa]|élevée?|moyen(?:ne)?|faible|hoch|mittel',
  '|niedrig|gering|hoog|hoge|gemiddeld|middel|laag|lage|høy|høj|middels|lav|hög|medel|låg',
  '|wysoki[ea]?|średni[ea]?|niski[ea]?|yüksek|orta|düşük|vysok[éáý]|střední|nízk[éáý]',
  '|высок(?:ий|ая|ое)|средн(?:ий|яя|ее)|низк(?:ий|ая|ое)|висок(?:ий|а|е)|середн(?:ій|я|є)',
  '|низьк(?:ий|а|е)|tinggi|sedang|rendah)',
  '|crític[oa]|critique|kritisch|critic[oa]|moderad[oa]|moderat|modéré|kritiek|kritisk',
  '|krytyczn[ey]|kritik|kritick[éáý]|критическ(?:ий|ая|ое)|критичн(?:ий|а|е|ый|ая|ое)|kritis',
  '|mínim[oa]|ernstig|极?高|極?高|严重|嚴重|中等?|极?低|極?低|높음|중간|보통|낮음)',
  String.raw`(?=[^\p{L}\p{N}]*$|\s*[\(（/–—,;-].{0,40}$)`,
)

/** A rating and not a text: "High", "MED (integrity)", "3/5", "P1", "Alto". */
export function isLevel(text: string): boolean {
  return english.test(text) || others.test(text)
}

/** "High priority", "Critical", "High-risk areas": how bad the entries below are together. */
export const levelAlone = pattern(
  '',
  '^(?:very )?(?:critical|high|medium|moderate|low)(?:[- ](?:risks?|severity|priority|impact))?',
  '(?: (?:areas|threats|attacks|risks|items|issues|concerns|vulnerabilities|scenarios|findings))?$',
)
