import pg from 'pg'

/** Between attempts to get the connection back. Workers also look by themselves every second. */
const reconnectMs = 2_000

/**
 * Calls back when any process commits work to this schema. Only a hint that saves waiting: while
 * the connection is down nothing is lost, jobs are found by looking. Returns the function that ends
 * it.
 */
export function listenForWork(url: string, schema: string, listener: () => void): () => void {
  let stopped = false
  let timer: NodeJS.Timeout | null = null
  let client: pg.Client | null = null

  function again(): void {
    client?.removeAllListeners()
    client?.on('error', () => undefined)
    client?.end().catch(() => undefined)
    client = null
    if (stopped || timer !== null) return
    timer = setTimeout(start, reconnectMs)
    timer.unref()
  }

  function start(): void {
    timer = null
    const next = new pg.Client({ connectionString: url, keepAlive: true })
    client = next
    next.on('error', again)
    next.on('end', again)
    next.on('notification', listener)
    next
      .connect()
      .then(() => next.query(`listen ${schema}_work`))
      .then(listener, again)
  }

  start()
  return () => {
    stopped = true
    if (timer !== null) clearTimeout(timer)
    again()
  }
}
