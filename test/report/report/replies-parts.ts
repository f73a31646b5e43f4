import { execFileSync } from 'node:child_process'
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { describe, expect, test } from '@jest/globals'
import fc from 'fast-check'
import { allHelp, typed } from '../../../src/command/help.ts'
import { readCommands } from '../../../src/command/read.ts'
import { readMemory, writeMemory } from '../../../src/policy/decisions-memory.ts'
import { flawKinds } from '../../../src/policy/decisions-names.ts'
import { readPolicy } from '../../../src/policy/read.ts'
import { type Edit, edited, patchOf } from '../../../src/report/replies-patch.ts'
import { starterFiles } from '../../../src/report/replies-starter.ts'
import { review } from '../../../src/review.ts'
import { read } from '../../../src/threat-model/read.ts'
import { anyText } from '../../support/any-text.ts'
import { goldenCases } from '../../support/cases.ts'
import { effort } from '../../support/effort.ts'
import { factsOf } from '../../support/facts.ts'
import { aliveInOurs } from '../../support/markdown-oracle.ts'

describe('a patch of one place', () => {
  const texts = ['', 'a\n', 'a', 'a\nb\nc\nd\ne\nf\ng\nh\n', 'a\nb\nc\nd\ne\nf\ng\nh', '\n\nx\n']
  const edits = texts.flatMap((text) => {
    const count = text === '' ? 0 : text.replace(/\n$/, '').split('\n').length
    return [0, 1, 4, count]
      .filter((at) => at <= count)
      .flatMap((at) =>
        [0, 1]
          .filter((removes) => at + removes <= count && text !== '')
          .map(
            (removes): Edit => ({ path: 'some/file.md', text, at, removes, lines: ['new', ''] }),
          ),
      )
  })
  const fresh: Edit = { path: 'new/file.md', text: null, at: 0, removes: 0, lines: ['one', 'two'] }

  test.each([...edits, fresh])('is taken by git apply: $text at $at, less $removes', (edit) => {
    const folder = mkdtempSync(join(tmpdir(), 'patch-'))
    try {
      const file = join(folder, edit.path)
      mkdirSync(dirname(file), { recursive: true })
      if (edit.text !== null) writeFileSync(file, edit.text)
      execFileSync('git', ['apply', '--whitespace=nowarn', '-'], {
        cwd: folder,
        input: `${patchOf(edit)}\n`,
        env: { ...process.env, GIT_CEILING_DIRECTORIES: dirname(folder) },
      })
      expect(readFileSync(file, 'utf8')).toBe(edited(edit))
    } finally {
      rmSync(folder, { recursive: true, force: true })
    }
  })
})

describe('a first threat model', () => {
  const paths = ['src/auth/login.go', 'src/billing/invoice.go', 'src/api/users.go', 'db/schema.sql']

  test.each([[paths], [[]], [['README.md']]])('made from %j reads well', (list) => {
    const [document, policy] = starterFiles('larder', list, '.github/threat-model.yml')
    const { model, problems } = read(document?.text ?? '', { path: 'THREAT_MODEL.md' })
    expect(problems).toEqual([])
    expect(model.threats.length).toBeGreaterThanOrEqual(2)
    expect(model.threats.length).toBe(model.assets.length)
    expect(model.threats.map((threat) => threat.status)).toEqual(
      model.threats.map(() => 'unmitigated'),
    )
    expect(model.threats.every((threat) => threat.assets.length === 1)).toBe(true)
    const reading = readPolicy(policy?.text ?? '')
    expect(reading.problems).toEqual([])
    const titles = model.assets.map((asset) => asset.title)
    expect(reading.policy.code.every((mapping) => titles.includes(mapping.element))).toBe(true)
  })

  test('maps the code of each asset by folder', () => {
    const [, policy] = starterFiles('larder', paths, '.github/threat-model.yml')
    expect(policy?.text).toContain('"User sessions": ["src/auth/**"]')
    expect(policy?.text).toContain('"Payments": ["src/billing/**"]')
  })
})

describe('help', () => {
  test.each(allHelp())('the example of $name is understood', ({ name, example }) => {
    const reading = readCommands(typed(example), '2026-11-24')
    expect(reading.mistakes).toEqual([])
    expect(reading.commands.map(({ command }) => command.name)).toEqual([name])
  })
})

