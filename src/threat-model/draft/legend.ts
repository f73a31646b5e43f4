import { phrasesOf } from '../code-references.ts'
import type { Status } from '../model.ts'
import { rememberingBlocks, rememberingEntries } from '../outline/keep.ts'
import type { Phrase } from '../outline/phrase.ts'
import type { Block, List, Outline, Section, Table } from '../outline/types.ts'
import { type Legend, statusInWords } from '../status/status.ts'
import { statusInTitle } from '../status/titles.ts'
import { wordStatus } from '../status/words.ts'
import { pattern } from '../vocabulary/pattern.ts'
import { blocksBelow } from './fields.ts'
import { lettersIn, mayExplainLetters } from './letters.ts'

/*
 * What a document's own legend says its signs and words mean:
 *
 *   ✅ = Implemented · ⚠️ Partially mitigated          a sign and the words beside it
 *   Legend:                                           a word a line below "legend"
 *   applies — the finding is real, a mitigation must follow
 */

/** What a document explains; nothing in most, and that is told at a glance. */
export function legendIn({ root, sections }: Outline): Legend {
  const explains = mayExplain(root) || sections.some(mayExplain)
  return explains ? legendOf([...linesOf(root), ...sections.flatMap(linesOfLegend)]) : noLegend
}

/** "**Legend**" above a list: the heading says what its bullets are. */
function linesOfLegend({ heading, blocks }: Section): string[] {
  if (!/^(?:\w+ )?legend\W{0,2}$/i.test(heading.text)) return []
  const lines = phrasesOf(blocks.slice(0, 1)).map(({ text }) => text.slice(0, lineLength))
  return [heading.text, ...lines.slice(0, mostWords - 1)]
}

const noLegend: Legend = new Map()

const mayExplain = rememberingBlocks((blocks) => blocks.some(holdsSign))

function holdsSign(block: Block): boolean {
  return block.type === 'list' ? haveSigns(block).includes(true) : phrasesOf([block]).some(isSign)
}

const haveSigns = rememberingEntries(({ head, restLines, blocks }) =>
  [head, ...restLines, ...phrasesOf(blocks)].some(isSign),
)

/** A text without these adds nothing to a legend, and starts none. */
function isSign({ text }: Phrase): boolean {
  if (!/[^\0-\x7f]|legend|mitigated|accepted/i.test(text)) return false
  return /\p{Extended_Pictographic}|\blegend\b/iu.test(text) || mayExplainLetters(text)
}

function linesOf(root: Section): string[] {
  const blocks = blocksBelow(root)
  const told = phrasesOf(blocks.filter((block) => block.type !== 'table'))
    .filter((phrase) => phrase.text.length < lineLength)
    .map((phrase) => phrase.text)
  return [...told, ...blocks.flatMap((block) => (block.type === 'table' ? signsOf(block) : []))]
}

/** "| Symbol | Meaning |": a table of nothing but signs and what they say. */
function signsOf({ header, rows }: Table): string[] {
  if (header.length !== 2) return []
  const lines = rows.map(({ cells }) => cells.map(({ phrase }) => phrase.text))
  const explained = lines.filter(([sign = '']) => signAlone.test(sign))
  return explained.length < lines.length ? [] : lines.map((cells) => cells.join(' = '))
}

const signAlone = /^\p{Extended_Pictographic}\u{fe0f}?$/u

/** A longer text explains something else. */
const lineLength = 400

/** Legends: "✅ = Implemented", "⚠️ Partially mitigated · ❌ Open". */
export function legendOf(lines: readonly string[]): Legend {
  const legend = new Map<string, Status>()
  let left = 0
  for (const line of lines) {
    left = /\blegend\b.{0,20}[::]?$/i.test(line) ? mostWords : left - 1
    if (left >= 0 && left < mostWords) addWord(legend, line)
    for (const [letter, status] of lettersIn(line)) {
      if (legend.size < maxSigns && !legend.has(letter)) legend.set(letter, status)
    }
    const entries = [...line.matchAll(legendEntry)]
    const explains =
      left >= 0 || entries.length >= 2 || /\blegend\b|[=→]/i.test(line) || isMeaning(line)
    for (const match of entries) {
      const sign = match[1] ?? ''
      const status = statusInWords(match[2] ?? '')?.status
      if (status === undefined || legend.has(sign) || legend.size >= maxSigns) continue
      // "✅ No passwords in logs" marks what is done, and explains no sign.
      if (explains || statusInWords(sign) === null) legend.set(sign, status)
    }
  }
  return legend
}

/** "🟦 — Accepted": a sign, and nothing but what it means. */
function isMeaning(line: string): boolean {
  const words = /^\p{Extended_Pictographic}\u{fe0f}?[\s=:–—-]+(\p{L}[\p{L} -]{2,30})$/u.exec(
    line,
  )?.[1]
  return words !== undefined && statusInTitle(`It (${words})`) !== null
}

/** A list that explains signs, and names nothing. */
export function explainsSigns({ entries }: List): boolean {
  return entries.length >= 2 && entries.every(({ head }) => isMeaning(head.text))
}

const maxSigns = 40
/** Lines below "Status legend:" that explain a word each. */
const mostWords = 8

/** "applies — the finding is real, a mitigation must follow": the document's own word. */
function addWord(legend: Map<string, Status>, line: string): void {
  const match = /^(\p{L}[\p{L}/-]{1,24})\s*[—–:=-]{1,2}\s+(.{3,200})/u.exec(line)
  const word = match?.[1]?.toLowerCase()
  if (word === undefined || legend.has(word) || wordStatus(word) !== null) return
  const meaning = match?.[2] ?? ''
  const isDue = /\b(?:must|should|will|needs? to)\b/i.test(meaning)
  const status = statusInWords(meaning)?.status ?? (isDue ? 'planned' : undefined)
  if (status !== undefined && legend.size < maxSigns) legend.set(word, status)
}

const legendEntry = pattern(
  'gu',
  String.raw`(\p{Extended_Pictographic})\u{fe0f}?[\x60\s]*(?:=|:|–|—|->|-|→|means\b`,
  String.raw`|\s)[\s*]*([\p{L}]`,
  String.raw`[\p{L} /-]{2,40})`,
)
