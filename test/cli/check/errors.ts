import { chmodSync, existsSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, describe, expect, test } from '@jest/globals'
import { makeFolder, makeRepository } from '../../support/program.ts'

/* Bad input ends in one line that says what to do, never in a stack trace. */

const model =
  '# Threat model\n\n## Threats\n\n### T-1 Someone reads the mail\n\n**Mitigation:** TLS.\n'
const plain = makeFolder({
  'model.md': model,
  'empty.md': '',
  'prose.md': '# Lunch\n\nWe eat at noon.\n',
  'picture.png': new Uint8Array([0x89, 0x50, 0x4e, 0x47, 0, 1, 2]),
  'latin.md': new Uint8Array([0x23, 0x20, 0xe9, 0x0a]),
  'folder/inner.md': model,
})
const repository = makeRepository({ 'THREAT_MODEL.md': model })
afterAll(() => {
  plain.remove()
  repository.remove()
})

const refusals: [words: string, where: typeof plain, says: RegExp][] = [
  ['parse', plain, /parse needs a file.*--help/],
  ['parse a.md b.md', plain, /one file; "b.md" is one too many/],
  ['parse missing.md', plain, /there is no file missing\.md\. Check the path/],
  ['parse folder', plain, /folder is a directory\. Name the Markdown file in it/],
  ['parse model.md/inner.md', plain, /there is no file model\.md\/inner\.md/],
  ['parse picture.png', plain, /picture\.png is not text/],
  ['parse latin.md', plain, /latin\.md is not UTF-8 text\. Save it as UTF-8/],
  ['parse model.md --format xml', plain, /no format "xml"\. Use one of: text, json/],
  ['parse model.md --explane', plain, /Unknown option '--explane'.*--help/],
  ['prase model.md', plain, /no command "prase"\. Did you mean "parse"\?/],
  ['frobnicate', plain, /no command "frobnicate"\. There are: /],
  ['help frobnicate', plain, /no command "frobnicate"/],
  ['check', plain, /is not in a git work tree\. Start it inside a clone/],
  ['check main', repository, /check takes no words, only options/],
  ['check --base nowhere', repository, /there is no revision "nowhere" here\. See: git branch/],
  ['check --base --help-me', repository, /argument is ambiguous|Unknown option/],
  ['check --base main --head -x', repository, /argument is ambiguous|no revision/],
  ['check --base main --policy missing.yml', repository, /there is no file missing\.yml/],
  ['diff', plain, /diff needs two/],
  ['diff model.md', plain, /diff needs two/],
  ['diff model.md missing.md', plain, /there is no file missing\.md/],
  ['diff main nowhere --path THREAT_MODEL.md', repository, /there is no revision "nowhere"/],
  ['diff main main --path no.md', repository, /there is no file no\.md in main/],
  ['explain', plain, /explain needs a rule/],
  ['explain threat-aded-unanswered', plain, /Did you mean "threat-added-unanswered"/],
  ['replay', plain, /replay needs a file/],
  ['replay model.md', plain, /model\.md is not a file of facts/],
]

test.each(refusals)('threat-model %s', async (words, where, says) => {
  const { status, out, err } = await where.run(...words.split(' ').filter(Boolean))
  expect({ status, out, lines: err.trimEnd().split('\n').length }).toEqual({
    status: 2,
    out: '',
    lines: 1,
  })
  expect(err).toMatch(says)
  expect(err).toMatch(/^threat-model: /)
})

describe('what is no error', () => {
  test.each(['empty.md', 'prose.md'])('%s has no threats, and says so', async (file) => {
    const { status, err } = await plain.run('parse', file)
    expect(status).toBe(0)
    expect(err).toMatch(/^[a-z.]+: no threats in this file\. .*docs\/FORMAT\.md.*\n$/)
  })

  test('help is help, however it is asked for', async () => {
    const [word, flag, short] = await Promise.all([
      plain.run('help', 'parse'),
      plain.run('parse', '--help'),
      plain.run('parse', 'model.md', '-h'),
    ])
    expect(word.out).toMatch(/^Usage: threat-model parse FILE/)
    expect(flag).toEqual(word)
    expect(short).toEqual(word)
  })

  test('every command is in the overview and has help that begins with its usage', async () => {
    const { out } = await plain.run('--help')
    const names = [...out.matchAll(/^ {2}([a-z]+) {2,}/gm)].map((match) => match[1] ?? '')
    expect(names).toEqual(expect.arrayContaining(['parse', 'diff', 'check', 'demo']))
    for (const name of names.filter((word) => word !== 'help')) {
      const help = await plain.run(name, '--help')
      expect(help.out).toMatch(new RegExp(`^Usage: threat-model ${name}`))
    }
  })
})

describe('a repository that somebody packed', () => {
  const code = '\u001b[2J\u001b]0;'
  const packed = makeRepository({
    'THREAT_MODEL.md': model,
    [`other${code}/THREAT_MODEL.md`]: `${model}\n### T-2 ${code}\n`,
    [`src/mail${code}.ts`]: `export const mail = 1\n`,
  })
  afterAll(() => packed.remove())

  test('starts no program of its own: neither a monitor of files nor a hook', async () => {
    const mark = join(packed.path, '.git', 'mark')
    packed.write({ '.git/run': `#!/bin/sh\ntouch ${mark}\n` })
    packed.write({ '.git/hooks/post-index-change': `#!/bin/sh\ntouch ${mark}\n` })
    for (const name of ['run', 'hooks/post-index-change']) {
      chmodSync(join(packed.path, '.git', name), 0o755)
    }
    packed.git('config', 'core.fsmonitor', join(packed.path, '.git', 'run'))
    packed.write({ 'new.ts': 'export {}\n' })
    for (const words of ['check', 'log THREAT_MODEL.md', 'link THREAT_MODEL.md --suggest']) {
      expect((await packed.run(...words.split(' '))).status).toBe(0)
    }
    expect(existsSync(mark)).toBe(false)
  })

  test('does not reach the terminal by what things are called', async () => {
    for (const words of ['check', 'log', 'parse THREAT_MODEL.md', 'link --suggest', 'init']) {
      const { out, err } = await packed.run(...words.split(' '))
      expect(out + err).not.toContain('\u001b')
    }
  })
})
