import type { Finding, RuleLevel } from '../policy/verdict.ts'
import type { ChangedFile } from '../pull-request/facts.ts'
import { commentable, type Patch, readPatch } from '../pull-request/patch.ts'
import { reviewCommentBody } from '../report/comments.ts'
import type { Report } from '../report/report.ts'
import { commentCharsMax } from '../shared/github-limits.ts'
import { withMarker } from './marker.ts'
import type {
  FileComment,
  LineComment,
  Output,
  Published,
  PublishedComment,
  ResolvableThread,
} from './output.ts'

/*
 * Which findings are said in the code, and where. Few and well placed: one for a file of code, one
 * for each finding in the threat model itself (what was removed is said on its own line), the
 * gravest first, at most `comments.max`. What was said stays said: a comment whose finding still
 * holds is left alone, one whose finding is gone is folded away, and none is posted twice, however
 * the lines move.
 */

const gravity: Record<RuleLevel, number> = {
  error: 0,
  acceptance: 1,
  warning: 2,
  notice: 9,
  off: 9,
}
/** Notices are in the summary and the annotations; they are no reason to write to somebody. */
const spokenMax = 2

export function commentOutputs(
  report: Report,
  published: Published,
  files: readonly ChangedFile[],
): Output[] {
  const open = new Set(report.findings.filter(isOpen).map((finding) => finding.fingerprint))
  const { reviewComments } = published
  const gone = reviewComments.filter((said) => !said.resolved && !open.has(said.fingerprint))
  const { lines, whole } = newComments(report, published, files, open)
  return [
    ...(lines.length > 0
      ? [{ do: 'create-review' as const, headSha: report.head, comments: lines }]
      : []),
    ...whole.map(
      (comment): Output => ({
        do: 'create-file-comment',
        headSha: report.head,
        comment,
      }),
    ),
    ...resolutions(gone),
  ]
}

function isOpen(finding: Finding): boolean {
  return finding.accepted === null && gravity[finding.level] <= spokenMax
}

/** Without write access to contents, resolving is refused; a comment with answers then stays. */
function resolutions(gone: PublishedComment[]): Output[] {
  const threads = gone.flatMap(
    ({ threadId, commentNodeId, hasReplies, canResolve }): ResolvableThread[] => {
      if (canResolve) return [{ threadId, commentNodeId, how: 'resolve' }]
      return hasReplies ? [] : [{ threadId, commentNodeId, how: 'minimise' }]
    },
  )
  return threads.length === 0 ? [] : [{ do: 'resolve-comments', threads }]
}

function newComments(
  report: Report,
  published: Published,
  files: readonly ChangedFile[],
  open: ReadonlySet<string>,
): { lines: LineComment[]; whole: FileComment[] } {
  const said = published.reviewComments
  const standing = said.filter((one) => !one.resolved && open.has(one.fingerprint))
  const taken = new Set(standing.map((one) => one.path))
  const models = new Set(report.models.map((model) => model.path))
  const known = new Set(said.map((one) => one.fingerprint))
  const lines: LineComment[] = []
  const whole: FileComment[] = []
  if (published.cut) return { lines, whole }
  for (const finding of ordered(report.findings)) {
    if (standing.length + lines.length + whole.length >= report.commentsMax) break
    const spot = known.has(finding.fingerprint) ? null : spotOf(finding, files)
    if (!spot || (taken.has(spot.path) && !models.has(spot.path))) continue
    taken.add(spot.path)
    const body = bodyOf(finding, report, spot)
    const { fingerprint } = finding
    if (spot.lines) lines.push({ path: spot.path, body, fingerprint, ...spot.lines })
    else whole.push({ path: spot.path, body, fingerprint })
  }
  return { lines, whole }
}

/** By gravity, then by place; the same for the same report, whatever is published. */
function ordered(findings: readonly Finding[]): Finding[] {
  const line = (finding: Finding) => finding.place?.line ?? 0
  const path = (finding: Finding) => finding.place?.path ?? ''
  return findings
    .filter((finding) => isOpen(finding) && finding.place !== null)
    .sort(
      (a, b) =>
        gravity[a.level] - gravity[b.level] ||
        (path(a) < path(b) ? -1 : path(a) > path(b) ? 1 : line(a) - line(b)) ||
        (a.fingerprint < b.fingerprint ? -1 : 1),
    )
}

interface Spot {
  path: string
  /** Null: about the file as a whole. */
  lines: Pick<LineComment, 'side' | 'line' | 'startLine'> | null
  /** A suggestion replaces exactly the commented lines; anywhere else it would do harm. */
  suggests: boolean
}

/** Null when the file is not part of the pull request: GitHub takes no comment there. */
function spotOf(finding: Finding, files: readonly ChangedFile[]): Spot | null {
  const place = finding.place
  if (!place) return null
  const file = files.find((f) => f.path === place.path || f.previousPath === place.path)
  if (!file) return null
  const patch = file.patch === null ? null : readPatch(file.patch)
  if (!patch) return { path: file.path, lines: null, suggests: false }
  const suggested = suggestedLines(finding, file, patch)
  if (suggested) return { path: file.path, lines: suggested, suggests: true }
  const lines = commentable(patch, place.side, place.line, place.endLine)
  return {
    path: file.path,
    lines: lines && lineFields(place.side, lines.line, lines.endLine),
    suggests: false,
  }
}

function suggestedLines({ suggestion }: Finding, file: ChangedFile, patch: Patch): Spot['lines'] {
  if (!suggestion || suggestion.path !== file.path) return null
  const { startLine, endLine } = suggestion
  const first = patch.right.get(startLine)
  if (first === undefined || patch.right.get(endLine) !== first) return null
  return lineFields('RIGHT', startLine, endLine)
}

function lineFields(side: 'LEFT' | 'RIGHT', first: number, last: number): Spot['lines'] {
  return { side, line: last, startLine: first < last ? first : null }
}

function bodyOf(finding: Finding, report: Report, spot: Spot): string {
  const said = spot.suggests ? finding : { ...finding, suggestion: null }
  const marker = { kind: 'finding', fingerprint: finding.fingerprint } as const
  return withMarker(reviewCommentBody(said, report), marker, commentCharsMax)
}
