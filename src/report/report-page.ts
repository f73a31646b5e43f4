import { escapeHtml, ownMarkdownToHtml } from './page-markdown.ts'
import { pageStyle } from './page-style.ts'
import type { Report } from './report.ts'
import { summaryMarkdown } from './summary.ts'

/*
 * A report as a page of its own, where the check run's details lead: the same report, with what a
 * check run has no room for. Like the demo's page it has no scripts, loads nothing, and takes text
 * from outside only through the report's own Markdown. Its title names no repository: programs that
 * show a preview of an address in a chat read the title.
 */
export interface ReportPage {
  /** `owner/name`. */
  repository: string
  number: number
  title: string
  report: Report
  /** Said below, in plain words. */
  footer: string
}

/** To write half a megabyte holds up everything else for a tenth of a second. */
const extent = { bytesMax: 512 * 1024, rowsMax: 5_000 }
const shaShown = 10

export function reportPage({ repository, number, title, report, footer }: ReportPage): string {
  const word = report.conclusion.replace('_', ' ')
  const state = `<span class="state ${report.conclusion}">${word}</span>`
  const commit = `<code>${escapeHtml(report.head.slice(0, shaShown))}</code>`
  return documentOf([
    `<h1>${escapeHtml(title)} <span>#${number}</span></h1>`,
    `<p class="meta">${escapeHtml(repository)}, at commit ${commit}</p>`,
    `<div class="box"><header>${state} Threat model</header>`,
    `<div class="body">${ownMarkdownToHtml(summaryMarkdown(report, extent))}</div></div>`,
    `<footer>${escapeHtml(footer)}</footer>`,
  ])
}

/** Why there is no report to show, and what to do. */
export function noticePage(heading: string, paragraphs: readonly string[]): string {
  const said = paragraphs.map((text) => `<p>${escapeHtml(text)}</p>`)
  return documentOf([`<h1>${escapeHtml(heading)}</h1>`, ...said])
}

function documentOf(body: readonly string[]): string {
  return [
    '<!doctype html><html lang="en"><head><meta charset="utf-8">',
    '<meta name="viewport" content="width=device-width"><title>Threat model report</title>',
    '<meta name="robots" content="noindex, nofollow, noarchive">',
    `<style>${pageStyle}</style></head><body>${body.join('\n')}</body></html>`,
  ].join('\n')
}
