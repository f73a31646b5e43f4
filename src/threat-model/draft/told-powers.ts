import type { Span } from '../../shared/span.ts'
import { rememberingEntries } from '../outline/keep.ts'
import type { Phrase } from '../outline/phrase.ts'
import type { Block, Entry, List } from '../outline/types.ts'
import { explicit, implied, type StatusReading } from '../status/status.ts'
import { pattern } from '../vocabulary/pattern.ts'
import { labelOf } from './labels.ts'
import { powerOf, spying } from './powers.ts'

/*
 * What stands behind labels such as "Can:" and "Cannot:", deed by deed, and what that says of how
 * each stands.
 */

export interface ToldPower {
  can: boolean
  /** Deeds in the words behind the label. */
  words: string[]
  /** Deeds in bullets below it. */
  entries: Entry[]
  span: Span
}

/** Of the lines of paragraphs and of bullets. */
export function toldPowers(blocks: readonly Block[]): ToldPower[] {
  return blocks.flatMap((block) => {
    if (block.type === 'paragraph')
      return block.lines.flatMap((line) => toldBehind(line, [], line.span) ?? [])
    return block.type === 'list' ? block.entries.flatMap((entry) => toldIn(entry) ?? []) : []
  })
}

/** True for a list whose bullets begin with "Can:" or "Cannot:" as labels. */
export function labelsPowers(list: List): boolean {
  return tellPowers(list).includes(true)
}

const tellPowers = rememberingEntries((entry) => toldIn(entry) !== null)

function toldIn({ head, restLines, blocks, span }: Entry): ToldPower | null {
  const below = blocks.flatMap((block) => (block.type === 'list' ? block.entries : []))
  const told = toldBehind(head, below, span)
  if (told === null || restLines.length === 0) return told
  const text = [...told.words, ...restLines.map((line) => line.text)].join(' ')
  return { ...told, words: deedsIn(text) }
}

function toldBehind(line: Phrase, entries: Entry[], span: Span): ToldPower | null {
  const isColon = /[::]\s*$/.test(line.lead) || /^\s*[::]/.test(line.afterLead)
  const label = isColon || line.lead === '' ? boldOrPlain(line) : null
  if (label === null) return null
  const power = powerOf(label.name)
  if (power === null || power.adversary !== '') return null
  return { can: power.can, words: deedsIn(label.text), entries, span }
}

/** "Can: …" needs no bold. */
function boldOrPlain(line: Phrase): { name: string; text: string } | null {
  const label = line.lead === '' ? null : labelOf(line)
  if (label !== null) return { name: label.label, text: label.value.text }
  const match = /^(can(?:not| not|['’]t)?(?: do)?)\s*[::]\s+(\S.*)$/i.exec(line.text)
  return match === null ? null : { name: match[1] ?? '', text: match[2] ?? '' }
}

/** "count parcels; delay one. Cannot open two": a deed each; what explains one stays with it. */
function deedsIn(text: string): string[] {
  const deeds: string[] = []
  let depth = 0
  for (const part of text.split(boundary)) {
    const last = deeds.at(-1)
    if (last !== undefined && (depth > 0 || explains.test(part)))
      deeds[deeds.length - 1] = `${last}; ${part}`
    else deeds.push(part.replace(again, ''))
    depth += part.split('(').length - part.split(')').length
  }
  return deeds.map((deed) => deed.replace(/[\s.;]+$/, '')).filter((deed) => deed !== '')
}

const boundary = /;\s+|(?<=[.!?])\s+(?=(?:can|cannot|can['’]t)\s)/i
const explains = /^(?:the|an?|this|these|that|all|each|every|no|because|since|so|as|its)\s/i
const again = /^(?:(?:and|or|nor) )?(?:(?:it|they|he|she) )?(?:can(?:not| not|['’]t)?\s)?/i

/** Can is unmitigated, unless the words themselves say that it is noticed or can be avoided. */
export function verdictOfPower(text: string, can: boolean): StatusReading {
  if (!can) return explicit('mitigated', text)
  if (metInPart.test(text)) return explicit('partial', text)
  const avoidable = /\b(?:is|are|be) (?:detected|noticed|frustrated)\b|\bunless\b/i.test(text)
  return avoidable ? implied('partial', text) : explicit('unmitigated', text)
}

/** "Can read the sizes (mitigated by padding)": still can, though less. */
const metInPart =
  /\b(?:partly |partially |somewhat )?(?:mitigated|limited|reduced|bounded) (?:by|through|via)\b/i

/** "The relay may still learn or infer:" asks it of what carries or stores for others. */
export function looksOn(intro: string, name: string): boolean {
  return watching.test(intro) && carrier.test(name)
}

const watching = pattern('i', String.raw`\b(?:can|could|may|might)(?: still| also)? ${spying}\b`)
const carrier = pattern(
  'i',
  String.raw`\b(?:servers?|relays?|hosts?|providers?|networks?|isps?|peers?|nodes?|observers?`,
  String.raw`|platforms?|hub|broker)(?: operators?)?\W*$`,
)
