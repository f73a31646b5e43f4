import { type Outcome, ok } from '../shared/outcome.ts'
import { modelText } from '../threat-model/part.ts'
import { type Git, splitZero } from './git.ts'

/*
 * The commits that touched one document, oldest first, with the path it had in each: git follows
 * renames. Merges are left out; what they bring came with its own commits.
 */

export interface Revision {
  commit: string
  /** ISO date of the author. */
  date: string
  subject: string
  /** Null on the side where the document does not exist. */
  before: string | null
  after: string | null
}

export async function documentHistory(
  git: Git,
  path: string,
  from: string,
): Promise<Outcome<Revision[]>> {
  const out = await git.text([
    'log',
    '--follow',
    '--no-merges',
    '-M',
    '-z',
    '--name-status',
    '--format=%x01%H%x00%as%x00%s%x00',
    from,
    '--',
    path,
  ])
  if (!out.ok) return out
  const revisions = out.value.split('\u0001').flatMap((part) => readRevision(splitZero(part)))
  return ok(revisions.reverse())
}

/** commit, date, subject, then the status with one path, or two for a rename. */
function readRevision(words: string[]): Revision[] {
  const [commit, date, subject = '', status, first, second] = words.map((word) => word.trim())
  if (!commit || !date || !status || !first) return []
  const base = { commit, date, subject }
  switch (status[0]) {
    case 'A':
      return [{ ...base, before: null, after: first }]
    case 'D':
      return [{ ...base, before: first, after: null }]
    case 'R':
    case 'C':
      return [{ ...base, before: first, after: second ?? first }]
    default:
      return [{ ...base, before: first, after: first }]
  }
}

/** The threat model in a document of a commit, or '' where there is none. */
export async function documentAt(
  git: Git,
  commit: string,
  path: string | null,
): Promise<Outcome<string>> {
  if (path === null) return ok('')
  const text = await git.text(['cat-file', 'blob', `${commit}:${path}`])
  return text.ok ? ok(modelText(text.value, path)) : text
}
