import type { Draft } from '../draft/draft.ts'
import { slugOf } from '../identity.ts'
import { plainSpan } from '../markdown/place.ts'
import type { Merged } from '../merge/merge.ts'
import type { ElementBase } from '../model.ts'

/** What all elements have. Spans are copied: those of drafts move (markdown/place.ts). */

/** Hands out the id that is wanted, or one like it. */
export type Ids = (wanted: string) => string

export function base<D extends Draft>(
  { draft, slug, places, origins }: Merged<D>,
  ids: Ids,
): ElementBase<D['kind']> {
  const span = plainSpan(draft.span)
  return {
    kind: draft.kind,
    id: ids(slug ?? slugOf(draft.writtenId ?? draft.title)),
    writtenId: draft.writtenId,
    title: draft.title,
    span,
    places: places.map((place) => (place === draft.span ? span : plainSpan(place))),
    section: [...draft.section],
    certainty: draft.certainty,
    body: draft.body.slice(0, bodyLength),
    origins,
  }
}

/** A body is for people and for similarity; beyond this it serves neither. */
const bodyLength = 20_000
