import type { Element, Reading, Threat, ThreatModel } from '../threat-model/model.ts'
import { elementLists } from '../threat-model/model.ts'
import { printable, type Style } from './style.ts'

/*
 * A reading as text for a person: what was found, kind by kind, each element with its line, then
 * what was not understood. With `explain`, each element says which recogniser found it and why.
 */

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
  for (const kind of Object.keys(headings) as (keyof typeof headings)[]) {
    lines.push(...listText(headings[kind], model[elementLists[kind]], model, options))
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
  model: ThreatModel,
  options: ModelTextOptions,
): string[] {
  if (elements.length === 0) return []
  const { style } = options
  const lines = [style.bold(`${heading} (${elements.length})`)]
  for (const element of elements) {
    const line = style.dim(String(element.span.start.line).padStart(5))
    const id = element.writtenId ? `${style.blue(printable(element.writtenId))} ` : ''
    lines.push(`${line}  ${id}${printable(element.title)}${details(element, model, style)}`)
    if (options.explain) lines.push(...origins(element, style))
  }
  return [...lines, '']
}

function details(element: Element, model: ThreatModel, style: Style): string {
  if (element.kind === 'threat') return threatDetails(element, model, style)
  if (element.kind === 'mitigation') return style.dim(`  [${element.status}]`)
  if (element.kind === 'scope-note') return style.dim(`  [${element.scope}]`)
  return ''
}

function threatDetails(threat: Threat, model: ThreatModel, style: Style): string {
  const notes = [statusText(threat)]
  if (threat.scope !== 'direct') notes.push(threat.scope)
  if (threat.severity) notes.push(`severity ${threat.severity}`)
  if (threat.categories.length > 0) notes.push(threat.categories.join(', '))
  if (threat.mitigations.length > 0) notes.push(count(threat.mitigations.length, 'mitigation'))
  const assets = threat.assets.flatMap((id) => model.assets.filter((a) => a.id === id))
  if (assets.length > 0) notes.push(`of ${assets.map((asset) => asset.title).join(', ')}`)
  return style.dim(`  [${printable(notes.join(' · '))}]`)
}

function statusText(threat: Threat): string {
  return threat.statusBasis === 'implied' ? `${threat.status} (implied)` : threat.status
}

function origins(element: Element, style: Style): string[] {
  const found = element.origins.map((o) => `line ${o.line}, ${o.recogniser}: ${o.reason}`)
  if (element.kind === 'threat' && element.statusBasis !== 'none') {
    found.push(`status ${element.status} (${element.statusBasis}): "${element.statusEvidence}"`)
  }
  return found.map((text) => style.dim(`         ${printable(text)}`))
}

function count(n: number, word: string): string {
  return n === 1 ? `1 ${word}` : `${n} ${word}s`
}
