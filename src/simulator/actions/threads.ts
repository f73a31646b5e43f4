import { commitOf } from '../history.ts'
import { diffLines } from '../line-diff.ts'
import { textOf } from '../objects.ts'
import { hunksOf } from '../patch.ts'
import { pullFiles } from '../pull-diff.ts'
import type { Pull, Thread } from '../state.ts'
import { lookUp } from '../tree.ts'

/*
 * Where threads stand after the head or the base has moved. A line of the head is followed through
 * the new version of its file; when it is gone, or no longer in the diff, the thread is outdated,
 * and stays so. Lines of the left side only move when the base does.
 */
export function replaceThreads(pull: Pull): void {
  const files = new Map(pullFiles(pull).map((file) => [file.path, file]))
  for (const thread of pull.threads) {
    if (thread.outdated) continue
    const file = files.get(thread.path)
    if (thread.subject === 'file') {
      thread.outdated = file === undefined
      continue
    }
    const line = thread.side === 'LEFT' ? thread.originalLine : followed(pull, thread)
    const side = thread.side === 'LEFT' ? 'left' : 'right'
    const inDiff = hunksOf(file?.patch ?? '').some(
      (hunk) => line !== null && line >= hunk[side].from && line <= hunk[side].to,
    )
    if (line === null || !inDiff) {
      thread.outdated = true
      continue
    }
    const moved = line - (thread.line ?? line)
    thread.line = line
    if (thread.startLine !== null) thread.startLine += moved
  }
}

/** The present number of the line the thread was written on; null when the line has changed. */
function followed(pull: Pull, thread: Thread): number | null {
  const before = linesAt(pull, thread.commitSha, thread.path)
  const after = linesAt(pull, pull.head.sha, thread.path)
  const index = (thread.originalLine ?? 0) - 1
  if (index < 0) return null
  let shift = 0
  for (const region of diffLines(before, after)) {
    if (index < region.aStart) break
    if (index < region.aEnd) return null
    shift = region.bEnd - region.aEnd
  }
  return index + shift + 1
}

function linesAt(pull: Pull, sha: string, path: string): string[] {
  const { store } = pull.repository
  const entry = lookUp(store, commitOf(store, sha).tree, path)
  const bytes = entry ? store.blobs.get(entry.sha) : undefined
  return bytes ? textOf(bytes).split('\n') : []
}
