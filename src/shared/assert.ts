/** Ours alone: a false assertion is a defect of this program, never a reaction to input. */
export function assert(condition: unknown, message: string): asserts condition {
  if (!condition) throw new Error(`assertion failed: ${message}`)
}

/** Closes a `switch` over a union: the compiler proves that no case is missing. */
export function never(value: never): never {
  throw new Error(`unexpected value: ${JSON.stringify(value)}`)
}
