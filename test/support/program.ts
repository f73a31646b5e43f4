import { execFileSync } from 'node:child_process'
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { main } from '../../src/cli/main.ts'

/*
 * The program run in this process, in a folder made for the test: words in, status and texts out.
 */

export interface Run {
  status: number
  out: string
  err: string
}

/** Files by path; a text, or bytes. */
export type Files = Record<string, string | Uint8Array>

export interface Folder {
  path: string
  write(files: Files): void
  run(...words: string[]): Promise<Run>
  git(...words: string[]): string
  /** Commits everything and returns the commit. */
  commit(message: string): string
  remove(): void
}

export function makeFolder(files: Files = {}): Folder {
  const path = mkdtempSync(join(tmpdir(), 'threat-model-test-'))
  const folder: Folder = {
    path,
    write: (more) => writeFiles(path, more),
    run: (...words) => run(path, words),
    git: (...words) => git(path, words),
    commit(message) {
      git(path, ['add', '--all'])
      git(path, ['commit', '--quiet', '--allow-empty', '-m', message])
      return git(path, ['rev-parse', 'HEAD']).trim()
    },
    remove: () => rmSync(path, { recursive: true, force: true }),
  }
  folder.write(files)
  return folder
}

/** A folder that is a git repository with one commit on `main`. */
export function makeRepository(files: Files): Folder {
  const folder = makeFolder(files)
  folder.git('init', '--quiet', '--initial-branch=main')
  folder.commit('first')
  return folder
}

function writeFiles(root: string, files: Files): void {
  for (const [path, content] of Object.entries(files)) {
    mkdirSync(dirname(join(root, path)), { recursive: true })
    writeFileSync(join(root, path), content)
  }
}

function git(cwd: string, words: string[]): string {
  const who = ['-c', 'user.name=Sam', '-c', 'user.email=sam@example.org']
  const env = { ...process.env, GIT_CONFIG_GLOBAL: '/dev/null', GIT_CONFIG_SYSTEM: '/dev/null' }
  return execFileSync('git', [...who, ...words], { cwd, env, encoding: 'utf8' })
}

async function run(cwd: string, words: string[]): Promise<Run> {
  let out = ''
  let err = ''
  const status = await main(words, {
    cwd,
    env: {},
    color: false,
    progress: false,
    stdin: async () => new Uint8Array(),
    stdout: (text) => {
      out += text
    },
    stderr: (text) => {
      err += text
    },
  })
  return { status, out, err }
}
