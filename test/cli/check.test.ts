import { afterAll, beforeAll, describe, expect, test } from '@jest/globals'
import { sampleChanges, sampleFiles } from '../../src/cli/sample.ts'
import { type Folder, makeRepository } from '../support/program.ts'
import './check/diff.ts'
import './check/entry.ts'
import './check/errors.ts'
import './check/format.ts'
import './check/init.ts'

/* `check` on a real git repository: the work tree, two revisions, and what it must not touch. */

let folder: Folder
beforeAll(() => {
  folder = makeRepository(sampleFiles)
})
afterAll(() => folder.remove())

interface Json {
  verdict: string
  conclusion: string
  findings: { rule: string; place: { path: string; side: string; line: number } | null }[]
}

async function check(...words: string[]): Promise<{ status: number; report: Json }> {
  const run = await folder.run('check', '--format', 'json', ...words)
  return { status: run.status, report: JSON.parse(run.out) as Json }
}

describe('the work tree', () => {
  test('without a change nothing applies and nothing is said', async () => {
    const { status, report } = await check()
    expect({ status, verdict: report.verdict, findings: report.findings }).toEqual({
      status: 0,
      verdict: 'pass',
      findings: [],
    })
  })

  test('changes that are not committed count, and the repository stays as it was', async () => {
    folder.write(sampleChanges)
    folder.write({ 'src/lists/new file é.js': 'export const limit = 3\n' })
    const before = state(folder)
    const { status, report } = await check()
    expect(state(folder)).toEqual(before)
    expect({ status, verdict: report.verdict }).toEqual({ status: 1, verdict: 'fail' })
    expect(report.findings.map((f) => [f.rule, f.place?.side])).toEqual([
      ['threat-added-unanswered', 'RIGHT'],
      ['threat-removed', 'LEFT'],
      ['code-touches-asset', 'RIGHT'],
      ['code-touches-asset', 'RIGHT'],
    ])
  })

  test('the text says what was compared, and what to do next', async () => {
    const { out, err } = await folder.run('check')
    expect(err).toMatch(/^main \([0-9a-f]{12}\) → the work tree\n$/)
    expect(out).toMatch(/is a new threat and has no answer/)
  })

  test('a policy to try decides instead of the committed one', async () => {
    folder.write({ 'try.yml': 'version: 1\nmode: advisory\n' })
    const { status, report } = await check('--policy', 'try.yml')
    expect({ status, conclusion: report.conclusion }).toEqual({ status: 0, conclusion: 'neutral' })
    folder.write({ 'try.yml': 'version: 1\nmode: enfroce\n' })
    const run = await folder.run('check', '--policy', 'try.yml')
    expect(run.status).toBe(2)
    expect(run.err).toMatch(/^threat-model: try\.yml:2:\d+: .*enforce/)
  })
})

describe('two revisions', () => {
  test('give the same report as the work tree did', async () => {
    const wanted = await check()
    folder.git('switch', '--quiet', '--create', 'work')
    folder.commit('work')
    const { status, report } = await check('--base', 'main', '--head', 'work')
    expect(status).toBe(1)
    expect(report.findings.map((f) => f.rule)).toEqual(wanted.report.findings.map((f) => f.rule))
  })

  test('what main did meanwhile is not held against the branch', async () => {
    folder.git('switch', '--quiet', 'main')
    folder.write({ 'THREAT_MODEL.md': '# Threat model\n\n## Assets\n\n- Nothing\n' })
    folder.commit('main goes on')
    const { report } = await check('--base', 'main', '--head', 'work')
    expect(report.findings.filter((f) => f.rule === 'asset-removed')).toEqual([])
  })

  test('nor is a policy that main has got meanwhile taken for one removed here', async () => {
    folder.write({ '.github/threat-model.yml': 'mode: enforce\nrules:\n  threat-removed: error\n' })
    folder.commit('another policy')
    const { report } = await check('--base', 'main', '--head', 'work')
    expect(report.findings.map((f) => f.rule)).toContain('threat-removed')
    expect(report.findings.filter((f) => f.rule === 'policy-weakened')).toEqual([])
  })

  test('saved facts replay to the same report, byte for byte', async () => {
    const options = ['--base', 'main', '--head', 'work', '--format', 'json']
    const run = await folder.run('check', ...options, '--save-facts', 'facts.json')
    const replayed = await folder.run('replay', 'facts.json', '--format', 'json')
    expect(replayed).toEqual({ ...run, err: '' })
  })
})

/** What git and the disk say of the repository. */
function state(repository: Folder): string[] {
  return [
    repository.git('status', '--porcelain=v2'),
    repository.git('diff', '--cached', '--raw'),
    repository.git('count-objects', '-v'),
  ]
}
