import pg from 'pg'
import { DatabaseUnavailable } from './database-error.ts'
import { pending, postgresMigrations } from './migrations.ts'
import { listenForWork } from './postgres-listen.ts'
import { createPostgresRows } from './postgres-rows.ts'
import type { Database, Lane, Rows } from './rows.ts'

/*
 * PostgreSQL as the place for jobs, for several processes on several machines. Plain SQL on `pg`:
 * why no queue library, with figures, is told in
 * docs/decisions/0009-postgresql-without-a-queue-library.md.
 *
 * Two kinds of transactions. `arrivals` locks the keys it names (an advisory lock each, because a
 * row that does not exist yet cannot be locked) and never waits for a claim. `turns` runs one at a
 * time over all processes: only then are turns fair and the cap of an installation exact; a claim
 * takes a few milliseconds, a job at least some hundred.
 *
 * The database's own clock is used, so that machines whose clocks differ agree about leases.
 */

export interface PostgresOptions {
  /** `postgres://…`. Never logged. */
  url: string
  /** Tables live in a schema of their own. */
  schema?: string
  /** Replaces the database's clock in tests. Epoch ms. */
  clock?: () => number
}

const connectMs = 5_000
const statementMs = 15_000
const connectionsMax = 5
/** A deadlock or a serialisation failure is over after one more try, or it is a defect. */
const attemptsMax = 3
/** Any constant that no other program on this database uses. */
const turnsLock = 7_316_402_519
const migrationLock = 7_316_402_520

/** SQLSTATE classes that speak of the world and not of our SQL. */
const worldClasses = /^(08|25|28|3D|40|53|55|57|58|XX)/
const retryCodes = new Set(['40001', '40P01'])

/** Connects and brings the tables up to date. Throws one plain line when that is impossible. */
export async function openPostgres(options: PostgresOptions): Promise<Database> {
  const schema = schemaName(options.schema ?? 'threat_model_bot')
  const pool = new pg.Pool({
    connectionString: options.url,
    max: connectionsMax,
    connectionTimeoutMillis: connectMs,
    query_timeout: statementMs,
    keepAlive: true,
    application_name: 'threat-model-bot',
  })
  // A connection that breaks is replaced by the pool. Without a listener, idle or in use, it would
  // end the process; whoever uses it learns of it by its query.
  pool.on('error', () => undefined)
  pool.on('connect', (client) => {
    client.on('error', () => undefined)
  })
  try {
    await refuseUnsafe(pool)
    await migrate(pool, schema)
  } catch (error) {
    await pool.end()
    throw translate(error)
  }
  const session = { pool, schema, clock: options.clock ?? null }
  return {
    transaction: (lane, work) => retry(() => inTransaction(session, lane, work)),
    listen: (listener) => listenForWork(options.url, schema, listener),
    close: () => pool.end(),
  }
}

interface Session {
  pool: pg.Pool
  schema: string
  clock: (() => number) | null
}

async function inTransaction<T>(
  { pool, schema, clock }: Session,
  lane: Lane,
  work: (rows: Rows) => Promise<T>,
): Promise<T> {
  const client = await connect(pool)
  try {
    const now = await begin(client, lane)
    const result = await work(createPostgresRows(client, schema, clock ? clock() : now))
    await client.query('commit')
    client.release()
    return result
  } catch (error) {
    const rolledBack = await client.query('rollback').then(
      () => true,
      () => false,
    )
    client.release(!rolledBack)
    throw translate(error)
  }
}

async function connect(pool: pg.Pool): Promise<pg.PoolClient> {
  try {
    const client = await pool.connect()
    return client
  } catch (error) {
    throw translate(error)
  }
}

/** One round trip: begin, the lane's lock, and the time once the lock is held. */
async function begin(client: pg.PoolClient, lane: Lane): Promise<number> {
  const lock = lane === 'turns' ? `select pg_advisory_xact_lock(${turnsLock});` : ''
  const results = (await client.query(
    `begin isolation level read committed; ${lock}
     select (extract(epoch from clock_timestamp()) * 1000)::bigint as now`,
  )) as unknown as pg.QueryResult[]
  return Number(results.at(-1)?.rows[0]?.now)
}

async function retry<T>(work: () => Promise<T>): Promise<T> {
  for (let attempt = 1; ; attempt += 1) {
    try {
      return await work()
    } catch (error) {
      const code = error instanceof DatabaseUnavailable ? sqlState(error.cause) : null
      if (attempt >= attemptsMax || code === null || !retryCodes.has(code)) throw error
    }
  }
}

/** A server that does not wait for its disk cannot promise anything to GitHub. */
async function refuseUnsafe(pool: pg.Pool): Promise<void> {
  const { rows } = await pool.query(
    "select current_setting('fsync') as fsync, current_setting('synchronous_commit') as commit",
  )
  for (const name of ['fsync', 'commit'] as const) {
    if (rows[0]?.[name] !== 'off') continue
    const setting = name === 'commit' ? 'synchronous_commit' : name
    throw new DatabaseUnavailable(
      `The PostgreSQL server has ${setting} = off and may lose what it confirmed: turn it on.`,
    )
  }
}

async function migrate(pool: pg.Pool, schema: string): Promise<void> {
  const client = await pool.connect()
  try {
    await client.query(`begin; select pg_advisory_xact_lock(${migrationLock})`)
    const { rows } = await client.query('select to_regnamespace($1) as found', [schema])
    if (rows[0]?.found === null) await client.query(`create schema ${schema}`)
    await client.query(`set local search_path to ${schema}`)
    await client.query('create table if not exists migrations (number int primary key, name text)')
    const applied = await client.query('select number from migrations')
    for (const step of pending(
      postgresMigrations,
      applied.rows.map((row) => Number(row.number)),
    )) {
      await client.query(step.sql)
      await client.query('insert into migrations values ($1, $2)', [step.number, step.name])
    }
    await client.query('commit')
  } finally {
    // Ends an open transaction together with its connection.
    client.release(true)
  }
}

/** The name goes into statements as it stands, so it is held to a form that needs no quoting. */
function schemaName(name: string): string {
  if (/^[a-z_][a-z0-9_]{0,40}$/.test(name)) return name
  throw new Error(`A schema name has small letters, digits and underscores: ${name}`)
}

function translate(error: unknown): unknown {
  if (error instanceof DatabaseUnavailable) return error
  const state = sqlState(error)
  if (state !== null && !worldClasses.test(state)) return error
  if (state === null && !isConnectionTrouble(error)) return error
  const reason = state ?? (error as { code?: string }).code ?? (error as Error).message
  // The message of a connection error may hold the address, so only its code is passed on.
  return new DatabaseUnavailable(`The PostgreSQL job database did not answer: ${reason}.`, {
    cause: error,
  })
}

function isConnectionTrouble(error: unknown): boolean {
  const { code, message } = error as { code?: unknown; message?: unknown }
  if (typeof code === 'string' && /^E[A-Z_]+$/.test(code)) return true
  return /timeout|terminated|not queryable|end on the pool|Connection/i.test(String(message))
}

function sqlState(error: unknown): string | null {
  const code = (error as { code?: unknown } | null)?.code
  return typeof code === 'string' && /^[0-9A-Z]{5}$/.test(code) && !/^E[A-Z]{4}$/.test(code)
    ? code
    : null
}
