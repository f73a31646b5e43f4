import type { Threat as Found } from '../../src/threat-model/model.ts'

/*
 * Changes of a document that say nothing new about threats: other decorations of headings and
 * bullets, other forms and words of labels and columns, sections about something else. What a
 * reader finds must stay as it was. A change that does not apply to a document gives null.
 */

export type Change = (text: string, found: Found[]) => string | null

/** Rewrites the lines of a document; null where that changes nothing. */
function lines(rewrite: (line: string, next: string, at: number) => string): Change {
  return (text) => {
    const all = text.split('\n')
    const changed = all.map((line, at) => rewrite(line, all[at + 1] ?? '', at)).join('\n')
    return changed === text ? null : changed
  }
}

function replaced(from: RegExp, to: string): Change {
  return lines((line) => line.replace(from, to))
}

/** Rewrites what follows the marker on the lines where threats begin. */
function atThreats(marker: RegExp, rewrite: (words: string) => string): Change {
  return (text, found) => {
    const starts = new Set(found.map((threat) => threat.span.start.line - 1))
    const change = lines((line, _, at) => {
      const match = starts.has(at) ? marker.exec(line) : null
      return match ? match[0] + rewrite(line.slice(match[0].length)) : line
    })
    return change(text, found)
  }
}

const headings = (rewrite: (words: string) => string) => atThreats(/^#+ /, rewrite)
const listed = (rewrite: (words: string) => string) => atThreats(/^ *[-*] /, rewrite)

const isRule = (line: string) => /^\|[-|]+\|$/.test(line)

/** Gives a column of a table another name. */
function column(from: RegExp, to: string): Change {
  return lines((line, next) => {
    if (!line.startsWith('|') || !isRule(next)) return line
    return line
      .split('|')
      .map((cell) => (from.test(cell.trim()) ? ` ${to} ` : cell))
      .join('|')
  })
}

/** One more column in every table but those of fields and values, which have two. */
function moreColumns(heading: string, value: string): Change {
  const change = lines((line, next) => {
    if (!/^\|.*\|$/.test(line)) return line
    if (isRule(line)) return `${line}---|`
    return `${line} ${isRule(next) ? heading : value} |`
  })
  return (text, found) => (text.includes('| Field | Value |') ? null : change(text, found))
}

/** `1 First`, `1.1 Below`: numbers before all headings below the first. */
function numbered(): Change {
  return (text, found) => {
    const counts = [0, 0, 0, 0, 0]
    const change = lines((line) => {
      const [, marks = '', words = ''] = /^(#{2,4}) (?![\d([])(.*)$/.exec(line) ?? []
      if (marks === '') return line
      const depth = marks.length
      counts[depth] = (counts[depth] ?? 0) + 1
      counts.fill(0, depth + 1)
      return `${marks} ${counts.slice(2, depth + 1).join('.')} ${words}`
    })
    return change(text, found)
  }
}

const label = (from: RegExp, to: string) => replaced(from, to)
const boldLabel = /\*\*([A-Z][A-Za-z ]{2,25}):\*\*(?=\s|$)/g
const answerLabel = /\*\*Mitigations?(:?)\*\*/g
const section = (to: string) => replaced(/^## (?:[\d§]+\.? )?Threats$/, `## ${to}`)

const decorations: Record<string, Change> = {
  'an emoji before headings of threats': headings((words) => `🔴 ${words}`),
  'bold headings of threats': headings((words) => `**${words}**`),
  'a colon after headings of threats': headings((words) => `${words}:`),
  'linked headings of threats': headings((words) =>
    words.includes('[') ? words : `[${words}](#x)`,
  ),
  'a severity after headings of threats': headings((words) => `${words} (High)`),
  'a severity before headings of threats': headings((words) => `[HIGH] ${words}`),
  'anchors after headings': replaced(/^#+ .*$/, '$& {#somewhere}'),
  'HTML anchors in headings': replaced(/^(#+) /, '$1 <a id="x"></a>'),
  'emoji before headings of sections': replaced(/^## /, '## 🔒 '),
  'headings one deeper': replaced(/^#{1,5} /, '#$&'),
  'headings with numbers': numbered(),
  'headings in upper case': lines((line) => (/^#+ /.test(line) ? line.toUpperCase() : line)),
  'emoji before bullets of threats': listed((words) => `⚠️ ${words}`),
  'bold names of bullets': listed((words) => words.replace(/^([^*:.,]{4,50})(?=[:.,])/, '**$1**')),
  'stars as bullets': replaced(/^( *)- /, '$1* '),
  'Windows line breaks': lines((line) => `${line}\r`),
  'another title': replaced(/^# .*$/, '# Lantern'),
}

const otherWords: Record<string, Change> = {
  'labels with the colon outside': label(boldLabel, '**$1**:'),
  'labels in italics': label(boldLabel, '*$1:*'),
  'labels without marks': label(boldLabel, '$1:'),
  'label Countermeasures': label(answerLabel, '**Countermeasures$1**'),
  'label Defenses': label(answerLabel, '**Defenses$1**'),
  'label How we address it': label(answerLabel, '**How we address it$1**'),
  'label Safeguards': label(answerLabel, '**Safeguards$1**'),
  'column Threat → Threat scenario': column(/^Threats?$/, 'Threat scenario'),
  'column Threat → Attack': column(/^Threats?$/, 'Attack'),
  'column Threat → Risk': column(/^Threats?$/, 'Risk'),
  'column Threat → What could go wrong': column(/^Threats?$/, 'What could go wrong'),
  'column Threat → Scenario': column(/^Threats?$/, 'Scenario'),
  'column Mitigation → Safeguard': column(/^Mitigations?$/, 'Safeguard'),
  'column Mitigation → Defense': column(/^Mitigations?$/, 'Defense'),
  'column Mitigation → How it is handled': column(/^Mitigations?$/, 'How it is handled'),
  'column Mitigation → Our answer': column(/^Mitigations?$/, 'Our answer'),
  'column Status → State': column(/^Status$/, 'State'),
  'column Owner added': moreColumns('Owner', 'Platform team'),
  'column Notes added, empty': moreColumns('Notes', ''),
  'column Ref added': moreColumns('Ref', '#123'),
  'columns in bold': lines((line, next) =>
    isRule(next) ? line.replace(/[^|]+/g, (cell) => ` **${cell.trim()}** `) : line,
  ),
  'section Threats → Threat Scenarios': section('Threat Scenarios'),
  'section Threats → What can go wrong?': section('What can go wrong?'),
  'section Threats → Risks and mitigations': section('Risks and mitigations'),
  'section Threats → Threats we considered': section('Threats we considered'),
}

const list = (...texts: string[]) => texts.map((text) => `- ${text}`).join('\n')
const steps = (...texts: string[]) => texts.map((text, i) => `${i + 1}. ${text}`).join('\n')
const table = (first: string, ...rows: string[]) =>
  [first, first.replace(/[^|]+/g, '---'), ...rows].map((row) => `| ${row} |`).join('\n')

/** Sections that look like threats and hold none, by their heading. */
const distractors: Record<string, string> = {
  Purpose: `This models two modes:\n\n${steps('the command line of an operator', 'the service')}`,
  'Where to read on': list('**[Overview](a.md)** — how parts fit', '**[Flows](b.md)** — what goes'),
  Naming: table('Prefix | Part | File', 'AUD | Audio | `audio.md`', 'WEB | Pages | `web.md`'),
  'Deployment profiles': `### Low risk (trials)\n\n${list('the default set-up')}
\n### High risk (regulated)\n\n${list('hardware keys', 'yearly reviews')}`,
  'Risk ratings': table('Level | Meaning', 'High | act within a week', 'Low | act when convenient'),
  'Key figures': table('Metric | Value', 'Threats found | 12', 'High risk | 3', 'Mitigated | 8'),
  Roadmap: list('Rotate the signing keys every quarter', 'Add a second reviewer for releases'),
  References: list('[A guide to modelling](https://example.org/guide)', 'RFC 9000'),
  Glossary: list('**Envelope**: a wrapped message', '**Keeper**: the process that holds keys'),
  'Deployment checklist': list('[ ] TLS is switched on', '[x] Logs are shipped elsewhere'),
  'Review cadence': `This threat model is reviewed:\n\n${list('before a release', 'once a year')}`,
  'Incident response': steps('Revoke the tokens', 'Preserve the logs', 'Tell the users'),
  'Change history': table('Date | Author | Change', '2024-02-01 | A. Writer | First version'),
  'Security principles': list('Least privilege everywhere', 'Secure by default'),
  'Security testing': list('Fuzzing of the parsers every night', 'A yearly penetration test'),
  'Defence in depth': `### Layer 1: network\n\n${list('rate limits at the edge')}
\n### Layer 2: application\n\n${list('every input is checked', 'queries are prepared')}`,
  Roles: table('Role | Responsibility', 'Maintainer | reviews changes', 'Operator | runs it'),
  Components: table('Component | Technology | Trust', 'Gateway | nginx | low', 'Keeper | C | high'),
  'Data flow': steps('The client asks the gateway.', 'The gateway checks the token.'),
  Reporting: `Write to security@example.org. We answer within:\n\n${list('two days', 'a week')}`,
  Method: `We used STRIDE:\n\n${table(
    'Letter | Class | Property',
    'S | Spoofing | Authenticity',
    'T | Tampering | Integrity',
    'D | Denial of service | Availability',
  )}`,
  Compliance: table('Requirement | Where it is met', 'ISO 27001 A.9 | access control'),
  'Next steps': list('Finish the audit of the updater', 'Write down how keys are recovered'),
  Recommendations: list('Use a hardware key for releases', 'Watch the audit log for odd hours'),
  Conclusion: 'The largest risks are answered. What remains is accepted until the next review.',
}

/** Chapters of a longer document, one of which may hold the threat model. */
const chapters = ['Security considerations', 'Proposal', 'Specification', 'Design details']

/** All headings one level deeper, below a chapter between others. */
function asChapter(name: string): Change {
  const above = `## Summary\n\nA phone opens lockers.\n\n## Motivation\n\nPeople come late.
\n### Goals\n\n${list('Open at night', 'One key for a family')}`
  const below = `## Alternatives\n\n### Use paper slips\n\nSlips get wet.
\n### Use a guard\n\nGuards sleep.\n\n## References\n\n${list('The manual of the lockers')}`
  return (text) => {
    const [title = '', ...rest] = text.split('\n')
    // A document of one level has no chapters, and what is in scope stands at the top.
    if (!title.startsWith('# ') || !rest.some((line) => line.startsWith('### '))) return null
    if (rest.some((line) => line.startsWith('#####') || line.startsWith('```'))) return null
    const deeper = rest.map((line) => (line.startsWith('#') ? `#${line}` : line)).join('\n')
    return `${title}\n\n${above}\n\n## ${name}\n${deeper}\n\n${below}\n`
  }
}

export const changes: Record<string, Change> = {
  ...decorations,
  ...otherWords,
  ...Object.fromEntries(chapters.map((name) => [`as the chapter ${name}`, asChapter(name)])),
  ...Object.fromEntries(
    Object.entries(distractors).flatMap(([heading, text]) => [
      [`section ${heading} at the start`, atStart(`## ${heading}\n\n${text}`)],
      [`section ${heading} at the end`, (whole: string) => `${whole}\n## ${heading}\n\n${text}\n`],
    ]),
  ),
}

function atStart(added: string): Change {
  return (text) => {
    const at = text.indexOf('\n## ')
    return at < 0 ? null : `${text.slice(0, at)}\n${added}\n${text.slice(at)}`
  }
}
