/*
 * Marks in code that tie it to the model, in a comment of any language:
 *
 *   // threat-model: asset="The contact list" mitigates=T-001,T-004
 *   #  threat-model: mitigation="Pinned keys"
 *
 * A mark at the top of a file, before any code, speaks for the whole file. Elsewhere it speaks for
 * the definition that follows: up to the first line that stands no deeper than the mark and comes
 * after a blank line, or up to the next mark.
 */

export interface Marker {
  /** What is named, as written: titles or ids. */
  asset: string[]
  mitigation: string[]
  /** Threats that this code answers. */
  mitigates: string[]
  /** 1-based line of the mark. */
  line: number
  /** 1-based first and last line it speaks for. */
  from: number
  to: number
}

const linesMax = 50_000
const lineLengthMax = 1_000
const markersMax = 200
const namesMax = 20

const mark =
  /(?:\/\/+!?|\/\*+|^\s*\*|#+|--|<!--|;+|%+|\(\*|\{-|"""|'|\bREM\b)\s{0,8}threat-model:(.{1,900})$/i
const pairs = /\b(asset|mitigation|mitigates)\s?=\s?(?:"([^"]{1,300})"|([^\s"]{1,300}))/gi
const commentOnly =
  /^\s*(?:\/\/|\/\*|\*|#|--|<!--|-->|;|%|\(\*|\{-|"""|'|@?REM\b|<\?php|use strict|$)/i

/** The marks of one file, in order. */
export function readMarkers(text: string): Marker[] {
  if (!text.includes('threat-model:')) return []
  const lines = text.split('\n', linesMax)
  const found: Marker[] = []
  let inHead = true
  for (let i = 0; i < lines.length && found.length < markersMax; i++) {
    const line = lines[i] ?? ''
    if (!commentOnly.test(line)) inHead = false
    const marker = readMarkerLine(line, i + 1)
    if (marker === null) continue
    found.push({ ...marker, ...(inHead ? wholeFile(lines) : definitionAfter(lines, i)) })
  }
  return found
}

/** A mark on one line, or null. It speaks for its line alone until `readMarkers` widens it. */
export function readMarkerLine(line: string, lineNumber: number): Marker | null {
  if (line.length > lineLengthMax || !/threat-model:/i.test(line)) return null
  const rest = mark.exec(line)?.[1]
  if (rest === undefined) return null
  const names = { asset: [] as string[], mitigation: [] as string[], mitigates: [] as string[] }
  for (const pair of rest.matchAll(pairs)) {
    const key = (pair[1] ?? '').toLowerCase() as keyof typeof names
    const value = pair[2] ?? pair[3] ?? ''
    const parts = pair[2] === undefined ? value.split(',') : [value]
    names[key].push(...parts.map((part) => part.trim()).filter((part) => part !== ''))
  }
  const total = names.asset.length + names.mitigation.length + names.mitigates.length
  if (total === 0 || total > namesMax) return null
  return { ...names, line: lineNumber, from: lineNumber, to: lineNumber }
}

function wholeFile(lines: string[]): { from: number; to: number } {
  return { from: 1, to: lines.length }
}

function definitionAfter(lines: string[], markIndex: number): { from: number; to: number } {
  const depth = indentation(lines[markIndex] ?? '')
  let seen = false
  let end = markIndex
  for (let i = markIndex + 1; i < lines.length; i++) {
    const line = lines[i] ?? ''
    if (line.trim() === '') continue
    const afterBlank = (lines[i - 1] ?? '').trim() === ''
    const next = (seen && afterBlank && indentation(line) <= depth) || readMarkerLine(line, i)
    if (next) break
    seen = true
    end = i
  }
  return { from: markIndex + 1, to: end + 1 }
}

function indentation(line: string): number {
  return line.length - line.trimStart().length
}
