/*
 * The Markdown that this program itself writes, as HTML for the demo's page: headings, paragraphs,
 * lists, tables, fences, `<details>`, code, stress and line breaks. It is no Markdown parser and is
 * never given anybody else's Markdown; everything but the few tags named below is escaped.
 */

const tags = /^<\/?(?:details|summary|sub)>/

export function escapeHtml(text: string): string {
  return text
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('"', '&quot;')
}

export function ownMarkdownToHtml(markdown: string): string {
  const lines = markdown.split('\n')
  const html: string[] = []
  let at = 0
  while (at < lines.length) {
    const block = readBlock(lines, at)
    html.push(block.html)
    at = Math.max(block.next, at + 1)
  }
  return html.filter((part) => part !== '').join('\n')
}

interface Read {
  html: string
  next: number
}

function readBlock(lines: string[], at: number): Read {
  const line = lines[at] ?? ''
  if (line.trim() === '' || line.startsWith('<!--')) return { html: '', next: at + 1 }
  if (/^`{3,}/.test(line)) return readFence(lines, at)
  const heading = /^(#{1,4}) (.*)$/.exec(line)
  if (heading) {
    return { html: `<h3>${inline(heading[2] ?? '')}</h3>`, next: at + 1 }
  }
  if (line.startsWith('|')) return readTable(lines, at)
  if (line.startsWith('- ')) return readList(lines, at)
  return readParagraph(lines, at)
}

function readFence(lines: string[], at: number): Read {
  const [, fence = '```', info = ''] = /^(`{3,})(.*)$/.exec(lines[at] ?? '') ?? []
  let end = at + 1
  while (end < lines.length && lines[end] !== fence) end++
  const text = escapeHtml(lines.slice(at + 1, end).join('\n'))
  const label = info === 'suggestion' ? '<div class="label">Suggested change</div>' : ''
  return {
    html: `${label}<pre class="${escapeHtml(info)}"><code>${text}</code></pre>`,
    next: end + 1,
  }
}

function readTable(lines: string[], at: number): Read {
  let end = at
  while ((lines[end] ?? '').startsWith('|')) end++
  const rows = lines
    .slice(at, end)
    .filter((line) => !/^[|\s:-]+$/.test(line) || !line.includes('--'))
  const html = rows.map((row, index) => {
    const cell = index === 0 ? 'th' : 'td'
    return `<tr>${cellsOf(row)
      .map((text) => `<${cell}>${inline(text)}</${cell}>`)
      .join('')}</tr>`
  })
  return { html: `<table>${html.join('')}</table>`, next: end }
}

/** Cells end at a bar that no backslash stands before. */
function cellsOf(row: string): string[] {
  const cells = ['']
  for (let i = 1; i < row.length; i++) {
    const letter = row[i] ?? ''
    if (letter === '\\') cells.push((cells.pop() ?? '') + letter + (row[++i] ?? ''))
    else if (letter === '|') cells.push('')
    else cells.push((cells.pop() ?? '') + letter)
  }
  return cells.slice(0, -1).map((cell) => cell.trim())
}

function readList(lines: string[], at: number): Read {
  const entries: string[] = []
  let end = at
  for (; end < lines.length; end++) {
    const line = lines[end] ?? ''
    if (line.startsWith('- ')) entries.push(line.slice(2))
    else if (line.startsWith('  ') && line.trim() !== '') {
      entries.push(`${entries.pop() ?? ''}\n${line.trim()}`)
    } else break
  }
  const html = entries.map((entry) => `<li>${inline(entry)}</li>`)
  return { html: `<ul>${html.join('')}</ul>`, next: end }
}

function readParagraph(lines: string[], at: number): Read {
  let end = at
  while (end < lines.length && (lines[end] ?? '').trim() !== '') end++
  const text = lines.slice(at, end).join('\n')
  const html = inline(text)
  return { html: tags.test(text) && !text.startsWith('<sub>') ? html : `<p>${html}</p>`, next: end }
}

const marks = /^(?:(\*\*)(.+?)\*\*|\*(?! )(.+?)\*)/s

/** Links of ours lead to GitHub, which is not there in the demo: they look like links. */
const ownLink = /^\[([^\][]{1,200})\]\(https:\/\/[^()\s]{1,400}\)/

function inline(text: string): string {
  let html = ''
  let at = 0
  while (at < text.length) {
    const rest = text.slice(at)
    const found = inlineStart(rest)
    html += found.html
    at += found.length
  }
  return html
}

function inlineStart(rest: string): { html: string; length: number } {
  if (rest[0] === '\\' && rest.length > 1) return { html: escapeHtml(rest[1] ?? ''), length: 2 }
  if (rest.startsWith('  \n')) return { html: '<br>', length: 3 }
  if (rest[0] === '`') return codeSpan(rest)
  const link = rest[0] === '[' ? ownLink.exec(rest) : null
  if (link) return { html: `<u>${inline(link[1] ?? '')}</u>`, length: link[0].length }
  const tag = tags.exec(rest)?.[0]
  if (tag !== undefined) return { html: tag, length: tag.length }
  const mark = rest[0] === '*' ? marks.exec(rest) : null
  if (mark) {
    const name = mark[1] ? 'strong' : 'em'
    return {
      html: `<${name}>${inline(mark[2] ?? mark[3] ?? '')}</${name}>`,
      length: mark[0].length,
    }
  }
  return { html: escapeHtml(rest[0] ?? ''), length: 1 }
}

function codeSpan(rest: string): { html: string; length: number } {
  const run = /^`+/.exec(rest)?.[0] ?? '`'
  let end = rest.indexOf(run, run.length)
  while (end >= 0 && rest[end + run.length] === '`') {
    let past = end
    while (rest[past] === '`') past++
    end = rest.indexOf(run, past)
  }
  if (end < 0) return { html: escapeHtml(run), length: run.length }
  const text = rest.slice(run.length, end).replace(/^ (.*[^ ].*) $/s, '$1')
  return { html: `<code>${escapeHtml(text)}</code>`, length: end + run.length }
}
