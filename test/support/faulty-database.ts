import type { Database, Rows } from '../../src/job/rows.ts'

/*
 * A database whose n-th write goes wrong, in one of three places: before the write, before the
 * commit, and after the commit but before anybody hears of it. What going wrong means is up to
 * `strike`: it throws, or ends the process.
 */
export type Place = 'before the write' | 'before the commit' | 'after the commit'

export const places: readonly Place[] = [
  'before the write',
  'before the commit',
  'after the commit',
]

/** `strike` is called in every place of every transaction that writes. */
export function watchWrites(database: Database, strike: (place: Place) => void): Database {
  function watched(rows: Rows): { rows: Rows; wrote: () => boolean } {
    let wrote = false
    const write: Rows['write'] = async (changes) => {
      wrote = true
      strike('before the write')
      await rows.write(changes)
    }
    return { rows: { ...rows, write }, wrote: () => wrote }
  }

  return {
    ...database,
    async transaction(lane, work) {
      let wrote = () => false
      const result = await database.transaction(lane, async (rows) => {
        const watch = watched(rows)
        wrote = watch.wrote
        const value = await work(watch.rows)
        if (wrote()) strike('before the commit')
        return value
      })
      if (wrote()) strike('after the commit')
      return result
    },
  }
}
