import type { Finding } from '../../src/policy/verdict.ts'
import type { Output } from '../../src/publish/output.ts'
import type { ChangedFile } from '../../src/pull-request/facts.ts'
import type { OwnPosts } from '../../src/pull-request/reader.ts'
import type { Report } from '../../src/report/report.ts'

/* The smallest GitHub: it keeps what outputs ask for and shows it as our own posts. */

export function emptyStand(): OwnPosts {
  return { check: null, threads: [], comments: [] }
}

export function carryOut(own: OwnPosts, outputs: readonly Output[]): OwnPosts {
  return outputs.reduce(carryOutOne, own)
}

let made = 0

function carryOutOne(own: OwnPosts, output: Output): OwnPosts {
  const id = `node-${++made}`
  switch (output.do) {
    case 'start-check':
      return {
        ...own,
        check: { nodeId: id, concluded: false, summary: output.summary, annotations: 0 },
      }
    case 'add-annotations':
    case 'conclude-check': {
      const started = own.check?.concluded === false ? own.check : null
      const known = output.check === null ? started : own.check
      return {
        ...own,
        check: {
          nodeId: known?.nodeId ?? id,
          concluded: output.do === 'conclude-check',
          summary: output.summary,
          annotations: (known?.annotations ?? 0) + output.annotations.length,
        },
      }
    }
    case 'create-review':
      return { ...own, threads: [...own.threads, ...output.comments.map(threadOf)] }
    case 'create-file-comment':
      return { ...own, threads: [...own.threads, threadOf(output.comment)] }
    case 'resolve-comments': {
      const gone = new Set(output.threads.map((thread) => thread.threadId))
      const threads = own.threads.map((t) => (gone.has(t.threadId) ? { ...t, resolved: true } : t))
      return { ...own, threads }
    }
    case 'create-summary':
      return { ...own, comments: [...own.comments, { id: made, nodeId: id, body: output.body }] }
    case 'update-summary': {
      const { nodeId, body } = output
      const comments = own.comments.map((c) => (c.nodeId === nodeId ? { ...c, body } : c))
      return { ...own, comments }
    }
    case 'create-reply':
      return { ...own, comments: [...own.comments, { id: made, nodeId: id, body: output.body }] }
    case 'update-reply':
    case 'add-reaction':
    case 'remove-reaction':
    case 'commit-files':
    case 'abandon-check':
      return own
  }
}

function threadOf({ path, body }: { path: string; body: string }): OwnPosts['threads'][number] {
  const id = `thread-${++made}`
  return {
    threadId: id,
    commentId: made,
    commentNodeId: `${id}-comment`,
    path,
    body,
    resolved: false,
    hasReplies: false,
    canResolve: false,
  }
}

export function reportWith(change: Partial<Report> = {}): Report {
  return {
    schema: 'threat-model-report/1',
    verdict: 'fail',
    mode: 'enforce',
    conclusion: 'failure',
    title: 'Something to act on',
    head: 'c'.repeat(40),
    models: [],
    findings: [],
    decisions: { list: [], comments: [] },
    replies: [],
    affected: [],
    deadLinks: [],
    suggestions: [],
    patchCoverage: { answered: 0, inScope: 0 },
    policyProblems: [],
    limits: [],
    commentsMax: 10,
    ...change,
  }
}

export function findingWith(change: Partial<Finding> = {}): Finding {
  return {
    rule: 'threat-added-unanswered',
    level: 'error',
    fingerprint: 'f0',
    content: 'c0',
    element: null,
    message: 'A threat has no answer.',
    why: 'It matters.',
    next: 'Answer it.',
    place: { path: 'a.md', side: 'RIGHT', line: 2, endLine: 2 },
    suggestion: null,
    accepted: null,
    ...change,
  }
}

/** Lines 1 to 3 shown on both sides; line 2 is replaced. */
export function fileWith(path: string, change: Partial<ChangedFile> = {}): ChangedFile {
  return {
    path,
    previousPath: null,
    status: 'modified',
    additions: 1,
    deletions: 1,
    patch: '@@ -1,3 +1,3 @@\n one\n-two\n+TWO\n three',
    ...change,
  }
}
