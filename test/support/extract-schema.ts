import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import {
  type DefinitionNode,
  type DocumentNode,
  type FieldDefinitionNode,
  type InterfaceTypeDefinitionNode,
  Kind,
  type ObjectTypeDefinitionNode,
  parse,
  print,
  type TypeNode,
  visit,
} from 'graphql'

/*
 * Run by hand: cuts the types and fields named below out of GitHub's public GraphQL schema and
 * writes src/simulator/schema.graphql, nullability and arguments as they are:
 *
 *   npm pack @octokit/graphql-schema@15.26.1 && tar xzf octokit-graphql-schema-15.26.1.tgz
 *   node test/support/extract-schema.ts package/schema.graphql
 *
 * To widen it, add a field to its type, or a type; what a new field needs is asked for by name.
 * Enums, scalars and input types come by themselves, whole. The list is what the resolvers in
 * src/simulator/graphql/ can answer; a field without one fails test/simulator/graphql.test.ts.
 */
const connectionFields = 'nodes pageInfo totalCount'

const wanted: Record<string, string> = {
  Query: 'node nodes rateLimit repository viewer',
  Mutation: [
    'addComment addPullRequestReview addPullRequestReviewThread addPullRequestReviewThreadReply',
    'addReaction createCheckRun createCommitOnBranch minimizeComment removeReaction',
    'resolveReviewThread submitPullRequestReview unminimizeComment unresolveReviewThread',
    'updateCheckRun updateIssueComment updatePullRequestReviewComment',
  ].join(' '),
  Node: 'id',
  Actor: 'login avatarUrl url',
  Comment: 'id author authorAssociation body createdAt updatedAt lastEditedAt editor',
  GitObject: 'id oid abbreviatedOid',
  Minimizable: 'isMinimized minimizedReason',
  RepositoryOwner: 'id login url',
  PageInfo: 'hasNextPage hasPreviousPage startCursor endCursor',
  RateLimit: 'cost limit nodeCount remaining resetAt used',
  User: 'id databaseId login url',
  Organization: 'id databaseId login url',
  Bot: 'id databaseId login url',
  App: 'id databaseId clientId slug name',
  Repository: [
    'id databaseId name nameWithOwner owner isPrivate isFork isArchived url defaultBranchRef',
    'object pullRequest pullRequests ref',
  ].join(' '),
  Ref: 'id name prefix target',
  Blob: 'id oid abbreviatedOid text byteSize isBinary isTruncated',
  Tree: 'id oid abbreviatedOid entries',
  TreeEntry: 'name path mode type oid object size',
  Commit: [
    'id oid abbreviatedOid message messageHeadline committedDate authoredDate tree parents file',
    'checkSuites',
  ].join(' '),
  CommitConnection: connectionFields,
  PullRequest: [
    'id databaseId fullDatabaseId number title body state isDraft merged closed url author',
    'authorAssociation editor lastEditedAt createdAt updatedAt closedAt mergedAt mergedBy',
    'additions deletions changedFiles baseRefName baseRefOid baseRef baseRepository headRefName',
    'headRefOid headRef headRepository headRepositoryOwner isCrossRepository mergeCommit',
    'isInMergeQueue mergeQueueEntry comments reviews reviewThreads commits files repository',
    'timelineItems',
  ].join(' '),
  PullRequestConnection: connectionFields,
  PullRequestTimelineItemsConnection: connectionFields,
  HeadRefForcePushedEvent: 'id createdAt beforeCommit afterCommit actor pullRequest',
  BaseRefChangedEvent: 'id createdAt previousRefName currentRefName actor pullRequest',
  PullRequestCommit: 'id commit',
  PullRequestCommitConnection: connectionFields,
  PullRequestChangedFile: 'path additions deletions changeType',
  PullRequestChangedFileConnection: connectionFields,
  MergeQueueEntry: 'id baseCommit headCommit',
  IssueComment: [
    'id databaseId fullDatabaseId author authorAssociation body createdAt updatedAt lastEditedAt',
    'editor includesCreatedEdit isMinimized minimizedReason url viewerDidAuthor pullRequest',
  ].join(' '),
  IssueCommentConnection: connectionFields,
  IssueCommentEdge: 'node',
  Issue: 'id number',
  PullRequestReview: [
    'id databaseId fullDatabaseId author authorAssociation body state createdAt updatedAt',
    'submittedAt lastEditedAt editor isMinimized minimizedReason url viewerDidAuthor commit',
    'comments pullRequest',
  ].join(' '),
  PullRequestReviewConnection: connectionFields,
  PullRequestReviewThread: [
    'id isResolved isOutdated path line startLine originalLine originalStartLine diffSide',
    'startDiffSide subjectType resolvedBy viewerCanResolve viewerCanUnresolve comments pullRequest',
  ].join(' '),
  PullRequestReviewThreadConnection: connectionFields,
  PullRequestReviewComment: [
    'id databaseId fullDatabaseId author authorAssociation body path line startLine originalLine',
    'originalStartLine diffHunk subjectType outdated state replyTo createdAt updatedAt',
    'lastEditedAt editor isMinimized minimizedReason url viewerDidAuthor pullRequest',
    'pullRequestReview commit originalCommit',
  ].join(' '),
  PullRequestReviewCommentConnection: connectionFields,
  CheckSuite: 'id databaseId app status conclusion createdAt updatedAt commit checkRuns push',
  Push: 'id pusher',
  CheckSuiteConnection: connectionFields,
  CheckRun: [
    'id databaseId name status conclusion title summary text externalId detailsUrl url permalink',
    'startedAt completedAt checkSuite annotations',
  ].join(' '),
  CheckRunConnection: connectionFields,
  CheckAnnotation: 'path annotationLevel title message rawDetails location',
  CheckAnnotationConnection: connectionFields,
  CheckAnnotationSpan: 'start end',
  CheckAnnotationPosition: 'line column',
  Reaction: 'id content createdAt user',
  AddCommentPayload: 'clientMutationId commentEdge',
  AddPullRequestReviewPayload: 'clientMutationId pullRequestReview',
  AddPullRequestReviewThreadPayload: 'clientMutationId thread',
  AddPullRequestReviewThreadReplyPayload: 'clientMutationId comment',
  AddReactionPayload: 'clientMutationId reaction',
  CreateCheckRunPayload: 'clientMutationId checkRun',
  CreateCommitOnBranchPayload: 'clientMutationId commit',
  MinimizeCommentPayload: 'clientMutationId minimizedComment',
  RemoveReactionPayload: 'clientMutationId reaction',
  ResolveReviewThreadPayload: 'clientMutationId thread',
  SubmitPullRequestReviewPayload: 'clientMutationId pullRequestReview',
  UnminimizeCommentPayload: 'clientMutationId unminimizedComment',
  UnresolveReviewThreadPayload: 'clientMutationId thread',
  UpdateCheckRunPayload: 'clientMutationId checkRun',
  UpdateIssueCommentPayload: 'clientMutationId issueComment',
  UpdatePullRequestReviewCommentPayload: 'clientMutationId pullRequestReviewComment',
}

