import type { Point, Span } from '../../shared/span.ts'
import type { Draft } from '../draft/draft.ts'
import { slugOf } from '../identity.ts'
import { plainSpan } from '../markdown/place.ts'
import type { Merged } from '../merge/merge.ts'
import type { ElementBase } from '../model.ts'
import { keptIn } from '../remember.ts'

/** What all elements have. Spans are copied: those of drafts move (markdown/place.ts). */

/** Hands out the id that is wanted, or one like it. */
export type Ids = (wanted: string) => string

export function base<D extends Draft>(
  { draft, slug, places, origins }: Merged<D>,
  ids: Ids,
): ElementBase<D['kind']> {
  const span = settledSpan(draft)
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

/** The span of a draft that stands where it stood in the version before is the same object. */
function settledSpan(draft: Draft): Span {
  const before = spans.get(draft)
  if (before !== undefined && isEqual(before, draft.span)) return before
  const span = plainSpan(draft.span)
  spans.set(draft, span)
  return span
}

const spans = keptIn<Draft, Span>()

function isEqual(one: Span, { start, end }: Span): boolean {
  return isEqualPoint(one.start, start) && isEqualPoint(one.end, end)
}

function isEqualPoint(one: Point, { line, column, offset }: Point): boolean {
  return one.offset === offset && one.line === line && one.column === column
}

/** A body is for people and for similarity; beyond this it serves neither. */
const bodyLength = 20_000
