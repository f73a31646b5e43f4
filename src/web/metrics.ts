/*
 * Numbers for Prometheus in its text format: counters and histograms that code adds to, and gauges
 * that are asked for when somebody looks. In memory only, one registry for each process. Our own,
 * because the format is twenty lines and the usual library brings a tracing interface along.
 * https://prometheus.io/docs/instrumenting/exposition_formats/
 */
export interface Metrics {
  counter(name: string, help: string): Counter
  histogram(name: string, help: string, buckets: readonly number[]): Histogram
  /** `read` is called on every scrape; what it cannot tell it leaves out. */
  gauge(name: string, help: string, read: () => Promise<Sample[]> | Sample[]): void
  /** The whole exposition. A gauge that fails to read is left out, the others stay. */
  text(): Promise<string>
}

export interface Counter {
  add(labels: Labels, by?: number): void
}

export interface Histogram {
  /** In the unit of the buckets; by convention seconds. */
  observe(labels: Labels, value: number): void
}

export interface Sample {
  labels: Labels
  value: number
}

export type Labels = Readonly<Record<string, string>>

/**
 * Series of one metric. Labels are chosen by us and few; the bound holds even if a value from
 * outside ever got into one: further series are counted together.
 */
const seriesMax = 200
const overflow: Labels = { overflow: 'true' }

interface Family {
  lines(): Promise<string[]> | string[]
}

export function createMetrics(): Metrics {
  const families: Family[] = []
  return {
    counter(name, help) {
      const series = createSeries(() => ({ value: 0 }))
      families.push({
        lines: () => [
          ...heading(name, help, 'counter'),
          ...series.all().map(({ labels, state }) => line(name, labels, state.value)),
        ],
      })
      return {
        add(labels, by = 1) {
          series.of(labels).value += by
        },
      }
    },
    histogram(name, help, buckets) {
      const series = createSeries(() => ({ counts: buckets.map(() => 0), sum: 0, count: 0 }))
      families.push({
        lines: () => [
          ...heading(name, help, 'histogram'),
          ...series
            .all()
            .flatMap(({ labels, state }) => histogramLines(name, labels, buckets, state)),
        ],
      })
      return {
        observe(labels, value) {
          const state = series.of(labels)
          state.sum += value
          state.count += 1
          buckets.forEach((bound, i) => {
            if (value <= bound) state.counts[i] = (state.counts[i] ?? 0) + 1
          })
        },
      }
    },
    gauge(name, help, read) {
      families.push({
        async lines() {
          const samples = await read()
          return [
            ...heading(name, help, 'gauge'),
            ...samples.slice(0, seriesMax).map(({ labels, value }) => line(name, labels, value)),
          ]
        },
      })
    },
    async text() {
      const parts = await Promise.all(families.map(linesOrNone))
      return `${parts.flat().join('\n')}\n`
    },
  }
}

async function linesOrNone(family: Family): Promise<string[]> {
  try {
    return await family.lines()
  } catch {
    return []
  }
}

function createSeries<T>(fresh: () => T) {
  const found = new Map<string, { labels: Labels; state: T }>()
  return {
    all: () => [...found.values()],
    of(labels: Labels): T {
      const wanted = found.size < seriesMax || found.has(labelText(labels)) ? labels : overflow
      const key = labelText(wanted)
      const known = found.get(key)
      if (known) return known.state
      const state = fresh()
      found.set(key, { labels: wanted, state })
      return state
    },
  }
}

function histogramLines(
  name: string,
  labels: Labels,
  buckets: readonly number[],
  state: { counts: number[]; sum: number; count: number },
): string[] {
  const bucket = (le: string, count: number) => line(`${name}_bucket`, { ...labels, le }, count)
  return [
    ...buckets.map((bound, i) => bucket(String(bound), state.counts[i] ?? 0)),
    bucket('+Inf', state.count),
    line(`${name}_sum`, labels, state.sum),
    line(`${name}_count`, labels, state.count),
  ]
}

function heading(name: string, help: string, type: string): string[] {
  return [`# HELP ${name} ${help}`, `# TYPE ${name} ${type}`]
}

function line(name: string, labels: Labels, value: number): string {
  return `${name}${labelText(labels)} ${value}`
}

function labelText(labels: Labels): string {
  const pairs = Object.entries(labels).map(([key, value]) => `${key}="${quotable(value)}"`)
  return pairs.length === 0 ? '' : `{${pairs.join(',')}}`
}

function quotable(value: string): string {
  return value.replaceAll('\\', '\\\\').replaceAll('"', '\\"').replaceAll('\n', '\\n')
}
