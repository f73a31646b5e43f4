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
  const marks = entries.map((entry) => isDone(entry, legend)).filter((done) => done !== null)
  if (marks.length < fewestMarked || marks.length * 2 <= entries.length) return null
  const first = entries[0]?.head.text ?? ''
  const open = entries.find((entry) => isDone(entry, legend) === false)
  if (open === undefined) return areSigned(entries) ? explicit('mitigated', first) : null
  const evidence = open.head.text
  return explicit(marks.includes(true) ? 'partial' : 'planned', evidence)
}

/** Every control begins with a sign, and none with a box: "✅ Nonces", "✅ Short life". */
function areSigned(entries: readonly Entry[]): boolean {
  return entries.every(({ head, ticked }) => ticked === null && signed.test(head.text))
}

const signed = /^(?:\p{Extended_Pictographic}\u{fe0f}?|[✓✔✗✘])/u

/** True for what is done, false for what is half done or to be done; null without a mark. */
function isDone({ head, ticked }: Entry, legend: Legend): boolean | null {
  if (ticked !== null) return ticked
  const sign = signed.exec(head.text)?.[0]
  if (sign === undefined) return null
  const status = statusInWords(sign, legend)?.status
  return status === undefined ? null : status === 'mitigated'
}
