/* Functions for the tests of src/review-thread.ts to run in a thread. */

let calls = 0

/** How often this module's thread was called: a new thread starts anew. */
export function countCalls(step: number): number {
  calls += step
  return calls
}

/** Works for so many milliseconds without a pause, and counts as `countCalls(1)`. */
export function spin(ms: number): number {
  const until = performance.now() + ms
  while (performance.now() < until) calls += 0
  return countCalls(1)
}

/** Keeps so many megabytes. */
export function hoard(megabytes: number): number {
  const kept: number[][] = []
  for (let i = 0; i < megabytes; i++) kept.push(Array.from({ length: 131_072 }, () => i))
  return kept.length
}

export function complain(about: string): never {
  throw new Error(`this is wrong: ${about}`)
}
