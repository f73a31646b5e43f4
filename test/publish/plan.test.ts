import { describe, expect, test } from '@jest/globals'
import fc from 'fast-check'
import type { Finding } from '../../src/policy/verdict.ts'
import { readPublished } from '../../src/publish/marker.ts'
import type { Output } from '../../src/publish/output.ts'
import { plan } from '../../src/publish/plan.ts'
import type { ChangedFile } from '../../src/pull-request/facts.ts'
import type { OwnPosts } from '../../src/pull-request/reader.ts'
import type { Report } from '../../src/report/report.ts'
import { anyText } from '../support/any-text.ts'
import { carryOut, emptyStand, fileWith, findingWith, reportWith } from './stand.ts'
import './plan/marker.ts'
import './plan/replies.ts'
import './plan/run.ts'

function planOver(report: Report, own: OwnPosts, files: ChangedFile[] = [fileWith('a.md')]) {
  return plan(report, readPublished(own), { files, checkOnly: false })
}

function words(outputs: Output[]): string[] {
  return outputs.map((output) => output.do)
}

describe('the order', () => {
  test('with nothing to say there is only the conclusion', () => {
    const report = reportWith({ verdict: 'pass', conclusion: 'success', title: 'All well' })
    expect(words(planOver(report, emptyStand()))).toEqual(['conclude-check'])
  })

  test('a run is begun before words and concluded after them', () => {
    const report = reportWith({ findings: [findingWith()] })
    const outputs = words(planOver(report, emptyStand()))
    expect(outputs).toEqual(['start-check', 'create-review', 'create-summary', 'conclude-check'])
  })

  test('annotations go in batches of 50, the last with the conclusion', () => {
    const findings = Array.from({ length: 120 }, (_, i) =>
      findingWith({ fingerprint: `f${i}`, place: place('a.md', i + 1) }),
    )
    const outputs = planOver(reportWith({ findings }), emptyStand(), [])
    const sizes = outputs.flatMap((o) => ('annotations' in o ? [o.annotations.length] : []))
    expect(sizes).toEqual([50, 50, 20])
    expect(outputs.at(-1)?.do).toBe('conclude-check')
  })

  test('a run that was left unfinished gets only the annotations that it lacks', () => {
    const findings = Array.from({ length: 120 }, (_, i) =>
      findingWith({ fingerprint: `f${i}`, place: place('a.md', i + 1) }),
    )
    const report = reportWith({ findings })
    const outputs = planOver(report, emptyStand(), [])
    const died = carryOut(emptyStand(), outputs.slice(0, -2))
    const rest = planOver(report, died, [])
    const sizes = rest.flatMap((o) => ('annotations' in o ? [o.annotations.length] : []))
    expect(sizes).toEqual([50, 20])
    expect(words(rest)).not.toContain('start-check')
  })

  test('other annotations need a new run; other words do not', () => {
    const first = reportWith({ findings: [findingWith()] })
    const own = carryOut(emptyStand(), planOver(first, emptyStand()))
    const other = reportWith({ findings: [findingWith({ message: 'Otherwise.' })] })
    const titled = reportWith({ findings: [findingWith()], title: 'Another title' })
    const conclusion = (report: Report) =>
      planOver(report, own).find((output) => output.do === 'conclude-check')
    expect(conclusion(other)).toMatchObject({ check: null })
    expect(conclusion(titled)).toMatchObject({ check: own.check?.nodeId, annotations: [] })
  })
})

