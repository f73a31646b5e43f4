import { createPrivateKey } from 'node:crypto'
import { accessSync, constants, existsSync, mkdirSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'

/*
 * What makes a start pointless or dangerous, each in one plain line that says what to do. null
 * means that there is nothing to complain about. `main.ts` prints the lines and ends with status 2.
 */

/** `node:sqlite` without a flag, and type stripping, begin here. */
const nodeMin = [22, 13] as const
const secretCharsMin = 16
/** Values that stand in documentation and default settings, so that everybody knows them. */
const knownSecrets = new Set(['development', 'your-webhook-secret', 'changemechangeme'])
const keyBitsMin = 2048

export function nodeFault(version: string): string | null {
  const [major = 0, minor = 0] = version.replace(/^v/, '').split('.').map(Number)
  const [wanted, wantedMinor] = nodeMin
  if (major > wanted || (major === wanted && minor >= wantedMinor)) return null
  return `Node ${version} is too old: install Node ${wanted}.${wantedMinor} or newer.`
}

/** Without a secret anybody could send deliveries. `name` is the setting's name. */
export function secretFault(secret: string | undefined, name: string): string | null {
  if (secret === undefined || secret.trim() === '') {
    return `${name} is missing: set it to the webhook secret of the GitHub App.`
  }
  if (knownSecrets.has(secret.trim().toLowerCase())) {
    return `${name} is a value everybody knows: make one with "openssl rand -hex 32".`
  }
  if (secret.length < secretCharsMin) {
    return `${name} is shorter than ${secretCharsMin} characters: use "openssl rand -hex 32".`
  }
  return null
}

/** The App's key must be an RSA private key in PEM form; the text itself is never repeated. */
export function keyFault(pem: string | undefined, name: string): string | null {
  if (pem === undefined || pem.trim() === '') {
    return `${name} is missing: set it to the private key of the GitHub App (PEM).`
  }
  try {
    const key = createPrivateKey(pem)
    const bits = key.asymmetricKeyDetails?.modulusLength ?? 0
    if (key.asymmetricKeyType === 'rsa' && bits >= keyBitsMin) return null
    return `${name} is not an RSA key of at least ${keyBitsMin} bits: download one from GitHub.`
  } catch {
    return `${name} cannot be read as a private key (PEM): are its line breaks intact?`
  }
}

/** Can files be created in the folder of the embedded store? */
export function folderFault(folder: string, name: string): string | null {
  const trial = join(folder, `.write-test-${process.pid}`)
  try {
    // Not `recursive`: under /proc that never returns in Node 24.
    if (!existsSync(folder)) mkdirSync(folder, { mode: 0o700 })
    accessSync(folder, constants.W_OK)
    writeFileSync(trial, '')
    rmSync(trial)
    return null
  } catch (error) {
    const code = (error as NodeJS.ErrnoException).code ?? 'unknown error'
    return `${name} is not a folder this user can write to (${folder}: ${code}).`
  }
}
