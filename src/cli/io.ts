import { printable } from './style.ts'

/** What a command may touch of the outside: tests pass their own. */
export interface Io {
  cwd: string
  env: Record<string, string | undefined>
  /** Whether standard output understands colours. */
  color: boolean
  /** Whether standard error is a terminal that can show progress. */
  progress: boolean
  /** How GitHub is reached; left out: the network. */
  fetch?: typeof fetch
  stdin(): Promise<Uint8Array>
  stdout(text: string): void
  stderr(text: string): void
}

/** What the program's exit status says; the same for every command. */
export const exitStatus = {
  /** Nothing blocks. */
  fine: 0,
  /** Something blocks. */
  blocked: 1,
  /** Wrong usage, or input that cannot be read. */
  usage: 2,
  /** It cannot be told whether something blocks. */
  cannotTell: 3,
} as const

/**
 * Says in one line what went wrong and what to do, and gives the exit status for it. The message
 * may quote names of somebody's repository.
 */
export function refuse(io: Io, message: string): number {
  io.stderr(`threat-model: ${printable(message)}\n`)
  return exitStatus.usage
}
