import { describe, expect, test } from '@jest/globals'
import { commentCharsMax, summaryBytesMax } from '../../../src/shared/github-limits.ts'
import {
  createFlow,
  createHub,
  evaluatePull,
  model,
  policy,
  policyPath,
  shown,
  withoutT2,
  withT4,
} from '../support.ts'
import { conversation } from '../talk.ts'

/* Pull requests and repositories at the limits of what GitHub tells and takes. */

const threats = (from: number, to: number, word: string) =>
  Array.from(
    { length: to - from },
    (_, i) => `| X${from + i} | ${word} way number ${from + i} into the server | Server | | Open |`,
  ).join('\n')

describe('a pull request of very many', () => {
  test('changes stays within every limit and says what was cut', async () => {
    const { repository, evaluate, github } = createFlow()
    repository.branch('huge', {
      edit: { 'THREAT_MODEL.md': `${model}${threats(0, 1_900, 'A')}\n` },
    })
    const pull = repository.openPullRequest({ head: 'huge', author: 'sam' })
    await evaluate(pull)
    const { check, threads, comments } = shown(pull)
    expect(check).toMatchObject({ status: 'completed', conclusion: 'failure' })
    expect(Buffer.byteLength(check?.summary ?? '')).toBeLessThanOrEqual(summaryBytesMax)
    expect(check?.title).toBe('At least: 1000 new threats without an answer')
    expect(check?.summary).toContain('… and 1800 more')
    expect(check?.summary).toMatch(/\*\d{4} entries are not shown here\.\*/)
    expect(check?.summary).toContain('more that do not fit here')
    expect(check?.summary).toContain('900 more findings are not listed')
    expect(check?.summary).toContain('500 more findings have no annotation')
    // What somebody is to read in the conversation is short, and ends with what to do.
    expect(comments[0]?.length).toBeLessThan(5_000)
    expect(comments[0]).toContain('… and 980 more; the check “Threat model” lists them.')
    expect(comments[0]).toContain('/threat-model accept')
    expect(check?.annotations.length).toBe(500)
    const [first] = pull.checks.at(-1)?.annotations ?? []
    expect(first).toMatchObject({ start_line: 15, start_column: 1, end_column: 57 })
    expect(threads.length).toBeLessThanOrEqual(10)
    for (const body of [...comments, ...threads.map((thread) => thread.body ?? '')]) {
      expect(body.length).toBeLessThanOrEqual(commentCharsMax)
    }
    expect(github.violations).toEqual([])
    github.log.clear()
    await evaluate(pull)
    expect(github.log.counts()).toMatchObject({ total: 1, write: 0, content: 0 })
  })

  test('files says that GitHub does not list them all, and is not green', async () => {
    const files = Object.fromEntries(
      Array.from({ length: 3_100 }, (_, i) => [`data/${i}.txt`, `${i}\n`]),
    )
    const { repository, evaluate } = createFlow()
    repository.branch('wide', { edit: { ...files, 'THREAT_MODEL.md': withT4 } })
    const pull = repository.openPullRequest({ head: 'wide', author: 'sam' })
    await evaluate(pull)
    const { check } = shown(pull)
    expect(check?.status).toBe('completed')
    expect(check?.conclusion).not.toBe('success')
  })
})

test('comments that are too many for now come later; no check waits for them', async () => {
  const clock = { now: Date.now() }
  const { repository, github } = createFlow({ now: () => clock.now })
  const hub = createHub(github, () => clock.now)
  const head = `${model}${threats(0, 12, 'A')}\n`
  const pulls = Array.from({ length: 7 }, (_, i) => {
    repository.branch(`b${i}`, { edit: { 'THREAT_MODEL.md': head } })
    return repository.openPullRequest({ head: `b${i}`, author: 'sam' })
  })
  for (const pull of pulls) await evaluatePull(hub, pull)
  const concluded = pulls.map((pull) => pull.checks.map((run) => run.conclusion))
  expect(concluded).toEqual(pulls.map(() => ['failure']))
  const last = pulls.slice(-1).map((pull) => ({ pull, said: pull.comments.length }))
  expect(last.map(({ said }) => said)).toEqual([0])
  clock.now += 61_000
  for (const { pull } of last) await evaluatePull(hub, pull)
  expect(last.map(({ pull }) => [pull.comments.length, pull.threads.length])).toEqual([[1, 10]])
  expect(last.map(({ pull }) => pull.checks.length)).toEqual([1])
})

