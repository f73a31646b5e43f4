import { readdirSync, readFileSync } from 'node:fs'
import type { ServiceProcess } from '../support/service-process.ts'

/*
 * What a process used of the machine, from /proc: for each of its threads the time it ran and the
 * time it was ready to run and did not, because something else had the processor.
 */
export interface Clocked {
  ranS: number
  waitedS: number
}

export function clock(one: Pick<ServiceProcess, 'process'> | null): Clocked {
  const pid = one === null ? process.pid : one.process.pid
  const total = { ranS: 0, waitedS: 0 }
  for (const thread of readdirSync(`/proc/${pid}/task`)) {
    const [ran = 0, waited = 0] = read(`/proc/${pid}/task/${thread}/schedstat`)
    total.ranS += ran / 1e9
    total.waitedS += waited / 1e9
  }
  return total
}

export function usageOf(before: Clocked, after: Clocked): Clocked {
  return { ranS: after.ranS - before.ranS, waitedS: after.waitedS - before.waitedS }
}

/** Resident memory of a process in MB. */
export function memoryMb({ process: child }: ServiceProcess): number {
  const status = readFileSync(`/proc/${child.pid}/status`, 'utf8')
  return Number(/^VmRSS:\s+(\d+) kB/m.exec(status)?.[1] ?? 0) / 1024
}

/** A thread may have ended between listing and reading. */
function read(path: string): number[] {
  try {
    return readFileSync(path, 'utf8').split(' ').map(Number)
  } catch {
    return []
  }
}
