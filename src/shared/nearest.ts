/** Longest word that is compared: beyond this nothing is a slip of the finger. */
const wordLengthMax = 64

/**
 * The candidate a person probably meant by `word`, or null when none is near: at most a third of
 * the letters differ (insertion, deletion, replacement, neighbours exchanged; case does not count).
 */
export function nearest(word: string, candidates: readonly string[]): string | null {
  let best: string | null = null
  let bestDistance = Number.POSITIVE_INFINITY
  for (const candidate of candidates) {
    const distance = editDistance(word.toLowerCase(), candidate.toLowerCase())
    const allowed = Math.max(1, Math.floor(Math.max(word.length, candidate.length) / 3))
    if (distance <= allowed && distance < bestDistance) {
      best = candidate
      bestDistance = distance
    }
  }
  return best
}

/** Levenshtein distance by rows, with an exchange of neighbours as one step. */
function editDistance(a: string, b: string): number {
  if (a.length > wordLengthMax || b.length > wordLengthMax) return Number.POSITIVE_INFINITY
  let beforePrevious: number[] = []
  let previous = Array.from({ length: b.length + 1 }, (_, j) => j)
  for (let i = 1; i <= a.length; i++) {
    const row = [i]
    for (let j = 1; j <= b.length; j++) {
      const replaced = (previous[j - 1] ?? 0) + (a[i - 1] === b[j - 1] ? 0 : 1)
      row.push(Math.min((previous[j] ?? 0) + 1, (row[j - 1] ?? 0) + 1, replaced))
      const exchanged = i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1]
      if (exchanged) row[j] = Math.min(row[j] ?? 0, (beforePrevious[j - 2] ?? 0) + 1)
    }
    beforePrevious = previous
    previous = row
  }
  return previous[b.length] ?? 0
}
