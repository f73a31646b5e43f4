import { titled } from '../identity.ts'
import type { Entry, Section } from '../outline/types.ts'
import { type Draft, sectionTrail } from './draft.ts'
import { bodyOfEntry, nameOf } from './names.ts'

type Side = 'in-scope' | 'out-of-scope'

/** What only says where the model ends, and threatens nothing. */
export function scopeNote(entry: Entry, section: Section, scope: Side): Draft {
  const name = titled(nameOf(entry.head))
  return {
    kind: 'scope-note',
    ...name,
    span: entry.span,
    places: [entry.span],
    section: sectionTrail(section),
    certainty: 'stated',
    body: bodyOfEntry(entry),
    recogniser: 'scope-lists',
    reason: `an entry under "${section.heading.text}"`,
    rank: 2,
    scope,
  }
}
