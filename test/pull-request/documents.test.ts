import { describe, expect, test } from '@jest/globals'
import { documentPairs, headPaths } from '../../src/pull-request/documents.ts'
import type { ChangedFile } from '../../src/pull-request/facts.ts'
import { isModelPath } from '../../src/threat-model/discovery.ts'

describe('a threat model by its name', () => {
  test.each([
    'THREAT_MODEL.md',
    'docs/THREAT_MODEL.md',
    'docs/threat-model.md',
    'ThreatModel.markdown',
    'THREATS.md',
    'a/b/c/threat model.mdx',
    'docs/api-threat-model.md',
    'docs/threat_model_v2.md',
    'docs/threat-model/README.md',
    'security/threat-models/login.md',
    '.github/THREAT_MODEL.md',
  ])('%s is one', (path) => {
    expect(isModelPath(path)).toBe(true)
  })

  test.each([
    'README.md',
    'threat-model.txt',
    'threat-model.md.bak',
    'docs/threat-modeling.md',
    'threats/list.csv',
    'docs/threats-of-war.md',
    'node_modules/x/THREAT_MODEL.md',
    'vendor/y/threat-model.md',
    '.github/ISSUE_TEMPLATE/threat-model.md',
    'threat-model/deeper/still/README.md',
    `${'a'.repeat(2_000)}/THREAT_MODEL.md`,
  ])('%s is none', (path) => {
    expect(isModelPath(path)).toBe(false)
  })
})

function file(status: ChangedFile['status'], path: string, previousPath: string | null = null) {
  return { path, previousPath, status, additions: 1, deletions: 0, patch: null }
}

function pairs(base: string[], files: ChangedFile[], named: string[] = []) {
  return documentPairs({ base, files, named }).map(
    ({ path, basePath, headPath, changed }) =>
      `${path}: ${basePath} → ${headPath}${changed ? ' *' : ''}`,
  )
}

describe('the documents of a pull request', () => {
  test.each<[string, string[], ChangedFile[], string[]]>([
    ['untouched', ['THREATS.md', 'a.ts'], [], ['THREATS.md: THREATS.md → THREATS.md']],
    ['added', [], [file('added', 'THREATS.md')], ['THREATS.md: null → THREATS.md *']],
    [
      'removed',
      ['THREATS.md'],
      [file('removed', 'THREATS.md')],
      ['THREATS.md: THREATS.md → null *'],
    ],
    [
      'renamed to another model',
      ['THREATS.md'],
      [file('renamed', 'docs/THREATS.md', 'THREATS.md')],
      ['docs/THREATS.md: THREATS.md → docs/THREATS.md *'],
    ],
    [
      'renamed away',
      ['THREATS.md'],
      [file('renamed', 'notes.md', 'THREATS.md')],
      ['notes.md: THREATS.md → notes.md *'],
    ],
    [
      'copied: the first stays',
      ['THREATS.md'],
      [file('copied', 'docs/THREATS.md', 'THREATS.md')],
      ['docs/THREATS.md: null → docs/THREATS.md *', 'THREATS.md: THREATS.md → THREATS.md'],
    ],
    [
      'changed ones first',
      ['A-threat-model.md', 'z/THREATS.md'],
      [file('modified', 'z/THREATS.md')],
      [
        'z/THREATS.md: z/THREATS.md → z/THREATS.md *',
        'A-threat-model.md: A-threat-model.md → A-threat-model.md',
      ],
    ],
  ])('%s', (_, base, files, want) => {
    expect(pairs(base, files)).toEqual(want)
  })

  test('are also those that the policy names', () => {
    expect(pairs(['notes.md', 'b.md'], [], ['notes.md'])).toEqual(['notes.md: notes.md → notes.md'])
  })

  test('the head has the files of the base with the changes applied', () => {
    const files = [
      file('added', 'n.ts'),
      file('removed', 'r.ts'),
      file('renamed', 'new.ts', 'old.ts'),
      file('copied', 'copy.ts', 'keep.ts'),
    ]
    const base = ['keep.ts', 'old.ts', 'r.ts']
    expect(headPaths(base, files).sort()).toEqual(['copy.ts', 'keep.ts', 'n.ts', 'new.ts'])
  })
})
