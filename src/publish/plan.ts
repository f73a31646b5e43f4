import type { ChangedFile } from '../pull-request/facts.ts'
import type { Annotation } from '../report/annotation.ts'
import { annotationsMax, annotationsOf } from '../report/annotations.ts'
import { type Button, buttonText } from '../report/buttons.ts'
import type { Report } from '../report/report.ts'
import { checkActions, summaryComment, summaryMarkdown } from '../report/summary.ts'
import { digest } from '../shared/digest.ts'
import {
  actionsMax,
  annotationsPerRequest,
  commentCharsMax,
  summaryBytesMax,
  titleCharsMax,
} from '../shared/github-limits.ts'
import { cut } from '../shared/markdown.ts'
import { commentOutputs } from './comments.ts'
import { withMarker } from './marker.ts'
import type { Output, Published } from './output.ts'

/*
 * What has to be done so that GitHub shows the report: the difference between what should stand
 * there and what does. Over what an earlier plan published, the plan is empty.
 *
 * The order: an unfinished check run first (when there is more to write than the conclusion, so
 * that a death in between leaves "in progress" and not nothing), then comments, then annotations in
 * batches, and the conclusion at the very end.
 */
export interface Scope {
  files: readonly ChangedFile[]
  /** Only the check run: for drafts, and for the commits of a merge queue. */
  checkOnly: boolean
  /** Whether the check's details lead to a page with the whole report. */
  hasPage?: boolean
  /** Buttons of the check run that were pressed. */
  pressed?: readonly Button[]
}

export function plan(report: Report, published: Published, scope: Scope): Output[] {
  const words = scope.checkOnly
    ? []
    : [
        ...commentOutputs(report, published, scope.files),
        ...summaryOutputs(report, published),
        ...(scope.pressed ?? []).flatMap((button) => answerOutputs(button, report, published)),
      ]
  const wanted = wantedCheck(report, scope.hasPage ?? false)
  const check = checkOutputs(wanted, { report, published, hasWords: words.length > 0 })
  return [...check.start, ...words, ...check.finish]
}

const settledText =
  '**Threat model:** nothing is left to act on. What was said here before is settled.'

function summaryOutputs(report: Report, published: Published): Output[] {
  const wanted = summaryComment(report)
  if (published.summary === null && (wanted === null || published.cut)) return []
  const text = wanted ?? settledText
  const marker = { kind: 'summary', digest: digest([text]) } as const
  if (published.summary?.digest === marker.digest) return []
  const body = withMarker(text, marker, commentCharsMax)
  return published.summary
    ? [{ do: 'update-summary', nodeId: published.summary.nodeId, body }]
    : [{ do: 'create-summary', body }]
}

/**
 * Pressed twice, a button gives one comment; it is rewritten when there is something else to say.
 */
function answerOutputs(button: Button, report: Report, published: Published): Output[] {
  const text = buttonText(button, report)
  const marker = { kind: 'answer', button, digest: digest([text]) } as const
  const known = published.answers.find((answer) => answer.button === button)
  if (known ? known.digest === marker.digest : published.cut) return []
  const body = withMarker(text, marker, commentCharsMax)
  return known
    ? [{ do: 'update-reply', nodeId: known.nodeId, place: 'conversation', body }]
    : [{ do: 'create-reply', threadId: null, body }]
}

/** All that the check run is to say, with the digests by which it is known again. */
function wantedCheck(report: Report, hasPage: boolean) {
  const annotations = annotationsOf(report).slice(0, annotationsMax)
  const actions = checkActions(report).slice(0, actionsMax)
  const title = cut(report.title, titleCharsMax)
  const text = summaryMarkdown(report, { hasPage })
  const annotationsDigest = digest([JSON.stringify(annotations)])
  const whole = digest([report.conclusion, title, text, JSON.stringify(actions), annotationsDigest])
  const summary = (of: string | null, said: string) =>
    withMarker(said, { kind: 'check', digest: of, annotations: annotationsDigest }, summaryBytesMax)
  return {
    annotations,
    annotationsDigest,
    actions,
    title,
    digest: whole,
    interim: { title: 'Looking at the threat model', summary: summary(null, interimText) },
    summary: summary(whole, text),
  }
}

const interimText = 'The pull request is being looked at. The result follows in a moment.'

function checkOutputs(
  wanted: ReturnType<typeof wantedCheck>,
  over: { report: Report; published: Published; hasWords: boolean },
): { start: Output[]; finish: Output[] } {
  const { report, hasWords } = over
  const { check } = over.published
  if (check?.concluded && check.digest === wanted.digest) return { start: [], finish: [] }
  const same = check?.annotationsDigest === wanted.annotationsDigest
  // A run keeps every annotation it ever got: with others, the answer needs a new run.
  const known = check && (same || check.annotations === 0) ? check : null
  const left = wanted.annotations.slice(known?.annotations ?? 0)
  const batches = inBatches(left)
  const last = batches.pop() ?? []
  const starts = known === null && (hasWords || batches.length > 0)
  const headSha = report.head
  return {
    start: starts ? [{ do: 'start-check', headSha, ...wanted.interim }] : [],
    finish: [
      ...batches.map(
        (annotations): Output => ({
          do: 'add-annotations',
          check: known?.nodeId ?? null,
          ...wanted.interim,
          annotations,
        }),
      ),
      {
        do: 'conclude-check',
        check: known?.nodeId ?? null,
        headSha,
        conclusion: report.conclusion,
        title: wanted.title,
        summary: wanted.summary,
        annotations: last,
        actions: wanted.actions,
      },
    ],
  }
}

function inBatches(annotations: readonly Annotation[]): Annotation[][] {
  const batches: Annotation[][] = []
  for (let i = 0; i < annotations.length; i += annotationsPerRequest) {
    batches.push(annotations.slice(i, i + annotationsPerRequest))
  }
  return batches
}