describe('a model', () => {
  test('that GraphQL cuts is read whole', async () => {
    const filler = 'A paragraph of plain words that says nothing about threats at all.\n\n'
    const long = `${withT4}\n## Notes\n\n${filler.repeat(9_000)}`
    const { repository, evaluate, github } = createFlow()
    repository.branch('long', { edit: { 'THREAT_MODEL.md': long } })
    const pull = repository.openPullRequest({ head: 'long', author: 'sam' })
    await evaluate(pull)
    expect(github.log.entries.map((entry) => entry.operation)).toContain('git/get-blob')
    expect(shown(pull).check?.status).toBe('completed')
  })

  test('that is too large to be read is never green', async () => {
    const { repository, evaluate } = createFlow()
    repository.branch('long', {
      edit: { 'THREAT_MODEL.md': `${model}${`${'x'.repeat(1_000)}\n`.repeat(1_200)}` },
    })
    const pull = repository.openPullRequest({ head: 'long', author: 'sam' })
    await evaluate(pull)
    expect(shown(pull).check?.conclusion).toBe('failure')
  })

  test('that only the head has is new', async () => {
    const flow = createFlow({ files: { 'README.md': 'Hello\n', [policyPath]: policy } })
    flow.repository.branch('first', { edit: { 'THREAT_MODEL.md': model } })
    const pull = flow.repository.openPullRequest({ head: 'first', author: 'sam' })
    await flow.evaluate(pull)
    expect(shown(pull).check?.status).toBe('completed')
  })

  test('is one of several, each with its own path', async () => {
    const files = { 'a/THREAT_MODEL.md': model, 'b/THREAT_MODEL.md': model, [policyPath]: policy }
    const flow = createFlow({ files })
    flow.repository.branch('more', { edit: { 'b/THREAT_MODEL.md': withT4 } })
    const pull = flow.repository.openPullRequest({ head: 'more', author: 'sam' })
    await flow.evaluate(pull)
    const { check } = shown(pull)
    expect(check?.conclusion).toBe('failure')
    expect(check?.summary).toContain('b/THREAT_MODEL.md')
  })

  test('that is a section of SECURITY.md costs no request more', async () => {
    const asked = async (path: string, before: string, after: string) => {
      const flow = createFlow({ files: { [path]: before, 'README.md': 'Hello\n' } })
      flow.repository.branch('less', { edit: { [path]: after } })
      const pull = flow.repository.openPullRequest({ head: 'less', author: 'sam' })
      await flow.evaluate(pull)
      const finding = shown(pull).check?.annotations
      return { finding, requests: flow.github.log.counts().total }
    }
    const whole = (text: string) =>
      `# Security\n\nWrite to us.\n\n#${text.replaceAll('\n## ', '\n### ')}`
    const plain = await asked('THREAT_MODEL.md', model, withoutT2)
    const section = await asked('.github/SECURITY.md', whole(model), whole(withoutT2))
    expect(section.requests).toBe(plain.requests)
    expect(section.finding).toEqual(
      plain.finding?.map((at) => at.replace(/^THREAT_MODEL.md:\d+/, '.github/SECURITY.md:17')),
    )
    const none = await asked('SECURITY.md', '# Security\n', '# Security\n\nWrite to us.\n')
    expect(none.finding).toEqual([])
  })

  test('that moves to another folder and name keeps its history', async () => {
    const { repository, evaluate } = createFlow()
    const edit = { 'THREAT_MODEL.md': null, 'roster/notes.md': withoutT2 }
    repository.branch('moved', { edit })
    const pull = repository.openPullRequest({ head: 'moved', author: 'sam' })
    await evaluate(pull)
    expect(shown(pull).check?.title).toBe('Someone has to agree: 1 threat removed')
  })

  test('that is a submodule is never green', async () => {
    const { repository, evaluate } = createFlow()
    const edit = { 'THREAT_MODEL.md': { submodule: '1'.repeat(40) } }
    repository.branch('odd', { edit })
    const pull = repository.openPullRequest({ head: 'odd', author: 'sam' })
    await evaluate(pull)
    expect(shown(pull).check?.conclusion).toBe('failure')
  })
})

test('a head whose answer changed very often keeps showing the newest', async () => {
  const { repository, evaluate, github } = createFlow()
  repository.branch('more', { edit: { 'THREAT_MODEL.md': withT4 } })
  const pull = repository.openPullRequest({ head: 'more', author: 'sam' })
  for (let i = 0; i < 23; i++) {
    const level = i % 2 === 0 ? 'warning' : 'error'
    repository.commit({ [policyPath]: `${policy}rules: { threat-added-unanswered: ${level} }\n` })
    await evaluate(pull)
  }
  expect(pull.checks.length).toBe(23)
  expect(shown(pull).check?.conclusion).toBe('neutral')
  github.log.clear()
  await evaluate(pull)
  expect(github.log.counts()).toMatchObject({ write: 0 })
})

describe('a conversation of hundreds', () => {
  test('is read to its beginning', async () => {
    const { repository, evaluate, github } = createFlow()
    repository.branch('more', { edit: { 'THREAT_MODEL.md': withT4 } })
    const pull = repository.openPullRequest({ head: 'more', author: 'sam' })
    await evaluate(pull)
    for (let i = 0; i < 250; i++) pull.comment('kim', `Remark ${i}`)
    github.log.clear()
    await evaluate(pull)
    expect(github.log.counts()).toMatchObject({ total: 3, write: 0, content: 0 })
    expect(pull.comments.filter((comment) => comment.viaApp)).toHaveLength(1)
  })

  test('keeps a decision that was written in a review long before', async () => {
    const talk = await conversation()
    await talk.look()
    talk.tick()
    const body = '/threat-model accept all because the queue is gone'
    talk.pull.review('kim', { event: 'COMMENT', body })
    await talk.look()
    expect(talk.check()).toBe('success')
    for (let i = 0; i < 120; i++) talk.pull.review('lee', { event: 'COMMENT', body: `Fine ${i}` })
    await talk.look()
    expect(talk.check()).toBe('success')
    expect(talk.replies()).toHaveLength(1)
  })

  test('that is too long to be read whole says so, and gets nothing twice', async () => {
    const { repository, evaluate, github } = createFlow()
    repository.branch('more', { edit: { 'THREAT_MODEL.md': withT4 } })
    const pull = repository.openPullRequest({ head: 'more', author: 'sam' })
    await evaluate(pull)
    for (let i = 0; i < 1_001; i++) pull.comment('kim', `Remark ${i}`)
    pull.push({ 'THREAT_MODEL.md': `${withT4}| T5 | Reading the log | Server | | Open |\n` })
    await evaluate(pull)
    expect(pull.comments.filter((comment) => comment.viaApp)).toHaveLength(1)
    expect(shown(pull).check?.conclusion).toBe('failure')
    expect(shown(pull).check?.summary).toContain('too long to be read whole')
    expect(github.violations).toEqual([])
  })
})
