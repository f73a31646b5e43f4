import type { CodeReference, Element, Mitigation, Reading, Threat } from '../threat-model/model.ts'
import { elementLists, elementsOf } from '../threat-model/model.ts'
import { printable, type Style } from './style.ts'

/*
 * A reading as text for a person: what was found, kind by kind, each element with its line, then
 * what was not understood. With `explain`, each element says which recogniser found it and why.
 */

/** More names than this are counted. */
const namesMax = 3

const headings: Record<keyof typeof elementLists, string> = {
  asset: 'Assets',
  adversary: 'Adversaries',
  attack: 'Attacks',
  threat: 'Threats',
  mitigation: 'Mitigations',
  boundary: 'Trust boundaries',
  assumption: 'Assumptions',
  'scope-note': 'Scope notes',
}

/** An element's written id, else its title, by its id in the model. */
type Name = (id: string) => string

export interface ModelTextOptions {
  path: string
  explain: boolean
  style: Style
}

export function modelText(reading: Reading, options: ModelTextOptions): string {
  const { style } = options
  const { model, problems, unreadable } = reading
  const title = printable(model.title || options.path)
  const lines = [style.bold(title), '']
  if (unreadable) {
    lines.push(style.red(`Not read: ${unreadable.message} (line ${unreadable.span.start.line})`))
    lines.push(`  ${unreadable.hint}`, '')
    return lines.join('\n')
  }
  const names = new Map(elementsOf(model).map((e) => [e.id, e.writtenId ?? e.title]))
  const name: Name = (id) => names.get(id) ?? id
  for (const kind of Object.keys(headings) as (keyof typeof headings)[]) {
    lines.push(...listText(headings[kind], model[elementLists[kind]], name, options))
  }
  if (problems.length > 0) lines.push(style.bold(`Problems (${problems.length})`))
  for (const p of problems) {
    const at = style.dim(`${options.path}:${p.span.start.line}`)
    lines.push(`  ${at} ${style.yellow(p.code)} ${printable(p.message)}`)
    lines.push(style.dim(`      ${p.hint}`))
  }
  return `${lines.join('\n').trimEnd()}\n`
}

function listText(
  heading: string,
  elements: readonly Element[],
  name: Name,
  options: ModelTextOptions,
): string[] {
  if (elements.length === 0) return []
  const { style } = options
  const lines = [style.bold(`${heading} (${elements.length})`)]
  for (const element of elements) {
    const line = style.dim(String(element.span.start.line).padStart(5))
    const id = element.writtenId ? `${style.blue(printable(element.writtenId))} ` : ''
    lines.push(`${line}  ${id}${printable(element.title)}${details(element, name, style)}`)
    if (options.explain) lines.push(...origins(element, name, style))
  }
  return [...lines, '']
}

function details(element: Element, name: Name, style: Style): string {
  const notes = notesOf(element, name)
  return notes.length === 0 ? '' : style.dim(`  [${printable(notes.join(' · '))}]`)
}

function notesOf(element: Element, name: Name): string[] {
  switch (element.kind) {
    case 'asset':
      return codeNotes(element.code)
    case 'threat':
      return threatNotes(element, name)
    case 'mitigation':
      return mitigationNotes(element, name)
    case 'scope-note':
      return [element.scope]
    default:
      return []
  }
}

function threatNotes(threat: Threat, name: Name): string[] {
  const notes = [statusText(threat)]
  if (threat.scope !== 'direct') notes.push(threat.scope)
  if (threat.severity) notes.push(`severity ${threat.severity}`)
  if (threat.categories.length > 0) notes.push(threat.categories.join(', '))
  if (threat.mitigations.length > 0) notes.push(count(threat.mitigations.length, 'mitigation'))
  const assets = named(threat.assets, name, 'assets')
  if (assets !== '') notes.push(`of ${assets}`)
  const adversaries = threat.adversaries.filter((id) => !threat.title.endsWith(name(id)))
  if (adversaries.length > 0) notes.push(`by ${named(adversaries, name, 'adversaries')}`)
  return [...notes, ...codeNotes(threat.code)]
}

function statusText({ status, statusBasis, acceptance }: Threat): string {
  if (statusBasis === 'implied') return `${status} (implied)`
  if (status !== 'accepted' || acceptance === null) return status
  const until = acceptance.until === null ? '' : ` until ${acceptance.until}`
  return acceptance.owner === null ? status + until : `${status}${until} by ${acceptance.owner}`
}

/** What nothing ties to a threat is worth knowing: it answers none in any count. */
function mitigationNotes({ status, answers, code }: Mitigation, name: Name): string[] {
  const answered = `answers ${named(answers, name, 'threats') || 'no threat'}`
  return [...(status === 'unstated' ? [] : [status]), answered, ...codeNotes(code)]
}

/** Names while they are few. */
function named(ids: readonly string[], name: Name, noun: string): string {
  return ids.length > namesMax ? `${ids.length} ${noun}` : ids.map(name).join(', ')
}

function codeNotes(code: readonly CodeReference[]): string[] {
  const shown = code
    .slice(0, namesMax)
    .map(({ path, exists }) => (exists === false ? `${path} (not there)` : path))
  const more = code.length - shown.length
  if (more > 0) shown.push(`${more} more`)
  return shown.length === 0 ? [] : [`code ${shown.join(', ')}`]
}

function origins(element: Element, name: Name, style: Style): string[] {
  const found = element.origins.map((o) => `line ${o.line}, ${o.recogniser}: ${o.reason}`)
  if (element.kind === 'threat' && element.statusBasis !== 'none') {
    found.push(`status ${element.status} (${element.statusBasis}): "${element.statusEvidence}"`)
  }
  if (element.kind === 'threat') found.push(...tiesOf(element, name))
  return found.map((text) => style.dim(`         ${printable(text)}`))
}

/** By which sign of the document each mitigation belongs to the threat. */
function tiesOf(threat: Threat, name: Name): string[] {
  return threat.mitigations.map(({ id, tie }) => `mitigation by ${tie}: ${name(id)}`)
}

function count(n: number, word: string): string {
  return n === 1 ? `1 ${word}` : `${n} ${word}s`
}
