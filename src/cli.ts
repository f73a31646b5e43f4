#!/usr/bin/env node
/*
 * The program's entry. It has one duty: never to die of a strange error on a Node that is too old.
 * So it imports nothing statically but what every Node has; the rest comes after the check. A clone
 * carries a runtime of its own (the development dependency `node`): when there is one, it is used.
 */
import { spawnSync } from 'node:child_process'
import { existsSync } from 'node:fs'
import { fileURLToPath } from 'node:url'

const floor = { major: 22, minor: 13 }

if (isRecentEnough(process.versions.node)) {
  const { main } = await import('./cli/main.ts')
  process.exitCode = await main(process.argv.slice(2))
} else {
  process.exitCode = runElsewhere()
}

function isRecentEnough(version: string): boolean {
  const [major = 0, minor = 0] = version.split('.').map(Number)
  return major > floor.major || (major === floor.major && minor >= floor.minor)
}

function runElsewhere(): number {
  const bundled = fileURLToPath(new URL('../node_modules/node/bin/node', import.meta.url))
  if (existsSync(bundled)) {
    const self = fileURLToPath(import.meta.url)
    const run = spawnSync(bundled, [self, ...process.argv.slice(2)], { stdio: 'inherit' })
    if (run.status !== null) return run.status
  }
  console.error(
    `threat-model: needs Node ${floor.major}.${floor.minor} or later, this is ` +
      `${process.versions.node}. Install a newer one from https://nodejs.org and start again.`,
  )
  return 2
}
