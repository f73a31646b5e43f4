import type { JobStore } from '../job/store.ts'
import type { WorkerEvent } from '../job/worker-parts.ts'
import { createMetrics, type Metrics, type Sample } from './metrics.ts'

/*
 * What this service counts, with every name in one place; docs/OPERATIONS.md says what to do when a
 * number goes wrong. Labels take values from our own short lists only, never repository names: a
 * scrape tells how the service does, not for whom.
 */
export interface ServiceMetrics {
  text(): Promise<string>
  /** `outcome`: accepted; or refused, failed when not acknowledged. */
  delivery(event: string, outcome: string, seconds: number): void
  /** Give this to the worker as `observe`. */
  worker(event: WorkerEvent): void
  verdict(verdict: string): void
  /** One answer of GitHub: its status, and the remaining limit where it said one. */
  github(answer: GithubAnswer): void
  /** Whether GitHub refuses the App's key now. */
  keyRefused(isRefused: boolean): void
  recovery(what: 'redelivered' | 'looked-at', count: number): void
  /** A rejection nobody waited for. */
  floatingRejection(): void
}

export interface GithubAnswer {
  /** 0 when there was none. */
  status: number
  remaining: number | null
  /** `core`, `graphql`, … */
  resource: string
}

const events = new Set([
  'check_run',
  'check_suite',
  'installation',
  'installation_repositories',
  'issue_comment',
  'merge_group',
  'ping',
  'pull_request',
  'pull_request_review',
  'pull_request_review_comment',
  'pull_request_review_thread',
  'push',
])

const fast = [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 5, 10]
const slow = [0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30, 60, 300, 600]
const resources = new Set(['core', 'graphql', 'search', 'none'])

export function createServiceMetrics(store: JobStore): ServiceMetrics {
  const metrics = createMetrics()
  const deliveries = metrics.counter('threat_model_deliveries_total', 'Deliveries by outcome.')
  const webhook = metrics.histogram(
    'threat_model_delivery_seconds',
    'From the end of a delivery to its acknowledgement.',
    fast,
  )
  const verdicts = metrics.counter('threat_model_verdicts_total', 'Verdicts concluded.')
  const recovered = metrics.counter('threat_model_recovered_total', 'Found by recovery.')
  const floating = metrics.counter(
    'threat_model_floating_rejections_total',
    'Rejections nobody waited for: each is a defect.',
  )
  let keyIsRefused = false
  metrics.gauge('threat_model_key_refused', "1 while GitHub refuses the App's key.", () => [
    { labels: {}, value: keyIsRefused ? 1 : 0 },
  ])
  jobGauges(metrics, store)
  processGauges(metrics)
  return {
    text: () => metrics.text(),
    delivery(event, outcome, seconds) {
      deliveries.add({ event: events.has(event) ? event : 'other', outcome })
      webhook.observe({}, seconds)
    },
    worker: workerMetrics(metrics),
    verdict: (verdict) => verdicts.add({ verdict }),
    github: githubMetrics(metrics),
    keyRefused(isRefused) {
      keyIsRefused = isRefused
    },
    recovery: (what, count) => recovered.add({ what }, count),
    floatingRejection: () => floating.add({}),
  }
}

function jobGauges(metrics: Metrics, store: JobStore): void {
  metrics.gauge('threat_model_jobs', 'Jobs in the store.', async () => {
    const counts = await store.counts()
    if (!counts.ok) return []
    const { waiting, due, running, dead } = counts.value
    return [
      sample('waiting', waiting),
      sample('due', due),
      sample('running', running),
      sample('dead', dead),
    ]
  })
  metrics.gauge('threat_model_oldest_due_seconds', 'Age of the oldest due job.', async () => {
    const counts = await store.counts()
    return counts.ok ? [{ labels: {}, value: counts.value.oldestDueMs / 1000 }] : []
  })
}

function sample(state: string, value: number): Sample {
  return { labels: { state }, value }
}

function workerMetrics(metrics: Metrics): (event: WorkerEvent) => void {
  const waits = metrics.histogram(
    'threat_model_job_wait_seconds',
    'From the time a job was due to its claim.',
    slow,
  )
  const runs = metrics.histogram('threat_model_run_seconds', 'Length of a run.', slow)
  const endings = metrics.counter('threat_model_runs_total', 'Runs by ending.')
  const finished = metrics.counter('threat_model_jobs_finished_total', 'What became of jobs.')
  const failures = metrics.counter('threat_model_store_failures_total', 'The store did not answer.')
  return (event) => {
    if (event.event === 'claimed') waits.observe({}, event.waitedMs / 1000)
    if (event.event === 'finished') finished.add({ became: event.finished })
    if (event.event === 'store-failed') failures.add({})
    if (event.event !== 'ended') return
    runs.observe({ ending: event.ending }, event.ms / 1000)
    endings.add({ ending: event.ending, kind: event.kind ?? 'none' })
  }
}

/** The smallest remaining limit of any installation since the last scrape is what matters. */
function githubMetrics(metrics: Metrics): (answer: GithubAnswer) => void {
  const requests = metrics.counter('threat_model_github_requests_total', 'Requests to GitHub.')
  const lowest = new Map<string, number>()
  metrics.gauge(
    'threat_model_github_remaining',
    'Lowest remaining limit since the last look.',
    () => {
      const samples = [...lowest].map(([resource, value]) => ({ labels: { resource }, value }))
      lowest.clear()
      return samples
    },
  )
  return ({ status, remaining, resource }) => {
    requests.add({ status: String(status) })
    if (remaining === null) return
    const name = resources.has(resource) ? resource : 'other'
    lowest.set(name, Math.min(remaining, lowest.get(name) ?? remaining))
  }
}

function processGauges(metrics: Metrics): void {
  const one = (value: number): Sample[] => [{ labels: {}, value }]
  metrics.gauge('process_resident_memory_bytes', 'Resident memory.', () =>
    one(process.memoryUsage.rss()),
  )
  metrics.gauge('process_uptime_seconds', 'Since the start.', () => one(process.uptime()))
  metrics.gauge('process_cpu_seconds_total', 'User and system time.', () => {
    const { user, system } = process.cpuUsage()
    return one((user + system) / 1e6)
  })
}
