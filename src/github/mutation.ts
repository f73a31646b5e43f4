import type { CommitFiles, LineComment, Output, Reaction } from '../publish/output.ts'
import type { Target } from '../publish/writer.ts'
import type { CheckAction } from '../report/action.ts'
import type { Annotation } from '../report/annotation.ts'
import { never } from '../shared/assert.ts'
import type { Query } from './look-query.ts'

/*
 * Outputs as one GraphQL mutation, so that a check run, a review, a comment and what is folded away
 * cost one request. GitHub carries the fields out in order and goes on after one that failed, so
 * nothing in here may depend on another: the conclusion is always a request of its own.
 *
 * All text goes in variables.
 */
export interface Mutation extends Query {
  /** Comments and reviews it creates: they have a budget of their own. */
  contents: number
  /** Which field belongs to which output. */
  fields: { name: string; output: Output }[]
}

export interface CheckIdentity {
  name: string
}

interface Field {
  /** The mutation and its selection: `addComment { … }`. */
  mutation: string
  type: string
  selection: string
  input: object
  contents: number
}

export function mutationOf(
  target: Target,
  outputs: readonly Output[],
  check: CheckIdentity,
): Mutation {
  const fields = outputs.flatMap((output) =>
    fieldsOf(target, output, check).map((field) => ({ field, output })),
  )
  const named = fields.map(({ field, output }, i) => ({ name: `m${i}`, field, output }))
  const declared = named.map(({ name, field }) => `$${name}: ${field.type}!`).join(', ')
  const body = named
    .map(({ name, field }) => `  ${name}: ${field.mutation}(input: $${name}) ${field.selection}`)
    .join('\n')
  return {
    document: `mutation Publish(${declared}) {\n${body}\n}`,
    variables: Object.fromEntries(named.map(({ name, field }) => [name, field.input])),
    contents: named.reduce((sum, { field }) => sum + field.contents, 0),
    fields: named.map(({ name, output }) => ({ name, output })),
  }
}

function fieldsOf(target: Target, output: Output, check: CheckIdentity): Field[] {
  switch (output.do) {
    case 'start-check':
    case 'add-annotations':
    case 'conclude-check':
    case 'abandon-check':
      return [checkField(target, output, check)]
    case 'create-review':
      return [reviewField(target, output.headSha, output.comments)]
    case 'resolve-comments':
      return output.threads.map((thread) =>
        thread.how === 'resolve' ? resolveField(thread.threadId) : foldField(thread.commentNodeId),
      )
    case 'create-summary':
      return [summaryField(target, output.body)]
    case 'update-summary':
      return [updateCommentField(output.nodeId, output.body)]
    case 'add-reaction':
      return [reactionField('add', output)]
    case 'remove-reaction':
      return [reactionField('remove', output)]
    case 'create-reply':
      return output.threadId === null
        ? [summaryField(target, output.body)]
        : [threadReplyField(output.threadId, output.body)]
    case 'update-reply':
      return [updateReplyField(output)]
    case 'commit-files':
      return [commitField(target, output)]
    case 'create-file-comment':
      throw new Error('a comment on a file is written through REST')
    default:
      return never(output)
  }
}

/** The branch of the pull request's own repository: commits to forks are not asked for. */
function commitField(
  { pull }: Target,
  { branch, headSha, headline, detail, files }: CommitFiles,
): Field {
  const additions = files.map(({ path, text }) => ({
    path,
    contents: Buffer.from(text).toString('base64'),
  }))
  const { owner, name } = pull.repository
  return {
    mutation: 'createCommitOnBranch',
    type: 'CreateCommitOnBranchInput',
    selection: '{ commit { oid } }',
    input: {
      branch: { repositoryNameWithOwner: `${owner}/${name}`, branchName: branch },
      expectedHeadOid: headSha,
      message: { headline, body: detail },
      fileChanges: { additions },
    },
    contents: 0,
  }
}

type CheckOutput = Extract<Output, { do: `${string}-check` | 'add-annotations' }>

function checkField(target: Target, output: CheckOutput, check: CheckIdentity): Field {
  const { repository } = target.nodes
  const known = 'check' in output ? output.check : null
  const detailsUrl = target.detailsUrl ?? null
  const input = {
    repositoryId: repository,
    ...checkInput(output),
    // Anew each time, because an address ends.
    ...(detailsUrl === null ? {} : { detailsUrl }),
  }
  if (known !== null) {
    const selection = '{ checkRun { id } }'
    const update = { checkRunId: known, ...input }
    return { ...updateCheck, selection, input: update, contents: 0 }
  }
  const { number, repository: ref } = target.pull
  const create = {
    ...input,
    headSha: 'headSha' in output ? output.headSha : (target.head ?? ''),
    name: check.name,
    // A pull request from a fork is not listed in its check runs; this says which one it was.
    externalId: `${ref.id}/${number}`,
  }
  return { ...createCheck, selection: '{ checkRun { id } }', input: create, contents: 0 }
}

