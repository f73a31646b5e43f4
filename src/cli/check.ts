import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { policyPath } from '../policy/defaults.ts'
import type { PullRequestFacts } from '../pull-request/facts.ts'
import { reportJson } from '../report/json.ts'
import type { Report } from '../report/report.ts'
import { summaryMarkdown } from '../report/summary.ts'
import { reportText } from '../report/text.ts'
import { review } from '../review.ts'
import { failed, type Outcome, ok } from '../shared/outcome.ts'
import { type Args, type Command, readFormat } from './command.ts'
import { type FactsOptions, gatherFacts } from './facts.ts'
import { openGit } from './git.ts'
import { exitStatus, type Io, refuse } from './io.ts'
import { readPolicyFile } from './model-file.ts'
import { gatherPullRequest } from './pull-request.ts'
import { rangeText, resolveRange } from './range.ts'

/*
 * `check`: facts from git (or from a pull request on GitHub) into the one review, and the report in
 * the form that was asked for. It judges nothing itself; the exit status follows the verdict.
 */

const formats = ['text', 'json', 'markdown'] as const

export const checkCommand: Command = {
  name: 'check',
  summary: 'judge a branch as if it were a pull request',
  help: `Usage: threat-model check [--base REF] [--head REF] [--policy FILE]
       threat-model check --pull-request OWNER/REPO#N
                          [--format text|json|markdown] [--save-facts FILE]

Compares the threat models, the policy and the code of two states of this git repository and
prints the report that the App would give on a pull request. Nothing is changed.

With --pull-request, reads a real pull request from GitHub instead, with the token in
GITHUB_TOKEN, and writes nothing there: a look at what the App would say, before installing it.

  --base REF         where the work started; default: origin/HEAD, origin/main, origin/master,
                     main or master, the first that exists
  --head REF         the work itself; default: the work tree as it stands, with everything that
                     is not committed yet
  --policy FILE      try this policy instead of the committed ${policyPath}
  --pull-request P   OWNER/REPO#N or its address; GHE_HOST names another server than github.com
  --format FORM      text (default), json (threat-model-report/1), markdown (the check's summary)
  --save-facts FILE  write everything the judgement rests on, for "threat-model replay FILE"

Exit status: 0 nothing blocks · 1 something blocks · 2 wrong usage · 3 cannot tell. Without a
policy that says "mode: enforce" nothing blocks and the status is 0.
`,
  options: {
    base: { type: 'string' },
    head: { type: 'string' },
    policy: { type: 'string' },
    'pull-request': { type: 'string' },
    format: { type: 'string' },
    'save-facts': { type: 'string' },
  },
  run,
}

async function run(args: Args, io: Io): Promise<number> {
  if (args.positionals.length > 0) {
    return refuse(
      io,
      `check takes no words, only options; "${args.positionals[0]}" is one too many`,
    )
  }
  const format = readFormat(args, formats)
  if (!format.ok) return refuse(io, format.failure.message)
  const gathered = await gather(args, io)
  if (!gathered.ok) return refuse(io, gathered.failure.message)
  const { facts, range } = gathered.value
  const target = args.text('save-facts')
  if (target !== undefined) await writeFile(join(io.cwd, target), `${JSON.stringify(facts)}\n`)
  const report = review(facts)
  if (format.value === 'text') io.stderr(`${range}\n`)
  io.stdout(showReport(report, format.value, io))
  return statusOf(report)
}

/** A report in one of the forms that commands offer. */
export function showReport(report: Report, format: (typeof formats)[number], io: Io): string {
  if (format === 'json') return `${JSON.stringify(reportJson(report), null, 2)}\n`
  if (format === 'markdown') return `${summaryMarkdown(report)}\n`
  return reportText(report, { color: io.color })
}

/** The exit status a report deserves; in advisory mode nothing ever blocks. */
export function statusOf(report: Report): number {
  if (report.mode === 'advisory') return exitStatus.fine
  if (report.verdict === 'cannot-tell') return exitStatus.cannotTell
  const blocks = report.verdict === 'fail' || report.verdict === 'needs-acceptance'
  return blocks ? exitStatus.blocked : exitStatus.fine
}

interface Gathered {
  facts: PullRequestFacts
  /** What was compared, for people. */
  range: string
}

async function gather(args: Args, io: Io): Promise<Outcome<Gathered>> {
  const word = args.text('pull-request')
  if (word !== undefined) return gatherNamed(word, args, io)
  const git = await openGit(io.cwd)
  if (!git.ok) return git
  const range = await resolveRange(git.value, { base: args.text('base'), head: args.text('head') })
  if (!range.ok) return range
  const policy = await policyText(args, io)
  if (!policy.ok) return policy
  const options: FactsOptions = { today: today(), policyPath, ...policy.value }
  const facts = await gatherFacts(git.value, range.value, options)
  return facts.ok ? ok({ facts: facts.value, range: rangeText(range.value) }) : facts
}

async function gatherNamed(word: string, args: Args, io: Io): Promise<Outcome<Gathered>> {
  for (const name of ['base', 'head', 'policy']) {
    if (args.text(name) === undefined) continue
    return failed('rejected', `--${name} is about this work tree; leave it out or --pull-request`)
  }
  const facts = await gatherPullRequest(word, today(), io)
  if (!facts.ok) return facts
  const { pull, base, head } = facts.value
  const range = `${pull.repository.owner}/${pull.repository.name}#${pull.number}: ${base.ref}`
  return ok({ facts: facts.value, range: `${range} → ${head.ref} (${head.sha.slice(0, 8)})` })
}

/** The policy to try, if one was named; a policy with mistakes is told before anything else. */
async function policyText(args: Args, io: Io): Promise<Outcome<{ policyText?: string }>> {
  const path = args.text('policy')
  if (path === undefined) return ok({})
  const text = await readPolicyFile(path, io)
  return text.ok ? ok({ policyText: text.value }) : text
}

export function today(): string {
  return new Date().toISOString().slice(0, 10)
}
