import type { Fact } from './fact-bank.ts'
import type { Words } from './shape-bank.ts'

/*
 * Threats with fields, in the forms that carry fields: a table, labels under a heading or in
 * bullets, a table of fields and values, a heading for each field. A frame writes the words it is
 * given; which words, and for which field, is the matter of fact-places.ts.
 */

/** What stands under one word for one threat. Several values are a list. */
export interface Field {
  word: string
  values: string[]
}

export interface Row {
  fact: Fact
  /** Written before the name, or null where an id has a column of its own or none. */
  id: string | null
  fields: Field[]
}

export type Frame = (rows: Row[], words: Words) => string[]

const named = ({ fact, id }: Row) => (id === null ? fact.name : `${id}: ${fact.name}`)

/** In columns: `a; b`, `a<br>b`, `- a<br>- b`, `1. a 2. b`. */
const separators = ['; ', '<br>', '; ', '<br>- ']

function cells(rows: Row[], words: Words): string[] {
  const [first] = rows
  const between = words.pick(separators)
  const start = between.endsWith('- ') ? '- ' : ''
  const heads = first?.fields.map(({ word }) => word) ?? []
  const row = (texts: string[]) => `| ${texts.join(' | ')} |`
  const cell = ({ values }: Field) =>
    values.length > 1 ? start + values.join(between) : (values[0] ?? '')
  return [
    row([words.pick(['Threat', 'Threat', 'Attack', 'Risk', 'Threat scenario']), ...heads]),
    row(['---', ...heads.map(() => '---')]),
    ...rows.map((one) => row([named(one), ...one.fields.map(cell)])),
    '',
  ]
}

/** Labels of which each is a paragraph or a line of its own; several values are bullets. */
function labels(rows: Row[], words: Words): string[] {
  const form = words.pick(['**X:**', '**X**:', '*X:*', 'X:', '**X.**', '__X__:'])
  return rows.flatMap((row) => [
    `### ${named(row)}`,
    '',
    `${row.fact.act}.`,
    '',
    ...row.fields.flatMap(({ word, values }) => {
      const label = form.replace('X', word)
      if (values.length === 1) return [`${label} ${values[0]}`, '']
      return values.length === 0 ? [] : [label, '', ...values.map((value) => `- ${value}`), '']
    }),
  ])
}

function labelBullets(rows: Row[], words: Words): string[] {
  const form = words.pick(['**X:**', '**X**:', '*X:*', 'X:', '**X** —'])
  return rows.flatMap((row) => [`### ${named(row)}`, '', ...fieldBullets(row, form, ''), ''])
}

function fieldBullets({ fields }: Row, form: string, indent: string): string[] {
  return fields.flatMap(({ word, values }) => {
    const label = `${indent}- ${form.replace('X', word)}`
    if (values.length === 1) return [`${label} ${values[0]}`]
    return values.length === 0 ? [] : [label, ...values.map((value) => `${indent}  - ${value}`)]
  })
}

function bulletsBelow(rows: Row[], words: Words): string[] {
  const form = words.pick(['**X:**', 'X:', '*X:*', '_X_:'])
  return rows.flatMap((row) => [
    `- **${named(row)}**`,
    `  - Scenario: ${row.fact.act}`,
    ...fieldBullets(row, form, '  '),
  ])
}

function fieldTables(rows: Row[], words: Words): string[] {
  const [key, value] = words.pick([
    ['Field', 'Value'],
    ['Attribute', 'Details'],
    ['', ''],
    ['Property', 'Description'],
  ])
  return rows.flatMap((row) => [
    `### ${named(row)}`,
    '',
    `| ${key} | ${value} |`,
    '|---|---|',
    `| **Description** | ${row.fact.act} |`,
    ...row.fields.map(({ word, values }) => `| **${word}** | ${values.join('<br>')} |`),
    '',
  ])
}

function subHeadings(rows: Row[]): string[] {
  return rows.flatMap((row) => [
    `### ${named(row)}`,
    '',
    `${row.fact.act}.`,
    '',
    ...row.fields.flatMap(({ word, values }) => {
      if (values.length === 0) return []
      const texts = values.length > 1 ? values.map((text) => `- ${text}`) : [values[0] ?? '']
      return [`#### ${word}`, '', ...texts, '']
    }),
  ])
}

export const frames: Record<string, Frame> = {
  table: cells,
  labels,
  'label bullets': labelBullets,
  'bullets below': bulletsBelow,
  'field tables': fieldTables,
  'sub-headings': subHeadings,
}
