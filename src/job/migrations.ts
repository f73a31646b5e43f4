/*
 * Numbered steps from an empty database to the present tables, for each SQL dialect. A step that
 * was ever released is never edited: add the next number. Each runs in a transaction with its note
 * in `migrations`, so that a process killed in between leaves either all of it or nothing.
 *
 * The two dialects hold the same tables. A job's pull request and causes are JSON: nothing is ever
 * looked up by them.
 */
export interface Migration {
  number: number
  name: string
  sql: string
}

export const sqliteMigrations: readonly Migration[] = [
  {
    number: 1,
    name: 'jobs, deliveries, turns, rounds',
    sql: `
      create table jobs (
        key text primary key,
        installation_id integer not null,
        pull text not null,
        state text not null check (state in ('waiting', 'running', 'dead')),
        dirty integer not null,
        attempts integer not null,
        lapses integer not null,
        exhausted integer not null,
        added_at integer not null,
        changed_at integer not null,
        due_at integer not null,
        lease_until integer,
        run integer not null,
        causes text not null,
        seen integer not null,
        last_failure text
      ) strict, without rowid;
      create index jobs_turn on jobs (installation_id, state, due_at);
      create index jobs_lease on jobs (lease_until) where state = 'running';
      create index jobs_state on jobs (state, due_at);
      create table deliveries (
        delivery text not null,
        key text not null,
        at integer not null,
        primary key (delivery, key)
      ) strict, without rowid;
      create index deliveries_at on deliveries (at);
      create table turns (
        installation_id integer primary key,
        served_at integer not null,
        paused_until integer not null
      ) strict;
      create index turns_served on turns (served_at, installation_id);
      create table rounds (
        name text primary key,
        begun_at integer not null,
        mark integer not null
      ) strict, without rowid;
      create table probe (at integer not null) strict;
      insert into probe values (0);
    `,
  },
]

export const postgresMigrations: readonly Migration[] = [
  {
    number: 1,
    name: 'jobs, deliveries, turns, rounds',
    sql: `
      create table jobs (
        key text primary key,
        installation_id bigint not null,
        pull jsonb not null,
        state text not null check (state in ('waiting', 'running', 'dead')),
        dirty boolean not null,
        attempts integer not null,
        lapses integer not null,
        exhausted boolean not null,
        added_at bigint not null,
        changed_at bigint not null,
        due_at bigint not null,
        lease_until bigint,
        run bigint not null,
        causes jsonb not null,
        seen integer not null,
        last_failure text
      );
      create index jobs_turn on jobs (installation_id, state, due_at);
      create index jobs_lease on jobs (lease_until) where state = 'running';
      create index jobs_state on jobs (state, due_at);
      create table deliveries (
        delivery text not null,
        key text not null,
        at bigint not null,
        primary key (delivery, key)
      );
      create index deliveries_at on deliveries (at);
      create table turns (
        installation_id bigint primary key,
        served_at bigint not null,
        paused_until bigint not null
      );
      create index turns_served on turns (served_at, installation_id);
      create table rounds (
        name text primary key,
        begun_at bigint not null,
        mark bigint not null
      );
      create table probe (at bigint not null);
      insert into probe values (0);
    `,
  },
]

/** The steps still to take. Throws when the database was written by a newer version. */
export function pending(all: readonly Migration[], applied: readonly number[]): Migration[] {
  const newest = Math.max(0, ...all.map((migration) => migration.number))
  const ahead = Math.max(0, ...applied)
  if (ahead > newest) {
    throw new Error(
      `The job database is at migration ${ahead}, this version knows ${newest}: ` +
        'run the newer version, or restore the backup made before the upgrade.',
    )
  }
  return all.filter((migration) => !applied.includes(migration.number))
}
