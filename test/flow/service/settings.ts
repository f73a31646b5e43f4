import { generateKeyPairSync } from 'node:crypto'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, describe, expect, test } from '@jest/globals'
import { readSettings, type Settings } from '../../../src/settings.ts'

const { privateKey } = generateKeyPairSync('rsa', {
  modulusLength: 2048,
  privateKeyEncoding: { type: 'pkcs8', format: 'pem' },
  publicKeyEncoding: { type: 'spki', format: 'pem' },
})
const folder = mkdtempSync(join(tmpdir(), 'settings-'))
afterAll(() => rmSync(folder, { recursive: true }))

const secret = 'f3a1c5d7e9b2f3a1c5d7e9b2f3a1c5d7'
const good = {
  APP_ID: '12',
  PRIVATE_KEY: privateKey,
  WEBHOOK_SECRET: secret,
  DATA_DIR: folder,
}

function read(environment: Record<string, string | undefined>, nodeVersion = 'v24.1.0') {
  const files: Record<string, string> = { '/run/secret': `${secret}\n`, '/run/key': privateKey }
  return readSettings({
    environment,
    nodeVersion,
    readFile(path) {
      const text = files[path]
      if (text === undefined) throw Object.assign(new Error(path), { code: 'ENOENT' })
      return text
    },
  })
}

function settingsOf(change: Record<string, string | undefined>): Settings {
  const reading = read({ ...good, ...change })
  if (!reading.ok) throw new Error(reading.faults.join('\n'))
  return reading.settings
}

function faultsOf(change: Record<string, string | undefined>, nodeVersion?: string): string[] {
  const reading = read({ ...good, ...change }, nodeVersion)
  return reading.ok ? [] : reading.faults
}

describe('settings', () => {
  test('need four values; the rest has defaults', () => {
    expect(settingsOf({})).toMatchObject({
      appId: 12,
      apiUrl: 'https://api.github.com',
      port: 3000,
      databaseUrl: null,
      storePath: join(folder, 'jobs.sqlite'),
      webhookPath: '/api/github/webhooks',
    })
  })

  test.each([
    ['github.example.com', undefined, 'https://github.example.com/api/v3'],
    ['github.example.com:8443', 'http', 'http://github.example.com:8443/api/v3'],
    ['acme.ghe.com', undefined, 'https://api.acme.ghe.com'],
  ])('GHE_HOST %s leads to its API', (host, protocol, apiUrl) => {
    expect(settingsOf({ GHE_HOST: host, GHE_PROTOCOL: protocol }).apiUrl).toBe(apiUrl)
  })

  test.each([
    [undefined, null],
    ['https://bot.example.com', 'https://bot.example.com'],
    ['https://example.com/bot/', 'https://example.com/bot'],
    ['http://localhost:3000', 'http://localhost:3000'],
  ])('PUBLIC_URL %s is where pages are', (given, publicUrl) => {
    expect(settingsOf({ PUBLIC_URL: given }).publicUrl).toBe(publicUrl)
  })

  test('the key may be PEM, PEM in one line, base64, or a file', () => {
    const inLine = privateKey.replaceAll('\n', '\\n')
    const base64 = Buffer.from(privateKey).toString('base64')
    expect(settingsOf({ PRIVATE_KEY: inLine }).privateKey).toBe(privateKey)
    expect(settingsOf({ PRIVATE_KEY: base64 }).privateKey.trim()).toBe(privateKey.trim())
    for (const name of ['PRIVATE_KEY_FILE', 'PRIVATE_KEY_PATH']) {
      const { privateKey: found } = settingsOf({ PRIVATE_KEY: undefined, [name]: '/run/key' })
      expect(found.trim()).toBe(privateKey.trim())
    }
  })

  test('a secret may come from a file and be replaced step by step', () => {
    const change = { WEBHOOK_SECRET: undefined, WEBHOOK_SECRET_FILE: '/run/secret' }
    expect(settingsOf(change).webhookSecrets).toEqual([secret])
    const old = `${secret}-old`
    expect(settingsOf({ WEBHOOK_SECRET_PREVIOUS: old }).webhookSecrets).toEqual([secret, old])
  })
})

describe('the service refuses to start', () => {
  test.each<[string, Record<string, string | undefined>, RegExp]>([
    ['without a secret', { WEBHOOK_SECRET: undefined }, /^WEBHOOK_SECRET is missing/],
    ['with a blank secret', { WEBHOOK_SECRET: '  ' }, /^WEBHOOK_SECRET is missing/],
    ["with Probot's default secret", { WEBHOOK_SECRET: 'development' }, /everybody knows/],
    ['with a short secret', { WEBHOOK_SECRET: 'abc' }, /shorter than/],
    ['without a key', { PRIVATE_KEY: undefined }, /^PRIVATE_KEY is missing/],
    ['with a broken key', { PRIVATE_KEY: 'nonsense' }, /^PRIVATE_KEY cannot be read/],
    ['without an App id', { APP_ID: undefined }, /^APP_ID is missing/],
    ['with a strange App id', { APP_ID: 'twelve' }, /^APP_ID is "twelve"/],
    ['with a strange port', { PORT: '70000' }, /^PORT is "70000"/],
    [
      'with a strange host',
      { GHE_HOST: 'https://github.example.com/' },
      /^GHE_HOST is no|not a host/,
    ],
    ['with no address', { PUBLIC_URL: 'bot.example.com' }, /^PUBLIC_URL/],
    ['with an address without TLS', { PUBLIC_URL: 'http://bot.example.com' }, /^PUBLIC_URL/],
    ['with a strange level', { LOG_LEVEL: 'loud' }, /^LOG_LEVEL/],
    ['with another database', { DATABASE_URL: 'mysql://u:geheim@db/x' }, /^DATABASE_URL is not/],
    ['with no path for deliveries', { WEBHOOK_PATH: 'hooks' }, /^WEBHOOK_PATH/],
    [
      'with a strange protocol',
      { GHE_HOST: 'github.example.com', GHE_PROTOCOL: 'htp' },
      /^GHE_PROTOCOL/,
    ],
    ['with a short token for metrics', { METRICS_TOKEN: 'abc' }, /^METRICS_TOKEN is shorter/],
    ['with a file that is not there', { WEBHOOK_SECRET_FILE: '/none' }, /ENOENT/],
    ['with a folder it cannot use', { DATA_DIR: '/proc/nothing' }, /^DATA_DIR/],
  ])('%s', (_, change, want) => {
    const faults = faultsOf(change)
    expect(faults.filter((fault) => want.test(fault)).length).toBeGreaterThan(0)
    for (const fault of faults) expect(fault).not.toContain('\n')
  })

  test('on an old Node', () => {
    expect(faultsOf({}, 'v20.11.0')[0]).toMatch(/too old/)
    expect(faultsOf({}, 'v22.13.0')).toEqual([])
  })

  test('naming the file that cannot be read, and nothing that follows from it', () => {
    const change = { WEBHOOK_SECRET: undefined, WEBHOOK_SECRET_FILE: '/none' }
    expect(faultsOf(change)).toEqual([
      'The file for WEBHOOK_SECRET cannot be read (/none: ENOENT).',
    ])
  })

  test('saying everything at once and no secret at all', () => {
    const faults = faultsOf({
      APP_ID: undefined,
      WEBHOOK_SECRET: 'hunter2',
      PRIVATE_KEY: 'PRIVATE',
    })
    expect(faults).toHaveLength(3)
    expect(faults.join('\n')).not.toContain('hunter2')
  })
})
