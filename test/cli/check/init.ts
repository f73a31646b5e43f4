import { afterEach, describe, expect, test } from '@jest/globals'
import { readPolicy } from '../../../src/policy/read.ts'
import { type Folder, makeRepository } from '../../support/program.ts'

/* A repository's first steps: init, link, report. Nothing that exists is overwritten. */

const model = `# Threat model

## Assets

- The contact list
- Weather

## Threats

### T-1 Somebody reads the contact list

**Mitigation:** Contacts are encrypted.

### T-2 Somebody changes the contact list
`
const code = {
  'src/contacts/list.go':
    'package contacts\n\n// List keeps the contact list.\ntype List struct{}\n',
  'src/login/form.go': 'package login\n',
}

let folder: Folder
describe('init', () => {
  afterEach(() => folder.remove())

  test('without a model writes both files, which read well and judge themselves', async () => {
    folder = makeRepository({ ...code, 'src/auth/login.js': 'export {}\n' })
    const { status, out } = await folder.run('init')
    expect({ status, out }).toEqual({
      status: 0,
      out:
        'wrote THREAT_MODEL.md\nwrote .github/threat-model.yml\n' +
        'Correct them, then: threat-model check\n',
    })
    const parsed = JSON.parse(
      (await folder.run('parse', 'THREAT_MODEL.md', '--format', 'json')).out,
    )
    expect(parsed.threats.length).toBeGreaterThan(0)
    expect(parsed.problems).toEqual([])
    const check = await folder.run('check', '--policy', '.github/threat-model.yml')
    expect(check.status).toBe(0)
  })

  test('with a model writes only a policy, with suggestions that decide nothing', async () => {
    folder = makeRepository({ ...code, 'THREAT_MODEL.md': model })
    const { out } = await folder.run('init', '--dry-run')
    const policy = out.replace(/^--- .*\n/, '')
    expect(out).toMatch(/^--- \.github\/threat-model\.yml\n/)
    expect(policy).toContain('# "The contact list": ["src/contacts/list.go"]')
    expect(policy).toContain('## Nothing was found by name for:\n  # "Weather": []')
    expect(readPolicy(policy)).toMatchObject({ problems: [], policy: { code: [] } })
    expect(folder.git('status', '--porcelain')).toBe('')
  })

  test('with both does nothing', async () => {
    folder = makeRepository({
      'THREAT_MODEL.md': model,
      '.github/threat-model.yml': 'version: 1\n',
    })
    const { out } = await folder.run('init')
    expect(out).toMatch(/nothing was written/)
    expect(folder.git('status', '--porcelain')).toBe('')
  })
})

describe('link', () => {
  afterEach(() => folder.remove())

  test('gives the reasons of a suggestion, from any folder of the repository', async () => {
    folder = makeRepository({ ...code, 'THREAT_MODEL.md': model })
    const { out } = await folder.run('link', '--suggest', '--format', 'json')
    const [first] = JSON.parse(out)
    expect(first).toMatchObject({ element: 'The contact list', kind: 'asset' })
    expect(first.suggestions[0]).toMatchObject({ path: 'src/contacts/list.go' })
    expect(first.suggestions[0].words).toEqual(expect.arrayContaining(['contact', 'list']))
  })

  test('without --suggest says where links live', async () => {
    folder = makeRepository({ 'THREAT_MODEL.md': model })
    expect((await folder.run('link')).err).toMatch(/needs --suggest.*policy file/)
  })
})

describe('several models', () => {
  afterEach(() => folder.remove())

  const files = {
    'lock/THREAT_MODEL.md': model,
    'site/docs/threat-model.md': model,
    'lock/contacts/list.go': 'package contacts\n',
    'site/contacts/list.go': 'package contacts\n',
  }

  test('init says which code each speaks for, and link keeps to it', async () => {
    folder = makeRepository(files)
    const { out } = await folder.run('init', '--dry-run')
    const { policy, problems } = readPolicy(out.replace(/^--- .*\n/, ''))
    expect(problems).toEqual([])
    expect(policy.models).toEqual([
      { path: 'lock/THREAT_MODEL.md', scope: ['lock/**'] },
      { path: 'site/docs/threat-model.md', scope: ['site/**'] },
    ])
    const linked = await folder.run('link', 'site/docs/threat-model.md', '--suggest')
    expect(linked.out).toContain('"The contact list": ["site/contacts/list.go"]')
    expect((await folder.run('link', '--suggest')).err).toMatch(/there are 2 threat models/)
  })

  test('one that the policy names, by whatever name, is the only one', async () => {
    folder = makeRepository({
      ...files,
      'site/dangers.md': model,
      '.github/threat-model.yml': 'models:\n  - path: site/dangers.md\n',
    })
    const { status, out } = await folder.run('log')
    expect({ status, out }).toMatchObject({ status: 0, out: expect.stringContaining('first') })
    expect((await folder.run('link', '--suggest')).status).toBe(0)
  })
})

describe('a section of SECURITY.md', () => {
  afterEach(() => folder.remove())

  const other = '# Security\n\n## Reporting\n\n- An attacker can write to us\n\n'
  const section = '## Threat model\n\n### A password is guessed\n\n**Mitigation:** Five a day\n'

  test('is found, followed and compared; the rest is not', async () => {
    folder = makeRepository({ 'docs/SECURITY.md': `${other}Write.\n`, 'a.js': 'a\n' })
    expect((await folder.run('init', '--dry-run')).out).toMatch(/^--- THREAT_MODEL\.md/)
    folder.write({ 'docs/SECURITY.md': other + section })
    folder.commit('second')
    expect((await folder.run('init', '--dry-run')).out).toMatch(/^--- \.github/)
    const parsed = await folder.run('parse', 'docs/SECURITY.md', '--format', 'json')
    expect(JSON.parse(parsed.out).threats).toMatchObject([{ line: 9, mitigations: ['five-a-day'] }])
    const logged = JSON.parse((await folder.run('log', '--format', 'json')).out)
    expect(logged.map((entry: { changes: object[] }) => entry.changes.length)).toEqual([0, 1])
    folder.write({ 'docs/SECURITY.md': section.replace('Five', 'Four') })
    const diff = await folder.run('diff', 'HEAD', '--path', 'docs/SECURITY.md', '--format', 'json')
    expect(JSON.parse(diff.out).changes).toMatchObject([{ element: 'mitigation', afterLine: 5 }])
    const check = await folder.run('check', '--format', 'json')
    expect(JSON.parse(check.out).models).toMatchObject([{ path: 'docs/SECURITY.md', threats: 1 }])
  })
})

describe('report', () => {
  afterEach(() => folder.remove())

  test('counts what has an answer, in all and by part', async () => {
    folder = makeRepository({ 'THREAT_MODEL.md': model })
    const { out } = await folder.run('report', 'THREAT_MODEL.md', '--format', 'json')
    expect(JSON.parse(out)).toMatchObject({
      schema: 'threat-model-coverage/1',
      all: { answered: 1, inScope: 2 },
    })
  })

  test('--summary is Markdown to put into the document', async () => {
    folder = makeRepository({ 'THREAT_MODEL.md': model })
    const { out } = await folder.run('report', 'THREAT_MODEL.md', '--summary')
    expect(out).toMatch(/^\*\*1 of 2\*\* threats have an answer\./)
  })
})
