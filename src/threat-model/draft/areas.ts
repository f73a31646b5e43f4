import type { Entry, List } from '../outline/types.ts'
import { withoutEnd } from '../vocabulary/pattern.ts'
import { classOf, isAnswer } from '../vocabulary/vocabulary.ts'
import { soundsLikeAttack } from '../vocabulary/words.ts'
import type { ThreatDraft } from './draft.ts'
import { type EntryParts, threatOfEntry } from './entries.ts'
import { type Fields, fieldsOfBlocks } from './fields.ts'
import { controlsForAll } from './group-controls.ts'
import { labelOf } from './labels.ts'
import { isAskedFor } from './lists.ts'

/*
 * Lists of areas or classes, with what may happen in each one level below: the finest unit is the
 * threat, and the area only sorts. A label among what stands below answers the whole area.
 *
 *   1. Weighing                        - **Spoofing**: threats to the mill include:
 *      - The scale can be loaded          - False stamp: a stamp is carved by anybody
 *      - A weight is lost                 - **Remediation**:
 *   2. Failures of the store                - Stamps are numbered
 *      - Mice spoil the flour
 *
 * What stands below an attack explains it: a list whose own entries name attacks is no such list.
 */
export function ofAreas(list: List, parts: EntryParts): ThreatDraft[] | null {
  const areas = list.entries.map(areaOf)
  const filled = areas.filter(({ inner }) => inner.length > 0)
  if (filled.length < 2 || filled.length * 4 < areas.length * 3) return null
  if (areas.some(({ name, fields }) => name === null || statesThreat(fields))) return null
  const areClasses = areas.every(({ name }) => classOf(name ?? '') !== null)
  if (!areClasses && !tellsHarm(areas)) return null
  return filled.flatMap((area) => ofArea(area, parts))
}

interface Area {
  /** Null for what is more than a name. */
  name: string | null
  fields: Fields
  inner: Entry[]
}

function areaOf(entry: Entry): Area {
  const told = fieldsOfBlocks(entry.blocks)
  const below = told.loose.flatMap((block) => (block.type === 'list' ? [block] : []))
  const inner = below.flatMap(({ entries }) => entries)
  // One label among many names is found by itself.
  const own = below.map((list) => ({ ...list, entries: list.entries.filter(isLabelled) }))
  const values = [...told.values, ...fieldsOfBlocks(own).values]
  const named = inner.filter((one) => !isLabelled(one) && !isAskedFor(one))
  return { name: nameOfArea(entry), fields: { values, loose: [] }, inner: named }
}

function isLabelled({ head }: Entry): boolean {
  const field = labelOf(head)?.field ?? null
  return field !== null && isAnswer(field)
}

/** "**Tampering**: threats on the mill are:" over bullets introduces them. */
export function introducesBullets({ head, blocks }: Entry): boolean {
  return /[::]$/.test(head.text) && blocks.some(({ type }) => type === 'list')
}

function nameOfArea(entry: Entry): string | null {
  const { lead } = entry.head
  if (introducesBullets(entry) && classOf(lead) !== null) return withoutEnd(lead, /[\s::.]/)
  return isPlainName(entry) ? withoutEnd(entry.head.text, /[\s::.]/) : null
}

function ofArea({ name, fields, inner }: Area, parts: EntryParts): ThreatDraft[] {
  const words = name ?? ''
  const categories = [classOf(words) ?? words.toLowerCase()]
  const answers = fields.values.filter(({ field }) => isAnswer(field))
  const group = controlsForAll(answers, words)
  const drafts = inner.flatMap((one) => threatOfEntry(one, { ...parts, categories }) ?? [])
  for (const draft of drafts) draft.mitigations.push(...group)
  return drafts
}

function statesThreat({ values }: Fields): boolean {
  return values.some(({ field }) => field !== null && !isAnswer(field))
}

/** Hardly an area names an attack, or all name kinds of them; most of what stands below does. */
function tellsHarm(areas: readonly Area[]): boolean {
  const told = areas.flatMap(({ inner }) => inner)
  const attacks = areas.filter(({ name }) => soundsLikeAttack(name ?? ''))
  const kinds = areas.filter(({ name }) => kind.test(name ?? ''))
  if (told.length < 3) return false
  if (attacks.length * 4 > areas.length && kinds.length < areas.length) return false
  const harms = told.filter(({ head }) => soundsLikeAttack(head.text) || mayHappen.test(head.text))
  return harms.length * 2 >= told.length
}

/** "Store failures" are of a kind, and none in particular. */
const kind = /\S (?:attacks|threats|risks|failures|vectors|vulnerabilities|issues|abuses)$/i

/** A few words, with nothing said of them: "Weighing", "**Networking** (inside and out):". */
function isPlainName({ head, rest }: Entry): boolean {
  const name = withoutEnd(head.text.replace(/\([^()]*\)/g, ' '), /[\s::]/)
  if (rest !== '' || /[.::;!?]|\s[—–-]\s/.test(name)) return false
  return name.trim().split(/\s+/).length <= longestName
}

const longestName = 6

/** A possibility in a whole sentence. */
const mayHappen = /^(?=(?:\S+\s+){4}).*\b(?:may|might|could|can)\b/i
