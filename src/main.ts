import { readFileSync } from 'node:fs'
import { deadJobs } from './dead-jobs.ts'
import { openJobStore } from './job/open.ts'
import { createLog } from './log.ts'
import { nodesProxy, useProxy } from './proxy.ts'
import { startService } from './service.ts'
import { readSettings } from './settings.ts'
import { keepAlive } from './web/lifecycle.ts'

/*
 * The service's entry: the real environment, the real process. `npm start` runs it. With words it
 * does what dead-jobs.ts says, and ends.
 */

const words = process.argv.slice(2)

const reading = readSettings({
  environment: process.env,
  readFile: (path) => readFileSync(path, 'utf8'),
  nodeVersion: process.version,
})

const proxyFault = useProxy({ environment: process.env, ...nodesProxy() })
const faults = [...(reading.ok ? [] : reading.faults), ...(proxyFault ? [proxyFault] : [])]

if (!reading.ok || faults.length > 0) refuse(faults)
else if (words.length > 0) await operate(reading.settings)
else await start(reading.settings)

async function start(settings: Parameters<typeof startService>[0]): Promise<void> {
  const log = createLog((line) => process.stdout.write(line), settings.logLevel, Date.now)
  try {
    const service = await startService(settings, { log, checkKey: true })
    keepAlive({
      process,
      steps: service.steps,
      deadlineMs: settings.stopMs,
      log,
      onFloatingRejection: service.metrics.floatingRejection,
    })
    log.info({ url: service.url, api: settings.apiUrl }, 'Taking deliveries')
  } catch (error) {
    refuse([error instanceof Error ? error.message : String(error)])
  }
}

async function operate(settings: Parameters<typeof startService>[0]): Promise<void> {
  try {
    const store = await openJobStore({
      databaseUrl: settings.databaseUrl,
      path: settings.storePath,
    })
    const told = await deadJobs(words, store)
    await store.close()
    for (const line of told.lines) process.stdout.write(`${line}\n`)
    process.exitCode = told.status
  } catch (error) {
    refuse([error instanceof Error ? error.message : String(error)])
  }
}

function refuse(faults: string[]): void {
  for (const fault of faults) process.stderr.write(`${fault}\n`)
  process.exitCode = 2
}
