import { afterAll, describe, expect, test } from '@jest/globals'
import { makeRepository } from '../../support/program.ts'

/* `diff` and `log`: which two texts are compared. What is found in them is tested in test/diff. */

const first = `# Threat model

## Threats

### T-1 Someone reads the mail

**Mitigation:** Mail is encrypted.
`
const second = first.replace('reads the mail', 'reads the mail').concat(`
### T-2 Someone stops the mail

**Mitigation:** A second server takes over.
`)

const folder = makeRepository({ 'THREAT_MODEL.md': first, 'a.md': first, 'b.md': second })
folder.write({ 'THREAT_MODEL.md': first.replace(/^### /gm, '#### ') })
const reformatted = folder.commit('deeper headings')
folder.git('mv', 'THREAT_MODEL.md', 'threats.md')
const renamed = folder.commit('another name')
folder.write({ 'threats.md': second })
const grown = folder.commit('one more threat')
afterAll(() => folder.remove())

interface Json {
  changes: { kind: string; element: string; title: string }[]
}

const added = ['added threat Someone stops the mail']

test.each([
  ['two files', ['a.md', 'b.md'], added],
  ['the same file', ['a.md', 'a.md'], []],
  ['two revisions', [renamed, grown, '--path', 'threats.md'], added],
  ['a revision and the disk', [renamed, '--path', 'threats.md'], added],
  ['as git calls an external diff', ['t.md', 'a.md', 'x', '1', 'b.md', 'y', '1'], added],
])('diff compares %s', async (_, words, want) => {
  const path = words[0] === 't.md' ? ['THREAT_MODEL.md', ...words.slice(1)] : words
  const { status, out } = await folder.run('diff', ...path, '--format', 'json')
  expect(status).toBe(0)
  const json = out.slice(out.indexOf('{'))
  const found = (JSON.parse(json) as Json).changes
  expect(found.map((c) => `${c.kind} ${c.element} ${c.title.replace(/\.$/, '')}`)).toEqual(want)
})

describe('log', () => {
  test('follows renames and is silent on pure form', async () => {
    const { out, status } = await folder.run('log', 'threats.md')
    expect(status).toBe(0)
    const subjects = [...out.matchAll(/^[0-9a-f]{12} \S+ (.*)$/gm)].map((match) => match[1])
    expect(subjects).toEqual(['first', 'one more threat'])
  })

  test('--all names the commits without a change of meaning too', async () => {
    const { out } = await folder.run('log', 'threats.md', '--all')
    expect(out).toContain(`${reformatted.slice(0, 12)}`)
    expect(out.match(/no change of meaning/g)).toHaveLength(2)
  })

  test('finds the only model by itself', async () => {
    const { out } = await folder.run('log')
    expect(out).toMatch(/one more threat/)
  })
})
