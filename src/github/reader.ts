import type { Gathered, PullRequestReader } from '../pull-request/reader.ts'
import { failed, type Outcome, ok } from '../shared/outcome.ts'
import type { PullRequestRef } from '../shared/refs.ts'
import type { Api } from './api.ts'
import { type Cache, createCache } from './cache.ts'
import { type ComparisonCache, createComparisons, type Ends } from './comparison.ts'
import { wholeConversation } from './conversation.ts'
import { gatheredFrom, mayDecide } from './gathered.ts'
import { type Looked, type LookParts, lookAt, nameOf } from './look.ts'
import { policyTexts } from './named.ts'
import { permissionFacts } from './permissions.ts'
import type { Documents } from './shelf.ts'
import { createTrees, type TreeCache } from './tree.ts'

/*
 * Reads a pull request from GitHub in as few requests as can be. With everything that never changes
 * remembered, two for a new head and one for a head that was looked at before:
 *
 *   1. the comparison of base and head: merge base, files, patches      (kept by the two commits)
 *   2. the listing of the merge base's tree                             (kept by the tree)
 *   3. one GraphQL query: the rest, and whether 1 was about the right commits
 *
 * Which commits to compare is a guess until 3 confirms it: from the delivery, or from the last
 * look. A wrong guess costs a round, never a wrong answer.
 */
export interface GitHubReader extends PullRequestReader {
  /** A guess at the commits of the pull request's base and head, from a delivery. */
  expect(pull: PullRequestRef, ends: Ends): void
}

export interface ReaderParts extends Pick<LookParts, 'policyPath' | 'app' | 'namesIn'> {
  api: Api
  memory: Memory
}

/** What is remembered of all repositories, by their ids; shared by all installations' readers. */
export interface Memory {
  comparisons: ComparisonCache
  trees: TreeCache
  documents: Documents
  /** Which commits a pull request had when last heard of. */
  ends: Cache<Ends>
  named: LookParts['named']
}

/** In characters and entries; together some 200 MB at most. */
const patchCharsMax = 32 * 1024 * 1024
const documentCharsMax = 32 * 1024 * 1024
const treeEntriesMax = 400_000
const rememberedMax = 5_000

export function createMemory(): Memory {
  return {
    comparisons: createCache(patchCharsMax),
    trees: createCache(treeEntriesMax),
    documents: createCache(documentCharsMax),
    ends: createCache(rememberedMax),
    named: createCache(rememberedMax),
  }
}

/** Pushes that may happen while we read, before we give the job back. */
const roundsMax = 3
const moveWaitMs = 2_000

export function createReader(parts: ReaderParts): GitHubReader {
  const { api, memory } = parts
  const guesses = memory.ends
  const look: LookParts = {
    ...parts,
    comparisons: createComparisons(api, memory.comparisons),
    trees: createTrees(api, memory.trees),
    documents: memory.documents,
    named: memory.named,
  }
  return {
    expect: (pull, ends) => guesses.set(keyOf(pull), ends, 1),
    async read(pull, today, at) {
      const looked = at ? await lookAt(look, pull, at, true) : await settle(look, guesses, pull)
      return looked.ok ? finish(look, looked.value, today) : looked
    },
  }
}

/** Looks until the commits looked at are those that the pull request has. */
async function settle(
  parts: LookParts,
  guesses: Cache<Ends>,
  pull: PullRequestRef,
): Promise<Outcome<Looked>> {
  const guess = guesses.get(keyOf(pull))
  let isGuess = guess !== undefined
  let ends = guess ? ok(guess) : await endsOf(parts.api, pull)
  for (let round = 0; round < roundsMax; round++) {
    if (!ends.ok) return ends
    const looked = await lookAt(parts, pull, ends.value, false)
    if (!looked.ok) {
      // Guessed commits may be gone; those that GitHub names have at most not arrived everywhere.
      if (looked.failure.kind !== 'gone') return looked
      if (!isGuess) return failed('unavailable', looked.failure.message, moveWaitMs)
      isGuess = false
      ends = await endsOf(parts.api, pull)
      continue
    }
    const { baseRefOid: base, headRefOid: head } = looked.value.pull
    guesses.set(keyOf(pull), { base, head }, 1)
    if (base === ends.value.base && head === ends.value.head) {
      parts.comparisons.confirm(pull.repository, ends.value, looked.value.compared.comparison)
      return looked
    }
    isGuess = false
    ends = ok({ base, head })
  }
  return failed('moved-on', `${nameOf(pull)} was pushed to while it was read`, moveWaitMs)
}

async function finish(parts: LookParts, looked: Looked, today: string): Promise<Outcome<Gathered>> {
  const { api, policyPath, namesIn } = parts
  const conversation = await wholeConversation(api, looked.target, looked.pull)
  if (!conversation.ok) return conversation
  const found = { ...looked, conversation: conversation.value }
  const policies = policyTexts(looked.pull, null, looked.organisation)
  const teams = policies.flatMap((text) => namesIn(text).teams)
  const people = mayDecide(found)
  const permissions = await permissionFacts(api, looked.target.repository, people, teams)
  if (!permissions.ok) return permissions
  return ok(gatheredFrom(found, { today, policyPath, permissions: permissions.value }))
}

async function endsOf(api: Api, pull: PullRequestRef): Promise<Outcome<Ends>> {
  const answer = await api.rest(`read ${nameOf(pull)}`, (client, request) =>
    client.request('GET /repos/{owner}/{repo}/pulls/{pull_number}', {
      owner: pull.repository.owner,
      repo: pull.repository.name,
      pull_number: pull.number,
      request,
    }),
  )
  if (!answer.ok) return answer
  return ok({ base: answer.value.base.sha, head: answer.value.head.sha })
}

function keyOf(pull: PullRequestRef): string {
  return `${pull.repository.id}/${nameOf(pull)}`
}
