import type { Document, Found, Recogniser, ThreatDraft } from '../draft/draft.ts'
import { nothing, sectionTrail } from '../draft/draft.ts'
import { cellTitle, firstClause, trimmed } from '../draft/names.ts'
import { threatDraft } from '../draft/threat.ts'
import { titled } from '../identity.ts'
import type { Phrase } from '../outline/phrase.ts'
import type { Block, Entry, Outline, Row, Section, Table } from '../outline/types.ts'
import { rememberingOf } from '../remember.ts'
import { explicit, type StatusReading } from '../status/status.ts'
import { mostly } from '../tables/cells.ts'
import { columnsOf, fieldsOfRow } from '../tables/columns.ts'
import { asksIfFlaw } from '../vocabulary/policies.ts'

/*
 * A table that asks of each class of problems whether it counts as a vulnerability:
 *
 *   ### Is this bug considered a vulnerability?        | Report        | Vulnerability? |
 *   | Bug              | In harbour | At sea |         |---------------|----------------|
 *   |------------------|------------|--------|         | A rude sailor | No             |
 *   | A copied ticket  | -          | Yes    |  looked at, and nothing says how it stands
 *   | A late departure | No         | No     |  ruled out
 *
 * Yes in one column is enough. A row that is a word of code has its name in the bullet that begins
 * with that word ("`Towel`: theft of towels"), and the word is its id.
 */

export const policyTables: Recogniser = { name: 'policy-tables', read }

function read(document: Document): Found {
  const found = nothing()
  for (const section of document.outline.sections) {
    for (const block of section.blocks) {
      if (block.type !== 'table') continue
      const drafts = ofTable(document, section, block)
      if (drafts.length > 0) found.claims.push(block.span)
      found.drafts.push(...drafts)
    }
  }
  return found
}

function ofTable(document: Document, section: Section, table: Table): ThreatDraft[] {
  const header = table.header.map(({ phrase }) => phrase.text)
  const asked = header.map((text) => asksIfFlaw(text))
  const isAbout = asksIfFlaw(section.heading.text) || asked[0] === true
  const verdicts = header.flatMap((_, column) =>
    column > 0 && (isAbout || asked[column] === true) && mostly(table, column, answers)
      ? [column]
      : [],
  )
  if (verdicts.length === 0) return []
  return table.rows.flatMap((row) => ofRow(document, section, { table, row, verdicts }))
}

interface Asked {
  table: Table
  row: Row
  verdicts: readonly number[]
}

function ofRow(document: Document, section: Section, { table, row, verdicts }: Asked) {
  const cell = row.cells[0]
  if (cell === undefined || !/\p{L}{2}/u.test(cell.phrase.text)) return []
  if (andSoOn.test(cell.phrase.text)) return []
  const columns = columnsOf(table, document.hints)
  const fields = columns.fields.map((field, at) => (verdicts.includes(at) ? null : field))
  return [
    threatDraft({
      recogniser: policyTables.name,
      reason: `a row of a table under "${section.heading.text}"`,
      rank: 3,
      ...(namedByCode(document.outline, cell.phrase) ?? titled(cellTitle(cell.phrase))),
      span: row.span,
      section: sectionTrail(section),
      fields: fieldsOfRow(row, { ...columns, fields }, 0),
      tie: 'row',
      legend: document.legend,
      body: '',
      verdict: verdictOf(verdicts.map((column) => row.cells[column]?.phrase.text ?? '')),
      phrases: row.cells.map(({ phrase }) => phrase),
    }),
  ]
}

/** Ruled out where some answer is no, and none is yes. */
function verdictOf(texts: readonly string[]): StatusReading | null {
  const denied = texts.find((text) => no.test(text))
  if (denied === undefined || texts.some((text) => yes.test(text))) return null
  return explicit('out-of-scope', denied)
}

function answers(text: string): boolean {
  return yes.test(text) || no.test(text) || /^\W*n\/?a\W*$/i.test(text)
}

const yes = /^\W*(?:yes|y)(?!\p{L})|^\s*(?:[✅✓✔☑🟢]|:white_check_mark:|:heavy_check_mark:)/iu
const no = /^\W*(?:no|n|never)(?![\p{L}/])|^\s*(?:[❌✖✗✘🔴⛔🚫]|:x:)/iu

/** "Etc." names nothing. */
const andSoOn = /^\W*(?:etc|and (?:so on|others|more)|others?)\W*$/i

/** The name that a bullet gives to a word of code. */
function namedByCode(outline: Outline, { text, codes }: Phrase) {
  if (codes[0]?.text !== text) return null
  const told = namesOfCodes(outline).get(text)
  return told === undefined ? null : { writtenId: text, title: told }
}

const namesOfCodes = rememberingOf((outline: Outline): ReadonlyMap<string, string> => {
  const names = new Map<string, string>()
  for (const { blocks } of outline.sections) {
    for (const { head } of entriesWithin(blocks)) {
      const code = head.codes[0]?.text ?? ''
      const after = code !== '' && head.text.startsWith(code) ? head.text.slice(code.length) : ''
      const name = /^\s?[::—–-]\s+(\S.*)$/.exec(after)?.[1]
      if (name !== undefined && !names.has(code)) names.set(code, trimmed(firstClause(name)))
    }
  }
  return names
})

/** Of lists and of the lists below their bullets. */
function entriesWithin(blocks: readonly Block[]): Entry[] {
  const entries = blocks.flatMap((block) => (block.type === 'list' ? block.entries : []))
  return entries.flatMap((entry) => [entry, ...entriesWithin(entry.blocks)])
}
