import type { Span } from '../../shared/span.ts'
import { letteredId } from '../identity.ts'
import { rememberingBlocks, rememberingEntries } from '../outline/keep.ts'
import { fold, type Phrase } from '../outline/phrase.ts'
import type { Block, Entry, List, Paragraph, Section, Table } from '../outline/types.ts'
import { saysHowFar } from '../status/prose.ts'
import { roleOfIntro } from '../vocabulary/intro.ts'
import { isLevel } from '../vocabulary/levels.ts'
import { classesOnly, type Field, fieldOf, isAnswer, plainLabel } from '../vocabulary/vocabulary.ts'
import { type Label, labelOf, labelsFrom, mayBeStatus, saysStatus } from './labels.ts'
import { withoutLacking } from './lacking.ts'
import { answersById, asBullet, linesOfRows, markedRows } from './marked-rows.ts'
import { withOneThreat } from './one-threat.ts'

/*
 * Labelled fields, in every form authors write them. One reader for all, used by every recogniser
 * whose threats have fields:
 *
 *   **Impact:** v     **Impact**: v     - **Impact**: v     *Impact:* v     Impact: v
 *   **Impact.** v     **Impact**        ### Impact          Mitigations:    | Impact | v |
 *                     v                 v                   - v
 *
 * A label without a value is data too: it is kept, with no lines.
 */

export interface FieldValue {
  /** Null for a label that is none of the known words. */
  field: Field | null
  label: string
  /** Lines of running text. */
  lines: Phrase[]
  /** Bullets. */
  entries: Entry[]
  span: Span
}

export interface Fields {
  readonly values: readonly FieldValue[]
  /** Text that stands under no label. */
  readonly loose: readonly Block[]
}

/** While they are read; whoever is given them does not change them. */
export interface OpenFields {
  values: FieldValue[]
  loose: Block[]
}

/** All words of a value, bullets included. */
export function textOfValue(value: FieldValue): string {
  const [only] = value.lines
  if (only !== undefined && value.lines.length + value.entries.length === 1) return fold(only.text)
  const lines = value.lines.map((line) => line.text)
  const entries = value.entries.map((entry) => `${entry.head.text} ${entry.rest}`)
  return fold([...lines, ...entries].join(' '))
}

/** The classes that a value names, when it names nothing else. */
export function classesOfValue(value: FieldValue): string[] {
  const isLong = value.lines.length + value.entries.length > mostClasses
  return isLong ? [] : classesOnly(textOfValue(value))
}

/** There are not so many classes: a longer list, which may be very long, names something else. */
const mostClasses = 40

export function valuesOf(fields: Fields, field: Field): FieldValue[] {
  return fields.values.filter((value) => value.field === field)
}

/** The text of the first value that has one; null when the label is not there at all. */
export function textOf(fields: Fields, field: Field): string | null {
  const values = valuesOf(fields, field)
  if (values.length === 0) return null
  return fold(values.map(textOfValue).join(' '))
}

/** The blocks of a section and of everything in it. */
export function blocksBelow(section: Section): Block[] {
  return [...section.blocks, ...section.children.flatMap(blocksBelow)]
}

/** What stands in a section before its sub-sections: remembered while its text is the same. */
export const fieldsOfSection = rememberingBlocks((blocks) =>
  blocks.length === 0 ? noFields : fieldsOfBlocks(blocks),
)

const noFields: Fields = { values: [], loose: [] }

export function fieldsOfBlocks(blocks: readonly Block[]): Fields {
  const fields: OpenFields = { values: [], loose: [] }
  let open: FieldValue | null = null
  for (const [at, block] of blocks.entries()) {
    if (block.type === 'paragraph') {
      const label = bareLabel(block, blocks[at + 1])
      if (label !== null) fields.values.push(label)
      open = label ?? addParagraph(fields, block, open)
    } else if (block.type === 'list') open = addList(fields, block, open)
    else if (block.type === 'quote') addQuote(fields, block.blocks)
    else if (block.type === 'table' && isKeyValue(block)) addKeyValues(fields, block)
    else if (open !== null && isEmpty(open)) addBlock(open, block)
    else fields.loose.push(block)
  }
  return withOneThreat(withLimits(withoutLacking(fields)))
}

/** "Current mitigations" on a line of its own, right above a list, needs no colon. */
function bareLabel({ lines, phrase }: Paragraph, below: Block | undefined): FieldValue | null {
  if (below?.type !== 'list' || lines.length > 1 || phrase.lead !== '') return null
  const field = phrase.text.length > bareLength ? null : fieldOf(phrase.text)
  return field === null ? null : newValue(field, phrase.text, phrase.span)
}

const bareLength = 40

