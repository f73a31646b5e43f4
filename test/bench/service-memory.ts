import { join } from 'node:path'
import { type BenchLine, rounded } from './line.ts'
import { load } from './service-load.ts'
import { bodiesOf, openStage, webhookPath } from './service-stage.ts'
import { memoryMb } from './service-usage.ts'

/*
 * 10,000 waiting jobs against the same number of deliveries folded into one job. The process
 * collects its garbage once a second, so that what is compared is what it holds.
 */
const deliveries = 10_000
const settleMs = 4_000

export async function memory(): Promise<BenchLine[]> {
  const many = await memoryAfter(deliveries)
  const one = await memoryAfter(1)
  const ratio = many.after / one.after
  return [
    {
      case: 'resident memory with 10,000 waiting jobs',
      value: Math.round(many.after),
      unit: 'MB',
      reference:
        `with one: ${Math.round(one.after)} MB; ` +
        `at the start ${Math.round(many.before)} and ${Math.round(one.before)} MB`,
      ratio: rounded(ratio),
      goal: '<= 1.15',
      met: ratio <= 1.15,
    },
  ]
}

async function memoryAfter(pulls: number) {
  const stage = await openStage({ silent: true })
  try {
    const bodies = bodiesOf(stage, pulls)
    const own = await stage.start(
      { LOG_LEVEL: 'error' },
      join(import.meta.dirname, 'service-collect.ts'),
    )
    const before = memoryMb(own)
    const port = Number(new URL(own.webhookUrl).port)
    const options = { port, path: webhookPath, connections: 64, forMs: 120_000 }
    await load({ ...options, countMax: deliveries, bodies })
    await new Promise((resolve) => setTimeout(resolve, settleMs))
    return { before, after: memoryMb(own) }
  } finally {
    await stage.close()
  }
}
