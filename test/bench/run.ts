import { existsSync } from 'node:fs'
import { type BenchLine, tableOf } from './line.ts'

/*
 * npm run bench -- NAME [ONLY] [--json]
 *
 * Runs the bench `test/bench/NAME.ts`, which exports a function of that name; ONLY limits it to the
 * cases whose name holds the word. Exit status 1 if a goal was missed, 2 if there is no such bench.
 */

const [name = '', only = ''] = process.argv.slice(2).filter((word) => !word.startsWith('--'))

const bench = await load(name)
if (bench === null) {
  console.error(`There is no bench '${name}'. Usage: npm run bench -- NAME [ONLY] [--json]`)
  process.exitCode = 2
} else {
  const lines = await bench(only)
  console.log(process.argv.includes('--json') ? JSON.stringify(lines) : tableOf(lines))
  if (lines.some((line) => !line.met)) process.exitCode = 1
}

async function load(name: string): Promise<((only: string) => Promise<BenchLine[]>) | null> {
  if (!/^[a-z]+$/.test(name)) return null
  const file = new URL(`./${name}.ts`, import.meta.url)
  if (!existsSync(file)) return null
  const found: Record<string, unknown> = await import(file.href)
  const bench = found[name]
  return typeof bench === 'function' ? (bench as (only: string) => Promise<BenchLine[]>) : null
}