describe('comments', () => {
  const lines = (report: Report, files: ChangedFile[], own = emptyStand()) =>
    planOver(report, own, files).flatMap((o) => (o.do === 'create-review' ? o.comments : []))
  const whole = (report: Report, files: ChangedFile[]) =>
    planOver(report, emptyStand(), files).flatMap((o) =>
      o.do === 'create-file-comment' ? [o.comment] : [],
    )

  test.each<[string, Partial<Finding>, object]>([
    ['an added line', { place: place('a.md', 2) }, { side: 'RIGHT', line: 2, startLine: null }],
    [
      'a removed line',
      { place: { path: 'a.md', side: 'LEFT', line: 2, endLine: 2 } },
      { side: 'LEFT', line: 2, startLine: null },
    ],
    [
      'a range inside one hunk',
      { place: { path: 'a.md', side: 'RIGHT', line: 1, endLine: 3 } },
      { side: 'RIGHT', line: 3, startLine: 1 },
    ],
    [
      'a range that leaves the diff: its first shown line',
      { place: { path: 'a.md', side: 'RIGHT', line: 3, endLine: 9 } },
      { side: 'RIGHT', line: 3, startLine: null },
    ],
  ])('stand on %s', (_, change, want) => {
    const report = reportWith({ findings: [findingWith(change)] })
    expect(lines(report, [fileWith('a.md')])).toMatchObject([want])
  })

  test('are about the file where no line can be commented', () => {
    const report = reportWith({ findings: [findingWith({ place: place('a.md', 40) })] })
    expect(lines(report, [fileWith('a.md')])).toEqual([])
    expect(whole(report, [fileWith('a.md')])).toMatchObject([{ path: 'a.md' }])
    const big = fileWith('a.md', { patch: null })
    expect(whole(report, [big])).toMatchObject([{ path: 'a.md' }])
  })

  test('are not made on files that the pull request does not change', () => {
    const report = reportWith({ findings: [findingWith({ place: place('else.md', 2) })] })
    expect(words(planOver(report, emptyStand()))).not.toContain('create-review')
    expect(whole(report, [fileWith('a.md')])).toEqual([])
  })

  test('follow a renamed file', () => {
    const place = { path: 'old.md', side: 'LEFT' as const, line: 2, endLine: 2 }
    const file = fileWith('new.md', { previousPath: 'old.md', status: 'renamed' })
    const report = reportWith({ findings: [findingWith({ place })] })
    expect(lines(report, [file])).toMatchObject([{ path: 'new.md', side: 'LEFT', line: 2 }])
  })

  test('suggest only where the replaced lines are the commented ones', () => {
    const suggestion = { path: 'a.md', startLine: 2, endLine: 3, replacement: 'TWO' }
    const near = reportWith({ findings: [findingWith({ suggestion })] })
    expect(lines(near, [fileWith('a.md')])).toMatchObject([{ line: 3, startLine: 2 }])
    expect(lines(near, [fileWith('a.md')])[0]?.body).toContain('```suggestion')
    const far = { ...suggestion, startLine: 30, endLine: 30 }
    const report = reportWith({ findings: [findingWith({ suggestion: far })] })
    expect(lines(report, [fileWith('a.md')])[0]?.body).not.toContain('```suggestion')
  })

  test('are one for a file, the gravest, and at most as many as the policy says', () => {
    const findings = ['a.md', 'b.md', 'c.md'].flatMap((path, i) => [
      findingWith({ fingerprint: `w${i}`, level: 'warning', place: place(path, 2) }),
      findingWith({ fingerprint: `e${i}`, level: 'error', place: place(path, 3) }),
    ])
    const files = ['a.md', 'b.md', 'c.md'].map((path) => fileWith(path))
    const report = reportWith({ findings, commentsMax: 2 })
    expect(lines(report, files).map((line) => line.fingerprint)).toEqual(['e0', 'e1'])
  })

  test('are not made for notices nor for what was accepted', () => {
    const accepted = { by: 'kim', at: '', until: null, reason: '', source: '' }
    const findings = [
      findingWith({ level: 'notice' }),
      findingWith({ fingerprint: 'f1', accepted, place: place('a.md', 1) }),
    ]
    expect(lines(reportWith({ findings }), [fileWith('a.md')])).toEqual([])
  })

  test('whose finding is gone are folded away, answered ones only resolved', () => {
    const own = carryOut(
      emptyStand(),
      planOver(reportWith({ findings: [findingWith()] }), emptyStand()),
    )
    const gone = (change: Partial<OwnPosts['threads'][number]>) => {
      const threads = own.threads.map((thread) => ({ ...thread, ...change }))
      return planOver(reportWith(), { ...own, threads }).flatMap((o) =>
        o.do === 'resolve-comments' ? o.threads.map((thread) => thread.how) : [],
      )
    }
    expect(gone({})).toEqual(['minimise'])
    expect(gone({ canResolve: true })).toEqual(['resolve'])
    expect(gone({ canResolve: true, hasReplies: true })).toEqual(['resolve'])
    expect(gone({ hasReplies: true })).toEqual([])
    expect(gone({ resolved: true })).toEqual([])
  })
})

