import { pageSizeMax, pushedCommitsMax } from './limits.ts'

/*
 * The one GraphQL query that reads a pull request: its state, the policy at the base and at the
 * head, the documents that are still unknown on both sides, the conversation, the review threads
 * and our own newest check run. One request, two points of the hourly limit (docs.github.com, "Rate
 * limits for the GraphQL API"); most of them for what is said in threads.
 *
 * Files are asked for through `Commit.file`, which gives the mode: a symbolic link shows as one,
 * where REST would follow it. Paths are variables, never part of the document's text.
 */

export interface Look {
  owner: string
  name: string
  number: number
  /** The commit at which the branches parted. */
  before: string
  head: string
  policyPath: string
  beforePaths: readonly string[]
  headPaths: readonly string[]
  /** Also list the folders where models usually live: for repositories too large to list whole. */
  folders: boolean
  /** Whose check run is ours; null with a person's token. */
  app: { id: number; checkName: string } | null
}

export interface Query {
  document: string
  variables: Record<string, string | number | null | object>
}

export function lookQuery(look: Look): Query {
  const { owner, name, number, before, head, policyPath } = look
  const beforeFiles = fileFields('b', look.beforePaths)
  const headFiles = fileFields('h', look.headPaths)
  const variables: Query['variables'] = { owner, name, number, before, head, policy: policyPath }
  Object.assign(variables, beforeFiles.variables, headFiles.variables)
  if (look.app) Object.assign(variables, { app: look.app.id, check: look.app.checkName })
  const declared = [
    '$owner: String!, $name: String!, $number: Int!, $policy: String!',
    '$before: GitObjectID!, $head: GitObjectID!',
    ...(look.app ? ['$app: Int!, $check: String!'] : []),
    ...beforeFiles.declared,
    ...headFiles.declared,
  ]
  const folders = look.folders ? '...Folders' : ''
  const document = `query Look(${declared.join(', ')}) {
  repository(owner: $owner, name: $name) {
    id databaseId
    pullRequest(number: $number) { ...Pull ${look.app ? pushesField : ''} }
    before: object(oid: $before) { ... on Commit { oid ${folders} ${beforeFiles.fields} } }
    head: object(oid: $head) {
      ... on Commit {
        oid ${folders}
        policy: file(path: $policy) { ...File }
        ${look.app ? checkField : ''}
        ${headFiles.fields}
      }
    }
  }
  organisation: repository(owner: $owner, name: ".github") {
    defaultBranchRef { target { ... on Commit { policy: file(path: $policy) { ...File } } } }
  }
}
${pullFragments}
${fileFragment}
${look.folders ? folderFragments : ''}`
  return { document, variables }
}

/** Further documents of the same two commits, when the first look showed that they are needed. */
export function filesQuery(look: Omit<Look, 'number' | 'policyPath' | 'app' | 'folders'>): Query {
  const beforeFiles = fileFields('b', look.beforePaths)
  const headFiles = fileFields('h', look.headPaths)
  const declared = [
    '$owner: String!, $name: String!, $before: GitObjectID!, $head: GitObjectID!',
    ...beforeFiles.declared,
    ...headFiles.declared,
  ]
  const document = `query Files(${declared.join(', ')}) {
  repository(owner: $owner, name: $name) {
    before: object(oid: $before) { ... on Commit { oid ${beforeFiles.fields} } }
    head: object(oid: $head) { ... on Commit { oid ${headFiles.fields} } }
  }
}
${fileFragment}`
  const { owner, name, before, head } = look
  const variables: Query['variables'] = { owner, name, before, head }
  Object.assign(variables, beforeFiles.variables, headFiles.variables)
  return { document, variables }
}

/** Where each list goes on; null where it is read to its beginning. */
export interface Cursors {
  comments: string | null
  reviews: string | null
  threads: string | null
}

