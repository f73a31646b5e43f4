import type { DocumentVersion } from '../pull-request/facts.ts'
import { failed, type Outcome, ok } from '../shared/outcome.ts'
import type { PullRequestRef } from '../shared/refs.ts'
import { type Api, missing } from './api.ts'
import type { Cache } from './cache.ts'
import type { Comparisons, Ends } from './comparison.ts'
import { readBlob, readFileAnswer } from './documents.ts'
import type { GraphqlError } from './errors.ts'
import type { Found } from './gathered.ts'
import { filesPerQuery } from './limits.ts'
import type { CommitAnswer, FilesAnswer, LookAnswer } from './look-answer.ts'
import { filesQuery, lookQuery } from './look-query.ts'
import { foldersNamed, policyTexts } from './named.ts'
import { type Compared, type Documents, type Shelf, type Side, shelfOf } from './shelf.ts'
import type { Trees } from './tree.ts'
import { furtherOf, type Wanted, wantedOf } from './wanted.ts'

/*
 * One look at a pull request as it would be between two given commits: comparison, listing, query.
 * The reader decides whether these were the right commits.
 */
export interface LookParts {
  api: Api
  policyPath: string
  app: { id: number; checkName: string } | null
  namesIn(policyText: string): { models: string[]; teams: string[] }
  comparisons: Comparisons
  trees: Trees
  documents: Documents
  /** By repository: documents that its policy or folders named the last time. */
  named: Cache<string[]>
}

/** Without the pages of the conversation that did not fit. */
export type Looked = Omit<Found, 'conversation'>

/** Queries for documents that only the first answer made known. */
const furtherRoundsMax = 3
/** Fields that need a permission which may be missing; they are null then. */
const optionalFields = new Set(['organisation', 'mergeQueueEntry'])
/** Fields that name a file: GitHub answers with an error when there is none. */
const fileField = /^(?:policy|docs|github|[bh]\d{1,4})$/

function isBearable({ path = [], type }: GraphqlError): boolean {
  if (type !== 'NOT_FOUND' && type !== 'FORBIDDEN') return false
  if (path.some((step) => optionalFields.has(String(step)))) return true
  return type === 'NOT_FOUND' && fileField.test(String(path.at(-1)))
}

/** `queued`: the commits are those of a merge queue, not of the pull request itself. */
export async function lookAt(
  parts: LookParts,
  target: PullRequestRef,
  ends: Ends,
  queued: boolean,
): Promise<Outcome<Looked>> {
  const compared = await compare(parts, target, ends, queued)
  if (!compared.ok) return compared
  const shelf = shelfOf(parts.documents, compared.value)
  const known = parts.named.get(String(target.repository.id)) ?? []
  const wanted = wantedOf(compared.value, shelf, known)
  const place = { parts, target, compared: compared.value, shelf }
  const answer = await ask(place, wanted)
  if (!answer.ok) return answer
  const { repository, organisation } = answer.value
  const doing = `read ${nameOf(target)}`
  if (!repository?.pullRequest || !isSame(repository.databaseId, target)) return missing(doing)
  if (!repository.head) return failed('gone', `could not ${doing}: its head is not there yet`)
  const kept = await keepFiles(place, wanted, repository)
  if (!kept.ok) return kept
  const policies = policyTexts(repository.pullRequest, repository.head, organisation)
  const more = await readFurther(place, wanted, [
    ...known,
    ...foldersNamed(repository.before, repository.head),
    ...policies.flatMap((text) => parts.namesIn(text).models),
  ])
  if (!more.ok) return more
  return ok({
    target,
    compared: compared.value,
    shelf,
    wanted: more.value,
    nodes: { repository: repository.id },
    pull: repository.pullRequest,
    head: repository.head,
    organisation,
    queued,
  })
}

interface Place {
  parts: LookParts
  target: PullRequestRef
  compared: Compared
  shelf: Shelf
}

