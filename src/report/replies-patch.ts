import type { CommentFacts } from '../pull-request/facts.ts'
import { safeFence } from '../shared/markdown.ts'

/*
 * A change of one place in one file: a button (GitHub's `suggestion`) where the answer stands below
 * the lines that change, a patch that `git apply` takes anywhere else.
 */

export interface Edit {
  path: string
  /** The file as it is, or null when there is none yet. */
  text: string | null
  /** 0-based line before which lines are put in, and how many lines from there on they replace. */
  at: number
  removes: number
  lines: readonly string[]
}

const contextLines = 3

/**
 * A suggestion replaces all the lines of its thread. Lines of it that do not change are repeated;
 * lines put in above or below one of the thread's go along with it.
 */
export function changeText(edit: Edit, threadLines: CommentFacts['threadLines']): string {
  const lines = threadLines?.path === edit.path ? suggested(edit, threadLines) : null
  return lines ? safeFence(lines.join('\n'), 'suggestion') : safeFence(patchOf(edit), 'diff')
}

function suggested(
  { text, at, removes, lines }: Edit,
  { first, last }: { first: number; last: number },
): readonly string[] | null {
  const old = fileLines(text)
  const inside =
    removes > 0 ? at >= first - 1 && at + removes <= last : at >= first - 1 && at <= last
  if (!inside || last > old.length) return null
  return [...old.slice(first - 1, at), ...lines, ...old.slice(at + removes, last)]
}

/** The file after the edit. An edit near a last line without a line break gives it one. */
export function edited(edit: Edit): string {
  const { text, at, removes } = edit
  const old = fileLines(text)
  const kept = [...old.slice(0, at), ...edit.lines, ...old.slice(at + removes)]
  const lines = kept.join('\n')
  const far = at + removes + contextLines < old.length
  return far && text !== null && !text.endsWith('\n') ? lines : `${lines}\n`
}

export function patchOf(edit: Edit): string {
  const { path, text, at, removes, lines } = edit
  const old = fileLines(text)
  const from = Math.max(0, at - contextLines)
  const to = Math.min(old.length, at + removes + contextLines)
  const body = [
    ...marked(' ', old.slice(from, at)),
    ...marked('-', old.slice(at, at + removes)),
    ...marked('+', lines),
    ...marked(' ', old.slice(at + removes, to)),
  ]
  const oldCount = to - from
  const newCount = oldCount - removes + lines.length
  const start = oldCount === 0 ? 0 : from + 1
  const range = `@@ -${start},${oldCount} +${newCount === 0 ? 0 : from + 1},${newCount} @@`
  const names =
    text === null ? ['--- /dev/null', `+++ b/${path}`] : [`--- a/${path}`, `+++ b/${path}`]
  const head = text === null ? [`diff --git a/${path} b/${path}`, 'new file mode 100644'] : []
  return [...head, ...names, range, ...endMark(body, text, to === old.length)].join('\n')
}

function marked(sign: string, lines: readonly string[]): string[] {
  return lines.map((line) => sign + line)
}

function fileLines(text: string | null): string[] {
  if (text === null || text === '') return []
  return text.replace(/\n$/, '').split('\n')
}

/** A file whose last line has no line break gets one; the patch has to say that it had none. */
function endMark(body: string[], text: string | null, reachesEnd: boolean): string[] {
  if (!reachesEnd || text === null || text === '' || text.endsWith('\n')) return body
  const last = body.findLastIndex((line) => !line.startsWith('+'))
  const line = body[last]
  if (line === undefined) return body
  const note = '\\ No newline at end of file'
  if (line.startsWith('-')) return [...body.slice(0, last + 1), note, ...body.slice(last + 1)]
  const added = body.slice(last + 1)
  return [...body.slice(0, last), `-${line.slice(1)}`, note, `+${line.slice(1)}`, ...added]
}
