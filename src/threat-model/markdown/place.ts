import type { Point, Span } from '../../shared/span.ts'

/*
 * Points that move with the piece of text they stand in. The head of a pull request has most
 * pieces of its base, a few lines further down: their trees, and all that was made of them, are
 * kept and used again, and only the place of each piece is told anew.
 *
 *     place  line 40, offset 1800        a piece that stands there
 *              └─ point  +2, 5, +61      line 42, column 5, offset 1861
 *
 * So a point says where it is *now*. Whoever keeps one longer than a reading, or hands it out,
 * makes a plain one of it (`plainSpan`); and a point that is found from another by counting is put
 * beside it (`beside`), or it stays behind when the piece moves. Copying with `{ ...point }` copies
 * nothing: the values are not the point's own.
 */

/** Where a piece stands in its document: added to its offsets and lines. */
export interface Place {
  offset: number
  line: number
}

class PlacedPoint implements Point {
  readonly place: Place
  readonly column: number
  private readonly lines: number
  private readonly signs: number

  /** `line` and `offset` are counted in the piece. */
  constructor(place: Place, { line, column, offset }: Point) {
    this.place = place
    this.lines = line
    this.column = column
    this.signs = offset
  }

  get line(): number {
    return this.place.line + this.lines
  }

  get offset(): number {
    return this.place.offset + this.signs
  }

  /** Whether it was made of `point`, which is counted in the piece. */
  isOf({ line, column, offset }: ParsedPoint): boolean {
    return this.signs === offset && this.lines === line && this.column === column
  }

  /** The same point in another piece of the same text. */
  at(place: Place): PlacedPoint {
    return new PlacedPoint(place, { line: this.lines, column: this.column, offset: this.signs })
  }
}

/** A point counted in a piece, as one that moves with its place. */
export function placed(point: ParsedPoint, place: Place): Point {
  if (point instanceof PlacedPoint) return point.at(place)
  return new PlacedPoint(place, { ...point, offset: point.offset ?? 0 })
}

/** Whether `point` is what `placed` would make of a point counted in the same piece. */
export function isPlaced(point: ParsedPoint, counted: ParsedPoint): boolean {
  return point instanceof PlacedPoint && point.isOf(counted)
}

/** As the parser gives it. */
interface ParsedPoint {
  line: number
  column: number
  offset?: number | undefined
}

/** `point`, which is right now, as one that moves with `other`, if that does. */
export function beside(other: Point, point: Point): Point {
  if (!(other instanceof PlacedPoint)) return point
  const { place } = other
  const { line, column, offset } = point
  return new PlacedPoint(place, { line: line - place.line, column, offset: offset - place.offset })
}

export function plainPoint({ line, column, offset = 0 }: ParsedPoint): Point {
  return { line, column, offset }
}

/** The span as it is now, which stays as it is. */
export function plainSpan({ start, end }: Span): Span {
  return { start: plainPoint(start), end: plainPoint(end) }
}
