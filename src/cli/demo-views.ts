import type { Conclusion } from '../policy/verdict.ts'
import type { Annotation } from '../report/annotation.ts'
import { type PageComment, type PageRemark, type PullPage, pullPage } from '../report/page.ts'
import type { PullHandle } from '../simulator/pull-handle.ts'
import type { Simulator } from '../simulator/simulator.ts'
import type { CheckRun, Thread } from '../simulator/state.ts'
import { printable, type Style, styleFor } from './style.ts'

/*
 * What the demo shows: the state of the simulated pull request, as text for a terminal or a page.
 * It shows what was published, without our hidden markers, as GitHub does; nothing is computed here
 * that a person could not see on GitHub.
 */

/** What happened, for the views. */
export interface Demo {
  github: Simulator
  pull: PullHandle
  repository: string
  deliveries: number
  /** From the first delivery to the concluded check. */
  elapsedMs: number
}

const conclusionSigns: Record<string, string> = {
  success: '✔',
  neutral: '■',
  failure: '✖',
  action_required: '!',
}

/** Lines of a diff shown above a comment. */
const hunkLinesMax = 4

export function demoText(demo: Demo, options: { color: boolean }): string {
  const style = styleFor(options.color)
  const { pull } = demo
  const check = pull.checks.at(-1)
  const author = pull.pull.author.login
  const lines = [
    `${style.bold(pull.pull.title)} ${style.dim(`#${pull.number}`)}`,
    style.dim(`${demo.repository} · ${author} wants to merge ${filesText(pull.files.length)}`),
    '',
    ...(check ? checkLines(check, style) : ['no check run']),
    ...pull.threads.flatMap((thread) => threadLines(thread, style)),
    ...pull.comments.flatMap((comment) => [
      style.bold(`Comment of ${comment.author.login}`),
      ...quoted(comment.body, style),
      '',
    ]),
    footer(demo),
  ]
  return `${lines.join('\n')}\n`
}

function filesText(count: number): string {
  return count === 1 ? '1 file' : `${count} files`
}

export function demoPage(demo: Demo): string {
  const { pull } = demo
  const check = pull.checks.at(-1)
  const page: PullPage = {
    repository: demo.repository,
    number: pull.number,
    title: pull.pull.title,
    author: pull.pull.author.login,
    bot: botOf(demo),
    check: check ? pageCheck(check) : null,
    conversation: pull.comments.map(remark),
    comments: pull.threads.map(pageComment),
    files: pull.files,
    footer: footer(demo),
  }
  return pullPage(page)
}

/** The login under which the App writes. */
function botOf({ github }: Demo): string {
  return `${github.app.slug}[bot]`
}

function remark({ author, body }: { author: { login: string }; body: string }): PageRemark {
  return { author: author.login, body: visible(body) }
}

function checkLines(check: CheckRun, style: Style): string[] {
  const conclusion = check.conclusion ?? check.status
  const paint = conclusion === 'success' ? style.green : style.red
  const sign = conclusionSigns[conclusion] ?? '?'
  const actions = check.actions.map((action) => `[${action.label}]`).join(' ')
  const name = paint(`${sign} ${check.name}`)
  return [
    `${name} — ${conclusion}: ${style.bold(check.title ?? '')}  ${actions}`,
    ...quoted(check.summary ?? '', style),
    '',
    style.bold(`Annotations (${check.annotations.length})`),
    ...check.annotations.flatMap((note) => annotationLines(note, style)),
    '',
  ]
}

function annotationLines(note: CheckRun['annotations'][number], style: Style): string[] {
  const level = style.yellow(note.annotation_level)
  const place = style.dim(`${note.path}:${note.start_line}`)
  const message = note.message.split('\n').map((line) => `    ${line}`)
  return [`  ${level} ${place} ${note.title ?? ''}`, ...message]
}

function threadLines(thread: Thread, style: Style): string[] {
  const [first, ...replies] = thread.comments
  const line = thread.line ?? thread.originalLine
  const side = thread.side === 'LEFT' ? 'deleted line' : 'line'
  const where = thread.subject === 'file' ? 'the file' : `${side} ${line}`
  const title = `Review comment on ${thread.path}, ${where}`
  if (isFolded(thread)) return [style.dim(`${title}: settled, folded away`), '']
  const hunk = thread.diffHunk.split('\n').slice(-hunkLinesMax)
  return [
    style.bold(title),
    ...hunk.map((text) => `  ${hunkLine(text, style)}`),
    ...quoted(first?.body ?? '', style),
    ...replies.flatMap((reply) => [
      style.bold(`  ${reply.author.login} answers`),
      ...quoted(reply.body, style),
    ]),
    '',
  ]
}

function isFolded(thread: Thread): boolean {
  return thread.resolvedBy !== null || thread.comments[0]?.minimized !== null
}

function hunkLine(text: string, style: Style): string {
  if (text.startsWith('+')) return style.green(printable(text))
  if (text.startsWith('-')) return style.red(printable(text))
  return style.dim(printable(text))
}

function quoted(markdown: string, style: Style): string[] {
  // Backslashes guard foreign text from being read as Markdown; here nothing reads it.
  return visible(markdown)
    .replace(/\\([\\`*_{}[\]()#+.!|<>~@-])/g, '$1')
    .split('\n')
    .map((line) => `  ${style.dim('│')} ${line}`)
}

/** Markdown as a reader sees it: without our hidden markers. */
function visible(markdown: string): string {
  return markdown.replace(/<!--[\s\S]*?-->/g, '').trim()
}

function footer(demo: Demo): string {
  const counts = demo.github.log.counts()
  const seconds = (demo.elapsedMs / 1000).toFixed(2)
  const requests = counts.total - counts.token
  return (
    `${requests} requests to GitHub (${counts.read} reading, ${counts.write} writing, ` +
    `${counts.content} creating content) and ${counts.token} for a token, ${seconds} s from the ` +
    `delivery to the conclusion; ${demo.deliveries} deliveries taken`
  )
}

function pageCheck(check: CheckRun): NonNullable<PullPage['check']> {
  return {
    conclusion: (check.conclusion ?? 'neutral') as Conclusion,
    title: check.title ?? '',
    summary: visible(check.summary ?? ''),
    annotations: check.annotations.map(pageAnnotation),
    actions: check.actions,
  }
}

function pageAnnotation(note: CheckRun['annotations'][number]): Annotation {
  return {
    path: note.path,
    startLine: note.start_line,
    endLine: note.end_line,
    columns: null,
    level: note.annotation_level as Annotation['level'],
    title: note.title ?? '',
    message: note.message,
  }
}

function pageComment(thread: Thread): PageComment {
  return {
    path: thread.path,
    side: thread.side,
    line: thread.subject === 'file' ? null : (thread.line ?? thread.originalLine),
    body: visible(thread.comments[0]?.body ?? ''),
    replies: thread.comments.slice(1).map(remark),
    resolved: isFolded(thread),
  }
}
