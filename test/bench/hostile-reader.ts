import { forgetTexts } from '../../src/threat-model/markdown/markdown.ts'
import { read } from '../../src/threat-model/read.ts'
import { hostileShapes } from '../support/hostile.ts'
import { asHeadings } from './documents.ts'

/* What the bench `hostile` runs in a thread: one reading of one text, as for the first time. */

export interface ReadAsked {
  /** A shape's name, or '' for a real register of threats. */
  shape: string
  chars: number
}

export interface ReadDone {
  /** Processor time. */
  ms: number
  /** 'read', or why not. */
  end: string
}

/** Longer than any size asked for. */
const charsPerThreat = 170

export function readShape({ shape, chars }: ReadAsked): ReadDone {
  const text = textOf(shape, chars)
  forgetTexts()
  const start = process.cpuUsage()
  const { unreadable } = read(text)
  const { user, system } = process.cpuUsage(start)
  return { ms: (user + system) / 1_000, end: unreadable?.message ?? 'read' }
}

function textOf(shape: string, chars: number): string {
  const hostile = hostileShapes.find(({ name }) => name === shape)
  if (hostile !== undefined) return hostile.make(chars)
  return asHeadings(Math.ceil(chars / charsPerThreat)).text.slice(0, chars)
}
