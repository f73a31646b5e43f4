/** One attempt of GitHub to bring a delivery, that failed. Times are epoch ms. */
export interface FailedDelivery {
  attemptId: number
  /** The delivery's id: the same for every attempt. */
  guid: string
  deliveredAt: number
}

/** A delivery that was refused this often will be refused again. */
const attemptsMax = 5

/**
 * Which failed attempts to ask for again, oldest first: the newest of each delivery, if it failed
 * after `mark` (what failed before has been asked for, and perhaps arrived).
 */
export function chooseRedeliveries(
  failed: readonly FailedDelivery[],
  mark: number,
): FailedDelivery[] {
  const newest = new Map<string, { attempt: FailedDelivery; attempts: number }>()
  for (const attempt of failed) {
    const known = newest.get(attempt.guid)
    const isNewer = known === undefined || attempt.deliveredAt > known.attempt.deliveredAt
    newest.set(attempt.guid, {
      attempt: isNewer ? attempt : known.attempt,
      attempts: (known?.attempts ?? 0) + 1,
    })
  }
  return [...newest.values()]
    .filter(({ attempt, attempts }) => attempt.deliveredAt > mark && attempts < attemptsMax)
    .map(({ attempt }) => attempt)
    .sort((a, b) => a.deliveredAt - b.deliveredAt)
}