/** The pages before the last hundred: of the conversation, the reviews, the review threads. */
export function earlierQuery(
  pull: { owner: string; name: string; number: number },
  before: Cursors,
): Query {
  const comments = before.comments
    ? `comments(last: ${pageSizeMax}, before: $comments) { ...Comments }`
    : ''
  const reviews = before.reviews
    ? `reviews(last: ${pageSizeMax}, before: $reviews) { ...Reviews }`
    : ''
  const threads = before.threads
    ? `reviewThreads(last: ${pageSizeMax}, before: $threads) { ...Threads }`
    : ''
  const declared = [
    '$owner: String!, $name: String!, $number: Int!',
    ...(before.comments ? ['$comments: String!'] : []),
    ...(before.reviews ? ['$reviews: String!'] : []),
    ...(before.threads ? ['$threads: String!'] : []),
  ]
  const document = `query Earlier(${declared.join(', ')}) {
  repository(owner: $owner, name: $name) {
    pullRequest(number: $number) { ${comments} ${reviews} ${threads} }
  }
}
${before.comments ? commentFragment : ''}
${before.reviews ? reviewFragment : ''}
${before.threads ? threadFragment : ''}`
  const variables: Query['variables'] = { ...pull }
  if (before.comments) variables.comments = before.comments
  if (before.reviews) variables.reviews = before.reviews
  if (before.threads) variables.threads = before.threads
  return { document, variables }
}

function fileFields(
  prefix: string,
  paths: readonly string[],
): { fields: string; declared: string[]; variables: Record<string, string> } {
  const names = paths.map((_, i) => `${prefix}${i}`)
  return {
    fields: names.map((name) => `${name}: file(path: $${name}) { ...File }`).join(' '),
    declared: names.map((name) => `$${name}: String!`),
    variables: Object.fromEntries(paths.map((path, i) => [`${prefix}${i}`, path])),
  }
}

const checkField = `checkSuites(first: 5, filterBy: { appId: $app }) {
          nodes {
            status createdAt
            checkRuns(first: 3, filterBy: { appId: $app, checkName: $check, checkType: LATEST }) {
              nodes { id databaseId status conclusion summary annotations(first: 1) { totalCount } }
            }
          }
        }`

/** Who pushed the latest commits: it is known to the check suites that GitHub made for them. */
const pushesField = `commits(last: ${pushedCommitsMax}) {
      nodes {
        commit {
          checkSuites(first: 1, filterBy: { appId: $app }) {
            nodes { push { pusher { __typename login } } }
          }
        }
      }
    }`

const fileFragment = `fragment File on TreeEntry {
  mode type oid
  object { __typename ... on Blob { text byteSize isBinary isTruncated } }
}`

const folderFragments = `fragment Folders on Commit {
  tree { ...Names }
  docs: file(path: "docs") { object { ...Names } }
  github: file(path: ".github") { object { ...Names } }
}
fragment Names on Tree { entries { name type mode oid } }`

const commentFragment = `fragment Comments on IssueCommentConnection {
  pageInfo { hasPreviousPage startCursor }
  nodes {
    id fullDatabaseId body url createdAt lastEditedAt viewerDidAuthor
    author { __typename login } editor { login } authorAssociation
  }
}`

const reviewFragment = `fragment Reviews on PullRequestReviewConnection {
  pageInfo { hasPreviousPage startCursor }
  nodes {
    id fullDatabaseId body url createdAt lastEditedAt viewerDidAuthor
    author { __typename login } editor { login } authorAssociation
  }
}`

const threadFragment = `fragment Threads on PullRequestReviewThreadConnection {
  pageInfo { hasPreviousPage startCursor }
  nodes {
    id path line startLine diffSide isOutdated isResolved viewerCanResolve
    opening: comments(first: 1) { totalCount nodes { ...ReviewComment } }
    latest: comments(last: ${pageSizeMax}) { nodes { ...ReviewComment } }
  }
}
fragment ReviewComment on PullRequestReviewComment {
  id fullDatabaseId body url createdAt lastEditedAt viewerDidAuthor isMinimized
  author { __typename login } editor { login } authorAssociation
}`

const pullFragments = `fragment Pull on PullRequest {
  id number title state isDraft isCrossRepository changedFiles
  baseRefName baseRefOid headRefName headRefOid
  author { __typename login }
  baseRef { target { oid ... on Commit { policy: file(path: $policy) { ...File } } } }
  mergeQueueEntry { baseCommit { oid } headCommit { oid } }
  timelineItems(last: 1, itemTypes: [HEAD_REF_FORCE_PUSHED_EVENT, BASE_REF_CHANGED_EVENT]) {
    nodes {
      ... on HeadRefForcePushedEvent { createdAt }
      ... on BaseRefChangedEvent { createdAt }
    }
  }
  comments(last: ${pageSizeMax}) { ...Comments }
  reviews(last: ${pageSizeMax}) { ...Reviews }
  reviewThreads(last: ${pageSizeMax}) { ...Threads }
}
${commentFragment}
${reviewFragment}
${threadFragment}`
