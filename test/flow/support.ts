import { type EvaluateParts, evaluate } from '../../src/evaluate.ts'
import { createGitHub, type GitHub } from '../../src/github/github.ts'
import type { Job } from '../../src/job/job.ts'
import type { Evaluated } from '../../src/job/worker-parts.ts'
import { readMarker } from '../../src/publish/marker.ts'
import { review } from '../../src/review.ts'
import { checkName } from '../../src/service.ts'
import { type Outcome, ok } from '../../src/shared/outcome.ts'
import type { PullHandle } from '../../src/simulator/pull-handle.ts'
import type { RepositoryHandle } from '../../src/simulator/repository-handle.ts'
import { createSimulator, type Simulator } from '../../src/simulator/simulator.ts'
import type { Permissions } from '../../src/simulator/state.ts'
import { installationClient } from '../support/octokit.ts'

/*
 * Flows as state in → state out: something stands on the simulated GitHub, a pull request is
 * evaluated, and what a person would then see there is looked at. Without a server and a job store,
 * which have tests of their own; service.test.ts runs everything together.
 */

export const policyPath = '.github/threat-model.yml'

export const policy = `version: 1
mode: enforce
code:
  Contact list: ["roster/**"]
`

export const model = `# Threat model

## Assets

- Contact list: who talks to whom.
- Server: keeps the queue.

## Threats

| ID | Threat | Asset | Mitigation | Status |
| --- | --- | --- | --- | --- |
| T1 | Stealing the contact list from the disk | Contact list | Encryption at rest | Mitigated |
| T2 | Guessing contacts by timing | Contact list | | Open |
| T3 | Flooding the queue | Server | Rate limiter | Mitigated |
`

/** Without the second row: a threat has gone. */
export const withoutT2 = model.replace(/\| T2 .*\n/, '')
/** A new threat that nobody answers. */
export const withT4 = `${model}| T4 | Reading the backup | Contact list | | Open |\n`

export interface Flow {
  github: Simulator
  repository: RepositoryHandle
  hub: GitHub
  /** Throws when GitHub did not let it end. */
  evaluate(pull: PullHandle, action?: string): Promise<void>
}

export interface FlowOptions {
  files?: Record<string, string>
  now?: () => number
  /** What the App may do, when it is not the usual. */
  permissions?: Permissions
}

export function createFlow(options: FlowOptions = {}): Flow {
  const { now, permissions } = options
  const github = createSimulator({
    ...(now ? { now } : {}),
    ...(permissions ? { app: { permissions } } : {}),
  })
  const files = options.files ?? {
    'THREAT_MODEL.md': model,
    [policyPath]: policy,
    'roster/list.go': 'package roster\n\nfunc List() {}\n',
  }
  const repository = github.repository('acme/chat', { files })
  const hub = createHub(github)
  return {
    github,
    repository,
    hub,
    async evaluate(pull, action = '') {
      const cause = { delivery: 'd', event: 'e', action, receivedAt: 0 }
      const outcome = await evaluatePull(hub, pull, [cause])
      if (!outcome.ok) throw new Error(`${outcome.failure.kind}: ${outcome.failure.message}`)
    },
  }
}

/** A service that has just started: it remembers nothing. */
export function createHub(github: Simulator, now: () => number = Date.now): GitHub {
  return createGitHub({
    client: async () => installationClient(github),
    appId: github.app.id,
    check: { name: checkName },
    now,
  })
}

export async function evaluatePull(
  hub: GitHub,
  pull: PullHandle,
  causes: Job['causes'] = [],
  attempts = 1,
): Promise<Outcome<Evaluated>> {
  const parts: EvaluateParts = {
    entrance: (job, signal) => hub.installation(job.installationId, signal),
    review: async (facts) => ok(review(facts)),
    today: () => '2026-11-24',
    sweep: () => Promise.reject(new Error('no sweep here')),
    log: { info: () => {}, warn: () => {} },
  }
  return evaluate(parts, { ...jobOf(pull), causes, attempts }, new AbortController().signal)
}

export function jobOf(pull: PullHandle): Job {
  const { repository, number } = pull.pull
  const ref = { id: repository.id, owner: repository.owner.login, name: repository.name }
  return {
    key: `${ref.id}/${number}`,
    installationId: 1,
    pull: { repository: ref, number },
    state: 'running',
    dirty: false,
    attempts: 1,
    lapses: 0,
    exhausted: false,
    addedAt: 0,
    changedAt: 0,
    dueAt: 0,
    leaseUntil: null,
    run: 1,
    causes: [],
    seen: 0,
    lastFailure: null,
  }
}

/** What a person sees on the pull request; ids, times and superseded runs left out. */
export function shown(pull: PullHandle) {
  const newest = pull.checks.at(-1)
  return {
    check: newest && {
      status: newest.status,
      conclusion: newest.conclusion,
      title: newest.title,
      summary: newest.summary,
      annotations: newest.annotations.map((a) => `${a.path}:${a.start_line} ${a.title}`),
      actions: newest.actions.map((action) => action.label),
    },
    unfinished: pull.checks.slice(0, -1).filter((run) => run.status !== 'completed').length,
    threads: pull.threads
      .map((thread) => ({
        at: `${thread.path} ${thread.subject} ${thread.side} ${thread.line}`,
        folded: thread.resolvedBy !== null || thread.comments[0]?.minimized !== null,
        body: thread.comments[0]?.body,
      }))
      .sort((a, b) => (a.at < b.at ? -1 : 1)),
    comments: pull.comments.map((comment) => comment.body),
  }
}

export function markersOf(pull: PullHandle): string[] {
  return pull.threads.flatMap(({ comments }) => {
    const marker = readMarker(comments[0]?.body ?? '')
    return marker?.kind === 'finding' ? [marker.fingerprint] : []
  })
}
