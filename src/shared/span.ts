/** A place in a text: `line` and `column` are 1-based, `offset` is 0-based in UTF-16 units. */
export interface Point {
  line: number
  column: number
  offset: number
}

/** From `start` up to, not including, `end`. */
export interface Span {
  start: Point
  end: Point
}
