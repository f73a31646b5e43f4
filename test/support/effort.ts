/** Whether a test is to try everything it knows: `TEST_EFFORT=full npm test`. */
const full = process.env.TEST_EFFORT === 'full'

/** How much a test tries: `quick` while people wait for it, `whole` where nobody does. */
export function effort<T>(quick: T, whole: T): T {
  return full ? whole : quick
}
