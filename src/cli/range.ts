import { failed, type Outcome, ok } from '../shared/outcome.ts'
import { type Git, mergeBase, resolveCommit, short } from './git.ts'

/** What a pull request would be made of: the commit it starts from and where it leads. */
export interface Range {
  base: { ref: string; sha: string }
  /** `sha` is null for the work tree as it stands. */
  head: { ref: string; sha: string | null }
  /** Where the two parted; the work tree counts as HEAD. */
  mergeBase: string
}

export interface RangeWords {
  base: string | undefined
  head: string | undefined
}

/** Tried in turn when no base is named. */
const usualBases = ['origin/HEAD', 'origin/main', 'origin/master', 'main', 'master']

/** Resolves `--base` and `--head`; without them: the usual branch, and the work tree. */
export async function resolveRange(git: Git, words: RangeWords): Promise<Outcome<Range>> {
  const base = await resolveBase(git, words.base)
  if (!base.ok) return base
  const head = await resolveCommit(git, words.head ?? 'HEAD')
  if (!head.ok) return words.head === undefined ? noCommits() : head
  const parted = await mergeBase(git, base.value.sha, head.value)
  if (!parted.ok) return parted
  const named = words.head !== undefined
  return ok({
    base: base.value,
    head: { ref: words.head ?? 'the work tree', sha: named ? head.value : null },
    mergeBase: parted.value,
  })
}

async function resolveBase(git: Git, word: string | undefined): Promise<Outcome<Range['base']>> {
  const candidates = word === undefined ? usualBases : [word]
  for (const ref of candidates) {
    const found = await resolveCommit(git, ref)
    if (found.ok) return ok({ ref, sha: found.value })
    if (word !== undefined) return found
  }
  const tried = usualBases.join(', ')
  return failed('gone', `none of ${tried} exists here. Name the base: --base REF`)
}

function noCommits(): Outcome<never> {
  return failed('gone', 'there is no commit here yet. Commit something first')
}

/** For people: "main (1234abcd) → the work tree". */
export function rangeText(range: Range): string {
  const head = range.head.sha ? `${range.head.ref} (${short(range.head.sha)})` : range.head.ref
  return `${range.base.ref} (${short(range.mergeBase)}) → ${head}`
}
