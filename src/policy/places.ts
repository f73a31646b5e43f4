import { linesOf, type PatchLines } from '../coverage/patch-lines.ts'
import type { ReviewedModel } from '../coverage/reviewed-model.ts'
import type { ChangedFile } from '../pull-request/facts.ts'
import type { Span } from '../shared/span.ts'
import type { Place } from './verdict.ts'

/*
 * Where a finding about a document is shown. What the head says stands on the right; what is gone
 * stands on the left, on the deleted line itself. Within an entry, a line that the diff changes is
 * better than its first line, because there people look.
 *
 *     base                    head
 *     10  - The users server      (moved up)
 *     11    can read it        ← LEFT 11 when 11 was deleted and 10 was not
 */

/** Whether a comment can really stand there is known to whoever writes it. */
export function placeOf(
  model: ReviewedModel,
  side: 'LEFT' | 'RIGHT',
  span: Span,
  files: readonly ChangedFile[],
): Place {
  const patch = linesOf(files, model.path)
  const first = span.start.line
  const last = Math.max(first, lastLine(span))
  const line = firstBetween(changedLines(patch, side), first, last) ?? first
  const place = { path: model.path, side, line, endLine: line }
  if (side === 'LEFT') return { ...place, headLine: patch?.spots.get(line) ?? null }
  const columns = line === first ? columnsOf(span) : null
  return columns ? { ...place, columns } : place
}

/** Which part of a line it is; null when it goes on in the next. */
function columnsOf({ start, end }: Span): { start: number; end: number } | null {
  if (start.line !== end.line || end.column <= start.column) return null
  return { start: start.column, end: end.column - 1 }
}

/** A span that ends at the start of a line does not reach into it. */
function lastLine(span: Span): number {
  return span.end.column <= 1 ? span.end.line - 1 : span.end.line
}

function changedLines(patch: PatchLines | null, side: 'LEFT' | 'RIGHT'): readonly number[] {
  if (patch === null) return []
  return side === 'LEFT' ? patch.removed : patch.added
}

function firstBetween(lines: readonly number[], first: number, last: number): number | null {
  return lines.find((line) => line >= first && line <= last) ?? null
}
