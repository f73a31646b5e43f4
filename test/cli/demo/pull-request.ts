import { describe, expect, test } from '@jest/globals'
import { checkCommand } from '../../../src/cli/check.ts'
import { readArgs } from '../../../src/cli/command.ts'
import type { Io } from '../../../src/cli/io.ts'
import { readPullName } from '../../../src/cli/pull-request.ts'
import { createSimulator, type Simulator } from '../../../src/simulator/simulator.ts'

const model =
  '# Threats\n\n| ID | Threat | Status |\n| --- | --- | --- |\n| T1 | Theft | Mitigated |\n'
const policyText = 'version: 1\nmode: enforce\n'

function stage(): Simulator {
  const github = createSimulator()
  const files = { 'THREAT_MODEL.md': model, '.github/threat-model.yml': policyText }
  const repository = github.repository('acme/chat', { files, installed: false })
  const edit = { 'THREAT_MODEL.md': `${model}| T2 | Flood | Open |\n` }
  repository.branch('more', { edit })
  repository.openPullRequest({ head: 'more', author: 'sam' })
  return github
}

async function check(github: Simulator, words: string[], env: Io['env']) {
  const out: string[] = []
  const err: string[] = []
  const io: Io = {
    cwd: '/',
    env,
    color: false,
    progress: false,
    fetch: github.fetch,
    stdin: async () => new Uint8Array(),
    stdout: (text) => void out.push(text),
    stderr: (text) => void err.push(text),
  }
  const args = readArgs(checkCommand, words)
  if (!args.ok) throw new Error(args.failure.message)
  const status = await checkCommand.run(args.value, io)
  return { status, out: out.join(''), err: err.join('') }
}

describe('a pull request on GitHub', () => {
  test('is judged as the App would, and nothing is written', async () => {
    const github = stage()
    const env = { GITHUB_TOKEN: github.personalToken('kim') }
    const { status, out, err } = await check(github, ['--pull-request', 'acme/chat#1'], env)
    expect(status).toBe(1)
    expect(out).toContain('Flood')
    expect(err).toContain('acme/chat#1: main → more')
    expect(github.log.counts()).toMatchObject({ write: 0, content: 0 })
  })

  test.each([
    ['a missing token', ['--pull-request', 'acme/chat#1'], {}, /GITHUB_TOKEN is missing/],
    ['a wrong token', ['--pull-request', 'acme/chat#1'], { GITHUB_TOKEN: 'x' }, /token is wrong/],
    ['no pull request', ['--pull-request', 'acme/chat'], { GITHUB_TOKEN: 'x' }, /OWNER\/REPO#12/],
    [
      'another server',
      ['--pull-request', 'https://github.example.com/acme/chat/pull/1'],
      { GITHUB_TOKEN: 'x' },
      /set GHE_HOST=github\.example\.com/,
    ],
    [
      'two ways at once',
      ['--pull-request', 'acme/chat#1', '--base', 'main'],
      { GITHUB_TOKEN: 'x' },
      /--base is about this work tree/,
    ],
  ])('%s is said in one line', async (_, words, env, want) => {
    const github = stage()
    const { status, err } = await check(github, words, env)
    expect(status).toBe(2)
    expect(err).toMatch(want)
    expect(err.trim().split('\n')).toHaveLength(1)
  })

  test('that does not exist says so', async () => {
    const github = stage()
    const env = { GITHUB_TOKEN: github.personalToken('kim') }
    const { status, err } = await check(github, ['--pull-request', 'acme/chat#77'], env)
    expect(status).toBe(2)
    expect(err).toContain('acme/chat#77')
  })

  test('of another server never gets the token', async () => {
    const github = stage()
    const words = ['--pull-request', 'https://evil.example/acme/chat/pull/1']
    await check(github, words, { GITHUB_TOKEN: 'secret' })
    expect(github.log.entries).toEqual([])
  })
})

describe('the name of a pull request', () => {
  test.each([
    ['acme/chat#12', 'acme/chat#12', null],
    ['https://github.com/acme/chat/pull/12', 'acme/chat#12', 'github.com'],
    ['https://github.com/acme/chat/pull/12/files?w=1', 'acme/chat#12', 'github.com'],
  ])('%s', (word, want, host) => {
    const found = readPullName(word)
    const { repository, number } = found?.pull ?? { repository: null, number: 0 }
    expect(`${repository?.owner}/${repository?.name}#${number}`).toBe(want)
    expect(found?.host).toBe(host)
  })

  test.each([
    'acme#1',
    'acme/chat#0x1',
    'http://github.com/a/b/pull/1',
    '../../x#1',
    'a/b/c#1',
    '',
  ])('%s is none', (word) => {
    expect(readPullName(word)).toBeNull()
  })
})
