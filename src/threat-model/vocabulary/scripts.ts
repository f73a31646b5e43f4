/*
 * Chinese is written in two scripts, and the catalogues hold the words of one: "威脅" is looked up
 * as "威胁". Words, not characters: many of these stand in Japanese, too, where they are known.
 */

const words: Readonly<Record<string, string>> = {
  威脅: '威胁',
  風險: '风险',
  攻擊: '攻击',
  資產: '资产',
  緩解: '缓解',
  防護: '防护',
  對策: '措施',
  處理: '处理',
  應對: '应对',
  狀態: '状态',
  嚴重: '严重',
  殘餘: '残余',
  剩餘: '剩余',
  範圍: '范围',
  假設: '假设',
  信任邊界: '信任边界',
  等級: '等级',
  級別: '级别',
  類型: '类型',
  場景: '场景',
  路徑: '路径',
  非目標: '非目标',
  洩露: '泄露',
  洩漏: '泄露',
  竊取: '窃取',
  竄改: '篡改',
  繞過: '绕过',
  越權: '越权',
  與: '与',
}

const known = new RegExp(Object.keys(words).join('|'), 'g')

/** The text with the words of a threat model in the script that the catalogues hold. */
export function inOneScript(text: string): string {
  return text.replace(known, (word) => words[word] ?? word)
}

/** "Mitigacoes", "Ameacas", "Mitigacion", typed without their accents, as they are spelled. */
export function withAccents(text: string): string {
  if (!bare.test(text)) return text
  return text
    .replace(/c(ao|oes)\b/g, (_, end: string) => `ç${end === 'ao' ? 'ão' : 'ões'}`)
    .replace(/\bameaca(s?)\b/g, 'ameaça$1')
    .replace(/\b(mitiga|protec|descrip|restric|limita|autentica|informa)cion\b/g, '$1ción')
}

const bare = /c(?:ao|oes|ion)\b|\bameacas?\b/
