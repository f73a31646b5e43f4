import { join } from 'node:path'
import { folderFault, keyFault, nodeFault, secretFault } from './web/start-faults.ts'

/*
 * The environment → Settings, or every fault at once, each in one plain line that says what to do.
 * Names are Probot's where Probot has one. A secret may also come from a file: `NAME_FILE` holds
 * the path, as container platforms mount them. No value of a secret is ever part of a message.
 */
export interface Settings {
  appId: number
  privateKey: string
  /** The one in force first, then the one being replaced. */
  webhookSecrets: string[]
  /** `https://api.github.com` or that of an Enterprise Server. */
  apiUrl: string
  host: string
  port: number
  webhookPath: string
  bodyBytesMax: number
  /** `postgres://…`; null for the embedded store. */
  databaseUrl: string | null
  /** The file of the embedded store. */
  storePath: string
  /**
   * Where people reach this service, without a slash at the end: check runs then lead to a page of
   * the whole report. Null: no such page.
   */
  publicUrl: string | null
  /** Who may read /metrics from elsewhere; null: nobody. */
  metricsToken: string | null
  /** Jobs at once. */
  concurrency: number
  logLevel: 'info' | 'warn' | 'error'
  /** How long stopping may take. */
  stopMs: number
}

export type SettingsReading = { ok: true; settings: Settings } | { ok: false; faults: string[] }

export interface SettingsParts {
  environment: Readonly<Record<string, string | undefined>>
  /** Throws when the file cannot be read. */
  readFile(path: string): string
  /** `process.version`. */
  nodeVersion: string
}

/** GitHub sends at most 25 MB; a little more for what surrounds it. */
const bodyBytesMax = 26 * 1024 * 1024
const stopSecondsUsual = 25
const concurrencyUsual = 40
const concurrencyMax = 1_000

export function readSettings(parts: SettingsParts): SettingsReading {
  const faults: string[] = []
  const { text, secret, wholeNumber } = createSource(parts, faults)
  /** A file that cannot be read is what is wrong then, and not that the value is missing. */
  const judge = (name: string, fault: string | null) => {
    if (!faults.some((known) => known.startsWith(unreadable(name)))) note(faults, fault)
  }
  note(faults, nodeFault(parts.nodeVersion))
  const privateKey = readKey(secret('PRIVATE_KEY'))
  const current = secret('WEBHOOK_SECRET')
  const previous = secret('WEBHOOK_SECRET_PREVIOUS')
  const metricsToken = secret('METRICS_TOKEN')
  judge('WEBHOOK_SECRET', secretFault(current, 'WEBHOOK_SECRET'))
  for (const [name, value] of Object.entries({
    WEBHOOK_SECRET_PREVIOUS: previous,
    METRICS_TOKEN: metricsToken,
  })) {
    if (value !== undefined) note(faults, secretFault(value, name))
  }
  judge('PRIVATE_KEY', keyFault(privateKey, 'PRIVATE_KEY'))
  const databaseUrl = secret('DATABASE_URL') ?? null
  const folder = text('DATA_DIR') ?? 'data'
  note(faults, databaseUrl === null ? folderFault(folder, 'DATA_DIR') : databaseFault(databaseUrl))
  const webhookPath = text('WEBHOOK_PATH') ?? '/api/github/webhooks'
  note(faults, pathFault(webhookPath))
  const settings: Settings = {
    appId: wholeNumber('APP_ID', { min: 1, usual: null }),
    privateKey: privateKey ?? '',
    webhookSecrets: [current ?? '', ...(previous === undefined ? [] : [previous])],
    apiUrl: apiUrl(text('GHE_HOST'), text('GHE_PROTOCOL'), faults),
    host: text('HOST') ?? '0.0.0.0',
    port: wholeNumber('PORT', { min: 0, max: 65_535, usual: 3000 }),
    webhookPath,
    bodyBytesMax,
    databaseUrl,
    storePath: join(folder, 'jobs.sqlite'),
    publicUrl: publicUrl(text('PUBLIC_URL'), faults),
    metricsToken: metricsToken ?? null,
    concurrency: wholeNumber('CONCURRENCY', {
      min: 1,
      max: concurrencyMax,
      usual: concurrencyUsual,
    }),
    logLevel: logLevel(text('LOG_LEVEL'), faults),
    stopMs: wholeNumber('STOP_SECONDS', { min: 1, max: 600, usual: stopSecondsUsual }) * 1000,
  }
  return faults.length > 0 ? { ok: false, faults } : { ok: true, settings }
}

function note(faults: string[], fault: string | null): void {
  if (fault !== null) faults.push(fault)
}

