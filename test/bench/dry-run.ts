import { execFile } from 'node:child_process'
import { basename, dirname } from 'node:path'
import { promisify } from 'node:util'
import { gatherFacts } from '../../src/cli/facts.ts'
import type { Git } from '../../src/cli/git.ts'
import type { Report } from '../../src/report/report.ts'
import { summaryComment } from '../../src/report/summary.ts'
import { review } from '../../src/review.ts'
import { failed, ok } from '../../src/shared/outcome.ts'
import { isModelPath } from '../../src/threat-model/discovery.ts'

/*
 * Every commit of real histories as if it were a pull request: how many would have been bothered,
 * and which would have been blocked. The policy is `mode: enforce` and nothing else, as on the
 * first day. A commit is ordinary when it leaves every threat model alone. Every blocked one is
 * printed with its findings, to be read and called right or wrong by a person.
 *
 *     node test/bench/dry-run.ts [--ordinary 150] [--model 60] GIT_DIRECTORY...
 */

const run = promisify(execFile)
const policyText = 'mode: enforce\n'
const commitTextMax = 512 * 1024 * 1024

interface Tally {
  repository: string
  ordinary: number
  bothered: number
  ordinaryBlocked: number
  model: number
  modelBothered: number
  modelBlocked: number
}

const words = process.argv.slice(2)
const ordinaryMax = numberAfter('--ordinary', 150)
const modelMax = numberAfter('--model', 60)
const directories = words.filter((word, i) => word.includes('/') && !words[i - 1]?.startsWith('--'))
const tallies: Tally[] = []
for (const directory of directories) {
  const tally = await tallyOf(directory)
  if (tally) tallies.push(tally)
}
printTable()

async function tallyOf(directory: string): Promise<Tally | null> {
  const git = gitIn(directory)
  const commits = await commitsOf(git)
  if (commits.length === 0) return null
  const repository = basename(dirname(directory))
  const tally: Tally = {
    repository,
    ordinary: 0,
    bothered: 0,
    ordinaryBlocked: 0,
    model: 0,
    modelBothered: 0,
    modelBlocked: 0,
  }
  for (const { commit, touchesModel } of commits) {
    const report = await reviewCommit(git, commit)
    if (report === null || report.verdict === 'not-applicable') continue
    count(tally, report, touchesModel)
    if (isBlocked(report)) printBlocked(repository, commit, report)
    else if (!touchesModel && isBothered(report)) printBlocked(repository, commit, report)
  }
  return tally
}

function count(tally: Tally, report: Report, touchesModel: boolean): void {
  const bothered = Number(isBothered(report))
  const blocked = Number(isBlocked(report))
  if (touchesModel) {
    tally.model++
    tally.modelBothered += bothered
    tally.modelBlocked += blocked
    return
  }
  tally.ordinary++
  tally.bothered += bothered
  tally.ordinaryBlocked += blocked
}

function isBothered(report: Report): boolean {
  return summaryComment(report) !== null
}

function isBlocked(report: Report): boolean {
  return report.conclusion === 'failure' || report.conclusion === 'action_required'
}

/** The newest commits that touch a model, and the newest that do not, since there is a model. */
async function commitsOf(git: Git): Promise<{ commit: string; touchesModel: boolean }[]> {
  const out = await git.text(['log', '--no-merges', '--format=%x01%H', '--name-only', '-z', 'HEAD'])
  if (!out.ok) return []
  const all = out.value.split('\u0001').flatMap((part) => {
    const [commit, ...paths] = part.split('\0').map((word) => word.trim())
    return commit ? [{ commit, touchesModel: paths.some(isModelPath) }] : []
  })
  const oldest = all.map(({ touchesModel }) => touchesModel).lastIndexOf(true)
  const since = all.slice(0, oldest + 1)
  const kept = { model: 0, ordinary: 0 }
  return since.filter(({ touchesModel }) =>
    touchesModel ? kept.model++ < modelMax : kept.ordinary++ < ordinaryMax,
  )
}

async function reviewCommit(git: Git, commit: string): Promise<Report | null> {
  const parent = await git.text(['rev-parse', '--verify', '--quiet', `${commit}^`])
  if (!parent.ok) return null
  const sha = parent.value.trim()
  const range = { base: { ref: sha, sha }, head: { ref: commit, sha: commit }, mergeBase: sha }
  const options = { today: '2026-11-24', policyPath: '.github/threat-model.yml', policyText }
  const facts = await gatherFacts(git, range, options)
  return facts.ok ? review(facts.value) : null
}

function printBlocked(repository: string, commit: string, report: Report): void {
  console.log(`${repository} ${commit.slice(0, 12)} ${report.verdict}: ${report.title}`)
  for (const { level, rule, message, accepted } of report.findings) {
    if (level !== 'notice' && accepted === null) console.log(`    ${level} ${rule}: ${message}`)
  }
  for (const limit of report.limits) console.log(`    ${limit}`)
}

function printTable(): void {
  const columns = ['ordinary', 'bothered', 'blocked', 'touch a model', 'bothered', 'blocked']
  console.log(`\n| repository | ${columns.join(' | ')} |\n|---|---|---|---|---|---|---|`)
  const row = (t: Omit<Tally, 'repository'>) =>
    [t.ordinary, t.bothered, t.ordinaryBlocked, t.model, t.modelBothered, t.modelBlocked].join(
      ' | ',
    )
  for (const tally of tallies) console.log(`| ${tally.repository} | ${row(tally)} |`)
  const sum = (key: Exclude<keyof Tally, 'repository'>) =>
    tallies.reduce((total, tally) => total + tally[key], 0)
  const total = {
    ordinary: sum('ordinary'),
    bothered: sum('bothered'),
    ordinaryBlocked: sum('ordinaryBlocked'),
    model: sum('model'),
    modelBothered: sum('modelBothered'),
    modelBlocked: sum('modelBlocked'),
  }
  console.log(`| **all** | ${row(total)} |`)
  const share = (100 * total.bothered) / Math.max(total.ordinary, 1)
  console.log(`\n${share.toFixed(2)} % of ordinary commits bothered`)
}

function gitIn(directory: string): Git {
  const bytes: Git['bytes'] = async (more, options) => {
    try {
      const { stdout } = await run('git', [`--git-dir=${directory}`, ...more], {
        encoding: 'buffer',
        maxBuffer: commitTextMax,
        env: { ...process.env, ...options?.env },
      })
      return ok(stdout)
    } catch (error) {
      const { code, stdout } = error as { code?: number; stdout?: Buffer }
      if (typeof code === 'number' && code <= (options?.statusMax ?? 0))
        return ok(stdout ?? Buffer.of())
      return failed('gone', String(error).slice(0, 200))
    }
  }
  return {
    root: directory,
    bytes,
    async text(more, options) {
      const out = await bytes(more, options)
      return out.ok ? ok(out.value.toString('utf8')) : out
    },
  }
}

function numberAfter(name: string, usual: number): number {
  const value = Number(words[words.indexOf(name) + 1])
  return words.includes(name) && Number.isInteger(value) ? value : usual
}