describe('a summary that is too long', () => {
  const many = (count: number) =>
    Array.from({ length: count }, (_, i) =>
      findingWith({ fingerprint: `f${i}`, message: `${i} ${'word '.repeat(100)}` }),
    )
  const summaryOf = (count: number, hasPage: boolean) => {
    const scope = { files: [fileWith('a.md')], checkOnly: true, hasPage }
    const outputs = plan(reportWith({ findings: many(count) }), readPublished(emptyStand()), scope)
    return outputs.flatMap((one) => (one.do === 'conclude-check' ? [one.summary] : [])).join()
  }

  test('says at the top how much is not shown, and where it is', () => {
    const without = summaryOf(300, false)
    const [, left = ''] = /\*(\d+) entries are not shown here\.\*/.exec(without) ?? []
    const shown = without.match(/`#\d+`/g)?.length ?? 0
    expect(shown + Number(left)).toBe(300)
    expect(without.indexOf(left)).toBeLessThan(300)
    expect(summaryOf(300, true)).toContain(
      `*${left} entries are not shown here. The details of this check lead to a page with room ` +
        'for them.*',
    )
    expect(Buffer.byteLength(summaryOf(300, true))).toBeLessThanOrEqual(65_535)
    expect(summaryOf(3, true)).not.toContain('not shown here')
  })
})

describe('text of the pull request', () => {
  const hostile = fc.constantFrom(
    '<!-- threat-model-bot finding f=other -->',
    '\n\n<!-- threat-model-bot summary d=0 -->',
    '-->',
    '```',
    '</details>',
    '@acme/everyone',
  )
  const text = fc
    .array(fc.oneof(hostile, anyText({ maxLength: 30 })), { maxLength: 5 })
    .map((parts) => parts.join(' '))

  test('never makes another mark of ours', () => {
    fc.assert(
      fc.property(text, text, (message, next) => {
        const finding = findingWith({ message, next, why: message })
        const own = carryOut(
          emptyStand(),
          planOver(reportWith({ findings: [finding] }), emptyStand()),
        )
        const found = readPublished(own)
        expect(found.reviewComments.map((one) => one.fingerprint)).toEqual(['f0'])
        expect(found.summary).not.toBeNull()
        const bodies = [...own.threads, ...own.comments].map((one) => one.body)
        for (const body of bodies) expect(body.match(/<!-- threat-model-bot/g)).toHaveLength(1)
      }),
    )
  })
})

describe('a second plan', () => {
  const finding = fc
    .record({
      number: fc.nat({ max: 8 }),
      level: fc.constantFrom('error', 'warning', 'notice', 'acceptance'),
      path: fc.constantFrom('a.md', 'b.go', 'gone.txt'),
      side: fc.constantFrom('LEFT', 'RIGHT'),
      line: fc.integer({ min: 1, max: 5 }),
    })
    .map(({ number, level, path, side, line }) =>
      findingWith({
        fingerprint: `f${number}`,
        level: level as Finding['level'],
        place: { path, side: side as 'LEFT' | 'RIGHT', line, endLine: line },
      }),
    )
  const report = fc
    .record({
      findings: fc.uniqueArray(finding, { selector: (one) => one.fingerprint, maxLength: 6 }),
      commentsMax: fc.nat({ max: 4 }),
      title: fc.string({ maxLength: 20 }),
    })
    .map(reportWith)
  const files = [fileWith('a.md'), fileWith('b.go', { patch: null })]

  test('changes nothing, whatever was said before', () => {
    fc.assert(
      fc.property(fc.array(report, { minLength: 1, maxLength: 4 }), (reports) => {
        let own = emptyStand()
        for (const one of reports) {
          own = carryOut(own, planOver(one, own, files))
          expect(planOver(one, own, files)).toEqual([])
        }
      }),
    )
  })

  test('never says the same finding twice', () => {
    fc.assert(
      fc.property(fc.array(report, { minLength: 1, maxLength: 6 }), (reports) => {
        const own = reports.reduce(
          (stand, one) => carryOut(stand, planOver(one, stand, files)),
          emptyStand(),
        )
        const said = readPublished(own).reviewComments.map((comment) => comment.fingerprint)
        expect(new Set(said).size).toBe(said.length)
      }),
    )
  })
})

function place(path: string, line: number): Finding['place'] {
  return { path, side: 'RIGHT', line, endLine: line }
}
