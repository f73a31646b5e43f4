import { generateKeyPairSync } from 'node:crypto'
import { chmodSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe, expect, test } from '@jest/globals'
import { keepAlive, type StopStep } from '../../src/web/lifecycle.ts'
import { createMetrics } from '../../src/web/metrics.ts'
import { folderFault, keyFault, nodeFault, secretFault } from '../../src/web/start-faults.ts'

function fakeProcess() {
  const listeners = new Map<string, (...args: unknown[]) => void>()
  const codes: number[] = []
  return {
    codes,
    on: (event: string, listener: (...args: unknown[]) => void) => listeners.set(event, listener),
    exit: (code: number) => void codes.push(code),
    emit: (event: string, ...args: unknown[]) => listeners.get(event)?.(...args),
  }
}

function life(steps: StopStep[], deadlineMs = 1_000) {
  const process = fakeProcess()
  const logged: string[] = []
  let floating = 0
  const note = (_fields: object, message: string) => void logged.push(message)
  const end = keepAlive({
    process,
    steps,
    deadlineMs,
    log: { info: note, warn: note, error: note },
    onFloatingRejection: () => {
      floating += 1
    },
  })
  return { process, logged, end, floating: () => floating }
}

const pause = (ms: number) => new Promise<void>((resolve) => setTimeout(resolve, ms))

describe('the end of the process', () => {
  test('parts stop in order, then it exits with 0', async () => {
    const order: string[] = []
    const step = (name: string) => ({
      name,
      stop: async () => {
        await pause(5)
        order.push(name)
      },
    })
    const { process } = life([step('worker'), step('web'), step('store')])
    process.emit('SIGTERM')
    await pause(100)
    expect(order).toEqual(['worker', 'web', 'store'])
    expect(process.codes).toEqual([0])
  })

  test('a part that fails or hangs does not keep the others from stopping', async () => {
    const order: string[] = []
    const { process, logged } = life(
      [
        { name: 'fails', stop: async () => Promise.reject(new Error('no')) },
        { name: 'hangs', stop: () => new Promise(() => undefined) },
        { name: 'store', stop: async () => void order.push('store') },
      ],
      50,
    )
    process.emit('SIGTERM')
    await pause(1_500)
    expect(order).toEqual(['store'])
    expect(process.codes).toEqual([1])
    expect(logged).toContain('Stopped by the deadline')
  })

  test('a second signal does not wait', async () => {
    const { process } = life([{ name: 'slow', stop: () => new Promise(() => undefined) }], 700)
    process.emit('SIGINT')
    process.emit('SIGINT')
    expect(process.codes).toEqual([1])
  })

  test('a floating rejection is counted and ends nothing', async () => {
    const { process, logged, floating } = life([])
    process.emit('unhandledRejection', new Error('forgotten'))
    await pause(20)
    expect(process.codes).toEqual([])
    expect(floating()).toBe(1)
    expect(logged).toEqual(['A rejection nobody waited for'])
  })

  test('an exception nobody caught stops the process in order, with 1', async () => {
    const order: string[] = []
    const { process } = life([{ name: 'store', stop: async () => void order.push('store') }])
    process.emit('uncaughtException', new Error('half done'))
    await pause(20)
    expect(order).toEqual(['store'])
    expect(process.codes).toEqual([1])
  })
})

