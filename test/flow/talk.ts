import type { GitHub } from '../../src/github/github.ts'
import { push } from '../../src/simulator/actions/pulls.ts'
import type { PullHandle } from '../../src/simulator/pull-handle.ts'
import type { RepositoryHandle } from '../../src/simulator/repository-handle.ts'
import type { Simulator } from '../../src/simulator/simulator.ts'
import type { Comment, Permissions } from '../../src/simulator/state.ts'
import { createFlow, createHub, evaluatePull, withoutT2 } from './support.ts'

/*
 * A conversation on one pull request of the simulated GitHub. Time stands still but for `tick`;
 * every `say` is a minute later than what was before it, and is looked at at once.
 */
export interface Talk {
  github: Simulator
  repository: RepositoryHandle
  pull: PullHandle
  botLogin: string
  /** Epoch ms, as this world has it. */
  now(): number
  /** One minute passes. */
  tick(): void
  /** The service evaluates the pull request. */
  look(): Promise<void>
  /** As the job store does: until it goes well, after a failure by one that remembers nothing. */
  lookOn(): Promise<void>
  /** A service that remembers nothing takes over. */
  restart(): void
  say(author: string, text: string): Promise<Comment>
  edit(comment: Comment, editor: string, text: string): Promise<void>
  replyToFirstThread(author: string, text: string): Promise<Comment>
  forceBack(sha: string): void
  /** Our replies in the conversation, without the summary comment. */
  replies(): string[]
  /** The conclusion of the check run on the present head. */
  check(): string | null
}

export interface TalkOptions {
  /** The threat model that the pull request brings. */
  head?: string
  /** Other files that it changes. */
  edit?: Record<string, string | null>
  files?: Record<string, string>
  /** What the App may do, when it is not the usual. */
  permissions?: Permissions
  /** The change comes from a fork of the author's. */
  fork?: boolean
}

const triesMax = 5

export async function conversation(options: TalkOptions = {}): Promise<Talk> {
  let now = Date.UTC(2026, 10, 24, 10)
  const clock = () => now
  const flow = createFlow({ ...options, now: clock })
  const { github, repository } = flow
  for (const login of ['kim', 'lee']) repository.collaborator(login, 'maintain')
  repository.collaborator('wil', 'write')
  const edit = { 'THREAT_MODEL.md': options.head ?? withoutT2, ...options.edit }
  const home = options.fork ? repository.fork('sam') : repository
  home.branch('change', { edit })
  const head = options.fork ? 'sam:change' : 'change'
  const pull = repository.openPullRequest({ head, author: 'sam' })
  let hub: GitHub = createHub(github, clock)

  const talk: Talk = {
    github,
    repository,
    pull,
    botLogin: `${github.app.slug}[bot]`,
    now: clock,
    tick: () => {
      now += 60_000
    },
    look: async () => {
      const outcome = await evaluatePull(hub, pull)
      if (!outcome.ok) throw new Error(`${outcome.failure.kind}: ${outcome.failure.message}`)
    },
    lookOn: async () => {
      for (let tries = 0; tries < triesMax; tries++) {
        if ((await evaluatePull(hub, pull)).ok) return
        talk.restart()
      }
      throw new Error('the evaluation never ended well')
    },
    restart: () => {
      hub = createHub(github, clock)
    },
    say: async (author, text) => {
      talk.tick()
      const comment = pull.comment(author, text)
      await talk.look()
      return comment
    },
    edit: async (comment, editor, text) => {
      talk.tick()
      pull.editComment(comment, editor, text)
      await talk.look()
    },
    replyToFirstThread: async (author, text) => {
      talk.tick()
      const [thread] = pull.threads
      if (!thread) throw new Error('there is no thread')
      const comment = pull.reply(thread, author, text)
      await talk.look()
      return comment
    },
    forceBack: (sha) => {
      const { repository: head, ref } = pull.pull.head
      if (!head) throw new Error('the head repository is gone')
      push(github.state, head, { branch: ref, sha, sender: github.user('sam') })
    },
    replies: () =>
      pull.comments
        .filter((one) => one.author.login === talk.botLogin)
        .map((one) => one.body)
        .filter((body) => body.includes('threat-model-bot reply')),
    check: () => pull.checks.at(-1)?.conclusion ?? null,
  }
  await talk.look()
  return talk
}
