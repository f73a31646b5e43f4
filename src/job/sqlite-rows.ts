import type { DatabaseSync, StatementSync } from 'node:sqlite'
import type { Cause, Job } from './job.ts'
import { clockSlackMs, waitMaxMs } from './machine.ts'
import type { Changes, CountRow, Rows } from './rows.ts'

/*
 * The statements of the embedded database. Only SQL and the mapping of rows to values: what the
 * values mean is decided in machine.ts and batch.ts.
 */

/** As `Rows`, but everything is answered at once. */
export type SqliteRows = Rows

type Statements = ReturnType<typeof prepare>

export function createSqliteRows(db: DatabaseSync, clock: () => number): SqliteRows {
  const sql = prepare(db)
  return {
    now: clock,
    jobs: (keys) => keys.flatMap((key) => sql.job.all(key)).map(toJob),
    known: (deliveries) =>
      deliveries.filter(({ delivery, key }) => sql.known.get(delivery, key) !== undefined),
    write: (changes) => write(sql, changes, clock()),
    nextTurns: (limit, perInstallation) =>
      sql.nextTurns.all({ now: clock(), waitMaxMs, limit, perInstallation }).map(toJob),
    overdue: (limit) => sql.overdue.all({ now: clock(), clockSlackMs, limit }).map(toJob),
    sweep(before, limit) {
      sql.forget.run(before, limit)
      sql.dropTurns.run(clock())
    },
    counts: () => sql.counts.all(clock()).map(toCount),
    dead: (limit) => sql.dead.all(limit).map(toJob),
    beginRound(name, before) {
      const row = sql.beginRound.get({ name, now: clock(), before, clockSlackMs })
      return row === undefined ? null : { mark: Number(row.mark) }
    },
    endRound(name, mark) {
      sql.endRound.run(mark, name)
    },
    touch() {
      sql.touch.run(clock())
    },
  }
}

function prepare(db: DatabaseSync) {
  return {
    job: db.prepare('select * from jobs where key = ?'),
    known: db.prepare('select 1 from deliveries where delivery = ? and key = ?'),
    put: db.prepare(`
      insert or replace into jobs (key, installation_id, pull, state, dirty, attempts, lapses,
        exhausted, added_at, changed_at, due_at, lease_until, run, causes, seen, last_failure)
      values (:key, :installationId, :pull, :state, :dirty, :attempts, :lapses,
        :exhausted, :addedAt, :changedAt, :dueAt, :leaseUntil, :run, :causes, :seen,
        :lastFailure)`),
    remove: db.prepare('delete from jobs where key = ?'),
    remember: db.prepare('insert or ignore into deliveries (delivery, key, at) values (?, ?, ?)'),
    /*
     * Who comes anew stands behind all who wait already, and before all who are served from now on.
     */
    enter: db.prepare(
      'insert or ignore into turns (installation_id, served_at, paused_until) values (?, ?, 0)',
    ),
    serve: db.prepare('update turns set served_at = ? where installation_id = ?'),
    pause: db.prepare(
      'update turns set paused_until = max(paused_until, ?) where installation_id = ?',
    ),
    nextTurns: nextTurns(db),
    overdue: db.prepare(`
      select * from (
        select * from jobs where state = 'running' and lease_until <= :now
        union
        select * from jobs where state <> 'dead' and changed_at > :now + :clockSlackMs)
      limit :limit`),
    forget: db.prepare(`
      delete from deliveries where (delivery, key) in
        (select delivery, key from deliveries where at < ? order by at limit ?)`),
    dropTurns: db.prepare(`
      delete from turns where paused_until <= ? and not exists (
        select 1 from jobs where jobs.installation_id = turns.installation_id
          and state in ('waiting', 'running'))`),
    counts: db.prepare(`
      select state, count(*) as jobs, sum(due_at <= ?) as due, min(due_at) as first_due_at
      from jobs group by state`),
    dead: db.prepare("select * from jobs where state = 'dead' order by due_at limit ?"),
    beginRound: db.prepare(`
      insert into rounds values (:name, :now, 0)
      on conflict (name) do update set begun_at = :now
        where begun_at <= :before or begun_at > :now + :clockSlackMs
      returning mark`),
    endRound: db.prepare('update rounds set mark = ? where name = ?'),
    touch: db.prepare('update probe set at = ?'),
  }
}

/**
 * Walks the installations in the order of their last turn and stops at the limit: with 10,000 jobs
 * of one installation waiting it still reads one row of it. A pause longer than any wait we ever
 * set was written before the clock was set back, and counts for nothing.
 */
function nextTurns(db: DatabaseSync): StatementSync {
  return db.prepare(`
    select jobs.* from turns join jobs on jobs.key = (
      select key from jobs as first
      where first.installation_id = turns.installation_id
        and first.state = 'waiting' and first.due_at <= :now
      order by first.due_at limit 1)
    where (turns.paused_until <= :now or turns.paused_until > :now + :waitMaxMs)
      and (select count(*) from jobs as busy
           where busy.installation_id = turns.installation_id and busy.state = 'running')
        < :perInstallation
    order by turns.served_at, turns.installation_id
    limit :limit`)
}

function write(sql: Statements, changes: Changes, now: number): void {
  for (const job of changes.jobs) {
    sql.put.run(toRow(job))
    sql.enter.run(job.installationId, now)
  }
  for (const key of changes.removed) sql.remove.run(key)
  for (const { delivery, key } of changes.deliveries) sql.remember.run(delivery, key, now)
  for (const [installationId, until] of changes.pauses) sql.pause.run(until, installationId)
  for (const installationId of changes.served) sql.serve.run(now, installationId)
}

function toRow(job: Job) {
  return {
    ...job,
    pull: JSON.stringify(job.pull),
    dirty: Number(job.dirty),
    exhausted: Number(job.exhausted),
    causes: JSON.stringify(job.causes),
  }
}

function toJob(row: Record<string, unknown>): Job {
  return {
    key: String(row.key),
    installationId: Number(row.installation_id),
    pull: JSON.parse(String(row.pull)) as Job['pull'],
    state: row.state as Job['state'],
    dirty: row.dirty === 1,
    attempts: Number(row.attempts),
    lapses: Number(row.lapses),
    exhausted: row.exhausted === 1,
    addedAt: Number(row.added_at),
    changedAt: Number(row.changed_at),
    dueAt: Number(row.due_at),
    leaseUntil: row.lease_until === null ? null : Number(row.lease_until),
    run: Number(row.run),
    causes: JSON.parse(String(row.causes)) as Cause[],
    seen: Number(row.seen),
    lastFailure: row.last_failure === null ? null : String(row.last_failure),
  }
}

function toCount(row: Record<string, unknown>): CountRow {
  return {
    state: String(row.state),
    jobs: Number(row.jobs),
    due: Number(row.due ?? 0),
    firstDueAt: row.first_due_at === null ? null : Number(row.first_due_at),
  }
}
