import type { Entry } from '../outline/types.ts'
import { explicit, type Legend, type StatusReading, statusInWords } from '../status/status.ts'
import type { Fields } from './fields.ts'

/** Fewer marked controls are an ornament. */
const fewestMarked = 2

/**
 * What the marks of the controls say together: "✅ Nonces", "⚠️ Short life" and "[x] Keys" beside
 * "[ ] Rotation" are half of an answer. Null when boxes say that all is done, or nothing is marked.
 */
export function statusOfMarks({ values }: Fields, legend: Legend): StatusReading | null {
  const entries = values.flatMap((value) => (value.field === 'mitigation' ? value.entries : []))
  const marks = entries.map((entry) => doneOf(entry, legend)).filter((done) => done !== null)
  if (marks.length < fewestMarked || marks.length * 2 <= entries.length) return null
  const first = entries[0]?.head.text ?? ''
  const open = entries.find((entry) => isOpen(doneOf(entry, legend)))
  if (open === undefined) return areSigned(entries) ? explicit('mitigated', first) : null
  const evidence = open.head.text
  return explicit(marks.every((done) => done === 'no') ? 'planned' : 'partial', evidence)
}

/** Every control begins with a sign, and none with a box: "✅ Nonces", "✅ Short life". */
function areSigned(entries: readonly Entry[]): boolean {
  return entries.every(({ head, ticked }) => ticked === null && signed.test(head.text))
}

const signed = /^(?:\p{Extended_Pictographic}\u{fe0f}?|[✓✔✗✘])/u

type Done = 'yes' | 'half' | 'no'

function isOpen(done: Done | null): boolean {
  return done === 'half' || done === 'no'
}

/** How far a control is by its mark; null without one. */
function doneOf({ head, ticked }: Entry, legend: Legend): Done | null {
  if (ticked !== null) return ticked ? 'yes' : 'no'
  const sign = signed.exec(head.text)?.[0]
  if (sign === undefined) return null
  const status = statusInWords(sign, legend)?.status
  if (status === undefined) return null
  if (status === 'partial') return 'half'
  return status === 'mitigated' ? 'yes' : 'no'
}
