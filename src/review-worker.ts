import { parentPort, workerData } from 'node:worker_threads'

/*
 * The other side of review-thread.ts: imports the function once, then answers each message with its
 * result, or with what it threw.
 */

export interface WorkerStart {
  /** URL of the module. */
  module: string
  /** Name of the exported function. */
  name: string
}

export type Answer = { value: unknown } | { thrown: string }

const { module, name }: WorkerStart = workerData
const exported: Record<string, unknown> = await import(module)

parentPort?.on('message', (input: unknown) => {
  parentPort?.postMessage(answer(input))
})

function answer(input: unknown): Answer {
  const call = exported[name]
  if (typeof call !== 'function') return { thrown: `${module} exports no function ${name}` }
  try {
    return { value: call(input) }
  } catch (error) {
    return { thrown: error instanceof Error ? (error.stack ?? error.message) : String(error) }
  }
}
