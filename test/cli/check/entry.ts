import { execFileSync, spawnSync } from 'node:child_process'
import { join } from 'node:path'
import { expect, test } from '@jest/globals'

/* The entry as the shell starts it: status and streams, in a process of its own. */

const entry = join(import.meta.dirname, '../../../src/cli.ts')
const quiet = '--disable-warning=ExperimentalWarning'

test('prints its version', () => {
  const out = execFileSync(process.execPath, [quiet, entry, '--version'], { encoding: 'utf8' })
  expect(out).toMatch(/^\d+\.\d+\.\d+\n$/)
})

test('ends with the status of its command', () => {
  const run = spawnSync(process.execPath, [quiet, entry, 'parse', 'no-such-file.md'], {
    encoding: 'utf8',
  })
  expect([run.status, run.stdout, run.stderr]).toEqual([
    2,
    '',
    'threat-model: there is no file no-such-file.md. Check the path\n',
  ])
})

test('a Node that is too old is told so in one line, when the clone has no newer one', () => {
  const pretend = `
    Object.defineProperty(process.versions, 'node', { value: '20.18.0' })
    const fs = require('node:fs')
    fs.existsSync = () => false
    require('node:module').syncBuiltinESMExports()
    import(${JSON.stringify(entry)})`
  const run = spawnSync(process.execPath, [quiet, '--eval', pretend], { encoding: 'utf8' })
  expect([run.status, run.stdout]).toEqual([2, ''])
  expect(run.stderr).toBe(
    'threat-model: needs Node 22.13 or later, this is 20.18.0. ' +
      'Install a newer one from https://nodejs.org and start again.\n',
  )
})
