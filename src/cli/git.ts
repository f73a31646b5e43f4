import { execFile } from 'node:child_process'
import { promisify } from 'node:util'
import { failed, type Outcome, ok } from '../shared/outcome.ts'

/*
 * The only place that runs git. Never through a shell; a revision from the user is resolved once
 * and used as an object id from then on, so nothing that begins with a dash or holds a colon can
 * become an option or a path. Paths travel NUL-separated, so any name survives.
 *
 * What a repository's own configuration would have git start beside its work (a monitor of files,
 * hooks) is off: reading a repository that somebody packed and sent should not run their programs.
 */

const run = promisify(execFile)
const fixed = [
  '--no-pager',
  '--literal-pathspecs',
  ...['core.quotepath=off', 'core.fsmonitor=false', 'core.hooksPath=/dev/null'].flatMap(
    (setting) => ['-c', setting],
  ),
]
const outputBytesMax = 512 * 1024 * 1024

export interface Git {
  /** Top folder of the work tree. */
  root: string
  /** Standard output of `git <words>` as bytes. */
  bytes(words: string[], more?: GitOptions): Promise<Outcome<Buffer>>
  text(words: string[], more?: GitOptions): Promise<Outcome<string>>
}

export interface GitOptions {
  env?: Record<string, string>
  input?: string
  /** Exit statuses up to this one are answers, not failures (`git diff --no-index`). */
  statusMax?: number
}

/** Git in the work tree around `cwd`. */
export async function openGit(cwd: string): Promise<Outcome<Git>> {
  const top = await runGit(cwd, ['rev-parse', '--show-toplevel'])
  if (!top.ok) {
    if (top.failure.kind === 'gone') return top
    return failed('gone', `${cwd} is not in a git work tree. Start it inside a clone`)
  }
  const root = top.value.toString('utf8').replace(/\n$/, '')
  return ok({
    root,
    bytes: (words, more) => runGit(root, words, more),
    async text(words, more) {
      const out = await runGit(root, words, more)
      return out.ok ? ok(out.value.toString('utf8')) : out
    },
  })
}

/** The commit a revision names, as a full object id. */
export async function resolveCommit(git: Git, revision: string): Promise<Outcome<string>> {
  const words = ['rev-parse', '--verify', '--quiet', '--end-of-options', `${revision}^{commit}`]
  const out = await git.text(words)
  if (out.ok) return ok(out.value.trim())
  return failed('gone', `there is no revision "${revision}" here. See: git branch --all`)
}

/** The commit at which two commits parted. */
export async function mergeBase(git: Git, one: string, other: string): Promise<Outcome<string>> {
  const out = await git.text(['merge-base', one, other])
  if (out.ok) return ok(out.value.trim())
  return failed('gone', `${short(one)} and ${short(other)} have no common history`)
}

/** NUL-separated words of git's output. */
export function splitZero(text: string): string[] {
  return text.split('\0').filter((word) => word !== '')
}

export function short(commit: string): string {
  return commit.slice(0, 12)
}

async function runGit(
  cwd: string,
  words: string[],
  more: GitOptions = {},
): Promise<Outcome<Buffer>> {
  const env = { ...process.env, GIT_OPTIONAL_LOCKS: '0', LC_ALL: 'C', ...more.env }
  try {
    const child = run('git', [...fixed, ...words], {
      cwd,
      env,
      encoding: 'buffer',
      maxBuffer: outputBytesMax,
    })
    child.child.stdin?.on('error', () => {})
    child.child.stdin?.end(more.input ?? '')
    return ok((await child).stdout)
  } catch (error) {
    const { code, stdout } = error as { code?: unknown; stdout?: Buffer }
    if (typeof code === 'number' && code <= (more.statusMax ?? 0) && stdout) return ok(stdout)
    return explain(error, words[0] ?? '')
  }
}

function explain(error: unknown, word: string): Outcome<never> {
  const { code, stderr } = error as { code?: unknown; stderr?: Buffer }
  if (code === 'ENOENT') return failed('gone', 'git is not installed, or not on the PATH')
  const said = stderr?.toString('utf8').split('\n')[0] ?? ''
  return failed('rejected', `git ${word} failed: ${said || String(code)}`)
}
