import { execFile } from 'node:child_process'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import { describe, expect, test } from '@jest/globals'
import { useProxy } from '../../../src/proxy.ts'

/*
 * Behind a proxy: the program as a process of its own, because a proxy is for all of it, and what
 * is said where Node cannot do it.
 */

const program = fileURLToPath(new URL('../../../src/cli.ts', import.meta.url))

/** Runs `check --pull-request` with a proxy that lets nothing through; what it was asked for. */
async function askedOf(environment: (proxy: string) => Record<string, string>): Promise<string[]> {
  const asked: string[] = []
  const proxy = createServer((request, response) => {
    asked.push(`${request.method} ${request.url}`)
    response.writeHead(502).end()
  })
  proxy.on('connect', (request, socket) => {
    asked.push(`CONNECT ${request.url}`)
    socket.end('HTTP/1.1 502 Bad Gateway\r\n\r\n')
  })
  await new Promise<void>((resolve) => proxy.listen(0, '127.0.0.1', resolve))
  const address = `http://127.0.0.1:${(proxy.address() as AddressInfo).port}`
  const words = [
    '--disable-warning=ExperimentalWarning',
    program,
    'check',
    '--pull-request',
    'a/b#1',
  ]
  const env = { PATH: process.env.PATH, GITHUB_TOKEN: 'none', ...environment(address) }
  await promisify(execFile)(process.execPath, words, { env }).catch(() => undefined)
  await new Promise((resolve) => proxy.close(resolve))
  return asked
}

describe('a proxy', () => {
  test('that the environment names is used', async () => {
    expect(await askedOf((proxy) => ({ HTTPS_PROXY: proxy }))).toEqual([
      'CONNECT api.github.com:443',
    ])
  })

  test('is not used for what NO_PROXY names', async () => {
    const environment = (proxy: string) => ({
      HTTPS_PROXY: proxy,
      NO_PROXY: 'github.invalid',
      GHE_HOST: 'github.invalid',
    })
    expect(await askedOf(environment)).toEqual([])
  })
})

describe('the start', () => {
  const parts = { nodeVersion: 'v24.21.0', setGlobal: () => undefined }

  test('changes nothing without a proxy', () => {
    const setGlobal = () => {
      throw new Error('not to be called')
    }
    expect(useProxy({ ...parts, setGlobal, environment: { HTTPS_PROXY: ' ' } })).toBeNull()
  })

  test('is refused with an address that is none, and without telling it', () => {
    const fault = useProxy({ ...parts, environment: { https_proxy: 'user:pass@proxy' } })
    expect(fault).toMatch(/^https_proxy is no address of a proxy/)
    expect(fault).not.toContain('pass@')
  })

  test('says what to do where this Node cannot', () => {
    const environment = { HTTPS_PROXY: 'http://proxy.example:3128' }
    const old = { nodeVersion: 'v22.13.0', setGlobal: undefined }
    expect(useProxy({ ...old, environment })).toMatch(/NODE_USE_ENV_PROXY=1/)
    const asked = { ...environment, NODE_USE_ENV_PROXY: '1' }
    expect(useProxy({ ...old, environment: asked })).toMatch(/Node 22\.21/)
    expect(useProxy({ ...old, nodeVersion: 'v22.21.0', environment: asked })).toBeNull()
  })
})