async function compare(
  parts: LookParts,
  pull: PullRequestRef,
  ends: Ends,
  queued: boolean,
): Promise<Outcome<Compared>> {
  const { repository } = pull
  const comparison = await parts.comparisons.compare(repository, ends, queued ? null : pull)
  if (!comparison.ok) return comparison
  const { mergeBase } = comparison.value
  const tree = mergeBase ? await parts.trees(repository, mergeBase.tree) : ok(null)
  if (!tree.ok) return tree
  return ok({
    repository,
    before: mergeBase?.sha ?? ends.base,
    head: ends.head,
    comparison: comparison.value,
    tree: tree.value,
  })
}

function ask({ parts, target, compared }: Place, wanted: Wanted): Promise<Outcome<LookAnswer>> {
  const { owner, name } = target.repository
  const query = lookQuery({
    owner,
    name,
    number: target.number,
    before: compared.before,
    head: compared.head,
    policyPath: parts.policyPath,
    beforePaths: wanted.beforePaths.slice(0, filesPerQuery),
    headPaths: wanted.headPaths.slice(0, filesPerQuery * 2),
    folders: compared.tree === null,
    app: parts.app,
  })
  return parts.api.query<LookAnswer>(`read ${nameOf(target)}`, query, isBearable)
}

/** Documents that the policy or a folder names and that were not asked for yet. */
async function readFurther(
  place: Place,
  wanted: Wanted,
  named: string[],
): Promise<Outcome<Wanted>> {
  const { parts, compared, shelf } = place
  const all = [...new Set(named)]
  parts.named.set(String(compared.repository.id), all, 1)
  let more = furtherOf(compared, shelf, wanted, all)
  for (let round = 0; round < furtherRoundsMax; round++) {
    if (more.beforePaths.length + more.headPaths.length === 0) break
    const { repository, before, head } = compared
    const { owner, name } = repository
    const beforePaths = more.beforePaths.slice(0, filesPerQuery)
    const headPaths = more.headPaths.slice(0, filesPerQuery)
    const doing = `read documents of ${owner}/${name}`
    const query = filesQuery({ owner, name, before, head, beforePaths, headPaths })
    const answer = await parts.api.query<FilesAnswer>(doing, query, isBearable)
    if (!answer.ok) return answer
    if (!answer.value.repository) return missing(doing)
    const kept = await keepFiles(place, more, answer.value.repository)
    if (!kept.ok) return kept
    more = furtherOf(compared, shelf, wanted, all)
  }
  return ok(more)
}

/** Keeps what was answered; paths beyond what was asked for have no field in the answer. */
async function keepFiles(
  place: Place,
  asked: Wanted,
  answer: { before: CommitAnswer | null; head: CommitAnswer | null },
): Promise<Outcome<void>> {
  const { before, head } = place.shelf
  const kept = await keepSide(place, before, asked.beforePaths, answerIn(answer.before, 'b'))
  return kept.ok ? keepSide(place, head, asked.headPaths, answerIn(answer.head, 'h')) : kept
}

type AnswerAt = (index: number) => ReturnType<typeof fileAt>

function answerIn(commit: CommitAnswer | null, prefix: 'b' | 'h'): AnswerAt {
  return (index) => fileAt(commit, `${prefix}${index}`)
}

function fileAt(commit: CommitAnswer | null, name: `b${number}` | `h${number}`) {
  return commit === null ? undefined : commit[name]
}

async function keepSide(
  { parts, compared }: Place,
  side: Side,
  paths: readonly string[],
  answerAt: AnswerAt,
): Promise<Outcome<void>> {
  for (const [i, path] of paths.entries()) {
    const file = answerAt(i)
    if (file === undefined) continue
    const { version, cut } = readFileAnswer(file)
    const whole =
      cut && file ? await readBlob(parts.api, compared.repository, file.oid) : ok(version)
    if (!whole.ok) return whole
    if (isLasting(whole.value)) side.keep(path, whole.value)
  }
  return ok(undefined)
}

function isLasting(version: DocumentVersion): boolean {
  return version.state !== 'unreadable' || version.reason !== 'not-fetched'
}

/** A name may belong to another repository by now. 0: only the name was known. */
function isSame(id: number | null, pull: PullRequestRef): boolean {
  return pull.repository.id === 0 || id === null || id === pull.repository.id
}

/** `owner/name#12`, for messages. */
export function nameOf(pull: PullRequestRef): string {
  return `${pull.repository.owner}/${pull.repository.name}#${pull.number}`
}
