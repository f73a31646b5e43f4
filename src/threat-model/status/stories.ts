import { explicit, type StatusReading } from './status.ts'

/**
 * What the bullets below a security story say of it in so many words; null where they only tell.
 */
export function statusOfStory(answers: readonly string[]): StatusReading | null {
  const promised = answers.find((answer) =>
    /\bwill (?:not allow|prevent) (?:this|that|it)\b/i.test(answer),
  )
  if (promised !== undefined && answers.length === 1) return explicit('mitigated', promised)
  const todo = answers.filter(isTodo)
  const told = answers.filter((answer) => !isTodo(answer) && !/^\(.*\)$/.test(answer))
  return todo.length > 0 && told.length === 0 ? explicit('planned', todo[0] ?? '') : null
}

export function isTodo(answer: string): boolean {
  return /^\(?\s*(?:todo|planned|future)\b/i.test(answer)
}
