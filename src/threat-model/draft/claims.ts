import type { Span } from '../../shared/span.ts'
import type { Document } from './draft.ts'

/**
 * True when another recogniser reads all of these places: threats found there would be dropped, and
 * a list of thousands need not be read twice.
 */
export function areClaimed(places: readonly { span: Span }[], { claimed }: Document): boolean {
  return claimed.length > 0 && places.every(({ span }) => claimed.some((one) => holds(one, span)))
}

function holds(outer: Span, inner: Span): boolean {
  return outer.start.offset <= inner.start.offset && inner.end.offset <= outer.end.offset
}
