import { Parser } from 'commonmark'
import MarkdownIt from 'markdown-it'
import { fromMarkdown } from 'mdast-util-from-markdown'
import { frontmatterFromMarkdown } from 'mdast-util-frontmatter'
import { gfmTableFromMarkdown } from 'mdast-util-gfm-table'
import { frontmatter } from 'micromark-extension-frontmatter'
import { gfmTable } from 'micromark-extension-gfm-table'
import { fromMarkdown as newestFromMarkdown } from 'newest-from-markdown'
import { forgetTexts, sharedTree } from '../../src/threat-model/markdown/markdown.ts'
import { read } from '../../src/threat-model/read.ts'

/*
 * What is measured against what. `ours` is the whole reading: text to threat model. The others only
 * parse: `pinned` and `newest` are `fromMarkdown` on the whole text, with the micromark this
 * project holds and with today's; commonmark.js has no tables.
 */

const options = () => ({
  extensions: [frontmatter(), gfmTable()],
  mdastExtensions: [frontmatterFromMarkdown(), gfmTableFromMarkdown()],
})

export const readers = {
  /** As for the first time. */
  ours: (text: string): unknown => {
    forgetTexts()
    return read(text)
  },
  /** With what is kept of texts before. */
  oursAgain: (text: string): unknown => read(text),
  tree: (text: string): unknown => {
    forgetTexts()
    return sharedTree(text)
  },
  treeAgain: (text: string): unknown => sharedTree(text),
  pinned: (text: string): unknown => fromMarkdown(text, options()),
  newest: (text: string): unknown => newestFromMarkdown(text, options()),
  commonmark: (text: string): unknown => new Parser().parse(text),
  markdownIt: (text: string): unknown => new MarkdownIt().parse(text, {}),
}

export type ReaderName = keyof typeof readers
