import * as http from 'node:http'

/*
 * Requests through the proxy that the environment names, as other programs understand it:
 * HTTPS_PROXY, HTTP_PROXY, NO_PROXY, in capitals or not. Node does the work: by a function since
 * 24.14, and before that only when it was started with NODE_USE_ENV_PROXY=1 (since 22.21). Whoever
 * has to go through a proxy must not find out by waiting for time-outs: where Node can do neither,
 * that is said at the start.
 *
 * It is no setting of ours because everything in the process is to use it, and only one place may
 * say so.
 */
type Environment = Readonly<Record<string, string | undefined>>

export interface ProxyParts {
  environment: Environment
  /** `process.version`. */
  nodeVersion: string
  /** Node's own function; undefined where it has none. */
  setGlobal: ((environment: NodeJS.ProcessEnv) => unknown) | undefined
}

const names = ['HTTPS_PROXY', 'HTTP_PROXY'].flatMap((name) => [name, name.toLowerCase()])
/** The first versions that know NODE_USE_ENV_PROXY; https://nodejs.org/api/cli.html. */
const knowsVariable = (major: number, minor: number) => major >= 24 || (major === 22 && minor >= 21)

/** Makes every request of this process use the proxy; what is wrong in one plain line, or null. */
export function useProxy(parts: ProxyParts): string | null {
  const { environment, nodeVersion, setGlobal } = parts
  const used = names.filter((name) => environment[name]?.trim())
  const wrong = used.find((name) => !isAddress(environment[name] ?? ''))
  // An address of a proxy may hold a password.
  if (wrong)
    return `${wrong} is no address of a proxy: write it like http://proxy.example.com:3128.`
  const [name] = used
  if (name === undefined) return null
  const [major = 0, minor = 0] = nodeVersion.replace(/^v/, '').split('.').map(Number)
  if (environment.NODE_USE_ENV_PROXY === '1' && knowsVariable(major, minor)) return null
  if (setGlobal === undefined) {
    return (
      `${name} is set, and Node ${nodeVersion} does not use it by itself: ` +
      'use Node 24.14 or later, or start Node 22.21 or later with NODE_USE_ENV_PROXY=1.'
    )
  }
  setGlobal({ ...environment })
  return null
}

function isAddress(text: string): boolean {
  return URL.canParse(text) && /^https?:$/.test(new URL(text).protocol)
}

/** What this Node offers for it. */
export function nodesProxy(): Pick<ProxyParts, 'nodeVersion' | 'setGlobal'> {
  // Older versions have no such name; importing it by name would end the process.
  const found: unknown = Reflect.get(http, 'setGlobalProxyFromEnv')
  const setGlobal =
    typeof found === 'function' ? (found as typeof http.setGlobalProxyFromEnv) : undefined
  return { nodeVersion: process.version, setGlobal }
}