describe('what a reply remembers', () => {
  const hex = (length: number) =>
    fc
      .array(fc.integer({ min: 0, max: 15 }), { minLength: length, maxLength: length })
      .map((digits) => digits.map((digit) => digit.toString(16)).join(''))
  const bound = fc.record({ fingerprint: hex(16), content: hex(32) })
  const memory = fc.record({
    comment: fc.constantFrom('conversation:1', 'reply:99', 'review:123456789'),
    text: hex(16),
    state: hex(16),
    bound: fc.array(fc.array(bound, { maxLength: 4 }), { maxLength: 4 }),
    flaws: fc.array(
      fc.record({
        command: fc.nat({ max: 19 }),
        target: fc.nat({ max: 49 }),
        why: fc.constantFrom(...flawKinds),
      }),
      { maxLength: 3 },
    ),
    ended: fc.array(hex(16), { maxLength: 3 }),
    face: fc.constantFrom('+1' as const, 'confused' as const),
  })

  test('is read as it was written, up to empty lists at the end', () => {
    fc.assert(
      fc.property(memory, (wanted) => {
        const found = readMemory(`Words\n\n${writeMemory(wanted)}`)
        while (wanted.bound.at(-1)?.length === 0) wanted.bound.pop()
        expect(found).toEqual(wanted)
      }),
    )
  })

  test('is only the last line: what people write above it is no memory', () => {
    const line = writeMemory({
      comment: 'conversation:1',
      text: '0'.repeat(16),
      state: '0'.repeat(16),
      bound: [],
      flaws: [],
      ended: [],
      face: '+1',
    })
    expect(readMemory(`${line}\n\nmore`)).toBeNull()
    expect(readMemory(`x ${line}`)).toBeNull()
  })

  test('any text is read without a throw', () => {
    fc.assert(fc.property(anyText(), (text) => void readMemory(text)))
  })
})

describe('words of others in our answers', () => {
  const golden = goldenCases('replies').find((one) => one.name === 'accept-all')
  const nasty = [
    ...['@octocat', '@acme/security', '#12', 'fixes #3', 'http://evil.example', 'www.evil.example'],
    ...[
      '![x](http://e.example/x.png)',
      '<img src=x onerror=alert(1)>',
      '<!-- threat-model-bot',
      '-->',
    ],
    ...[
      '</details>',
      '```',
      '`',
      '``',
      '|',
      '\\',
      '**b**',
      ':octocat:',
      '$x$',
      '\u202eevil',
      '"',
      "'",
    ],
    ...['0123456789abcdef', '[x](javascript:alert(1))', '&#64;octocat', '~~~', 'because', 'until'],
  ]
  const words = fc.array(fc.constantFrom(...nasty, 'some', 'words'), { minLength: 1, maxLength: 6 })
  const command = fc
    .tuple(
      fc.constantFrom(
        ...['accept #1 because', 'accept', 'explain', 'link', 'link src/**', 'withdraw', 'help'],
        ...['accept all until', 'no-effect', '', 'status', 'aprove', 'no-effect all because'],
      ),
      words,
    )
    .map(([verb, rest]) => `/threat-model ${verb} ${rest.join(' ')}`)

  test('mention nobody, link nowhere, show no picture and close nothing', () => {
    if (!golden) throw new Error('the case is missing')
    const facts = factsOf(golden)
    fc.assert(
      fc.property(fc.array(command, { minLength: 1, maxLength: 4 }), (lines) => {
        const comment = {
          ...{ id: 1, place: 'conversation' as const, inReplyTo: null, author: 'kim' },
          ...{ authorIsBot: false, body: lines.join('\n\n'), editedBy: null },
          ...{ createdAt: '2026-11-24T10:00:00Z', url: 'https://github.example/c1' },
        }
        const permissions = [{ login: 'kim', permission: 'maintain' as const, teams: [] }]
        const { replies } = review({ ...facts, comments: [comment], permissions })
        for (const { body } of replies) {
          expect(readMemory(body)).not.toBeNull()
          const text = body
            .replace(/\n\n<!-- threat-model-bot reply [^\n]* -->$/, '')
            .replace(/\[(this comment|[\d-]{10})\]\(https:\/\/github\.example\/c1\)/g, 'there')
          expect(aliveInOurs(text)).toEqual([])
        }
      }),
      { numRuns: effort(50, 150) },
    )
  })
})
