import { describe, expect, test } from '@jest/globals'
import fc from 'fast-check'
import { pullPage } from '../../../src/report/page.ts'
import { ownMarkdownToHtml } from '../../../src/report/page-markdown.ts'
import { safeCode, safeFence, safeText } from '../../../src/shared/markdown.ts'
import { anyText } from '../../support/any-text.ts'

describe('our own Markdown as HTML', () => {
  test.each([
    ['### A heading', '<h3>A heading</h3>'],
    ['**loud** and *soft*', '<p><strong>loud</strong> and <em>soft</em></p>'],
    ['a `code` span', '<p>a <code>code</code> span</p>'],
    ['``a`b``', '<p><code>a`b</code></p>'],
    ['one  \ntwo', '<p>one<br>two</p>'],
    ['- one\n- two  \n  more', '<ul><li>one</li><li>two<br>more</li></ul>'],
    [
      '| a | b |\n|---|---|\n| c \\| d | `e` |',
      '<table><tr><th>a</th><th>b</th></tr><tr><td>c | d</td><td><code>e</code></td></tr></table>',
    ],
    ['```\na < b\n```', '<pre class=""><code>a &lt; b</code></pre>'],
    ['not \\*stress\\*', '<p>not *stress*</p>'],
    ['[here](https://github.com/a)', '<p><u>here</u></p>'],
    ['<sub>small</sub>', '<p><sub>small</sub></p>'],
    ['<script>x</script>', '<p>&lt;script&gt;x&lt;/script&gt;</p>'],
    ['<details onclick=x>', '<p>&lt;details onclick=x&gt;</p>'],
    ['<!-- marker -->', ''],
  ])('%j', (text, html) => {
    expect(ownMarkdownToHtml(text)).toBe(html)
  })

  test('foreign words come out as they went in, and nothing else comes with them', () => {
    fc.assert(
      fc.property(anyText({ maxLength: 60 }), (words) => {
        const html = ownMarkdownToHtml(`Before ${safeText(words)} ${safeCode(words)}`)
        expect(html.match(/<\/?[a-z]+/g)?.filter((tag) => !/^<\/?(p|code)$/.test(tag))).toEqual([])
        const fence = ownMarkdownToHtml(safeFence(words))
        expect(fence.match(/<pre/g)?.length).toBe(1)
      }),
    )
  })
})

test('a page has no scripts and loads nothing', () => {
  const evil = '"><script>alert(1)</script><img src=x onerror=y>'
  const html = pullPage({
    repository: evil,
    number: 1,
    title: evil,
    author: evil,
    bot: 'threat-model-bot',
    check: {
      conclusion: 'failure',
      title: evil,
      summary: evil,
      annotations: [
        {
          path: evil,
          startLine: 1,
          endLine: 1,
          columns: null,
          level: 'warning',
          title: evil,
          message: evil,
        },
      ],
      actions: [{ label: evil, description: evil, identifier: 'x' }],
    },
    conversation: [],
    comments: [],
    files: [
      {
        path: evil,
        previousPath: evil,
        status: 'renamed',
        additions: 1,
        deletions: 1,
        patch: `@@ -1 +1 @@ ${evil}\n-${evil}\n+${evil}`,
      },
    ],
    footer: evil,
  })
  expect(html).not.toMatch(/<script|<img|<[^>]*\s(?:src|href|on[a-z]+)=/)
})
