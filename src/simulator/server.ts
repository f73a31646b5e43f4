import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { text } from 'node:stream/consumers'
import type { Fetch } from './fetch.ts'
import type { Simulator } from './simulator.ts'

/*
 * The simulated GitHub on a port of this machine, for what cannot be given a `fetch`: a process of
 * its own, or a base address as an Enterprise Server has it (`http://127.0.0.1:PORT/api/v3`).
 */
export interface SimulatorServer {
  /** Of REST; GraphQL answers at `/api/graphql` and `/graphql`. */
  apiUrl: string
  close(): Promise<void>
}

export async function listen(simulator: Simulator, port = 0): Promise<SimulatorServer> {
  const server = createServer((request, response) => {
    answer(simulator.fetch, request, response).catch((error: unknown) => {
      response.writeHead(500, { 'content-type': 'text/plain' }).end(String(error))
    })
  })
  await new Promise<void>((resolve) => {
    server.listen(port, '127.0.0.1', resolve)
  })
  const { port: taken } = server.address() as AddressInfo
  const apiUrl = `http://127.0.0.1:${taken}/api/v3`
  simulator.state.apiUrl = apiUrl
  simulator.state.htmlUrl = `http://127.0.0.1:${taken}`
  return {
    apiUrl,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve())
        server.closeAllConnections()
      }),
  }
}

async function answer(
  fetch: Fetch,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  const headers = Object.entries(request.headers).flatMap(([name, value]) =>
    typeof value === 'string' ? [[name, value] as [string, string]] : [],
  )
  const body = await text(request)
  const answered = await fetch(`http://127.0.0.1${request.url ?? '/'}`, {
    method: request.method ?? 'GET',
    headers,
    ...(body === '' ? {} : { body }),
  })
  response.writeHead(answered.status, Object.fromEntries(answered.headers))
  response.end(Buffer.from(await answered.arrayBuffer()))
}
