import { describe, expect, test } from '@jest/globals'
import { documentPairs, headPaths, modelsAmong } from '../../src/pull-request/documents.ts'
import type {
  ChangedFile,
  DocumentVersion,
  UnreadableReason,
} from '../../src/pull-request/facts.ts'
import { isModelPath, mayHoldModel } from '../../src/threat-model/discovery.ts'
import { hasModelPart, modelPart } from '../../src/threat-model/part.ts'

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
    'docs/10-threat-model-and-assurance.md',
    'models/Threat Model Well-known Endpoints.md',
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
    '.assistant/commands/threat-model.md',
    'docs/templates/THREAT_MODEL.md',
    'docs/threat-model-template.md',
    'docs/decisions/0007-threat-model.md',
    'website/blog/threat-model-of-a-door.mdx',
    'notes/round-2-of-the-threat-model-review.md',
    'threat-model/deeper/still/README.md',
    `${'a'.repeat(2_000)}/THREAT_MODEL.md`,
  ])('%s is none', (path) => {
    expect(isModelPath(path)).toBe(false)
  })
})

describe('a file that may hold a threat model', () => {
  test.each(['SECURITY.md', '.github/security.md', 'docs/Security.md', 'x/THREATS.md'])(
    '%s',
    (path) => expect(mayHoldModel(path)).toBe(true),
  )

  test.each(['src/SECURITY.md', 'docs/x/SECURITY.md', 'SECURITY.txt', 'MY-SECURITY.md'])(
    'not %s',
    (path) => expect(mayHoldModel(path)).toBe(false),
  )
})

describe('the part of a SECURITY.md that is the threat model', () => {
  const part = (text: string) => modelPart(text, 'docs/SECURITY.md').replaceAll(' ', '')

  test.each<[string, string, string]>([
    [
      'up to the next heading of its depth',
      '# A\na\n## Threat model\nb\n### C\n## D\nd\n',
      '\n\n##Threatmodel\nb\n###C\n\n\n',
    ],
    ['up to a higher one', '## 2. Our Threat Modeling\nb\n# D\n', '##2.OurThreatModeling\nb\n\n'],
    ['to the end', 'Threat-model\n===\n## b\n', 'Threat-model\n===\n##b\n'],
    [
      'in several places',
      '# Threat model\na\n# B\nb\n# Threat model of C\nc',
      '#Threatmodel\na\n\n\n#ThreatmodelofC\nc',
    ],
    ['not within code', '# A\n```\n# Threat model\n```\n', '#A\n```\n#Threatmodel\n```\n'],
    ['not by a word in passing', '# The threat modelled here\na\n', '#Thethreatmodelledhere\na\n'],
  ])('%s', (_, text, kept) => {
    expect(part(text)).toBe(kept)
    expect(modelPart(text, 'SECURITY.md')).toHaveLength(text.length)
    expect(modelPart(text, 'THREAT_MODEL.md')).toBe(text)
  })

  test('is found in time, however many there are', () => {
    const text = '# Threat model\n\n#### Threat model\n\n'.repeat(1_500)
    expect(modelPart(text, 'SECURITY.md')).toBe(text)
    expect(hasModelPart(text)).toBe(true)
    expect(hasModelPart(`threat model ${'['.repeat(5_000)}`)).toBe(true)
    expect(hasModelPart('['.repeat(5_000))).toBe(false)
  })
})

describe('the models among the documents', () => {
  const present = { state: 'present' as const, text: '# Threat model\n' }
  const other = { state: 'present' as const, text: '# Reporting\n' }
  const absent = { state: 'absent' as const }
  const gone = (reason: UnreadableReason) => ({ state: 'unreadable' as const, reason })
  const states = (path: string, sides: DocumentVersion[], named: string[] = []) => {
    const [base = absent, head = absent] = sides
    const among = modelsAmong([{ path, previousPath: null, base, head }], named)
    return among.map((model) => `${model.base.state} → ${model.head.state}`).join()
  }

  test.each<[string, DocumentVersion[], string[], string]>([
    ['THREATS.md', [other, other], [], 'present → present'],
    ['THREATS.md', [other, other], ['x.md'], ''],
    ['x.md', [other, other], ['x.md'], 'present → present'],
    ['SECURITY.md', [present, present], [], 'present → present'],
    ['SECURITY.md', [present, other], [], 'present → absent'],
    ['SECURITY.md', [other, present], [], 'absent → present'],
    ['SECURITY.md', [other, other], [], ''],
    ['SECURITY.md', [other, other], ['SECURITY.md'], 'present → present'],
    ['SECURITY.md', [gone('symbolic-link'), gone('not-text')], [], ''],
    ['SECURITY.md', [present, gone('symbolic-link')], [], 'present → absent'],
    ['SECURITY.md', [gone('not-fetched'), other], [], 'unreadable → absent'],
    ['THREATS.md', [gone('symbolic-link'), other], [], 'unreadable → present'],
  ])('%s %j, named %j: %s', (path, sides, named, want) => {
    expect(states(path, sides, named)).toBe(want)
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
