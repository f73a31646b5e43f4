import { Worker } from 'node:worker_threads'
import type { Answer, WorkerStart } from './review-worker.ts'
import { failed, type Outcome, ok } from './shared/outcome.ts'

/*
 * A pure function in a thread of its own, with a limit on time and on memory. `review` reads what
 * strangers write. The bounds of threat-model/ keep that cheap; this holds where they do not: the
 * process goes on answering while the thread works, and ends a thread that takes too much.
 *
 *     run(a) ─▶ start, post ─▶ value         ok
 *     run(b)      waits         post ─▶ …    one at a time, in order
 *                                  deadline  `rejected`, thread ended
 *     run(c)                                 in a new thread
 *
 * A thread stays for the next call, with the texts it has read. It does not know what the function
 * does, does not try again (the same value would do the same) and does not log.
 */

export interface Thread<I, O> {
  /**
   * Never throws. `rejected`: the function threw or took too much time or memory, or the input
   * cannot be cloned. `unavailable`: too many calls wait, or the thread was stopped.
   */
  run(input: I): Promise<Outcome<O>>
  /** Ends the thread, and with it the call that is running. */
  stop(): Promise<void>
}

export interface ThreadOptions {
  /** The module, and the name of its function; what it takes and gives can be cloned. */
  module: URL
  name: string
  /** Wall time of one call, the start of the thread included. */
  deadlineMs?: number
  memoryMb?: number
}

interface Ended {
  ended: string
}

interface State {
  options: ThreadOptions
  worker: Worker | null
  /** Settles when the call before has its answer. */
  last: Promise<unknown>
  waiting: number
  isStopped: boolean
}

/** The longest document that may be read takes about 4 s, and a pull request has two of them. */
const deadlineMsDefault = 20_000
/** The pieces of documents that are kept take at most a quarter of it. */
const memoryMbDefault = 512
/** New objects. Much less, and a tree that is being built is copied again and again. */
const youngMb = 64
const waitingMax = 256
const retryAfterMs = 5_000

/** Starts nothing yet: the thread starts with the first call, and again after it was ended. */
export function startThread<I, O>(options: ThreadOptions): Thread<I, O> {
  const state: State = {
    options,
    worker: null,
    last: Promise.resolve(),
    waiting: 0,
    isStopped: false,
  }
  return {
    run: (input) => inTurn(state, () => call(state, input)),
    stop: async () => {
      state.isStopped = true
      await end(state)
    },
  }
}

async function inTurn<O>(state: State, work: () => Promise<Outcome<O>>): Promise<Outcome<O>> {
  if (state.waiting >= waitingMax) {
    return failed('unavailable', `${state.options.name}: ${waitingMax} calls wait`, retryAfterMs)
  }
  state.waiting++
  const turn = state.last.then(work)
  state.last = turn
  const outcome = await turn
  state.waiting--
  return outcome
}

async function call<I, O>(state: State, input: I): Promise<Outcome<O>> {
  const { name, deadlineMs = deadlineMsDefault } = state.options
  if (state.isStopped) return stopped(state)
  const worker = state.worker ?? startWorker(state)
  // The process may end while the thread waits, but not while it works.
  worker.ref()
  const answer = await ask(worker, input, deadlineMs)
  worker.unref()
  // The thread runs `name` of `module`, and the caller said what that takes and gives.
  if ('value' in answer) return ok(answer.value as O)
  if ('thrown' in answer) return failed('rejected', `${name} threw ${answer.thrown}`)
  await end(state)
  return state.isStopped ? stopped(state) : failed('rejected', `${name}: ${answer.ended}`)
}

/** The first that happens: an answer, an error, the end of the thread or of the time. */
function ask(worker: Worker, input: unknown, deadlineMs: number): Promise<Answer | Ended> {
  return new Promise((resolve) => {
    const onError = (error: unknown) => settle({ ended: String(error) })
    const onExit = () => settle({ ended: 'the thread ended' })
    const onTime = () => settle({ ended: `took more than ${deadlineMs} ms and was ended` })
    const timer = setTimeout(onTime, deadlineMs)
    worker.on('message', settle).on('error', onError).on('exit', onExit)
    try {
      worker.postMessage(input)
    } catch (error) {
      settle({ thrown: String(error) })
    }

    function settle(answer: Answer | Ended): void {
      clearTimeout(timer)
      worker.off('message', settle).off('error', onError).off('exit', onExit)
      resolve(answer)
    }
  })
}

function startWorker(state: State): Worker {
  const { module, name, memoryMb = memoryMbDefault } = state.options
  // Under type stripping both files are `.ts`, after the build both are `.js`.
  const extension = import.meta.url.endsWith('.ts') ? 'ts' : 'js'
  const start: WorkerStart = { module: module.href, name }
  const worker = new Worker(new URL(`./review-worker.${extension}`, import.meta.url), {
    workerData: start,
    resourceLimits: { maxOldGenerationSizeMb: memoryMb, maxYoungGenerationSizeMb: youngMb },
  })
  // A thread that ends while it waits is no error: the next call starts another.
  worker
    .on('error', () => {})
    .on('exit', () => {
      if (state.worker === worker) state.worker = null
    })
  state.worker = worker
  return worker
}

async function end(state: State): Promise<void> {
  const { worker } = state
  state.worker = null
  await worker?.terminate()
}

function stopped(state: State): Outcome<never> {
  return failed('unavailable', `${state.options.name}: the thread was stopped`, retryAfterMs)
}
