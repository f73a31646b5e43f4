/*
 * The difference of two lists of lines, as git finds it: the shortest edit script (Myers, "An O(ND)
 * difference algorithm", 1986), with equal lines at both ends set aside first and each pure
 * insertion or deletion slid down as far as it goes.
 *
 * When two texts differ in more than `editsMax` lines the exact search is left: lines that occur
 * once on both sides split the texts, and what has no such line is taken as replaced. The result
 * is then still right, only not the shortest.
 */

/** Lines [aStart, aEnd) of the first list became lines [bStart, bEnd) of the second; 0-based. */
export interface Region {
  aStart: number
  aEnd: number
  bStart: number
  bEnd: number
}

const editsMax = 1500

/** Regions in order, never touching each other. */
export function diffLines(a: readonly string[], b: readonly string[]): Region[] {
  const [left, right] = numbered(a, b)
  const found: Region[] = []
  const open: Region[] = [{ aStart: 0, aEnd: a.length, bStart: 0, bEnd: b.length }]
  for (let region = open.pop(); region !== undefined; region = open.pop()) {
    const inner = trimmed(left, right, region)
    if (inner.aStart === inner.aEnd && inner.bStart === inner.bEnd) continue
    if (inner.aStart === inner.aEnd || inner.bStart === inner.bEnd) found.push(inner)
    else {
      const exact = shortest(left, right, inner)
      if (exact !== null) found.push(...exact)
      else open.push(...splitAtAnchors(left, right, inner, found))
    }
  }
  found.sort((x, y) => x.aStart - y.aStart || x.bStart - y.bStart)
  return joined(allSlid(left, right, joined(found)))
}

/** Equal lines get equal numbers: comparing is then cheap. */
function numbered(a: readonly string[], b: readonly string[]): [Int32Array, Int32Array] {
  const numbers = new Map<string, number>()
  const number = (line: string): number => {
    const known = numbers.get(line)
    if (known !== undefined) return known
    numbers.set(line, numbers.size)
    return numbers.size - 1
  }
  return [Int32Array.from(a, number), Int32Array.from(b, number)]
}

function trimmed(a: Int32Array, b: Int32Array, region: Region): Region {
  let { aStart, aEnd, bStart, bEnd } = region
  while (aStart < aEnd && bStart < bEnd && a[aStart] === b[bStart]) {
    aStart++
    bStart++
  }
  while (aEnd > aStart && bEnd > bStart && a[aEnd - 1] === b[bEnd - 1]) {
    aEnd--
    bEnd--
  }
  return { aStart, aEnd, bStart, bEnd }
}

/** The exact search; null when it takes more than `editsMax` edits. */
function shortest(a: Int32Array, b: Int32Array, region: Region): Region[] | null {
  const n = region.aEnd - region.aStart
  const m = region.bEnd - region.bStart
  const limit = Math.min(n + m, editsMax)
  // furthest[k + limit + 1]: how far into `a` the best path on diagonal k has come.
  const furthest = new Int32Array(2 * limit + 3)
  const trace: Int32Array[] = []
  for (let edits = 0; edits <= limit; edits++) {
    trace.push(furthest.slice(limit + 1 - edits - 1, limit + 1 + edits + 2))
    for (let k = -edits; k <= edits; k += 2) {
      const at = limit + 1 + k
      const down =
        k === -edits || (k !== edits && value(furthest, at - 1) < value(furthest, at + 1))
      let x = down ? value(furthest, at + 1) : value(furthest, at - 1) + 1
      while (x < n && x - k < m && a[region.aStart + x] === b[region.bStart + x - k]) x++
      furthest[at] = x
      if (x >= n && x - k >= m) return walkBack(trace, region)
    }
  }
  return null
}

/** From the end to the start along the saved rows; neighbouring edits become one region. */
function walkBack(trace: readonly Int32Array[], region: Region): Region[] {
  const regions: Region[] = []
  let x = region.aEnd - region.aStart
  let y = region.bEnd - region.bStart
  for (let edits = trace.length - 1; edits > 0; edits--) {
    const row = trace[edits] ?? new Int32Array()
    const k = x - y
    // Row `edits` was saved before its step: index 0 stands for diagonal -edits - 1.
    const at = k + edits + 1
    const down = k === -edits || (k !== edits && value(row, at - 1) < value(row, at + 1))
    const previousX = down ? value(row, at + 1) : value(row, at - 1)
    const previousY = previousX - (down ? k + 1 : k - 1)
    const edit = {
      aStart: region.aStart + previousX,
      aEnd: region.aStart + previousX + (down ? 0 : 1),
      bStart: region.bStart + previousY,
      bEnd: region.bStart + previousY + (down ? 1 : 0),
    }
    regions.push(edit)
    x = previousX
    y = previousY
  }
  return joined(regions.reverse())
}

