import type { Change, Comparison } from '../../src/diff/change.ts'
import { normal } from '../../src/diff/normal.ts'
import type { Edit, Edited, EditKind } from './edits.ts'
import { threatTitle } from './generate.ts'
import type { Sketch } from './sketch.ts'

/*
 * Was an edit recognised as what it was? The judge knows from the sketches which element is which;
 * the comparison knows only the two models (or documents). Three things are asked: the pairs are
 * the right ones, the change has the right kind, and nothing else is told of elements nobody
 * touched.
 */

/** What the comparison must say about an edit of each kind. */
const expected: Record<EditKind, (change: Change) => boolean> = {
  reword: (c) => c.kind === 'reworded' || c.kind === 'renamed',
  'reword mitigation': (c) => c.kind === 'reworded' || c.kind === 'renamed',
  rename: (c) => c.kind === 'renamed',
  move: (c) => c.kind === 'moved' && c.field === 'section',
  reorder: () => false,
  renumber: () => false,
  split: (c) => c.kind === 'split' && c.others.length === 1,
  merge: (c) => c.kind === 'merged' && c.others.length === 1,
  reflow: () => false,
  duplicate: (c) => c.kind === 'added',
  'remove threat': (c) => c.kind === 'removed' && c.element === 'threat',
  'remove mitigation': (c) => c.kind === 'removed' && c.element === 'mitigation',
  'remove limitation': (c) => c.kind === 'removed',
  'change status': (c) => c.kind === 'status-changed' && c.field === 'status',
  'change severity': (c) => c.kind === 'severity-changed' && c.field === 'severity',
  'move mitigation': (c) => c.kind === 'moved' && c.field === 'answers',
  'add threat': (c) => c.kind === 'added' && c.element === 'threat',
}

const silent: EditKind[] = ['reorder', 'renumber', 'reflow']
/** Further changes that may be told of the same elements. */
const allowed: Partial<Record<EditKind, (change: Change) => boolean>> = {
  move: (c) => c.field === 'categories',
  split: (c) => c.kind === 'reworded' && c.field === 'body',
  merge: (c) => c.kind === 'reworded' && c.field === 'body',
  rename: (c) => c.kind === 'reworded',
}

export interface Verdict {
  /** Edit by edit; no flaws when it was recognised. */
  edits: { edit: Edit; flaws: string[] }[]
}

export function judge({ base, head, edits }: Edited, comparison: Comparison): Verdict {
  const names: Names = { before: keysByTitle(base), after: keysByTitle(head) }
  const touched = new Set(edits.flatMap((edit) => edit.keys))
  const rows = comparison.changes.map((change) => ({ change, keys: keysOf(change, names) }))
  const stray = rows.filter((row) => row.keys.every((key) => !touched.has(key)))
  const wrong = wrongPairs(names, comparison)
  return {
    edits: edits.map((edit) => {
      const own = rows.filter((row) => row.keys.some((key) => edit.keys.includes(key)))
      const mispaired = wrong.filter((pair) => pair.keys.some((key) => edit.keys.includes(key)))
      const everywhere = silent.includes(edit.kind) ? stray : []
      const flaws = [
        ...mispaired.filter(() => !loose.includes(edit.kind)).map((pair) => pair.flaw),
        ...missing(edit, own),
        ...excess(edit, [...own, ...everywhere]),
      ]
      return { edit, flaws }
    }),
  }
}

interface Names {
  before: Map<string, string>
  after: Map<string, string>
}

interface Row {
  change: Change
  keys: string[]
}

/** Which of two equal elements is the copy, or which part is the main one, is nobody's business. */
const loose: EditKind[] = ['duplicate', 'split', 'merge']

function keysOf(change: Change, names: Names): string[] {
  const { element, title, previousTitle } = change
  const sides = change.kind === 'removed' ? [names.before] : [names.after]
  const found = sides.flatMap((side) => side.get(nameOf({ kind: element, title })) ?? [])
  const before = names.before.get(nameOf({ kind: element, title: previousTitle ?? title }))
  return before === undefined ? found : [...found, before]
}

/** Every element that both sketches have must be paired with itself. */
function wrongPairs(names: Names, comparison: Comparison): { keys: string[]; flaw: string }[] {
  const wrong: { keys: string[]; flaw: string }[] = []
  const paired = new Set<string>()
  for (const { before, after } of comparison.matches) {
    const left = names.before.get(nameOf(before))
    const right = names.after.get(nameOf(after))
    if (left === undefined || right === undefined) continue
    paired.add(left)
    if (left === right) continue
    const flaw = `${left} was taken for ${right}: ${before.title} | ${after.title}`
    wrong.push({ keys: [left, right], flaw })
  }
  const now = new Set(names.after.values())
  for (const key of names.before.values()) {
    if (now.has(key) && !paired.has(key)) wrong.push({ keys: [key], flaw: `${key} was not found` })
  }
  return wrong
}

function nameOf(element: { kind: string; title: string }): string {
  return `${element.kind} ${normal(element.title)}`
}

function keysByTitle(sketch: Sketch): Map<string, string> {
  const keys = new Map<string, string>()
  const note = (kind: string, title: string, key: string) => {
    keys.set(`${kind} ${normal(title)}`, key)
  }
  for (const { key, title } of sketch.assets) note('asset', title, key)
  for (const { key, title } of sketch.adversaries) note('adversary', title, key)
  for (const { key, title } of sketch.attacks) note('attack', title, key)
  for (const { key, title } of sketch.mitigations) note('mitigation', title, key)
  for (const { key, title } of sketch.assumptions) note('assumption', title, key)
  // A reader may take "not watched at night" for a threat that is open.
  for (const { key, title } of sketch.limitations) {
    note('scope-note', title, key)
    note('threat', title, key)
  }
  for (const threat of sketch.threats) note('threat', threatTitle(sketch, threat), threat.key)
  return keys
}

function missing(edit: Edit, own: Row[]): string[] {
  if (silent.includes(edit.kind) || own.some((row) => expected[edit.kind](row.change))) return []
  return [`nothing tells the ${edit.kind} of ${edit.keys}: ${shown(own)}`]
}

function excess(edit: Edit, rows: Row[]): string[] {
  const more = rows.filter(({ change }) => {
    return !expected[edit.kind](change) && !allowed[edit.kind]?.(change)
  })
  return more.length === 0 ? [] : [`told without cause: ${shown(more)}`]
}

function shown(rows: Row[]): string {
  return rows
    .map(
      ({ change: c }) =>
        `${c.kind} ${c.element} ${c.field ?? ''} "${c.previousTitle ?? ''}" "${c.title}"`,
    )
    .join('; ')
}
