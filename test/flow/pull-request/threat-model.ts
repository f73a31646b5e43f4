import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from '@jest/globals'
import { answersOf, ratioOf } from '../../../src/coverage/answer.ts'
import { lookUpPaths } from '../../../src/coverage/tree.ts'
import { read } from '../../../src/threat-model/read.ts'

/*
 * The App's own threat model, read by its own program: every threat is answered by code that is
 * there with a test that is there, or accepted by somebody until a date for a reason.
 */
const root = join(import.meta.dirname, '../../..')
const path = 'THREAT_MODEL.md'
const text = readFileSync(join(root, path), 'utf8')
const named = [...text.matchAll(/`([\w./-]+\/[\w./-]*|app\.yml|Dockerfile|package-lock\.json)`/g)]
const paths = named.map(([, name = '']) => name)
const there = paths.filter((name) => existsSync(join(root, name)))
const { model, problems } = read(text, { path, tree: lookUpPaths(there) })

test('is read without a problem', () => {
  expect(problems).toEqual([])
  expect(paths.filter((name) => !there.includes(name))).toEqual([])
})

describe('every threat', () => {
  test('is answered or accepted: the whole scope is covered', () => {
    // Accepted with a date: when it is over, this says so.
    const today = new Date().toISOString().slice(0, 10)
    const { answered, inScope } = ratioOf(model.threats, answersOf(model, today))
    expect(inScope).toBeGreaterThan(30)
    expect(answered).toBe(inScope)
  })

  test('that is accepted says by whom, until when and why', () => {
    const accepted = model.threats.filter((threat) => threat.status === 'accepted')
    expect(accepted.length).toBeGreaterThan(3)
    for (const { acceptance } of accepted) {
      expect(acceptance).toMatchObject({
        until: expect.stringMatching(/^20\d\d-\d\d-\d\d$/),
        owner: expect.stringMatching(/^@/),
        reason: expect.stringMatching(/.{20}/),
      })
    }
  })

  test('names only what the lists of the document state', () => {
    const inferred = [...model.adversaries, ...model.mitigations].filter(
      ({ certainty }) => certainty === 'inferred',
    )
    expect(inferred.map(({ title }) => title)).toEqual([])
    const executed = new Set(model.threats.flatMap((threat) => threat.attacks))
    expect(model.attacks.filter(({ id }) => !executed.has(id))).toEqual([])
  })
})

describe('every mitigation', () => {
  const used = new Set(model.threats.flatMap(({ mitigations }) => mitigations.map(({ id }) => id)))

  test.each(model.mitigations.map((mitigation) => [mitigation.title, mitigation] as const))(
    '%s',
    (_title, { id, span, code }) => {
      expect(used.has(id)).toBe(true)
      const files = code.map((reference) => reference.path)
      const words = text.slice(span.start.offset, span.end.offset)
      expect(words).toMatch(/`(?:src\/|app\.yml|Dockerfile)/)
      const tests = testsIn(words)
      expect(tests.length).toBeGreaterThan(0)
      for (const { file, name } of tests) {
        expect(files).toContain(file)
        expect(readFileSync(join(root, file), 'utf8')).toContain(name)
      }
    },
  )
})

/** `file` "name", "name": the names stand behind the file that has them. */
function testsIn(words: string): { file: string; name: string }[] {
  const line = words.replace(/\s+/g, ' ')
  return line.split('`test/').flatMap((part, index) => {
    if (index === 0) return []
    const [file = '', rest = ''] = part.split(/`(.*)/)
    const names = [...rest.matchAll(/ "(.*?)"(?=[,;.])/g)]
    return names.map(([, name = '']) => ({ file: `test/${file}`, name }))
  })
}
