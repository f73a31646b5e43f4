import type { OwnPosts } from '../pull-request/reader.ts'
import { cutUtf8, utf8Length } from '../shared/utf8.ts'
import type { Published, PublishedAnswer, PublishedCheck, PublishedComment } from './output.ts'

/*
 * The mark on what we publish, by which we know it again: an invisible comment as the last line.
 *
 *   <!-- threat-model-bot finding f=3f2a… -->
 *
 * It says what a post is about, never that it is ours: anybody can copy it, so only posts that
 * GitHub attributes to this App are looked at. Text of others cannot bring a mark into our posts,
 * because what we write escapes `<`; and only the last line counts.
 */
export type Marker =
  | { kind: 'finding'; fingerprint: string }
  | { kind: 'summary'; digest: string }
  | { kind: 'check'; digest: string | null; annotations: string }
  | { kind: 'answer'; button: string; digest: string }

const cutNote = '\n\n*(Cut here: GitHub takes no longer text.)*'
/** A marker is the last line, at most this long; `none` stands for null. */
const form = new RegExp(
  '(?:^|\\n)<!-- threat-model-bot (finding|summary|check|answer)' +
    '((?: [a-z]=[A-Za-z0-9:._-]{1,100}){1,2}) -->\\s{0,8}$',
)
const tailChars = 400

/** `text` with its mark, together at most `bytesMax` long in UTF-8. */
export function withMarker(text: string, marker: Marker, bytesMax: number): string {
  const mark = `\n\n<!-- threat-model-bot ${marker.kind} ${fields(marker)} -->`
  if (utf8Length(text) + utf8Length(mark) <= bytesMax) return text + mark
  return cutUtf8(text, bytesMax - mark.length - cutNote.length) + cutNote + mark
}

function fields(marker: Marker): string {
  switch (marker.kind) {
    case 'finding':
      return `f=${marker.fingerprint}`
    case 'summary':
      return `d=${marker.digest}`
    case 'check':
      return `d=${marker.digest ?? 'none'} a=${marker.annotations}`
    case 'answer':
      return `b=${marker.button} d=${marker.digest}`
  }
}

/** The mark of a post, or null when it has none. */
export function readMarker(body: string): Marker | null {
  const match = form.exec(body.slice(-tailChars).replaceAll('\r', ''))
  if (!match) return null
  const value = (name: string) => new RegExp(` ${name}=(\\S+)`).exec(match[2] ?? '')?.[1] ?? null
  const digest = value('d')
  switch (match[1]) {
    case 'finding': {
      const fingerprint = value('f')
      return fingerprint ? { kind: 'finding', fingerprint } : null
    }
    case 'summary':
      return digest ? { kind: 'summary', digest } : null
    case 'answer': {
      const button = value('b')
      return button && digest ? { kind: 'answer', button, digest } : null
    }
    default: {
      const annotations = value('a')
      if (!digest || !annotations) return null
      return { kind: 'check', digest: digest === 'none' ? null : digest, annotations }
    }
  }
}

/** What stands on GitHub of us. `own` was found by author; the marks say what each post is. */
export function readPublished(own: OwnPosts): Published {
  return {
    check: publishedCheck(own.check),
    reviewComments: own.threads.flatMap(publishedComment),
    summary: publishedSummary(own.comments),
    answers: own.comments.flatMap(publishedAnswer),
    ...(own.cut ? { cut: true } : {}),
  }
}

function publishedCheck(check: OwnPosts['check']): PublishedCheck | null {
  if (!check) return null
  const marker = readMarker(check.summary)
  const known = marker?.kind === 'check' ? marker : null
  return {
    nodeId: check.nodeId,
    concluded: check.concluded,
    digest: known?.digest ?? null,
    annotationsDigest: known?.annotations ?? null,
    annotations: check.annotations,
  }
}

function publishedComment(thread: OwnPosts['threads'][number]): PublishedComment[] {
  const marker = readMarker(thread.body)
  if (marker?.kind !== 'finding') return []
  const { threadId, commentNodeId, path, resolved, hasReplies, canResolve } = thread
  const { fingerprint } = marker
  return [{ fingerprint, threadId, commentNodeId, path, resolved, hasReplies, canResolve }]
}

function publishedAnswer({ nodeId, body }: OwnPosts['comments'][number]): PublishedAnswer[] {
  const marker = readMarker(body)
  return marker?.kind === 'answer' ? [{ nodeId, button: marker.button, digest: marker.digest }] : []
}

/** The oldest, should there ever be two: it is the one people know. */
function publishedSummary(comments: OwnPosts['comments']): Published['summary'] {
  for (const { nodeId, body } of comments) {
    const marker = readMarker(body)
    if (marker?.kind === 'summary') return { nodeId, digest: marker.digest }
  }
  return null
}
