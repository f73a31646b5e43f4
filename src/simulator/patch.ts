import { diffLines, type Region } from './line-diff.ts'

/*
 * The unified patch of two texts as GitHub's API gives it: hunks with three lines of context and no
 * file header. Also its reading: which lines of a patch can carry a review comment.
 */
export interface TextChange {
  /** Hunks; '' when nothing but the mode or the name changed. */
  patch: string
  additions: number
  deletions: number
}

const contextLines = 3
/** Git shows this much of the line that heads the section a hunk stands in. */
const headingLengthMax = 80

export function diffTexts(before: string, after: string): TextChange {
  const a = linesOf(before)
  const b = linesOf(after)
  const regions = diffLines(a, b)
  const hunks = grouped(regions).map((group) => hunkText(a, b, group))
  return {
    patch: hunks.join('\n'),
    additions: total(regions, (region) => region.bEnd - region.bStart),
    deletions: total(regions, (region) => region.aEnd - region.aStart),
  }
}

/** The lines of a hunk on each side: where GitHub takes a comment. 1-based, inclusive. */
export interface CommentableHunk {
  left: { from: number; to: number }
  right: { from: number; to: number }
}

export function hunksOf(patch: string): CommentableHunk[] {
  return [...patch.matchAll(/^@@ -(\d+)(?:,(\d+))? \+(\d+)(?:,(\d+))? @@/gm)].map((match) => ({
    left: extent(match[1], match[2]),
    right: extent(match[3], match[4]),
  }))
}

/** GitHub's older way to name a line: how far below the first `@@` it stands; null when nowhere. */
export function positionOf(patch: string, side: 'LEFT' | 'RIGHT', line: number): number | null {
  const [sign, start] = side === 'LEFT' ? ['-', /-(\d+)/] : (['+', /\+(\d+)/] as const)
  let at = 0
  for (const [position, text] of patch.split('\n').entries()) {
    if (text.startsWith('@@')) at = Number(start.exec(text)?.[1]) - 1
    else if (text.startsWith(' ') || text.startsWith(sign)) {
      at += 1
      if (at === line) return position
    }
  }
  return null
}

/** A line keeps its end, so that "no newline at end of file" is a difference. */
function linesOf(text: string): string[] {
  const lines = text.split('\n')
  const last = lines.pop() ?? ''
  return [...lines.map((line) => `${line}\n`), ...(last === '' ? [] : [last])]
}

/** Regions whose context would touch share a hunk. */
function grouped(regions: readonly Region[]): Region[][] {
  const groups: Region[][] = []
  for (const region of regions) {
    const last = groups.at(-1)?.at(-1)
    if (last && region.aStart - last.aEnd <= 2 * contextLines) groups.at(-1)?.push(region)
    else groups.push([region])
  }
  return groups
}

function hunkText(a: readonly string[], b: readonly string[], group: readonly Region[]): string {
  const first = group[0]
  const last = group.at(-1)
  if (!first || !last) return ''
  const lead = Math.min(contextLines, first.aStart)
  const trail = Math.min(contextLines, a.length - last.aEnd)
  const aStart = first.aStart - lead
  const lines: string[] = []
  let at = aStart
  for (const region of group) {
    lines.push(...a.slice(at, region.aStart).map((line) => shown(' ', line)))
    lines.push(...a.slice(region.aStart, region.aEnd).map((line) => shown('-', line)))
    lines.push(...b.slice(region.bStart, region.bEnd).map((line) => shown('+', line)))
    at = region.aEnd
  }
  lines.push(...a.slice(at, at + trail).map((line) => shown(' ', line)))
  const left = range(aStart, last.aEnd + trail - aStart)
  const right = range(first.bStart - lead, last.bEnd + trail - (first.bStart - lead))
  return [`@@ -${left} +${right} @@${heading(a, aStart)}`, ...lines].join('\n')
}

function shown(sign: string, line: string): string {
  return line.endsWith('\n')
    ? `${sign}${line.slice(0, -1)}`
    : `${sign}${line}\n\\ No newline at end of file`
}

/** A range without lines names the line before it. */
function range(start: number, length: number): string {
  if (length === 1) return `${start + 1}`
  return length === 0 ? `${start},0` : `${start + 1},${length}`
}

/** The nearest line above that starts with a letter, `_` or `$`: git's guess at a section. */
function heading(lines: readonly string[], before: number): string {
  for (let i = before - 1; i >= 0; i--) {
    const line = lines[i] ?? ''
    if (/^[A-Za-z_$]/.test(line)) return ` ${line.slice(0, headingLengthMax).trimEnd()}`
  }
  return ''
}

function extent(start = '0', length = '1'): { from: number; to: number } {
  const from = Number(start)
  return { from, to: from + Number(length) - 1 }
}

function total(regions: readonly Region[], count: (region: Region) => number): number {
  return regions.reduce((sum, region) => sum + count(region), 0)
}
