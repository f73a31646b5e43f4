/*
 * Reads the hunks that GitHub gives for a file of a pull request, to know on which lines a comment
 * may stand. GitHub accepts a line comment only on lines of the diff, and one wrong line makes a
 * whole review fail (or vanish), so every line is looked up here first.
 *
 *   @@ -10,4 +10,5 @@ heading      LEFT            RIGHT
 *    context                       10              10     commentable on both sides
 *   -removed                       11                     only LEFT
 *   +added                                         11     only RIGHT
 *   +added                                         12     only RIGHT
 *    context                       12              13
 */
export interface Patch {
  /** Lines shown of the base's file: line → number of its hunk. */
  left: ReadonlyMap<number, number>
  /** Lines shown of the head's file. */
  right: ReadonlyMap<number, number>
  /** Lines of the head's file that are new or changed, ascending. */
  added: readonly number[]
  /** Lines of the base's file that are gone or changed, ascending. */
  removed: readonly number[]
}

export type Side = 'LEFT' | 'RIGHT'

/** GitHub cuts the diff of one file at 20,000 lines; what is beyond is not read. */
const patchLinesMax = 25_000

const header = /^@@ -(\d{1,9})(?:,(\d{1,9}))? \+(\d{1,9})(?:,(\d{1,9}))? @@/

/** Never fails: text that is no hunk is skipped. */
export function readPatch(text: string): Patch {
  const left = new Map<number, number>()
  const right = new Map<number, number>()
  const added: number[] = []
  const removed: number[] = []
  let hunk = 0
  let at = { left: 0, right: 0, leftEnd: 0, rightEnd: 0 }
  for (const line of text.split('\n', patchLinesMax)) {
    const start = at.left >= at.leftEnd && at.right >= at.rightEnd ? header.exec(line) : null
    if (start) {
      hunk++
      at = startOf(start)
      continue
    }
    const sign = line[0]
    if (sign === '+' && at.right < at.rightEnd) {
      added.push(at.right)
      right.set(at.right++, hunk)
    } else if (sign === '-' && at.left < at.leftEnd) {
      removed.push(at.left)
      left.set(at.left++, hunk)
    } else if (sign !== '\\' && at.left < at.leftEnd && at.right < at.rightEnd) {
      left.set(at.left++, hunk)
      right.set(at.right++, hunk)
    }
  }
  return { left, right, added, removed }
}

function startOf(match: RegExpExecArray) {
  const [left, leftCount, right, rightCount] = match.slice(1).map((n) => (n ? Number(n) : 1))
  return {
    left: left ?? 0,
    right: right ?? 0,
    leftEnd: (left ?? 0) + (leftCount ?? 1),
    rightEnd: (right ?? 0) + (rightCount ?? 1),
  }
}

/**
 * The lines from `line` to `endLine` as GitHub takes them: all in one hunk, else only the first
 * that can be commented, else null.
 */
export function commentable(
  patch: Patch,
  side: Side,
  line: number,
  endLine: number,
): { line: number; endLine: number } | null {
  const lines = side === 'LEFT' ? patch.left : patch.right
  const first = lines.get(line)
  if (first !== undefined && lines.get(endLine) === first) return { line, endLine }
  for (const [shown] of lines) {
    if (shown >= line && shown <= endLine) return { line: shown, endLine: shown }
  }
  return null
}