describe('reasons not to start', () => {
  test('an old Node', () => {
    expect(nodeFault('v20.20.2')).toContain('too old')
    expect(nodeFault('v22.12.0')).toContain('too old')
    expect(nodeFault('v22.13.0')).toBeNull()
    expect(nodeFault('v24.0.0')).toBeNull()
  })

  test('a secret that is missing, known to everybody or short', () => {
    expect(secretFault(undefined, 'WEBHOOK_SECRET')).toContain('missing')
    expect(secretFault('  ', 'WEBHOOK_SECRET')).toContain('missing')
    expect(secretFault('development', 'WEBHOOK_SECRET')).toContain('everybody knows')
    expect(secretFault('short', 'WEBHOOK_SECRET')).toContain('shorter')
    expect(secretFault('5f0c1e0e9d3b4a7f8c2d', 'WEBHOOK_SECRET')).toBeNull()
  })

  test('a key that is none', () => {
    const { privateKey } = generateKeyPairSync('rsa', { modulusLength: 2048 })
    const pem = privateKey.export({ type: 'pkcs1', format: 'pem' }).toString()
    expect(keyFault(pem, 'PRIVATE_KEY')).toBeNull()
    expect(keyFault(undefined, 'PRIVATE_KEY')).toContain('missing')
    expect(keyFault(pem.replaceAll('\n', ''), 'PRIVATE_KEY')).toContain('cannot be read')
    const { privateKey: other } = generateKeyPairSync('ed25519')
    const wrong = other.export({ type: 'pkcs8', format: 'pem' }).toString()
    expect(keyFault(wrong, 'PRIVATE_KEY')).toContain('not an RSA key')
  })

  test('a folder that takes no file', () => {
    const folder = mkdtempSync(join(tmpdir(), 'threat-model-folder-'))
    try {
      expect(folderFault(join(folder, 'data'), 'DATA_DIR')).toBeNull()
      expect(folderFault('/proc/nowhere', 'DATA_DIR')).toContain('/proc/nowhere')
      chmodSync(folder, 0o500)
      // Root may write anywhere, so only others can show this one.
      const expected = process.getuid?.() === 0 ? null : expect.stringContaining('EACCES')
      expect(folderFault(folder, 'DATA_DIR')).toEqual(expected)
    } finally {
      rmSync(folder, { recursive: true, force: true })
    }
  })

  test('every reason is one line and repeats no secret', () => {
    const faults = [
      nodeFault('v18.0.0'),
      secretFault('short', 'WEBHOOK_SECRET'),
      keyFault('-----BEGIN nonsense', 'PRIVATE_KEY'),
      folderFault('/proc/nowhere', 'DATA_DIR'),
    ]
    for (const fault of faults) expect(fault).toMatch(/^[^\n]{20,160}$/)
    expect(faults.join()).not.toMatch(/short,|nonsense/)
  })
})

describe('metrics', () => {
  test('are written as Prometheus reads them', async () => {
    const metrics = createMetrics()
    const counter = metrics.counter('deliveries_total', 'Deliveries.')
    counter.add({ event: 'push' })
    counter.add({ event: 'push' }, 2)
    counter.add({ event: 'a"b\\c\nd' })
    metrics.histogram('seconds', 'Time.', [0.1, 1]).observe({}, 0.5)
    metrics.gauge('jobs', 'Jobs.', () => [{ labels: { state: 'dead' }, value: 3 }])
    metrics.gauge('broken', 'Fails.', () => Promise.reject(new Error('no store')))
    expect(await metrics.text()).toBe(
      [
        '# HELP deliveries_total Deliveries.',
        '# TYPE deliveries_total counter',
        'deliveries_total{event="push"} 3',
        'deliveries_total{event="a\\"b\\\\c\\nd"} 1',
        '# HELP seconds Time.',
        '# TYPE seconds histogram',
        'seconds_bucket{le="0.1"} 0',
        'seconds_bucket{le="1"} 1',
        'seconds_bucket{le="+Inf"} 1',
        'seconds_sum 0.5',
        'seconds_count 1',
        '# HELP jobs Jobs.',
        '# TYPE jobs gauge',
        'jobs{state="dead"} 3',
        '',
      ].join('\n'),
    )
  })

  test('a label from outside cannot fill the memory', async () => {
    const metrics = createMetrics()
    const counter = metrics.counter('c', 'Counted.')
    for (let i = 0; i < 5_000; i += 1) counter.add({ name: `n${i}` })
    const lines = (await metrics.text()).trim().split('\n')
    expect(lines.length).toBeLessThan(210)
    expect(lines.at(-1)).toBe('c{overflow="true"} 4800')
  })
})
