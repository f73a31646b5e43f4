import { readFile, stat } from 'node:fs/promises'
import { isAbsolute, join } from 'node:path'
import { failed, type Outcome, ok } from '../shared/outcome.ts'
import type { Io } from './io.ts'

/** Largest file that is read at all; the reader's own bound on documents is lower. */
const bytesMax = 16 * 1024 * 1024

/**
 * The text of a file the user named (`-` is standard input). Everything that can be wrong with it
 * is one line that says what to do; an empty file is text.
 */
export async function readDocument(path: string, io: Io): Promise<Outcome<string>> {
  if (path === '-') return decode('standard input', await io.stdin())
  const full = isAbsolute(path) ? path : join(io.cwd, path)
  try {
    const found = await stat(full)
    if (found.isDirectory()) {
      return failed('rejected', `${path} is a directory. Name the Markdown file in it`)
    }
    if (!found.isFile()) return failed('rejected', `${path} is not a regular file`)
    if (found.size > bytesMax) {
      return failed('rejected', `${path} has ${found.size} bytes; the limit is ${bytesMax}`)
    }
    return decode(path, await readFile(full))
  } catch (error) {
    return failed('gone', explain(path, error))
  }
}

function decode(path: string, bytes: Uint8Array): Outcome<string> {
  if (bytes.length > bytesMax) return failed('rejected', `${path} is larger than ${bytesMax} bytes`)
  if (bytes.includes(0)) return failed('rejected', `${path} is not text. Name a Markdown file`)
  try {
    return ok(new TextDecoder('utf-8', { fatal: true }).decode(bytes))
  } catch {
    return failed('rejected', `${path} is not UTF-8 text. Save it as UTF-8 and try again`)
  }
}

function explain(path: string, error: unknown): string {
  const code = (error as { code?: string }).code
  if (code === 'ENOENT' || code === 'ENOTDIR') {
    return `there is no file ${path}. Check the path`
  }
  if (code === 'EACCES' || code === 'EPERM') return `${path} may not be read. Check its permissions`
  return `${path} cannot be read (${code ?? 'unknown reason'})`
}
