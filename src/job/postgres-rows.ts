import { createHash } from 'node:crypto'
import type pg from 'pg'
import type { Cause, Job } from './job.ts'
import { clockSlackMs, waitMaxMs } from './machine.ts'
import type { Changes, CountRow, DeliveryRow, Rows } from './rows.ts'

/*
 * The statements of the PostgreSQL database inside one transaction. Only SQL and the mapping of
 * rows to values. Lists travel as one JSON or array parameter, so that a batch of 500 costs as many
 * round trips as a batch of one.
 */

interface Transaction {
  client: pg.PoolClient
  schema: string
  now: number
}

/** `schema` is trusted text; `now` is the time of the whole transaction, epoch ms. */
export function createPostgresRows(client: pg.PoolClient, schema: string, now: number): Rows {
  const tx = { client, schema, now }
  return {
    now: () => now,
    jobs: (keys) => lockJobs(tx, keys),
    known: (deliveries) => known(tx, deliveries),
    write: (changes) => write(tx, changes),
    nextTurns: (limit, perInstallation) => nextTurns(tx, limit, perInstallation),
    overdue: (limit) => overdue(tx, limit),
    sweep: (before, limit) => sweep(tx, before, limit),
    counts: () => counts(tx),
    dead: (limit) => dead(tx, limit),
    beginRound: (name, before) => beginRound(tx, name, before),
    async endRound(name, mark) {
      await client.query(`update ${schema}.rounds set mark = $1 where name = $2`, [mark, name])
    },
    async touch() {
      await client.query(`update ${schema}.probe set at = $1`, [now])
    },
  }
}

/**
 * Locks the names first, then reads: a second statement, because its snapshot must be younger than
 * the commit of whoever held the name before us. Both in one order, so that nobody waits in a ring.
 */
async function lockJobs({ client, schema }: Transaction, keys: string[]): Promise<Job[]> {
  const locks = [...new Set(keys.map(lockOf))].sort()
  await client.query(
    'select pg_advisory_xact_lock(name) from unnest($1::bigint[]) with ordinality as n(name, i)',
    [locks],
  )
  const { rows } = await client.query(
    `select * from ${schema}.jobs where key = any($1) order by key for update`,
    [keys],
  )
  return rows.map(toJob)
}

/** 63 bits of a hash: two keys that share one wait for each other, nothing worse. */
function lockOf(key: string): string {
  const hash = createHash('sha256').update('threat-model-bot job ').update(key).digest()
  return (hash.readBigUInt64BE(0) >> 1n).toString()
}

async function known(
  { client, schema }: Transaction,
  deliveries: DeliveryRow[],
): Promise<DeliveryRow[]> {
  const { rows } = await client.query(
    `select delivery, key from ${schema}.deliveries
     where (delivery, key) in (select * from unnest($1::text[], $2::text[]))`,
    [deliveries.map((row) => row.delivery), deliveries.map((row) => row.key)],
  )
  return rows as DeliveryRow[]
}

const columns = `key text, installation_id bigint, pull jsonb, state text, dirty boolean,
  attempts integer, lapses integer, exhausted boolean, added_at bigint, changed_at bigint,
  due_at bigint, lease_until bigint, run bigint, causes jsonb, seen integer, last_failure text`
const names = columns.split(',').map((column) => column.trim().split(' ')[0])
const updates = names.filter((n) => n !== 'key').map((n) => `${n} = excluded.${n}`)

/**
 * All changes in one statement. A new turn is written even when it exists, for the lock: it must
 * not be swept away between now and our commit. Names are locked and rows are held by now, so
 * nothing in here waits for another transaction but the turns, and those are taken in one order.
 */
async function write(tx: Transaction, changes: Changes): Promise<void> {
  const { client, schema: s, now } = tx
  const turns = new Set(changes.jobs.map((job) => job.installationId))
  await client.query(
    `with
      jobs as (insert into ${s}.jobs (${names})
        select ${names} from jsonb_to_recordset($1::jsonb) as r(${columns})
        on conflict (key) do update set ${updates}),
      removed as (delete from ${s}.jobs where key = any($2)),
      remembered as (insert into ${s}.deliveries (delivery, key, at)
        select *, $5::bigint from unnest($3::text[], $4::text[]) on conflict do nothing)
     insert into ${s}.turns (installation_id, served_at, paused_until)
       select id, $5::bigint, 0 from unnest($6::bigint[]) as t(id) order by id
       on conflict (installation_id) do update set served_at = turns.served_at`,
    [
      JSON.stringify(changes.jobs.map(toRow)),
      changes.removed,
      changes.deliveries.map((row) => row.delivery),
      changes.deliveries.map((row) => row.key),
      now,
      [...turns],
    ],
  )
  await writeTurns(tx, changes)
  if (changes.jobs.some((job) => job.state === 'waiting')) {
    await client.query('select pg_notify($1, $2)', [`${s}_work`, ''])
  }
}