interface Source {
  /** Undefined when missing or blank. */
  text(name: string): string | undefined
  /** From `NAME`, or from the file that `NAME_FILE` names. */
  secret(name: string): string | undefined
  wholeNumber(name: string, range: { min: number; max?: number; usual: number | null }): number
}

function createSource({ environment, readFile }: SettingsParts, faults: string[]): Source {
  function text(name: string): string | undefined {
    const value = environment[name]?.trim()
    return value === '' ? undefined : value
  }

  return {
    text,
    secret(name) {
      // `PRIVATE_KEY_PATH` is Probot's name for the same.
      const path = text(`${name}_FILE`) ?? text(`${name}_PATH`)
      if (path === undefined) return text(name)
      try {
        return readFile(path).trim()
      } catch (error) {
        const code = (error as NodeJS.ErrnoException).code ?? 'unknown error'
        faults.push(`${unreadable(name)} cannot be read (${path}: ${code}).`)
        return undefined
      }
    },
    wholeNumber(name, { min, max = Number.MAX_SAFE_INTEGER, usual }) {
      const value = text(name)
      if (value === undefined && usual !== null) return usual
      const number = /^\d{1,15}$/.test(value ?? '') ? Number(value) : Number.NaN
      if (number >= min && number <= max) return number
      const range = max === Number.MAX_SAFE_INTEGER ? `from ${min} on` : `from ${min} to ${max}`
      faults.push(
        value === undefined
          ? `${name} is missing: set it to a whole number.`
          : `${name} is "${value.slice(0, 40)}": set it to a whole number ${range}.`,
      )
      return min
    },
  }
}

const unreadable = (name: string) => `The file for ${name}`

/** The address holds a password, so that it is not repeated. */
function databaseFault(url: string): string | null {
  if (/^postgres(?:ql)?:\/\/./.test(url)) return null
  return 'DATABASE_URL is not an address like postgres://user:password@host/database.'
}

function pathFault(path: string): string | null {
  if (/^\/[A-Za-z0-9._~/-]{1,200}$/.test(path)) return null
  return 'WEBHOOK_PATH is not a path like /api/github/webhooks.'
}

/** As PEM, as PEM with `\n` in the place of line breaks, or as base64 of PEM. */
function readKey(value: string | undefined): string | undefined {
  if (value === undefined || value.includes('-----BEGIN')) return value?.replaceAll('\\n', '\n')
  const decoded = Buffer.from(value, 'base64').toString('utf8')
  // What is neither is shown as it is, so that it is called unreadable and not missing.
  return decoded.includes('-----BEGIN') ? decoded : value
}

const hostForm = /^[a-z0-9](?:[a-z0-9.-]{0,251}[a-z0-9])?(?::\d{1,5})?$/i

/** Enterprise Server has its API below `/api/v3`, data residency at `api.` of its own domain. */
function apiUrl(host: string | undefined, protocol: string | undefined, faults: string[]): string {
  if (host === undefined) return 'https://api.github.com'
  if (!hostForm.test(host)) {
    faults.push('GHE_HOST is not a host name: write it like github.example.com.')
    return ''
  }
  if (host.toLowerCase().endsWith('.ghe.com')) {
    return `https://${host.startsWith('api.') ? host : `api.${host}`}`
  }
  if (protocol !== undefined && protocol !== 'http' && protocol !== 'https') {
    faults.push('GHE_PROTOCOL is neither https nor http.')
  }
  return `${protocol === 'http' ? 'http' : 'https'}://${host}/api/v3`
}

/**
 * Over TLS, because whoever sees the address of a report can read it; plain only on this machine.
 */
function publicUrl(value: string | undefined, faults: string[]): string | null {
  if (value === undefined) return null
  const url = URL.canParse(value) ? new URL(value) : null
  const isLocal = url !== null && /^(?:localhost|127\.0\.0\.1|\[::1\])$/.test(url.hostname)
  const isSafe = url?.protocol === 'https:' || (url?.protocol === 'http:' && isLocal)
  if (!url || !isSafe || url.username || url.password || url.search || url.hash) {
    faults.push('PUBLIC_URL is not an address like https://threat-model.example.com.')
    return null
  }
  return url.href.replace(/\/+$/, '')
}

function logLevel(word: string | undefined, faults: string[]): Settings['logLevel'] {
  switch (word?.toLowerCase()) {
    case undefined:
    case 'info':
      return 'info'
    case 'warn':
      return 'warn'
    case 'error':
      return 'error'
    default:
      faults.push('LOG_LEVEL is none of info, warn, error.')
      return 'info'
  }
}
