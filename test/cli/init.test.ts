import { afterEach, describe, expect, test } from '@jest/globals'
import { readPolicy } from '../../src/policy/read.ts'
import { type Folder, makeRepository } from '../support/program.ts'

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
afterEach(() => folder.remove())

describe('init', () => {
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

describe('report', () => {
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
