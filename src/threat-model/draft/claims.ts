import type { Span } from '../../shared/span.ts'
import type { Document } from './draft.ts'

/**
 * True when another recogniser reads all of these places: threats found there would be dropped, and
 * a list of thousands need not be read twice.
 */
export function areClaimed(places: readonly { span: Span }[], { claimed }: Document): boolean {
  return claimed.length > 0 && places.every(({ span }) => claimed.some((one) => holds(one, span)))
}

/** True for what starts in one of these places; a threat does not stand where another claims it. */
export function startsIn(span: Span, places: readonly Span[]): boolean {
  if (places.length === 0) return false
  const { offset } = span.start
  return places.some(({ start, end }) => offset >= start.offset && offset <= end.offset)
}

function holds(outer: Span, inner: Span): boolean {
  return outer.start.offset <= inner.start.offset && inner.end.offset <= outer.end.offset
}
