import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from '@jest/globals'
import { Ajv } from 'ajv'
import { parse } from 'yaml'
import { defaultPolicy } from '../../src/policy/defaults.ts'
import { readPolicy } from '../../src/policy/read.ts'
import { ruleIds } from '../../src/policy/rule-ids.ts'

const schema = JSON.parse(
  readFileSync(join(import.meta.dirname, '..', '..', 'docs', 'policy.schema.json'), 'utf8'),
)
const allows = new Ajv({ allErrors: true, allowUnionTypes: true }).compile(schema)

describe('a policy file that reads well', () => {
  test('says nothing, and nothing blocks', () => {
    for (const text of ['', '# nothing yet\n', '---\n', '{}\n']) {
      expect(readPolicy(text)).toEqual({ policy: defaultPolicy(), problems: [] })
    }
  })

  test('says everything', () => {
    const { policy, problems } = readPolicy(everything)
    expect(problems).toEqual([])
    expect(policy).toEqual({
      version: 1,
      mode: 'enforce',
      models: [
        { path: 'THREAT_MODEL.md', scope: ['src/**', 'lib/**'] },
        { path: 'docs/threats.md', scope: ['**'] },
      ],
      code: [
        { element: 'The contact list', patterns: ['roster/**', 'xmpp/roster*.go'], line: 8 },
        { element: 'T-001', patterns: ['src/session.ts'], line: 9 },
      ],
      ignore: ['vendor/**'],
      rules: { 'code-touches-asset': 'error', 'section-empty': 'off' },
      accept: { permission: null, users: ['maria'], teams: ['security'], author: false },
      comments: { max: 3 },
      commit: true,
      reading: {
        columns: { mitigation: ['Gegenmaßnahme'] },
        threatHeadingLevel: 3,
        idPrefixes: ['RISK-'],
      },
    })
    expect(allows(parse(everything))).toBe(true)
  })

  test('who may accept: a permission, or only those who are named', () => {
    const accept = (text: string) => readPolicy(`accept: ${text}`).policy.accept
    expect(accept('{}').permission).toBe('maintain')
    expect(accept('{author: true}').permission).toBe('maintain')
    expect(accept('{users: [maria]}').permission).toBeNull()
    expect(accept('{users: [maria], permission: write}').permission).toBe('write')
  })
})

const everything = `version: 1
mode: enforce
models:
  - path: ./THREAT_MODEL.md
    scope: [src/**, "lib/**"]
  - docs/threats.md
code:
  The contact list: ["roster/**", "xmpp/roster*.go"]
  T-001: src/session.ts
ignore: vendor/**
rules:
  code-touches-asset: error
  section-empty: off
accept:
  users: ["@maria"]
  teams: [acme/security]
comments: { max: 3 }
commit: true
reading:
  columns: { mitigation: [Gegenmaßnahme] }
  threatHeadingLevel: 3
  idPrefixes: RISK-
`

describe('a mistake is told with its line, what was expected, and the nearest valid word', () => {
  const table: [text: string, line: number, message: string, hint: string][] = [
    ['mdoe: enforce', 1, 'unknown key "mdoe"', 'Did you mean "mode"?'],
    ['\nmode: enforced', 2, 'expected advisory or enforce; "enforced" is none of them', 'enforce'],
    ['mode: true', 1, 'expected advisory or enforce; "true" is none', 'Known: advisory, enforce'],
    ['version: 2', 1, 'expected version 1', 'Write "version: 1".'],
    ['rules:\n  threat-remove: error', 2, 'unknown key "threat-remove"', '"threat-removed"'],
    ['rules:\n  threat-removed: fatal', 2, 'expected error, warning, notice, off or', 'Known'],
    ['rules: [threat-removed]', 1, 'expected keys with values', 'Known keys'],
    ['models: THREAT_MODEL.md', 1, 'expected a list', 'Start each entry'],
    ['models:\n  - scope: ["**"]', 2, 'expected a path', 'path: THREAT_MODEL.md'],
    ['models:\n  - path: ../../etc/passwd', 2, 'the path leaves the repository', 'one file'],
    ['models:\n  - path: /etc/passwd', 2, 'the path is absolute', 'one file'],
    ['models:\n  - path: docs/*.md', 2, 'the path is a pattern', 'one file'],
    ['code:\n  A: ["src/{a,b}"]', 2, 'has braces', 'root of the repository'],
    ['code:\n  A: ["!src/a"]', 2, 'starts with "!"', 'root of the repository'],
    ['code:\n  A: [["src"]]', 2, 'expected a text; found a list', 'quotes'],
    ['code: [a]', 1, 'expected assets with their code', 'The contact list'],
    ['ignore: {a: b}', 1, 'expected a text; found keys with values', 'quotes'],
    ['accept:\n  permission: read', 2, 'expected write, maintain or admin; "read"', 'Known'],
    ['accept:\n  author: yes', 2, 'expected true or false; found a text', 'true or false'],
    ['accept:\n  users: ["a b"]', 2, '"a b" is no name of a user or team', 'login'],
    ['comments:\n  max: 1000', 2, 'expected a whole number from 0 to 50; found 1000', '0 to 50'],
    ['comments:\n  max: ten', 2, 'found a text', '0 to 50'],
    ['reading:\n  threatHeadingLevel: 9', 2, 'from 1 to 6', '1 to 6'],
    ['reading:\n  columns:\n    mitigations: [x]', 3, 'unknown key "mitigations"', '"mitigation"'],
    ['mode: enforce\nmode: advisory', 2, 'keys must be unique', 'YAML'],
    ['mode: [enforce', 1, 'flow', 'YAML'],
    ['mode: "enforce', 1, 'quote', 'YAML'],
    ['a: &x [1]\nb: *x', 1, 'anchors and aliases are not read', 'Write it out.'],
    ['mode: !!js/function "x"', 1, 'tag', 'YAML'],
    ['mode: enforce\n---\nmode: advisory', 2, 'multiple documents', 'YAML'],
    ['just words', 1, 'expected keys with values', 'Known keys'],
  ]
  test.each(table)('%j', (text, line, message, hint) => {
    const [problem] = readPolicy(text).problems
    expect(problem?.message.toLowerCase()).toContain(message.toLowerCase())
    expect(problem?.hint).toContain(hint)
    expect(problem?.line).toBe(line)
  })

  test('what reads well counts all the same', () => {
    const { policy, problems } = readPolicy('mode: enforce\nignroe: [a]\ncomments: {max: 2}')
    expect(policy.mode).toBe('enforce')
    expect(policy.comments.max).toBe(2)
    expect(problems).toHaveLength(1)
  })
})