/** "Current limitation: …" among the bullets of a mitigation says what is left. */
function withLimits(fields: Fields): Fields {
  const limits = fields.values.flatMap(({ field, entries }) =>
    field === 'mitigation' ? entries.filter(isLimit) : [],
  )
  if (limits.length === 0) return fields
  const values = fields.values.map(
    (value): FieldValue =>
      value.field === 'mitigation'
        ? { ...value, entries: value.entries.filter((entry) => !isLimit(entry)) }
        : value,
  )
  for (const { head, restLines, span } of limits) {
    const label = labelOf(head)
    if (label === null) continue
    const value = newValue('residual', label.label, span)
    value.lines.push(label.value, ...restLines)
    values.push(value)
  }
  return { ...fields, values }
}

function isLimit({ head }: Entry): boolean {
  return labelOf(head)?.field === 'residual'
}

/** The id that a label of its own gives ("Threat ID: T-4"), or null. */
export function idIn({ values }: Fields): string | null {
  const value = values.find(({ field }) => field === 'id')
  return value === undefined ? null : letteredId(textOfValue(value))
}

export function newValue(field: Field | null, label: string, span: Span): FieldValue {
  return { field, label, lines: [], entries: [], span }
}

function isEmpty(value: FieldValue): boolean {
  return value.lines.length === 0 && value.entries.length === 0
}

/** Returns the value that following blocks may still belong to. */
function addParagraph(
  fields: OpenFields,
  paragraph: Paragraph,
  open: FieldValue | null,
): FieldValue | null {
  let current: FieldValue | null = null
  const unlabelled: Phrase[] = []
  for (const line of paragraph.lines) {
    const label = labelOf(line)
    if (label !== null) {
      current = addLabels(fields, label, line.span)
    } else if (current !== null) current.lines.push(line)
    else unlabelled.push(line)
  }
  if (unlabelled.length === 0) return current
  const belongs = open !== null && isEmpty(open)
  if (belongs && open !== null) open.lines.push(...unlabelled)
  else fields.loose.push({ ...paragraph, lines: unlabelled })
  return current ?? (belongs ? open : null)
}

const labelsOf = rememberingEntries(({ head }) => labelOf(head))

function addList(fields: OpenFields, list: List, open: FieldValue | null): FieldValue | null {
  if (open !== null && isEmpty(open) && done.test(plainLabel(open.label))) open.field = 'mitigation'
  const isValue = open?.field !== 'status' || list.entries.length < 2
  if (open !== null && isEmpty(open) && isValue) {
    open.entries.push(...list.entries)
    return open
  }
  if (open !== null && open.entries.length > 0 && list.continues) {
    open.entries.push(...list.entries)
    return open
  }
  if (open !== null && isMark(open) && !mostlyLabelled(list)) {
    open.entries.push(...list.entries)
    return open
  }
  const labels = labelsOf(list)
  const labelled = list.entries.map((entry, at) => ({ entry, label: labels[at] ?? null }))
  const known = labelled.filter(({ label }) => label !== null && label.field !== null)
  const last = labelled.at(-1)
  const isRest = last?.label?.field === 'residual' && known.length === 1
  if (last !== undefined && list.entries.length > 1) {
    if (isRest || (answersAbove(last.label) && known.length * 2 < list.entries.length)) {
      addAbove(fields, { ...list, entries: list.entries.slice(0, -1) }, last.label)
      addEntry(fields, last.entry, last.label)
      return null
    }
  }
  if (known.length === 0 || known.length * 2 < list.entries.length) {
    if (introducesControls(list)) {
      const value = newValue('mitigation', '', list.span)
      fields.values.push({ ...value, entries: [...list.entries] })
      return null
    }
    if (open !== null && isValue && (isContinuation(open, list) || goesOn(open, list)))
      open.entries.push(...list.entries)
    else fields.loose.push(list)
    return null
  }
  // What stands above the first label belongs to none.
  const first = labelled.findIndex(({ label }) => label !== null)
  if (first > 0 && fields.values.length === 0)
    fields.loose.push({ ...list, entries: list.entries.slice(0, first) })
  for (const { entry, label } of labelled) addEntry(fields, entry, label)
  return null
}

/** "**Implemented:**" above bullets names what is done. */
const done = /^(?:implemented|in place|built|done)(?: (?:today|now|so far))?$/

/** "**Mitigation:** Implemented", "**Impact:** High" above bullets: the bullets are the value. */
function isMark({ field, lines, entries }: FieldValue): boolean {
  const [only, second] = lines
  if (only === undefined || second !== undefined || entries.length > 0) return false
  if (field === 'impact') return isLevel(only.text)
  return field === 'mitigation' && saysHowFar(only.text)
}

/** Above "Residual risk: …" in one list stands what was done; above an answer, the threat. */
function addAbove(fields: OpenFields, list: List, label: Label | null): void {
  const isDone = label?.field === 'residual' && !list.entries.some(({ head }) => labelOf(head))
  if (!isDone) fields.loose.push(list)
  else fields.values.push({ ...newValue('mitigation', '', list.span), entries: list.entries })
}

