import { readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect } from '@jest/globals'

/*
 * Golden cases: one text file with parts, the last of which says what must come out.
 *
 *     What the case shows, in a line or two.
 *     -- base/THREAT_MODEL.md --
 *     # Threats
 *     -- want --
 *     pass
 *
 * `UPDATE=1 npm test` rewrites `want` and nothing else, to be read before it is committed. A case
 * without `want` fails, so that nothing passes by being forgotten.
 */

export interface GoldenCase {
  name: string
  file: string
  /** The lines before the first part. */
  about: string
  /** In the order of the file; every text ends with a line break unless it is empty. */
  parts: Map<string, string>
}

const partHeader = /^-- (.+) --$/

/** All cases of a folder below test/cases, by name. */
export function goldenCases(folder: string): GoldenCase[] {
  const home = join(import.meta.dirname, '..', 'cases', folder)
  return readdirSync(home)
    .filter((name) => name.endsWith('.txt'))
    .sort()
    .map((name) => readCase(join(home, name), name.replace(/\.txt$/, '')))
}

function readCase(file: string, name: string): GoldenCase {
  const golden: GoldenCase = { name, file, about: '', parts: new Map() }
  let part: string | null = null
  for (const line of readFileSync(file, 'utf8').split(/(?<=\n)/)) {
    const header = partHeader.exec(line.trimEnd())?.[1]
    if (header !== undefined) {
      if (golden.parts.has(header)) throw new Error(`${name} has two parts "${header}"`)
      part = header
      golden.parts.set(part, '')
    } else if (part === null) golden.about += line
    else golden.parts.set(part, (golden.parts.get(part) ?? '') + line)
  }
  return golden
}

/** Compares with `want`, or writes it when asked to. */
export function expectWanted(golden: GoldenCase, got: string): void {
  const text = got.endsWith('\n') || got === '' ? got : `${got}\n`
  if (process.env.UPDATE === '1') {
    const whole = readFileSync(golden.file, 'utf8')
    const header = /(^|\n)-- want --\n/.exec(whole)
    const before = header ? whole.slice(0, header.index + header[0].length) : `${whole}-- want --\n`
    writeFileSync(golden.file, before + text)
    return
  }
  expect(text).toBe(golden.parts.get('want') ?? 'nothing: the case has no part "want"')
}
