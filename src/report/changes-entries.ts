import { type Change, type Comparison, sureConfidence } from '../diff/change.ts'
import type { ElementKind, ThreatModel } from '../threat-model/model.ts'
import { type ChangeEntry, fieldNames } from './changes-fields.ts'
import { type ChangeFold, type FoldedChange, foldEntries } from './changes-folds.ts'

/*
 * A list of changes arranged for people: by kind of element, one entry for each element with all
 * that happened to it, threats first. Text and Markdown print the same entries, so that nobody sees
 * more in one form than in the other. No text is cut or escaped here.
 */

export interface ChangeGroup {
  element: ElementKind
  /** In the order of the document: where each stands now, or where it stood. */
  entries: ChangeEntry[]
  /** What happened alike to several, who are not among the entries. */
  folds: ChangeFold[]
}

const order: ElementKind[] = [
  'threat',
  'mitigation',
  'scope-note',
  'assumption',
  'boundary',
  'asset',
  'adversary',
  'attack',
]

/** Headings of the groups. */
export const groupNames: Record<ElementKind, string> = {
  threat: 'Threats',
  mitigation: 'Mitigations',
  'scope-note': 'Limitations and scope',
  assumption: 'Assumptions',
  boundary: 'Trust boundaries',
  asset: 'Assets',
  adversary: 'Adversaries',
  attack: 'Attacks',
}

export function changeGroups(comparison: Comparison): ChangeGroup[] {
  return order.flatMap((element) => {
    const own = comparison.changes.filter((change) => change.element === element)
    return own.length === 0 ? [] : [{ element, ...foldEntries(entriesOf(own, comparison)) }]
  })
}

function entriesOf(changes: readonly Change[], comparison: Comparison): ChangeEntry[] {
  const byElement = new Map<string, Change[]>()
  for (const change of changes) {
    const key = `${change.afterSpan === null ? 'before' : 'after'} ${change.id}`
    const list = byElement.get(key)
    if (list === undefined) byElement.set(key, [change])
    else list.push(change)
  }
  return [...byElement.values()]
    .map((own) => entryOf(own, comparison))
    .sort((a, b) => a.line - b.line)
}

function entryOf(changes: Change[], comparison: Comparison): ChangeEntry {
  const [first] = changes
  const removed = first?.afterSpan === null
  const span = first?.afterSpan ?? first?.beforeSpan
  const directions = changes.map((change) => change.direction)
  const stronger = directions.includes('stronger') ? 'stronger' : 'neutral'
  return {
    changes,
    title: first?.title ?? '',
    previousTitle: changes.find((change) => change.field === 'title')?.previousTitle ?? null,
    line: span?.start.line ?? 0,
    removed,
    direction: directions.includes('weaker') ? 'weaker' : stronger,
    answers: first === undefined ? [] : answersOf(first, comparison),
    doubt: doubtOf(changes),
  }
}

function answersOf(change: Change, { before, after }: Comparison): string[] {
  switch (change.kind) {
    case 'added':
      return answeredIn(after, change)
    case 'removed':
      return answeredIn(before, change)
    default:
      return []
  }
}

function answeredIn(model: ThreatModel, change: Change): string[] {
  if (change.element !== 'mitigation') return []
  const answered =
    model.mitigations.find((mitigation) => mitigation.id === change.id)?.answers ?? []
  const known = new Set(answered)
  return model.threats.filter((threat) => known.has(threat.id)).map((threat) => threat.title)
}

/** Only pairs are doubted; that a new element is new needs no second thought of the reader. */
function doubtOf(changes: readonly Change[]): ChangeEntry['doubt'] {
  const paired = changes.find((change) => change.kind !== 'added' && change.kind !== 'removed')
  if (paired === undefined || paired.confidence >= sureConfidence) return null
  return { percent: Math.round(paired.confidence * 100), reason: paired.reason }
}

/** "2 changes of meaning: 1 weaker, 1 neutral", or that there is none. */
export function changeCount(changes: readonly Change[]): string {
  if (changes.length === 0) return 'No change of meaning'
  const counts = (['weaker', 'stronger', 'neutral'] as const).flatMap((direction) => {
    const count = changes.filter((change) => change.direction === direction).length
    return count === 0 ? [] : `${count} ${direction}`
  })
  const noun = changes.length === 1 ? 'change' : 'changes'
  return `${changes.length} ${noun} of meaning: ${counts.join(', ')}`
}

/** Values that stand one a line in a change. */
export function linesOf(text: string | null): string[] {
  return text === null ? [] : text.split('\n')
}

/** What the list of an entry says in words, without before and after. */
export function verbOf(change: Change): string {
  switch (change.kind) {
    case 'added':
      return 'new'
    case 'split':
      return 'divided into several'
    case 'merged':
      return 'joined from several'
    case 'status-changed':
    case 'severity-changed':
    case 'link-changed':
      return `${change.field === null ? 'links' : fieldNames[change.field]} changed`
    case 'moved':
      return change.field === 'answers' ? 'answers other threats' : 'moved to another section'
    case 'reworded':
      return change.field === 'title' ? 'reworded' : 'text reworded'
    default:
      return change.kind
  }
}

/** "“cell” → “sandbox”, likelihood no longer given"; `quote` makes the document's words safe. */
export function foldText(told: readonly FoldedChange[], quote: (text: string) => string): string {
  const parts = told.map((change) => {
    if (change.kind === 'value') return `${change.field} ${change.verb}`
    return `“${quote(change.before)}” → “${quote(change.after)}”`
  })
  return parts.join(', ')
}
