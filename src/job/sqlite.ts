import { closeSync, existsSync, fsyncSync, mkdirSync, openSync, statSync } from 'node:fs'
import { dirname, resolve } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { DatabaseUnavailable } from './database-error.ts'
import { pending, sqliteMigrations } from './migrations.ts'
import type { Database } from './rows.ts'
import { createSqliteRows, type SqliteRows } from './sqlite-rows.ts'

/*
 * The embedded database: one SQLite file in WAL mode with full synchronous commits, through the
 * driver inside Node. No server, no native build.
 *
 * The driver is synchronous, so one transaction occupies its thread until the disk has it: the
 * group commit above keeps their number small, and store-thread.ts gives it a thread of its own.
 * Several processes on one machine may share the file (not over a network file system: WAL needs
 * shared memory).
 */

export interface SqliteOptions {
  /**
   * The database file; its folder is made when its parent is there. `:memory:` keeps everything in
   * this process and promises nothing beyond it: for the demo.
   */
  path: string
  /** Epoch ms. */
  clock: () => number
}

export const inMemory = ':memory:'
/** How long a transaction waits for another process's. Its thread stands still meanwhile. */
const busyMs = 3_000
/**
 * Pages between two checkpoints, 64 MB: some ten thousand deliveries. A page that is written again
 * and again moves into the database once, and whoever has to wait for the move is one in many
 * hundred. With SQLite's usual 1,000 a delivery cost a fifth more.
 */
const walPagesMax = 16_000
/** The WAL is cut back to this after a checkpoint; a burst may make it longer for a while. */
const walBytesMax = 64 * 1024 * 1024

/** Primary result codes that speak of the world and not of our SQL (sqlite.org/rescode.html). */
const worldCodes: Record<number, string> = {
  3: 'permission denied',
  5: 'locked by another process',
  6: 'locked',
  7: 'out of memory',
  8: 'read-only',
  10: 'disk error',
  11: 'corrupt',
  13: 'disk full',
  14: 'cannot be opened',
  23: 'access denied',
  26: 'not a database',
}

/**
 * After these the connection is not trusted any further; the next transaction opens anew. When the
 * disk is full, because closing moves the WAL into the database and gives its room back.
 */
const brokenCodes = new Set([10, 11, 13, 14, 26])

interface Connection {
  db: DatabaseSync
  rows: SqliteRows
  inode: number | null
}

/** Opens or creates the database file. Throws one plain line when that is impossible. */
export function openSqlite(options: SqliteOptions): Database {
  const path = options.path === inMemory ? inMemory : resolve(options.path)
  let connection: Connection | null = guard(path, () => connect(path, options.clock))
  let closed = false

  async function run<T>(work: (rows: SqliteRows) => Promise<T>): Promise<T> {
    if (closed) throw new DatabaseUnavailable('The job database is closed.')
    try {
      connection ??= reconnect(path, options.clock)
      return await inTransaction(connection, path, work)
    } catch (error) {
      if (brokenCodes.has(primaryCode(error) ?? 0)) {
        close(connection)
        connection = null
      }
      throw translate(path, error)
    }
  }

  return {
    transaction: (_lane, work) => inTurn(path, () => run(work)),
    listen: () => () => undefined,
    async close() {
      await inTurn(path, async () => {
        closed = true
        close(connection)
        connection = null
      })
    },
  }
}

/** Ends of the queues of this process, by file. */
const queues = new Map<string, Promise<unknown>>()

/**
 * One after the other: a connection has one transaction, `work` may yield between its statements,
 * and a second connection of this process that waited for the lock would keep the first from
 * ending.
 */
function inTurn<T>(path: string, work: () => Promise<T>): Promise<T> {
  const result = (queues.get(path) ?? Promise.resolve()).then(work)
  const end = result.then(
    () => undefined,
    () => undefined,
  )
  queues.set(path, end)
  end.then(() => {
    if (queues.get(path) === end) queues.delete(path)
  })
  return result
}