describe('hostile texts are refused at once', () => {
  const laughs = ['a: &a ["x","x"]']
  for (let i = 0; i < 30; i++) laughs.push(`b${i}: &b${i} [*${i === 0 ? 'a' : `b${i - 1}`}, *a]`)
  const texts: [string, string][] = [
    ['alias bomb', laughs.join('\n')],
    ['deep flow', `${'['.repeat(20_000)}${']'.repeat(20_000)}`],
    ['deep maps', `${'{a: '.repeat(5_000)}1${'}'.repeat(5_000)}`],
    ['deep indentation', Array.from({ length: 500 }, (_, i) => `${' '.repeat(i)}a:`).join('\n')],
    ['deep dashes', '- '.repeat(10_000)],
    ['deep questions', '? '.repeat(10_000)],
    ['long', 'a: b\n'.repeat(50_000)],
    ['many keys', Array.from({ length: 6_000 }, (_, i) => `k${i}: 1`).join('\n')],
    ['one long word', 'x'.repeat(60_000)],
    ['unknown tags', '!<tag:x> a: b'],
    ['prototype', '__proto__: {mode: enforce}\nconstructor: {prototype: {mode: enforce}}'],
    ['binary', '\u0000\u0001\ufffd'],
  ]
  test.each(texts)('%s', (_name, text) => {
    const start = process.cpuUsage()
    const { policy, problems } = readPolicy(text)
    const { user, system } = process.cpuUsage(start)
    // Unbounded, the worst of them take minutes.
    expect((user + system) / 1_000).toBeLessThan(8_000)
    expect(policy.mode).toBe('advisory')
    expect(problems.length).toBeGreaterThan(0)
    expect(problems.length).toBeLessThanOrEqual(50)
    expect(({} as { mode?: string }).mode).toBeUndefined()
  })
})

describe('the published schema says the same', () => {
  test('it knows every rule', () => {
    expect(Object.keys(schema.properties.rules.properties)).toEqual(ruleIds)
  })

  const texts = [
    'mode: enforce',
    'mode: enforced',
    'version: 1',
    'version: 2',
    'models: [THREAT_MODEL.md]',
    'models: THREAT_MODEL.md',
    'models: [{path: a.md, scope: "**"}]',
    'models: [{scope: "**"}]',
    'models: [{path: ../a.md}]',
    'models: [{path: /a.md}]',
    'models: [{path: "*.md"}]',
    'code: {A: "src/**"}',
    'code: {A: ["src/**", "b"]}',
    'code: {A: ["!src/**"]}',
    'code: {A: ["{a,b}"]}',
    'code: {A: [1, []]}',
    'code:',
    'ignore: [a]',
    'ignore: {a: b}',
    'rules: {threat-removed: error}',
    'rules: {threat-removed: loud}',
    'rules: {threat-gone: error}',
    'accept: {permission: admin}',
    'accept: {permission: read}',
    'accept: {users: ["@maria"], teams: [acme/sec], author: true}',
    'accept: {users: ["a b"]}',
    'accept: {author: 1}',
    'comments: {max: 0}',
    'comments: {max: 51}',
    'comments: {max: 1.5}',
    'reading: {threatHeadingLevel: 3}',
    'reading: {threatHeadingLevel: 7}',
    'reading: {columns: {status: [Stand]}}',
    'reading: {columns: {state: [Stand]}}',
    'other: 1',
  ]
  test.each(texts)('%s', (text) => {
    expect(allows(parse(text))).toBe(readPolicy(text).problems.length === 0)
  })
})
