import { describe, expect, test } from '@jest/globals'
import type { Output } from '../../../src/publish/output.ts'
import { run } from '../../../src/publish/run.ts'
import type { Target, Writer, Written } from '../../../src/publish/writer.ts'
import { failed, type Outcome, ok } from '../../../src/shared/outcome.ts'

const target: Target = {
  pull: { repository: { id: 1, owner: 'acme', name: 'chat' }, number: 7 },
  nodes: { pull: 'P', repository: 'R' },
  head: 'head',
}

const start: Output = { do: 'start-check', headSha: 'head', title: 't', summary: 's' }
const words: Output = { do: 'create-summary', body: 'words' }
const annotations: Output = {
  do: 'add-annotations',
  check: null,
  title: 't',
  summary: 's',
  annotations: [],
}
const conclusion: Output = {
  do: 'conclude-check',
  check: null,
  headSha: 'head',
  conclusion: 'success',
  title: 't',
  summary: 's',
  annotations: [],
  actions: [],
}

interface Fake extends Writer {
  batches: Output[][]
  asked: number
}

function fakeWriter(change: Partial<Written> = {}, head = 'head'): Fake {
  const fake: Fake = {
    batches: [],
    asked: 0,
    async currentHead() {
      fake.asked++
      return ok(head)
    },
    async write(_target, outputs): Promise<Outcome<Written>> {
      fake.batches.push([...outputs])
      const startedCheck = outputs.includes(start) ? 'run' : null
      const commit = null
      return ok({ head: null, commit, startedCheck, dropped: [], refused: [], ...change })
    },
  }
  return fake
}

function shape(fake: Fake): string[] {
  return fake.batches.map((batch) => batch.map((output) => output.do).join('+'))
}

describe('run', () => {
  test('concludes although comments have to wait, and comes back for them', async () => {
    const writer = fakeWriter({ head: 'head' })
    const { write } = writer
    writer.write = async (at, outputs) =>
      outputs.includes(words) ? failed('rate-limited', 'enough for now', 9) : write(at, outputs)
    expect(await run(writer, target, [start, words, annotations, conclusion])).toEqual(
      failed('rate-limited', 'enough for now', 9),
    )
    expect(shape(writer)).toEqual(['start-check', 'add-annotations', 'conclude-check'])
  })

  test('writes together what may go together, and the conclusion alone at the end', async () => {
    const writer = fakeWriter({ head: 'head' })
    expect(await run(writer, target, [start, words, annotations, conclusion])).toMatchObject({
      ok: true,
    })
    expect(shape(writer)).toEqual([
      'start-check+create-summary',
      'add-annotations',
      'conclude-check',
    ])
    expect(writer.batches.at(-1)).toMatchObject([{ check: 'run' }])
    expect(writer.batches.at(1)).toMatchObject([{ check: 'run' }])
    expect(writer.asked).toBe(0)
  })

  test('asks for the head when no answer told it', async () => {
    const writer = fakeWriter()
    await run(writer, target, [start, words, conclusion])
    expect(writer.asked).toBe(1)
  })

  test('asks for nothing when there is only a conclusion', async () => {
    const writer = fakeWriter({}, 'other')
    await run(writer, target, [conclusion])
    expect([shape(writer), writer.asked]).toEqual([['conclude-check'], 0])
  })

  test('does not conclude on a head that has moved, and leaves no run in progress', async () => {
    const writer = fakeWriter({ head: 'newer' })
    const ran = await run(writer, target, [start, words, conclusion])
    expect(ran).toMatchObject({ ok: false, failure: { kind: 'moved-on' } })
    expect(shape(writer)).toEqual(['start-check+create-summary', 'abandon-check'])
  })

  test('concludes on the commits of a merge queue wherever the pull request stands', async () => {
    const writer = fakeWriter({ head: 'newer' })
    await run(writer, { ...target, head: null }, [start, annotations, conclusion])
    expect(shape(writer).at(-1)).toBe('conclude-check')
  })

  test('stops at a failure', async () => {
    const writer = fakeWriter()
    writer.write = async () => failed('unavailable', 'no answer')
    const ran = await run(writer, target, [start, words, conclusion])
    expect(ran).toMatchObject({ ok: false, failure: { kind: 'unavailable' } })
  })

  test('says about the file what GitHub left out of a review', async () => {
    const comment = {
      path: 'a.md',
      side: 'RIGHT' as const,
      line: 1,
      startLine: null,
      body: 'b',
      fingerprint: 'f',
    }
    const writer = fakeWriter({ head: 'head' })
    const { write } = writer
    let first = true
    writer.write = async (at, outputs) => {
      const written = await write(at, outputs)
      if (!first || !written.ok) return written
      first = false
      return ok({ ...written.value, dropped: [comment] })
    }
    const review: Output = { do: 'create-review', headSha: 'head', comments: [comment] }
    await run(writer, target, [review, conclusion])
    expect(shape(writer)).toEqual(['create-review', 'create-file-comment', 'conclude-check'])
  })

  test('tells what was refused and concludes all the same', async () => {
    const writer = fakeWriter({ head: 'head', refused: ['locked'] })
    expect(await run(writer, target, [start, words, conclusion])).toEqual(
      ok({ refused: ['locked'] }),
    )
    expect(shape(writer).at(-1)).toBe('conclude-check')
  })
})
