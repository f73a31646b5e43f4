import type { BenchLine } from './line.ts'
import { acknowledge } from './service-acknowledge.ts'
import { memory } from './service-memory.ts'
import { burst, noise, scaling, spread } from './service-work.ts'

/*
 * The service as its operator sees it: how fast it acknowledges, whether a burst is worked off and
 * how close to the ideal, what it needs, and whether one installation can hold up another.
 *
 *     npm run bench -- service [acknowledge | burst: 500 | burst: 5,000 | noise | spread | …]
 *
 * Everything over HTTP, the service in a process of its own, the reference measured in the same
 * run. The simulated GitHub and who sends the deliveries share this process: during a
 * measurement at most one of them has something to do. `processor` says what each side used, and
 * `waited` how long their threads stood in line for a processor: where that is more than a little,
 * the figure speaks of the machine and not of the service.
 */

/** All cases, or those whose name holds `only`. Prints nothing. */
export async function service(only = ''): Promise<BenchLine[]> {
  const cases: [string, () => Promise<BenchLine[]>][] = [
    ['acknowledge', acknowledge],
    ['burst: 500', () => burst(500)],
    ['burst: 5,000', () => burst(5_000)],
    ['memory', memory],
    ['noise', noise],
    ['scaling', scaling],
    ['spread', spread],
  ]
  const lines: BenchLine[] = []
  for (const [name, run] of cases) {
    if (name.includes(only)) lines.push(...(await run()))
  }
  return lines
}