/** Unions of which only some members are kept. */
const wantedMembers: Record<string, string> = {
  PullRequestTimelineItems: 'HeadRefForcePushedEvent BaseRefChangedEvent',
}

type Fielded = ObjectTypeDefinitionNode | InterfaceTypeDefinitionNode

const path = process.argv[2]
if (path === undefined) throw new Error('where is schema.graphql?')
const source = withoutProse(parse(readFileSync(path, 'utf8'), { noLocation: true }))
const all = new Map(
  source.definitions.flatMap((node) =>
    'name' in node && node.name ? [[node.name.value, node] as const] : [],
  ),
)
const kept = new Map<string, DefinitionNode>()
for (const name of Object.keys(wanted)) kept.set(name, cut(fielded(name)))
for (const name of Object.keys(wantedMembers)) kept.set(name, cutUnion(name))
for (const node of kept.values()) keepInputs(node)
const target = join(import.meta.dirname, '../../src/simulator/schema.graphql')
const texts = [...kept.values()].map((node) => print(node))
writeFileSync(target, `${texts.sort().join('\n\n')}\n`)
console.log(`${kept.size} types → ${target}`)

function withoutProse(document: DocumentNode): DocumentNode {
  return visit(document, {
    enter: (node) => ('description' in node ? { ...node, description: undefined } : undefined),
    Directive: () => null,
  })
}

function fielded(name: string): Fielded {
  const node = all.get(name)
  if (node?.kind !== Kind.OBJECT_TYPE_DEFINITION && node?.kind !== Kind.INTERFACE_TYPE_DEFINITION) {
    throw new Error(`the schema has no type ${name}`)
  }
  return node
}

/** The wanted fields, and those that a kept interface asks of the type. */
function cut<T extends Fielded>(node: T): T {
  const name = node.name.value
  const interfaces = (node.interfaces ?? []).filter((one) => wanted[one.name.value])
  const names = new Set(
    [name, ...interfaces.map((one) => one.name.value)].flatMap((one) =>
      (wanted[one] ?? '').split(' '),
    ),
  )
  const fields = (node.fields ?? []).filter((field) => names.has(field.name.value))
  const absent = (wanted[name] ?? '')
    .split(' ')
    .filter((one) => !fields.some((field) => field.name.value === one))
  if (absent.length > 0) throw new Error(`${name} has no ${absent.join(', ')}`)
  for (const field of fields) requireType(name, field)
  return { ...node, interfaces, fields }
}

function cutUnion(name: string): DefinitionNode {
  const node = all.get(name)
  if (node?.kind !== Kind.UNION_TYPE_DEFINITION) throw new Error(`the schema has no union ${name}`)
  const members = (wantedMembers[name] ?? '').split(' ')
  const types = (node.types ?? []).filter((type) => members.includes(type.name.value))
  if (types.length !== members.length)
    throw new Error(`${name} has not all of ${members.join(', ')}`)
  return { ...node, types }
}

function requireType(owner: string, field: FieldDefinitionNode): void {
  const name = named(field.type)
  const node = all.get(name)
  const whole =
    node === undefined ||
    node.kind === Kind.SCALAR_TYPE_DEFINITION ||
    node.kind === Kind.ENUM_TYPE_DEFINITION
  if (!whole && !wanted[name] && !wantedMembers[name])
    throw new Error(`${owner}.${field.name.value} needs ${name}`)
}

/** Enums, scalars and input types that a definition mentions, and what these mention. */
function keepInputs(node: DefinitionNode): void {
  visit(node, {
    NamedType: ({ name }) => {
      const mentioned = all.get(name.value)
      if (mentioned === undefined || kept.has(name.value)) return
      kept.set(name.value, mentioned)
      keepInputs(mentioned)
    },
  })
}

function named(type: TypeNode): string {
  return type.kind === Kind.NAMED_TYPE ? type.name.value : named(type.type)
}
