import { Worker } from 'node:worker_threads'
import type { JobStore } from './store.ts'
import { askStore } from './store-port.ts'
import type { StoreThreadOpened, StoreThreadStart } from './store-thread.ts'

/**
 * The embedded store in a thread of its own. Throws one plain line when the database cannot be
 * opened. A defect that ends the thread is thrown on as an exception nobody caught, so that the
 * process ends in order and its supervisor starts it anew.
 */
export async function openThreadedStore(start: StoreThreadStart): Promise<JobStore> {
  // Under type stripping both files are `.ts`, after the build both are `.js`.
  const extension = import.meta.url.endsWith('.ts') ? 'ts' : 'js'
  const worker = new Worker(new URL(`./store-thread.${extension}`, import.meta.url), {
    workerData: start,
  })
  await opened(worker)
  const client = askStore(worker)
  worker.on('error', (error) => {
    client.lost('The thread of the job database ended.')
    throw error
  })
  worker.on('exit', () => client.lost('The thread of the job database ended.'))
  return {
    ...client.store,
    async close() {
      await client.store.close()
      client.lost('The job database is closed.')
      await worker.terminate()
    },
  }
}

function opened(worker: Worker): Promise<void> {
  return new Promise((resolve, reject) => {
    worker.once('error', reject)
    worker.once('message', (message: StoreThreadOpened) => {
      worker.off('error', reject)
      if (message.opened) resolve()
      else reject(new Error(message.reason))
    })
  })
}
