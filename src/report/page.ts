import type { Conclusion } from '../policy/verdict.ts'
import type { ChangedFile } from '../pull-request/facts.ts'
import type { CheckAction } from './action.ts'
import type { Annotation } from './annotation.ts'
import { escapeHtml, ownMarkdownToHtml } from './page-markdown.ts'
import { pageStyle } from './page-style.ts'

/*
 * A pull request with what we published on it, as one HTML page without scripts or addresses: for
 * the demo, and for looking at a report without GitHub. It shows the published texts, not the
 * report, so that what one sees is what GitHub would be given.
 */

export interface PullPage {
  repository: string
  number: number
  title: string
  author: string
  /** Login under which the App writes. */
  bot: string
  check: {
    conclusion: Conclusion
    title: string
    summary: string
    annotations: readonly Annotation[]
    actions: readonly CheckAction[]
  } | null
  /** Comments in the conversation, oldest first. */
  conversation: readonly PageRemark[]
  comments: readonly PageComment[]
  files: readonly ChangedFile[]
  /** A line at the end, such as how many requests it took. */
  footer: string
}

export interface PageRemark {
  author: string
  /** Markdown as we write it. */
  body: string
}

export interface PageComment {
  path: string
  side: 'LEFT' | 'RIGHT'
  /** Null: about the file as a whole. */
  line: number | null
  body: string
  /** What was answered below it. */
  replies: readonly PageRemark[]
  /** Folded away: what it says is settled. */
  resolved: boolean
}

export function pullPage(page: PullPage): string {
  const title = `${escapeHtml(page.title)} <span>#${page.number}</span>`
  const parts = [
    `<h1>${title}</h1>`,
    `<p class="meta">${escapeHtml(page.author)} wants to merge into ` +
      `${escapeHtml(page.repository)}</p>`,
    ...page.conversation.map((remark) => commentBox(remark, page.bot)),
    checkBox(page),
    '<h2>Files changed</h2>',
    ...page.files.map((file) => fileBox(file, page)),
    `<footer>${escapeHtml(page.footer)}</footer>`,
  ]
  return [
    '<!doctype html><html lang="en"><head><meta charset="utf-8">',
    `<meta name="viewport" content="width=device-width"><title>${escapeHtml(page.title)}</title>`,
    `<style>${pageStyle}</style></head><body>${parts.join('\n')}</body></html>`,
  ].join('\n')
}

function commentBox({ author, body }: PageRemark, bot: string): string {
  const kind = author === bot ? ' <sub>bot</sub>' : ''
  const header = `<header>${escapeHtml(author)}${kind}</header>`
  return `<div class="box">${header}<div class="body">${ownMarkdownToHtml(body)}</div></div>`
}

function checkBox({ check }: PullPage): string {
  if (check === null) return ''
  const word = check.conclusion.replace('_', ' ')
  const state = `<span class="state ${check.conclusion}">${word}</span>`
  const buttons = check.actions.map((action) => `<span>${escapeHtml(action.label)}</span>`).join('')
  const header = `<header>${state} Threat model <span class="actions">${buttons}</span></header>`
  const notes = check.annotations.map(annotationNote).join('')
  const annotations = notes === '' ? '' : `<h3>Annotations</h3>${notes}`
  // The summary begins with the title.
  const summary = ownMarkdownToHtml(check.summary)
  return `<div class="box">${header}<div class="body">${summary}${annotations}</div></div>`
}

function annotationNote(annotation: Annotation): string {
  const { path, startLine, endLine, level, title, message } = annotation
  const lines = startLine === endLine ? `${startLine}` : `${startLine}–${endLine}`
  const text = escapeHtml(message).replaceAll('\n', '<br>')
  const at = `<small>${escapeHtml(path)}:${lines}</small>`
  return `<div class="note ${level}"><b>${escapeHtml(title)}</b>${at}<div>${text}</div></div>`
}

function fileBox(file: ChangedFile, page: PullPage): string {
  const said = page.comments.filter((comment) => comment.path === file.path)
  const from = file.previousPath ? `${escapeHtml(file.previousPath)} → ` : ''
  const counts = `<small>+${file.additions} −${file.deletions}</small>`
  const header = `<header><code>${from}${escapeHtml(file.path)}</code> ${counts}</header>`
  const whole = said.filter((comment) => comment.line === null).map((c) => row(c, page.bot))
  const rows = file.patch === null ? [] : diffRows(file.patch, said, page.bot)
  const body = `<table class="diff">${[...whole, ...rows].join('')}</table>`
  return `<div class="box">${header}${body}</div>`
}

const hunkHeader = /^@@ -(\d+)(?:,\d+)? \+(\d+)(?:,\d+)? @@/
const rowsMax = 2_000

/** The lines of a patch with their numbers, each followed by the comments that stand on it. */
function diffRows(patch: string, said: readonly PageComment[], bot: string): string[] {
  const at = { left: 0, right: 0 }
  return patch.split('\n', rowsMax).flatMap((line) => {
    const header = hunkHeader.exec(line)
    if (header) {
      at.left = Number(header[1])
      at.right = Number(header[2])
      return [
        `<tr class="hunk"><td class="n"></td><td class="n"></td><td>${escapeHtml(line)}</td></tr>`,
      ]
    }
    const left = line.startsWith('+') ? null : at.left++
    const right = line.startsWith('-') ? null : at.right++
    const kind = left === null ? 'add' : right === null ? 'del' : ''
    const numbers = `<td class="n">${left ?? ''}</td><td class="n">${right ?? ''}</td>`
    const here = said.filter(
      (c) => c.line !== null && c.line === (c.side === 'LEFT' ? left : right),
    )
    return [
      `<tr class="${kind}">${numbers}<td>${escapeHtml(line)}</td></tr>`,
      ...here.map((comment) => row(comment, bot)),
    ]
  })
}

function row(comment: PageComment, bot: string): string {
  const remarks = [{ author: bot, body: comment.body }, ...comment.replies]
  const said = remarks.map(
    ({ author, body }) => `<header>${escapeHtml(author)}</header>${ownMarkdownToHtml(body)}`,
  )
  const folded = '<details><summary>A comment that is settled</summary>'
  const body = comment.resolved ? `${folded}${said.join('')}</details>` : said.join('')
  return `<tr class="said"><td colspan="3"><div class="comment">${body}</div></td></tr>`
}
