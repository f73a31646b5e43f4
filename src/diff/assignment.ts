/*
 * The globally best choice of pairs. Candidates form a sparse graph; it falls into small
 * components, and each is solved exactly (shortest augmenting paths, the "Hungarian" method), with
 * staying alone worth 0. So a pair is never taken because it came first:
 *
 *     before     after            greedy takes a–1 (9) and is left with nothing for b: 9
 *       a ──9──── 1               best takes a–2 and b–1: 8 + 8 = 16
 *       │ \      /
 *       │  8    8     b ─ 1
 *       └─── 2
 *
 * Components never outgrow a bound: strong edges join them first, an edge that would join too much
 * is left out. The cost is therefore linear in the number of candidates.
 */

export interface Edge {
  row: number
  column: number
  /** What the pair is worth; only positive edges are ever chosen. */
  gain: number
}

/** Most rows and columns together that are solved exactly at once: some 10 million steps. */
const componentSizeMax = 240

/** The chosen edges: every row and column at most once, of the greatest sum. */
export function assign(edges: readonly Edge[]): Edge[] {
  const best = new Map<string, Edge>()
  for (const edge of edges) {
    const key = `${edge.row} ${edge.column}`
    if (edge.gain > (best.get(key)?.gain ?? 0)) best.set(key, edge)
  }
  return components([...best.values()]).flatMap((part) => (part.length === 1 ? part : solve(part)))
}

function components(edges: readonly Edge[]): Edge[][] {
  const sorted = [...edges].sort((a, b) => b.gain - a.gain || a.row - b.row || a.column - b.column)
  const forest = newForest()
  const kept = sorted.filter((edge) => join(forest, `r${edge.row}`, `c${edge.column}`))
  const parts = new Map<string, Edge[]>()
  for (const edge of kept) {
    const root = find(forest, `r${edge.row}`)
    const part = parts.get(root)
    if (part === undefined) parts.set(root, [edge])
    else part.push(edge)
  }
  return [...parts.values()]
}

interface Forest {
  parent: Map<string, string>
  size: Map<string, number>
}

function newForest(): Forest {
  return { parent: new Map(), size: new Map() }
}

function find(forest: Forest, node: string): string {
  let root = node
  for (let up = forest.parent.get(root); up !== undefined; up = forest.parent.get(root)) root = up
  let at = node
  while (at !== root) {
    const up = forest.parent.get(at) ?? root
    forest.parent.set(at, root)
    at = up
  }
  return root
}

/** False when the two may not be joined because the component would be too large. */
function join(forest: Forest, left: string, right: string): boolean {
  const a = find(forest, left)
  const b = find(forest, right)
  if (a === b) return true
  const size = (forest.size.get(a) ?? 1) + (forest.size.get(b) ?? 1)
  if (size > componentSizeMax) return false
  forest.parent.set(b, a)
  forest.size.set(a, size)
  return true
}

function solve(edges: readonly Edge[]): Edge[] {
  const rows = [...new Set(edges.map((edge) => edge.row))].sort((a, b) => a - b)
  const columns = [...new Set(edges.map((edge) => edge.column))].sort((a, b) => a - b)
  const rowAt = new Map(rows.map((row, i) => [row, i]))
  const columnAt = new Map(columns.map((column, i) => [column, i]))
  // One more column per row, worth 0, for rows that stay alone.
  const width = columns.length + rows.length
  const costs = rows.map(() => new Float64Array(width))
  for (const edge of edges) {
    const row = costs[rowAt.get(edge.row) ?? 0]
    if (row !== undefined) row[columnAt.get(edge.column) ?? 0] = -edge.gain
  }
  const chosen = cheapest(costs, width)
  return edges.filter((edge) => chosen[columnAt.get(edge.column) ?? -1] === rowAt.get(edge.row))
}

/** The row that each column gets, or -1; every row gets exactly one column, at the least cost. */
function cheapest(costs: readonly Float64Array[], width: number): number[] {
  const rowPrice = new Float64Array(costs.length)
  const columnPrice = new Float64Array(width)
  const rowOf: number[] = new Array(width).fill(-1)
  costs.forEach((_, row) => {
    augment(row, { costs, width, rowPrice, columnPrice, rowOf })
  })
  return rowOf
}

interface Search {
  costs: readonly Float64Array[]
  width: number
  rowPrice: Float64Array
  columnPrice: Float64Array
  rowOf: number[]
}

/** Gives `start` a column along the cheapest path of exchanges, and keeps the prices fair. */
function augment(start: number, search: Search): void {
  const { width, rowPrice, columnPrice, rowOf } = search
  const distance = new Float64Array(width).fill(Number.POSITIVE_INFINITY)
  const cameFrom: number[] = new Array(width).fill(-1)
  const done: boolean[] = new Array(width).fill(false)
  let row = start
  let column = -1
  let reached = 0
  do {
    relax(search, { row, column, reached, distance, cameFrom, done })
    const next = nearestOpen(distance, done)
    reached = distance[next] ?? 0
    done[next] = true
    column = next
    row = rowOf[next] ?? -1
  } while (row >= 0)
  for (let c = 0; c < width; c++) {
    if (!done[c] || c === column) continue
    const slack = reached - (distance[c] ?? 0)
    columnPrice[c] = (columnPrice[c] ?? 0) - slack
    const owner = rowOf[c] ?? -1
    if (owner >= 0) rowPrice[owner] = (rowPrice[owner] ?? 0) + slack
  }
  rowPrice[start] = (rowPrice[start] ?? 0) + reached
  while (column >= 0) {
    const from = cameFrom[column] ?? -1
    rowOf[column] = from < 0 ? start : (rowOf[from] ?? start)
    column = from
  }
}

interface Front {
  row: number
  column: number
  reached: number
  distance: Float64Array
  cameFrom: number[]
  done: boolean[]
}

function relax(search: Search, front: Front): void {
  const costs = search.costs[front.row]
  if (costs === undefined) return
  const base = front.reached - (search.rowPrice[front.row] ?? 0)
  for (let c = 0; c < search.width; c++) {
    if (front.done[c]) continue
    const through = base + (costs[c] ?? 0) - (search.columnPrice[c] ?? 0)
    if (through < (front.distance[c] ?? 0)) {
      front.distance[c] = through
      front.cameFrom[c] = front.column
    }
  }
}

function nearestOpen(distance: Float64Array, done: readonly boolean[]): number {
  let best = -1
  for (let c = 0; c < distance.length; c++) {
    if (done[c]) continue
    if (best < 0 || (distance[c] ?? 0) < (distance[best] ?? 0)) best = c
  }
  return best
}