function mostlyLabelled({ entries }: List): boolean {
  const known = entries.filter(({ head }) => labelOf(head)?.field != null)
  return known.length * 2 >= entries.length
}

/** "Mitigation strategy: …" as the last bullet answers those above it. */
function answersAbove(label: Label | null): boolean {
  return label?.field === 'mitigation' && label.value.lead === '' && label.label !== ''
}

/** A list right under a label's sentence ("**Defenses:** the proxy checks:") belongs to it. */
function isContinuation({ field }: FieldValue, { intro }: List): boolean {
  if (intro === null || !/[::]$/.test(intro.text)) return false
  // "Reference: the log book. The main threats are:" goes on with something else.
  const role = isAnswer(field) || field === 'threat' ? null : roleOfIntro(intro.text)
  return role !== 'threats' && role !== 'attacks'
}

/** Bullets on the line right below "**Prevention:** the gate is locked" tell more of it. */
function goesOn({ field, lines, entries }: FieldValue, list: List): boolean {
  const above = lines.at(-1)
  if (!isAnswer(field) || above === undefined || entries.length > 0) return false
  return list.span.start.line === above.span.end.line + 1
}

/** "The mitigations are conventional:" above a list. */
function introducesControls(list: List): boolean {
  if (list.intro === null || !/[::]$/.test(list.intro.text)) return false
  return roleOfIntro(list.intro.text) === 'mitigations'
}

function addEntry(fields: OpenFields, entry: Entry, label: Label | null): void {
  const last = fields.values.at(-1)
  if (label === null) {
    if (last !== undefined) last.entries.push(entry)
    return
  }
  const value = addLabels(fields, label, entry.span)
  value.lines.push(...entry.restLines)
  for (const block of entry.blocks) addBlock(value, block)
}

/** A value for each label of a line; returns the last, to which belongs what follows. */
function addLabels(fields: OpenFields, first: Label, span: Span): FieldValue {
  const values = labelsFrom(first).map(({ field, label, value }) => {
    const lines = value.text === '' ? [] : [value]
    return { ...newValue(field, label, span), lines }
  })
  fields.values.push(...values)
  return values.at(-1) ?? newValue(first.field, first.label, span)
}

function addQuote(fields: OpenFields, blocks: Block[]): void {
  const quoted = fieldsOfBlocks(blocks)
  fields.values.push(...quoted.values)
  fields.loose.push(...quoted.loose)
}

export function addBlock(value: FieldValue, block: Block): void {
  if (block.type === 'paragraph') value.lines.push(...block.lines)
  else if (block.type === 'list') value.entries.push(...block.entries)
  else if (block.type === 'quote') for (const inner of block.blocks) addBlock(value, inner)
  else if (block.type === 'table') addTable(value, block)
}

function addTable(value: FieldValue, table: Table): void {
  if (isAnswer(value.field) && answersById(table)) return
  const marked = value.field === 'mitigation' ? markedRows(table) : []
  if (marked.length > 0) value.entries.push(...marked)
  else value.lines.push(...linesOfRows(table, isAnswer(value.field)))
}

/** A table of two columns whose first column holds labels rather than things. */
export function isKeyValue(table: Table): boolean {
  if (table.header.length !== 2 || table.rows.length < 2) return false
  // "| Threat | Mitigation |" names its columns, whatever its first cells are called.
  const [first, second] = table.header.map(({ phrase }) => fieldOf(phrase.text))
  if (first === 'threat' && second !== null) return false
  const named = table.rows.filter((row) => (row.cells[0]?.phrase.text ?? '') !== '')
  const rows = named.filter((row) => fieldOf(row.cells[0]?.phrase.text ?? '') !== null)
  return rows.length >= 2 && rows.length * 2 > named.length
}

/** "| Property | Description |" names the columns, "| Severity | High |" is a row of its own. */
const namesValues = /^\W*(?:values?|descriptions?|details?|contents?|notes?|information)\W*$/i

function addKeyValues(fields: OpenFields, table: Table): void {
  const header = { cells: table.header, span: table.span }
  const [name = '', told = ''] = table.header.map(({ phrase }) => phrase.text)
  const first = fieldOf(name) === null || namesValues.test(told) ? [] : [header]
  for (const row of [...first, ...table.rows]) {
    const label = row.cells[0]?.phrase.text ?? ''
    const cell = row.cells[1]
    const above = fields.values.at(-1)
    // A row without a label goes on with the value above it.
    if (label === '' && above !== undefined) {
      above.lines.push(...(cell?.lines ?? []).map(asBullet))
      continue
    }
    const isVerdict = mayBeStatus(label) && saysStatus(cell?.phrase.text ?? '')
    const value = newValue(isVerdict ? 'status' : fieldOf(label), label, row.span)
    if (cell !== undefined && cell.phrase.text !== '') value.lines.push(...cell.lines)
    fields.values.push(value)
  }
}