async function inTransaction<T>(
  { db, rows, inode }: Connection,
  path: string,
  work: (rows: SqliteRows) => Promise<T>,
): Promise<T> {
  if (inodeOf(path) !== inode) {
    // Commits would go to a file that no name leads to any more.
    throw new DatabaseUnavailable(`The job database ${path} was moved or replaced: restart.`)
  }
  db.exec('begin immediate')
  try {
    const result = await work(rows)
    db.exec('commit')
    return result
  } catch (error) {
    try {
      if (db.isTransaction) db.exec('rollback')
    } catch {
      // The first error says more; a connection that cannot roll back is closed by its code.
    }
    throw error
  }
}

function connect(path: string, clock: () => number): Connection {
  const folder = dirname(path)
  if (path !== inMemory && !existsSync(folder)) mkdirSync(folder, { mode: 0o700 })
  const db = new DatabaseSync(path)
  try {
    db.exec(`pragma busy_timeout = ${busyMs}`)
    db.exec('pragma journal_mode = wal')
    db.exec('pragma synchronous = full')
    db.exec(`pragma wal_autocheckpoint = ${walPagesMax}`)
    db.exec(`pragma journal_size_limit = ${walBytesMax}`)
    migrate(db)
    if (path !== inMemory) syncFolder(folder)
    return { db, rows: createSqliteRows(db, clock), inode: inodeOf(path) }
  } catch (error) {
    db.close()
    throw error
  }
}

/**
 * After a failure. What the log holds may be in the kernel's memory only: a failed `fsync` is told
 * once, and the next one may succeed without it. So all of it is written again, into the database,
 * before anything is promised on top. With other processes on the file it may be busy; they meet
 * the same disk.
 */
function reconnect(path: string, clock: () => number): Connection {
  const connection = connect(path, clock)
  try {
    connection.db.exec('pragma wal_checkpoint(truncate)')
    return connection
  } catch (error) {
    close(connection)
    throw error
  }
}

function migrate(db: DatabaseSync): void {
  db.exec('begin immediate')
  try {
    db.exec('create table if not exists migrations (number integer primary key, name text) strict')
    const applied = db.prepare('select number from migrations').all()
    for (const step of pending(
      sqliteMigrations,
      applied.map((row) => Number(row.number)),
    )) {
      db.exec(step.sql)
      db.prepare('insert into migrations values (?, ?)').run(step.number, step.name)
    }
    db.exec('commit')
  } catch (error) {
    if (db.isTransaction) db.exec('rollback')
    throw error
  }
}

/** A new file survives a power cut only when its folder has reached the disk too. */
function syncFolder(folder: string): void {
  const fd = openSync(folder, 'r')
  try {
    fsyncSync(fd)
  } finally {
    closeSync(fd)
  }
}

/** Which file the name leads to; null for none. */
function inodeOf(path: string): number | null {
  return statSync(path, { throwIfNoEntry: false })?.ino ?? null
}

function close(connection: Connection | null): void {
  try {
    connection?.db.close()
  } catch {
    // Closing what is broken already: nothing more can be done for it.
  }
}

function guard<T>(path: string, work: () => T): T {
  try {
    return work()
  } catch (error) {
    throw translate(path, error)
  }
}

function translate(path: string, error: unknown): unknown {
  const code = primaryCode(error)
  const meaning = code === null ? fileMeaning(error) : worldCodes[code]
  if (meaning === undefined) return error
  return new DatabaseUnavailable(`The job database ${path} is unusable: ${meaning}.`)
}

/** `errcode` is SQLite's extended result code; its low byte is the primary one. */
function primaryCode(error: unknown): number | null {
  const code = (error as { errcode?: unknown } | null)?.errcode
  return typeof code === 'number' ? code & 0xff : null
}

function fileMeaning(error: unknown): string | undefined {
  const code = (error as { code?: unknown } | null)?.code
  if (typeof code !== 'string') return undefined
  return /^E(ACCES|PERM|ROFS|NOSPC|IO|NOENT|NOTDIR|EXIST|MFILE|NFILE|DQUOT)$/.test(code)
    ? code
    : undefined
}
