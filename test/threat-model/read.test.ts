import { describe, expect, test } from '@jest/globals'
import type { Element, MitigationTie, Reading, Threat } from '../../src/threat-model/model.ts'
import { elementsOf } from '../../src/threat-model/model.ts'
import { read } from '../../src/threat-model/read.ts'
import type { PathLookup } from '../../src/threat-model/read-options.ts'
import { expectWanted, goldenCases } from '../support/cases.ts'

/*
 * Documents in, models out: one case for each shape that people write. `want` lists every element
 * with its line, so that a change of the reading shows as a changed line.
 */

const cases = goldenCases('read')

describe('read', () => {
  test.each(cases.map((golden) => [golden.name, golden] as const))('%s', (_name, golden) => {
    const document = golden.parts.get('document') ?? ''
    const files = golden.parts.get('tree')
    const tree = files === undefined ? {} : { tree: lookUp(files.split('\n')) }
    expectWanted(golden, modelText(read(document, tree)))
  })

  test('every case has a document', () => {
    expect(cases.filter((golden) => !golden.parts.has('document'))).toEqual([])
  })

  test('spans lie inside the text and ids are unique', () => {
    for (const golden of cases) {
      const text = golden.parts.get('document') ?? ''
      const elements = elementsOf(read(text).model)
      const outside = elements.filter((element) => !element.places.every((s) => isInside(s, text)))
      expect([golden.name, outside.map((element) => element.title)]).toEqual([golden.name, []])
      const ids = elements.map((element) => element.id)
      expect([golden.name, new Set(ids).size]).toEqual([golden.name, ids.length])
    }
  })

  test.each(['constructor', 'valueOf', 'toString'])('"%s" is a word like any other', (word) => {
    const head = `| Threat | Category | ${word} |\n|---|---|---|`
    const table = `${head}\n| Stolen ${word} | ${word} | - |\n`
    const heading = `### The ${word}\n\nIt leaks.\n\n## ${word}`
    const { threats } = read(`# Model\n\n## Threats\n\n${heading}\n\n${table}`).model
    expect(threats.map((threat) => threat.title)).toEqual([`The ${word}`, `Stolen ${word}`])
    expect(threats[1]?.categories).toEqual([word.toLowerCase()])
  })

  test('reading twice gives the same', () => {
    for (const golden of cases) {
      const text = golden.parts.get('document') ?? ''
      expect(read(text)).toEqual(read(text))
    }
  })
})

function isInside(span: { start: { offset: number }; end: { offset: number } }, text: string) {
  return (
    span.start.offset >= 0 && span.start.offset < span.end.offset && span.end.offset <= text.length
  )
}

function lookUp(paths: string[]): PathLookup {
  const files = paths.filter((path) => path !== '')
  return {
    has: (path) => files.some((file) => file === path || file.startsWith(`${path}/`)),
    uniqueBySuffix: (suffix) => {
      const found = files.filter((file) => file.endsWith(`/${suffix}`))
      return found.length === 1 ? (found[0] ?? null) : null
    },
  }
}

function modelText({ model, problems }: Reading): string {
  const titles = new Map(elementsOf(model).map((element) => [element.id, element.title]))
  const name = (id: string) => titles.get(id) ?? `?${id}`
  const lines = elementsOf(model).map((element) => elementLine(element, name))
  const flaws = problems.map((problem) => `problem ${problem.code} ${problem.span.start.line}`)
  return [`title ${model.title}`, ...lines, ...flaws].join('\n')
}

function elementLine(element: Element, name: (id: string) => string): string {
  const id = element.writtenId === null ? '' : `[${element.writtenId}] `
  const places = element.places.map((place) => place.start.line).join(',')
  const doubt = element.certainty === 'inferred' ? ' ?' : ''
  const head = `${element.kind} ${places} ${id}${element.title}${doubt}`
  return [head, ...detailsOf(element, name)].join('\n')
}

function detailsOf(element: Element, name: (id: string) => string): string[] {
  switch (element.kind) {
    case 'threat':
      return threatDetails(element, name)
    case 'mitigation':
      return element.status === 'unstated' ? [] : [`    ${element.status}`]
    case 'attack':
      return element.variantOf === null ? [] : [`    variant of ${name(element.variantOf)}`]
    case 'scope-note':
      return [`    ${element.scope}`]
    default:
      return []
  }
}

function threatDetails(threat: Threat, name: (id: string) => string): string[] {
  const lines: [string, string][] = [
    ['scope', threat.scope === 'direct' ? '' : threat.scope],
    ['attacks', threat.attacks.map(name).join(' · ')],
    ['by', threat.adversaries.map(name).join(' · ')],
    ['assets', threat.assets.map(name).join(' · ')],
    ['class', threat.categories.join(' · ')],
    ['severity', threat.severity ?? ''],
    ['likelihood', threat.likelihood ?? ''],
    ['status', threat.statusBasis === 'none' ? '' : `${threat.status} (${threat.statusBasis})`],
    ['accepted', acceptanceText(threat)],
    ['answers', threat.mitigations.map((tie) => tieText(tie, name)).join(' · ')],
    [
      'code',
      threat.code
        .map((code) => `${code.path}${code.exists === false ? ' (dead)' : ''}`)
        .join(' · '),
    ],
  ]
  return lines.filter(([, text]) => text !== '').map(([label, text]) => `    ${label}: ${text}`)
}

function acceptanceText(threat: Threat): string {
  const acceptance = threat.acceptance
  if (acceptance === null) return ''
  return `until ${acceptance.until} by ${acceptance.owner} because ${acceptance.reason}`
}

function tieText(tie: MitigationTie, name: (id: string) => string): string {
  return `${name(tie.id)} (${tie.tie})`
}
