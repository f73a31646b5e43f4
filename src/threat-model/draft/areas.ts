import type { Entry, List } from '../outline/types.ts'
import { classOf } from '../vocabulary/vocabulary.ts'
import { soundsLikeAttack } from '../vocabulary/words.ts'
import type { ThreatDraft } from './draft.ts'
import { type EntryParts, threatOfEntry } from './entries.ts'
import { labelOf } from './labels.ts'

/*
 * Lists of areas or classes, with what may happen in each one level below: the finest unit is the
 * threat, and the area only sorts.
 *
 *   1. Weighing                        2. Spoofing
 *      - The scale can be loaded          - A neighbour signs as the miller
 *      - A weight is lost                 - A false stamp is shown
 *
 * What stands below an attack explains it: a list whose own entries name attacks is no such list.
 */
export function ofAreas(list: List, parts: EntryParts): ThreatDraft[] | null {
  const areas = list.entries.map((entry) => ({ entry, inner: entriesBelow(entry) }))
  const filled = areas.filter(({ inner }) => inner.length > 0)
  if (filled.length < 2 || filled.length * 4 < areas.length * 3) return null
  if (!areas.every(({ entry }) => isPlainName(entry))) return null
  const told = filled.flatMap(({ inner }) => inner)
  if (told.some(({ head }) => labelOf(head)?.field != null)) return null
  const areClasses = areas.every(({ entry }) => classOf(nameOfArea(entry)) !== null)
  if (!areClasses && !tellsHarm(areas, told)) return null
  return filled.flatMap(({ entry, inner }) => {
    const name = nameOfArea(entry)
    const own = { ...parts, categories: [classOf(name) ?? name.toLowerCase()] }
    return inner.flatMap((one) => threatOfEntry(one, own) ?? [])
  })
}

/** Hardly an area names an attack, and most of what stands below does. */
function tellsHarm(areas: readonly { entry: Entry }[], told: readonly Entry[]): boolean {
  const attacks = areas.filter(({ entry }) => soundsLikeAttack(entry.head.text))
  if (attacks.length * 4 > areas.length || told.length < 3) return false
  const harms = told.filter(({ head }) => soundsLikeAttack(head.text) || mayHappen.test(head.text))
  return harms.length * 2 >= told.length
}

function nameOfArea({ head }: Entry): string {
  return head.text.replace(/[\s::.]+$/, '')
}

/** A few words, with nothing said of them: "Weighing", "**Networking** (inside and out):". */
function isPlainName({ head, rest }: Entry): boolean {
  const name = head.text.replace(/\([^()]*\)/g, ' ').replace(/[\s::]+$/, '')
  if (rest !== '' || /[.::;!?]|\s[—–-]\s/.test(name)) return false
  return name.trim().split(/\s+/).length <= longestName
}

const longestName = 6

/** A possibility in a whole sentence. */
const mayHappen = /^(?=(?:\S+\s+){4}).*\b(?:may|might|could|can)\b/i

function entriesBelow({ blocks }: Entry): Entry[] {
  return blocks.flatMap((block) => (block.type === 'list' ? block.entries : []))
}