const createCheck = { mutation: 'createCheckRun', type: 'CreateCheckRunInput' }
const updateCheck = { mutation: 'updateCheckRun', type: 'UpdateCheckRunInput' }

function checkInput(output: CheckOutput): object {
  switch (output.do) {
    case 'start-check':
      return { status: 'IN_PROGRESS', output: { title: output.title, summary: output.summary } }
    case 'add-annotations': {
      const { title, summary, annotations } = output
      return {
        status: 'IN_PROGRESS',
        output: { title, summary, annotations: annotations.map(annotationInput) },
      }
    }
    case 'abandon-check':
      return {
        status: 'COMPLETED',
        conclusion: 'CANCELLED',
        output: { title: 'Superseded', summary: 'A newer commit is looked at instead.' },
      }
    case 'conclude-check': {
      const { title, summary, annotations } = output
      const shown = annotations.map(annotationInput)
      return {
        status: 'COMPLETED',
        conclusion: output.conclusion.toUpperCase(),
        output: { title, summary, ...(shown.length > 0 ? { annotations: shown } : {}) },
        actions: output.actions.map(actionInput),
      }
    }
    default:
      return never(output)
  }
}

function annotationInput(annotation: Annotation): object {
  const { path, startLine, endLine, columns, level, title, message } = annotation
  return {
    path,
    location: {
      startLine,
      endLine,
      ...(columns && startLine === endLine
        ? { startColumn: columns.start, endColumn: columns.end }
        : {}),
    },
    annotationLevel: level.toUpperCase(),
    title,
    message,
  }
}

function actionInput({ label, description, identifier }: CheckAction): object {
  return { label, description, identifier }
}

/** Returns the comments' texts: GitHub leaves out without a word what it does not take. */
function reviewField(target: Target, headSha: string, comments: LineComment[]): Field {
  const threads = comments.map(({ path, side, line, startLine, body }) => ({
    path,
    line,
    side,
    body,
    ...(startLine === null ? {} : { startLine, startSide: side }),
  }))
  return {
    mutation: 'addPullRequestReview',
    type: 'AddPullRequestReviewInput',
    selection: `{
      pullRequestReview {
        comments(first: 100) { nodes { body } }
        pullRequest { headRefOid }
      }
    }`,
    input: { pullRequestId: target.nodes.pull, commitOID: headSha, event: 'COMMENT', threads },
    contents: 1 + comments.length,
  }
}

function resolveField(threadId: string): Field {
  return {
    mutation: 'resolveReviewThread',
    type: 'ResolveReviewThreadInput',
    selection: '{ thread { isResolved } }',
    input: { threadId },
    contents: 0,
  }
}

function foldField(subjectId: string): Field {
  return {
    mutation: 'minimizeComment',
    type: 'MinimizeCommentInput',
    selection: '{ minimizedComment { isMinimized } }',
    input: { subjectId, classifier: 'RESOLVED' },
    contents: 0,
  }
}

const reactionNames = { eyes: 'EYES', '+1': 'THUMBS_UP', confused: 'CONFUSED' } as const

function reactionField(
  verb: 'add' | 'remove',
  { subject, reaction }: { subject: string; reaction: Reaction },
): Field {
  return {
    mutation: `${verb}Reaction`,
    type: verb === 'add' ? 'AddReactionInput' : 'RemoveReactionInput',
    selection: '{ reaction { content } }',
    input: { subjectId: subject, content: reactionNames[reaction] },
    contents: 0,
  }
}

function threadReplyField(threadId: string, body: string): Field {
  return {
    mutation: 'addPullRequestReviewThreadReply',
    type: 'AddPullRequestReviewThreadReplyInput',
    selection: '{ comment { id } }',
    input: { pullRequestReviewThreadId: threadId, body },
    contents: 1,
  }
}

function updateReplyField({ place, nodeId, body }: Extract<Output, { do: 'update-reply' }>): Field {
  if (place === 'conversation') return updateCommentField(nodeId, body)
  return {
    mutation: 'updatePullRequestReviewComment',
    type: 'UpdatePullRequestReviewCommentInput',
    selection: '{ pullRequestReviewComment { id } }',
    input: { pullRequestReviewCommentId: nodeId, body },
    contents: 0,
  }
}

function updateCommentField(id: string, body: string): Field {
  return {
    mutation: 'updateIssueComment',
    type: 'UpdateIssueCommentInput',
    selection: '{ issueComment { pullRequest { headRefOid } } }',
    input: { id, body },
    contents: 0,
  }
}

function summaryField(target: Target, body: string): Field {
  return {
    mutation: 'addComment',
    type: 'AddCommentInput',
    selection: '{ commentEdge { node { pullRequest { headRefOid } } } }',
    input: { subjectId: target.nodes.pull, body },
    contents: 1,
  }
}
