import type { Entry } from '../outline/types.ts'
import { pattern } from '../vocabulary/pattern.ts'
import { soundsLikeControl } from '../vocabulary/words.ts'

/*
 * Titles that name a kind of attacks, and none in particular: "Physical attacks", "Key compromise
 * scenarios". What stands below them are the threats.
 */

/** A title for many, over bullets that are no answers. */
export function announcesMany(title: string, entries: readonly Entry[]): boolean {
  if (!isKindOfAttacks(title.replace(/\s*\([^()]{1,40}\)$/, '')) || entries.length === 0)
    return false
  const controls = entries.filter((entry) => soundsLikeControl(entry.head.text))
  return controls.length * 2 <= entries.length
}

/** "Physical hardware attacks" are many and none in particular; "Replay attacks" are one. */
export function isKindOfAttacks(title: string): boolean {
  return kindOfAttacks.test(title) || manyOf.test(title)
}

/** "Key compromise scenarios", "Abuse and spam considerations" announce many. */
const manyOf = /\s(?:scenarios|considerations|concerns|vectors|exposures|problems|failures)$/i

const kindOfAttacks = pattern(
  'i',
  '^(?:(?:and|or|other|physical|hardware|software|network|local|remote|external|internal',
  '|online|offline|active|passive|social|human|legal|client|server|host|device|mobile|web|cloud',
  '|browser|protocol|platform|firmware|operating system|application|infrastructure|invasive',
  String.raw`|non-invasive|client-side|server-side|user)\s+)+(?:attacks|threats|risks)`,
  '(?: (?:on|to|against) .{2,60})?$',
)