async function writeTurns({ client, schema: s, now }: Transaction, changes: Changes) {
  if (changes.served.length > 0) {
    await client.query(
      `update ${s}.turns set served_at = $1 where installation_id = any($2::bigint[])`,
      [now, changes.served],
    )
  }
  for (const [installationId, until] of [...changes.pauses].sort(([a], [b]) => a - b)) {
    await client.query(
      `update ${s}.turns set paused_until = greatest(paused_until, $1) where installation_id = $2`,
      [until, installationId],
    )
  }
}

/**
 * Walks the installations in the order of their last turn and stops at the limit. A job that
 * somebody is folding a delivery into right now is passed over instead of waited for. A pause
 * longer than any wait we ever set was written before the clock was set back, and counts for
 * nothing.
 */
async function nextTurns(
  { client, schema: s, now }: Transaction,
  limit: number,
  perInstallation: number,
): Promise<Job[]> {
  const { rows } = await client.query(
    `select job.* from ${s}.turns cross join lateral (
       select * from ${s}.jobs
       where jobs.installation_id = turns.installation_id
         and jobs.state = 'waiting' and jobs.due_at <= $1
       order by jobs.due_at limit 1 for update skip locked) as job
     where (turns.paused_until <= $1 or turns.paused_until > $1 + $2)
       and (select count(*) from ${s}.jobs as busy
            where busy.installation_id = turns.installation_id and busy.state = 'running') < $3
     order by turns.served_at, turns.installation_id
     limit $4`,
    [now, waitMaxMs, perInstallation, limit],
  )
  return rows.map(toJob)
}

async function overdue({ client, schema: s, now }: Transaction, limit: number): Promise<Job[]> {
  const { rows } = await client.query(
    `select * from ${s}.jobs
     where state = 'running' and lease_until <= $1 or state <> 'dead' and changed_at > $2
     order by key limit $3 for update skip locked`,
    [now, now + clockSlackMs, limit],
  )
  return rows.map(toJob)
}

/** The lock keeps arrivals out for a moment: a turn must not go while a job of it is coming in. */
async function sweep({ client, schema: s, now }: Transaction, before: number, limit: number) {
  await client.query(
    `delete from ${s}.deliveries where (delivery, key) in
       (select delivery, key from ${s}.deliveries where at < $1 order by at limit $2)`,
    [before, limit],
  )
  await client.query(`lock table ${s}.turns in share row exclusive mode`)
  await client.query(
    `delete from ${s}.turns where paused_until <= $1 and not exists (
       select 1 from ${s}.jobs where jobs.installation_id = turns.installation_id
         and state in ('waiting', 'running'))`,
    [now],
  )
}

async function counts({ client, schema, now }: Transaction): Promise<CountRow[]> {
  const { rows } = await client.query(
    `select state, count(*) as jobs, count(*) filter (where due_at <= $1) as due,
       min(due_at) as first from ${schema}.jobs group by state`,
    [now],
  )
  return rows.map((row) => ({
    state: String(row.state),
    jobs: Number(row.jobs),
    due: Number(row.due),
    firstDueAt: row.first === null ? null : Number(row.first),
  }))
}

async function dead({ client, schema }: Transaction, limit: number): Promise<Job[]> {
  const { rows } = await client.query(
    `select * from ${schema}.jobs where state = 'dead' order by due_at limit $1`,
    [limit],
  )
  return rows.map(toJob)
}

async function beginRound({ client, schema: s, now }: Transaction, name: string, before: number) {
  const { rows } = await client.query(
    `insert into ${s}.rounds as r values ($1, $2, 0)
     on conflict (name) do update set begun_at = $2
       where r.begun_at <= $3 or r.begun_at > $4
     returning mark`,
    [name, now, before, now + clockSlackMs],
  )
  return rows[0] === undefined ? null : { mark: Number(rows[0].mark) }
}

function toRow(job: Job) {
  return {
    key: job.key,
    installation_id: job.installationId,
    pull: job.pull,
    state: job.state,
    dirty: job.dirty,
    attempts: job.attempts,
    lapses: job.lapses,
    exhausted: job.exhausted,
    added_at: job.addedAt,
    changed_at: job.changedAt,
    due_at: job.dueAt,
    lease_until: job.leaseUntil,
    run: job.run,
    causes: job.causes,
    seen: job.seen,
    last_failure: job.lastFailure,
  }
}

/** The driver hands out `bigint` as text, because not every one is a number; ours are. */
function toJob(row: Record<string, unknown>): Job {
  return {
    key: String(row.key),
    installationId: Number(row.installation_id),
    pull: row.pull as Job['pull'],
    state: row.state as Job['state'],
    dirty: row.dirty === true,
    attempts: Number(row.attempts),
    lapses: Number(row.lapses),
    exhausted: row.exhausted === true,
    addedAt: Number(row.added_at),
    changedAt: Number(row.changed_at),
    dueAt: Number(row.due_at),
    leaseUntil: row.lease_until === null ? null : Number(row.lease_until),
    run: Number(row.run),
    causes: row.causes as Cause[],
    seen: Number(row.seen),
    lastFailure: row.last_failure === null ? null : String(row.last_failure),
  }
}
