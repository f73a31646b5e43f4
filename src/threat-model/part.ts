import { toString as plainText } from 'mdast-util-to-string'
import { checkBounds } from './bounds.ts'
import { isSecurityPolicy } from './discovery.ts'
import { parseMarkdown } from './markdown/markdown.ts'
import { pattern } from './vocabulary/pattern.ts'

/*
 * The part of a file that is the threat model. For most files that is all of it. A SECURITY.md says
 * how to report a flaw and which versions are supported; where it has sections with the heading
 * "Threat model", only these count:
 *
 *   # Security                        ·
 *   ## Reporting a flaw               ·
 *   ## Threat model                   ← from here
 *   ### A password is guessed
 *   ## Supported versions             ← to here
 *
 * All else becomes blanks of the same length, so that lines and offsets stay those of the file.
 */

/** What a heading consists of that names such a section. */
const heading = pattern(
  'i',
  String.raw`^(?:[\d.§]{1,8}\s+)?(?:(?:the|our|project|security|application)\s+){0,3}`,
  String.raw`threat[- _]?model(?:l?ing|s)?(?:\s.{0,60})?$`,
)
/** A text without these words has no such heading, and need not be parsed. */
const words = /threat[- _]?model/i

/** The text with all but its threat model blanked; the text as it is when no part is marked. */
export function modelPart(written: string, path: string): string {
  const text = unwrapped(written)
  const parts = isSecurityPolicy(path) && words.test(text) ? sectionsOf(text) : []
  if (parts.length === 0) return text
  let kept = ''
  let end = 0
  for (const part of parts) {
    kept += blanks(text.slice(end, part.start)) + text.slice(part.start, part.end)
    end = part.end
  }
  return kept + blanks(text.slice(end))
}

/**
 * A whole document inside one code fence, as it was pasted: "```markdown" on its first line. The
 * fence becomes blanks, at its end, too, where it is closed; a sample before a text stays one.
 */
function unwrapped(text: string): string {
  const [opening = ''] = fence.exec(text) ?? []
  if (opening === '') return text
  const rest = text.slice(opening.length)
  const open = leftOpen(rest)
  if (open === null) return blanks(opening) + rest
  if (/\S/.test(rest.slice(open.end))) return text
  return blanks(opening) + rest.slice(0, open.start) + blanks(rest.slice(open.start))
}

const fence = /^\s*(?:`{3,}|~{3,})(?:markdown|md)[ \t]*(?=\r?\n)/i

/** The fence that none behind it closes, or null. */
function leftOpen(text: string): Part | null {
  let open: (Part & { mark: string }) | null = null
  for (const match of text.matchAll(/^ {0,3}(`{3,}|~{3,})[ \t]*(\S[^\r\n]*)?$/gm)) {
    const [line, mark = '', info] = match
    if (open === null) open = { start: match.index, end: match.index + line.length, mark }
    else if (info === undefined && mark.startsWith(open.mark)) open = null
  }
  return open
}

/** The same for comparing versions: a SECURITY.md without the section has no threat model. */
export function modelText(text: string, path: string): string {
  return isSecurityPolicy(path) && !hasModelPart(text) ? '' : modelPart(text, path)
}

/** Whether the text of a SECURITY.md has a part that is a threat model, or may hide one. */
export function hasModelPart(text: string): boolean {
  return words.test(text) && (checkBounds(text) !== null || sectionsOf(text).length > 0)
}

interface Part {
  start: number
  end: number
}

/** In order, none within another. */
function sectionsOf(text: string): Part[] {
  const parts: Part[] = []
  let open: { part: Part; depth: number } | null = null
  for (const node of parseMarkdown(text).children) {
    const start = node.position?.start.offset
    if (node.type !== 'heading' || start === undefined) continue
    if (open && node.depth <= open.depth) {
      open.part.end = start
      open = null
    }
    if (open || !heading.test(plainText(node).trim())) continue
    open = { part: { start, end: text.length }, depth: node.depth }
    parts.push(open.part)
  }
  return parts
}

function blanks(text: string): string {
  return text.replace(/[^\r\n]/g, ' ')
}
