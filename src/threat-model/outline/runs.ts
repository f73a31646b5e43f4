import type { PhrasingContent } from 'mdast'
import type { Span } from '../../shared/span.ts'
import { spanOf } from './source.ts'

/*
 * Inline Markdown as a row of runs, each of one kind, in the order of the text:
 *
 *   **Impact:** reads `roster.db`        "Impact:" strong · " reads " · "roster.db" code
 *
 * Raw tags count as far as they break a line or make text bold.
 */

export interface Run {
  text: string
  strong: boolean
  emphasis: boolean
  code: boolean
  url: string | null
  picture: boolean
  span: Span
}

type Marks = Pick<Run, 'strong' | 'emphasis' | 'url'>

const noMarks: Marks = { strong: false, emphasis: false, url: null }

/** Inline nodes deeper than this are read as plain text of the node that holds them. */
const maxInlineDepth = 20

export function runsOf(nodes: PhrasingContent[]): Run[] {
  const runs: Run[] = []
  flatten(nodes, noMarks, runs, 0)
  return runs
}

function flatten(nodes: PhrasingContent[], marks: Marks, runs: Run[], depth: number): void {
  let current = marks
  for (const node of nodes) {
    if (node.type === 'html') current = htmlMarks(node.value, current, runs, spanOf(node.position))
    else flattenNode(node, current, runs, depth)
  }
}

function flattenNode(node: PhrasingContent, marks: Marks, runs: Run[], depth: number): void {
  const span = spanOf(node.position)
  switch (node.type) {
    case 'text':
      runs.push(run(node.value, span, marks))
      return
    case 'inlineCode':
      runs.push({ ...run(node.value, span, marks), code: true })
      return
    case 'break':
      runs.push(run('\n', span, marks))
      return
    case 'image':
    case 'imageReference':
      runs.push({ ...run('', span, marks), picture: true, url: node.alt ?? '' })
      return
    default:
      if (!('children' in node) || depth >= maxInlineDepth) return
      flatten(node.children, marksOf(node, marks), runs, depth + 1)
  }
}

function marksOf(node: PhrasingContent, marks: Marks): Marks {
  if (node.type === 'strong') return { ...marks, strong: true }
  if (node.type === 'emphasis') return { ...marks, emphasis: true }
  if (node.type === 'link') return { ...marks, url: node.url }
  return marks
}

/** Raw tags inside a text: a line break, bold, or nothing to us. */
function htmlMarks(tag: string, marks: Marks, runs: Run[], span: Span): Marks {
  if (/^<br\b/i.test(tag)) runs.push(run('\n', span, marks))
  if (/^<(b|strong)>/i.test(tag)) return { ...marks, strong: true }
  if (/^<\/(b|strong)>/i.test(tag)) return { ...marks, strong: false }
  return marks
}

/** A run of plain text, or of text with the marks that are open around it. */
export function run(text: string, span: Span, { strong, emphasis, url } = noMarks): Run {
  return { text, strong, emphasis, code: false, url, picture: false, span }
}