/** Patience: lines found once on each side, in the longest rising order, split the region. */
function splitAtAnchors(a: Int32Array, b: Int32Array, region: Region, found: Region[]): Region[] {
  const anchors = longestRising(commonUnique(a, b, region))
  if (anchors.length === 0) {
    found.push(region)
    return []
  }
  const parts: Region[] = []
  let { aStart, bStart } = region
  for (const [aAt, bAt] of anchors) {
    parts.push({ aStart, aEnd: aAt, bStart, bEnd: bAt })
    aStart = aAt + 1
    bStart = bAt + 1
  }
  parts.push({ aStart, aEnd: region.aEnd, bStart, bEnd: region.bEnd })
  return parts
}

function commonUnique(a: Int32Array, b: Int32Array, region: Region): [number, number][] {
  const inA = placesOnce(a, region.aStart, region.aEnd)
  const inB = placesOnce(b, region.bStart, region.bEnd)
  const pairs: [number, number][] = []
  for (const [line, aAt] of inA) {
    const bAt = inB.get(line)
    if (bAt !== undefined && aAt !== -1 && bAt !== -1) pairs.push([aAt, bAt])
  }
  return pairs.sort((x, y) => x[0] - y[0])
}

function placesOnce(lines: Int32Array, start: number, end: number): Map<number, number> {
  const places = new Map<number, number>()
  for (let i = start; i < end; i++) {
    const line = value(lines, i)
    places.set(line, places.has(line) ? -1 : i)
  }
  return places
}

/** Pairs sorted by the first number; the longest choice whose second numbers rise too. */
function longestRising(pairs: readonly [number, number][]): [number, number][] {
  const piles: number[] = []
  const previous: number[] = []
  pairs.forEach(([, bAt], i) => {
    let low = 0
    let high = piles.length
    while (low < high) {
      const middle = (low + high) >> 1
      if ((pairs[piles[middle] ?? 0]?.[1] ?? 0) < bAt) low = middle + 1
      else high = middle
    }
    previous[i] = low > 0 ? (piles[low - 1] ?? -1) : -1
    piles[low] = i
  })
  const chosen: [number, number][] = []
  for (let i = piles.at(-1) ?? -1; i !== -1; i = previous[i] ?? -1) {
    const pair = pairs[i]
    if (pair) chosen.push(pair)
  }
  return chosen.reverse()
}

/** Each pure insertion or deletion moves down, at most to where the next region starts. */
function allSlid(a: Int32Array, b: Int32Array, regions: readonly Region[]): Region[] {
  const result: Region[] = []
  let limit = { a: a.length, b: b.length }
  for (const region of [...regions].reverse()) {
    const moved = slid(a, b, region, limit)
    limit = { a: moved.aStart, b: moved.bStart }
    result.push(moved)
  }
  return result.reverse()
}

/** Moves by one line while the line after the region equals its first line. */
function slid(
  a: Int32Array,
  b: Int32Array,
  region: Region,
  limit: { a: number; b: number },
): Region {
  const { aStart, aEnd, bStart, bEnd } = region
  const inserts = aStart === aEnd
  if (!inserts && bStart !== bEnd) return region
  const [lines, start, end] = inserts ? [b, bStart, bEnd] : [a, aStart, aEnd]
  const room = Math.min(limit.a - aEnd, limit.b - bEnd)
  let by = 0
  while (by < room && lines[end + by] === lines[start + by]) by++
  return { aStart: aStart + by, aEnd: aEnd + by, bStart: bStart + by, bEnd: bEnd + by }
}

/** Regions that touch become one. */
function joined(regions: readonly Region[]): Region[] {
  const result: Region[] = []
  for (const region of regions) {
    const last = result.at(-1)
    if (last && last.aEnd === region.aStart && last.bEnd === region.bStart) {
      last.aEnd = region.aEnd
      last.bEnd = region.bEnd
    } else result.push({ ...region })
  }
  return result
}

function value(row: Int32Array, at: number): number {
  return row[at] ?? 0
}
