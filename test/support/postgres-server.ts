import { execFileSync } from 'node:child_process'
import { chownSync, existsSync, mkdtempSync, readdirSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

/*
 * A real PostgreSQL server for the tests, from binaries that are already on the machine. It listens
 * on a Unix socket in its own folder only, waits for its disk like a production server, and is gone
 * with its folder afterwards. PostgreSQL refuses to run as root, so root starts it as `nobody`.
 */
export interface PostgresServer {
  /** Connection string of a fresh, empty database. */
  createDatabase(): string
  /** Ends the server as a power cut of the machine would (no checkpoint). */
  stop(): void
  start(): void
  remove(): void
}

const settings = ['listen_addresses=', 'max_connections=60', 'shared_buffers=32MB']

/** The folder with `initdb` and `pg_ctl`, or null and then a reason for skipping. */
export function findPostgres(): string | null {
  const base = '/usr/lib/postgresql'
  if (!existsSync(base)) return null
  const versions = readdirSync(base).sort((a, b) => Number(b) - Number(a))
  const folders = versions.map((version) => join(base, version, 'bin'))
  return folders.find((folder) => existsSync(join(folder, 'pg_ctl'))) ?? null
}

export const whyNoPostgres = 'no PostgreSQL server binaries in /usr/lib/postgresql'

export function startPostgres(bin: string): PostgresServer {
  const folder = mkdtempSync(join(tmpdir(), 'threat-model-pg-'))
  const user = unprivileged()
  if (user !== null) chownSync(folder, user.uid, user.gid)
  const data = join(folder, 'data')
  const run = (program: string, args: string[]) =>
    execFileSync(...asUser(user, join(bin, program), args), { cwd: folder, stdio: 'pipe' })

  run('initdb', ['-D', data, '-U', 'tester', '-A', 'trust', '--no-locale', '-E', 'UTF8', '-N'])
  const options = [...settings, `unix_socket_directories=${folder}`].map((s) => `-c ${s}`).join(' ')
  const start = () => {
    // Its output goes to a file: a pipe kept open by the server would keep this call waiting.
    run('pg_ctl', ['start', '-w', '-D', data, '-l', join(folder, 'log'), '-o', options])
  }
  const stop = () => {
    run('pg_ctl', ['stop', '-w', '-D', data, '-m', 'immediate'])
  }
  start()
  let databases = 0
  return {
    createDatabase() {
      databases += 1
      const name = `jobs_${databases}`
      run('createdb', ['-h', folder, '-U', 'tester', name])
      return `postgres://tester@/${name}?host=${encodeURIComponent(folder)}`
    },
    start,
    stop,
    remove() {
      try {
        stop()
      } catch {
        // Stopped already.
      }
      rmSync(folder, { recursive: true, force: true })
    },
  }
}

function unprivileged(): { uid: number; gid: number } | null {
  if (process.getuid?.() !== 0) return null
  const id = (flag: string) => Number(execFileSync('id', [flag, 'nobody'], { encoding: 'utf8' }))
  return { uid: id('-u'), gid: id('-g') }
}

function asUser(
  user: { uid: number; gid: number } | null,
  program: string,
  args: string[],
): [string, string[]] {
  if (user === null) return [program, args]
  const { uid, gid } = user
  const identity = [`--reuid=${uid}`, `--regid=${gid}`, '--clear-groups', '--']
  return ['setpriv', [...identity, program, ...args]]
}
