import type { ChangedFile } from '../pull-request/facts.ts'

/*
 * Which lines a unified diff changes, on both sides.
 *
 *   @@ -10,3 +10,4 @@      base 10…  head 10…
 *    kept                       10        10
 *   -gone                       11         ↓ removed 11, its spot on the head side is 11
 *   +new                         ↓        11 added
 *   +more                        ↓        12 added
 *    kept                       12        13
 *
 * It reads the hunks that GitHub's `patch` field and git give, and nothing before them.
 */

export interface PatchLines {
  /** Head lines that the diff adds, ascending. */
  added: number[]
  /** Base lines that the diff removes, ascending. */
  removed: number[]
  /** The head line that now stands where the removed line stood: base line → head line. */
  spots: Map<number, number>
  /** Head lines shown in the diff, changed or not: comments can stand there. */
  shown: Set<number>
  /** Base lines shown in the diff. */
  shownBefore: Set<number>
  /** The text of added and removed lines, in order, without their mark. */
  addedText: string[]
  removedText: { line: number; text: string }[]
}

/** GitHub stops at 20,000 lines for a whole diff. */
const linesMax = 50_000

const hunkHeader = /^@@ -(\d{1,9})(?:,\d{1,9})? \+(\d{1,9})(?:,\d{1,9})? @@/

/** Null when there is no patch: too large or binary, which is not "no change". */
export function readPatch(patch: string | null): PatchLines | null {
  if (patch === null) return null
  const lines: PatchLines = {
    added: [],
    removed: [],
    spots: new Map(),
    shown: new Set(),
    shownBefore: new Set(),
    addedText: [],
    removedText: [],
  }
  const at = { before: 0, after: 0 }
  for (const line of patch.split('\n', linesMax)) readLine(line, at, lines)
  clampSpots(lines)
  return lines
}

function readLine(line: string, at: { before: number; after: number }, lines: PatchLines): void {
  const header = hunkHeader.exec(line)
  if (header) {
    at.before = Number(header[1])
    at.after = Number(header[2])
    return
  }
  const mark = line[0]
  if (mark === '+') {
    lines.added.push(at.after)
    lines.addedText.push(line.slice(1))
    lines.shown.add(at.after++)
  } else if (mark === '-') {
    lines.removed.push(at.before)
    lines.removedText.push({ line: at.before, text: line.slice(1) })
    lines.spots.set(at.before, at.after)
    lines.shownBefore.add(at.before++)
  } else if (mark === ' ') {
    lines.shown.add(at.after++)
    lines.shownBefore.add(at.before++)
  }
}

/** A removal at the end of its hunk has no line after it; its spot is the last line shown. */
function clampSpots(lines: PatchLines): void {
  for (const [before, after] of lines.spots) {
    if (lines.shown.has(after)) continue
    if (lines.shown.has(after - 1)) lines.spots.set(before, after - 1)
    else lines.spots.delete(before)
  }
}

const known = new WeakMap<readonly ChangedFile[], Map<string, PatchLines | null>>()

/** The changed lines of one file of a pull request; each patch is read once. */
export function linesOf(files: readonly ChangedFile[], path: string): PatchLines | null {
  const read = known.get(files) ?? new Map<string, PatchLines | null>()
  known.set(files, read)
  const before = read.get(path)
  if (before !== undefined) return before
  const lines = readPatch(files.find((file) => file.path === path)?.patch ?? null)
  read.set(path, lines)
  return lines
}

/** The head line of the first change that a comment can stand on, or null. */
export function firstChangedLine(lines: PatchLines | null): number | null {
  if (lines === null) return null
  const spots = [...lines.spots.values()]
  const first = Math.min(lines.added[0] ?? Number.POSITIVE_INFINITY, spots[0] ?? Infinity)
  return Number.isFinite(first) ? first : null
}
