import MarkdownIt from 'markdown-it'
import type { Nodes, Root } from 'mdast'

/*
 * The blocks of a document as lines such as `heading 2 at 14`, from our tree and from markdown-it,
 * which shares no code with it. markdown-it tells lines only, and no positions inside them.
 */

const markdownIt = new MarkdownIt({ html: true })

const namesOfTokens = new Map([
  ['bullet_list_open', 'list'],
  ['ordered_list_open', 'list'],
  ['list_item_open', 'entry'],
  ['blockquote_open', 'quote'],
  ['tr_open', 'row'],
  ['fence', 'code'],
  ['code_block', 'code'],
  ['hr', 'break'],
  ['html_block', 'html'],
  ['paragraph_open', 'paragraph'],
])

export function blockLinesOfMarkdownIt(text: string): string[] {
  return markdownIt.parse(text, {}).flatMap(({ type, tag, map }) => {
    const name = type === 'heading_open' ? `heading ${tag.slice(1)}` : namesOfTokens.get(type)
    return name === undefined ? [] : [`${name} at ${(map?.[0] ?? -1) + 1}`]
  })
}

const namesOfNodes = new Map([
  ['list', 'list'],
  ['listItem', 'entry'],
  ['blockquote', 'quote'],
  ['tableRow', 'row'],
  ['code', 'code'],
  ['thematicBreak', 'break'],
  ['html', 'html'],
  ['paragraph', 'paragraph'],
])

export function blockLines(root: Root): string[] {
  return root.children.flatMap(linesOf)
}

function linesOf(node: Nodes): string[] {
  const name = node.type === 'heading' ? `heading ${node.depth}` : namesOfNodes.get(node.type)
  const own = name === undefined ? [] : [`${name} at ${node.position?.start.line}`]
  if (node.type === 'heading' || node.type === 'paragraph' || node.type === 'tableRow') return own
  return 'children' in node ? [...own, ...node.children.flatMap(linesOf)] : own
}
