import type { PullHandle } from '../../src/simulator/pull-handle.ts'
import type { Simulator } from '../../src/simulator/simulator.ts'
import {
  createFlow,
  createHub,
  evaluatePull,
  type Flow,
  model,
  withoutT2,
} from '../flow/support.ts'
import type { BenchLine } from './line.ts'
import { naive } from './requests-naive.ts'

/*
 * What an event costs in requests to GitHub, by kind: the price of hosting. Counted by the
 * simulated GitHub, tokens left out. The reference is a plain Probot App that reads and writes one
 * thing with one request, on the same pull request in the same run. "Warm" is a process that has
 * seen the repository before; a process that has just started pays one request more for the list of
 * files.
 */
interface Cost {
  requests: number
  /** Of these: comments and reviews, which have a budget of their own and notify people. */
  contents: number
}

interface Stage extends Flow {
  pull: PullHandle
}

const changed = {
  'THREAT_MODEL.md': withoutT2,
  'roster/list.go': 'package roster\n\nfunc List() { x() }\n',
}
const rows = Array.from(
  { length: 120 },
  (_, i) => `| L${i} | Way ${i} to read it | Server | | Open |`,
)

const cases: [string, () => Promise<BenchLine[]>][] = [
  ['opened', opened],
  ['unchanged', unchanged],
  ['pushed', pushed],
  ['large', large],
  ['decided', decided],
]

/** All cases, or those whose name holds `only`. */
export async function requests(only = ''): Promise<BenchLine[]> {
  const lines: BenchLine[] = []
  for (const [name, run] of cases) if (name.includes(only)) lines.push(...(await run()))
  return lines
}

async function opened(): Promise<BenchLine[]> {
  const reference = await naiveCost()
  const cold = await stage(changed)
  const first = await costOf(cold.github, () => evaluatePull(createHub(cold.github), cold.pull))
  const warm = await warmStage(changed)
  const second = await costOf(warm.github, () => warm.evaluate(warm.pull))
  return [
    line('opened: check, review, summary; just started', first, reference, 6),
    line('opened: check, review, summary; warm', second, reference, 4),
  ]
}

async function unchanged(): Promise<BenchLine[]> {
  const reference = await naiveCost()
  const { github, pull, evaluate } = await warmStage(changed)
  await evaluate(pull)
  const again = await costOf(github, () => evaluate(pull))
  const lines = [line('looked at again, nothing new', again, reference, 2, 0)]
  const rerun = await costOf(github, () => evaluate(pull, 'rerequested'))
  return [...lines, line('re-run pressed, same answer', rerun, reference, 2, 0)]
}

/** The floor for a new head is three: its comparison, the look, and the check run it has to get. */
async function pushed(): Promise<BenchLine[]> {
  const reference = await naiveCost()
  const made = await warmStage(changed)
  const { github, pull, evaluate } = made
  await evaluate(pull)
  pull.push({ 'README.md': 'Hello\n' })
  await hear(made)
  const same = await costOf(github, () => evaluate(pull))
  pull.push({ 'THREAT_MODEL.md': model })
  await hear(made)
  const settled = await costOf(github, () => evaluate(pull))
  return [
    line('pushed, same answer on a new head', same, reference, 3, 0),
    line('pushed, everything settled', settled, reference, 4),
  ]
}

async function large(): Promise<BenchLine[]> {
  const reference = await naiveCost()
  const long = await warmStage({ 'THREAT_MODEL.md': `${model}${rows.join('\n')}\n` })
  const notes = await costOf(long.github, () => long.evaluate(long.pull))
  const edit = Object.fromEntries(Array.from({ length: 450 }, (_, i) => [`gen/${i}.txt`, `${i}\n`]))
  const wide = await warmStage({ ...edit, ...changed })
  const files = await costOf(wide.github, () => wide.evaluate(wide.pull))
  return [
    // Three batches: two before the conclusion, each a request, and a look whether the head moved.
    line('120 annotations', notes, reference, 4 + 2),
    line('452 files', files, reference, 4 + 5),
  ]
}

async function decided(): Promise<BenchLine[]> {
  const reference = await naiveCost()
  const { github, repository, pull, evaluate } = await warmStage(changed)
  await evaluate(pull)
  repository.collaborator('kim', 'maintain')
  pull.comment('kim', '/threat-model accept all because the queue is gone')
  const cost = await costOf(github, () => evaluate(pull))
  return [line('a command in a comment', cost, reference, 6)]
}

async function stage(edit: Record<string, string>): Promise<Stage> {
  const flow = createFlow()
  flow.repository.branch('change', { edit })
  const pull = flow.repository.openPullRequest({ head: 'change', author: 'sam' })
  return { ...flow, pull }
}

/** The process has looked at another pull request of the repository, and heard of this one. */
async function warmStage(edit: Record<string, string>): Promise<Stage> {
  const made = await stage(edit)
  const { repository } = made
  repository.branch('other', { edit: { 'other.txt': 'x\n' } })
  await made.evaluate(repository.openPullRequest({ head: 'other', author: 'sam' }))
  await hear(made)
  return made
}

/** A delivery tells the commits. */
async function hear({ hub, pull }: Stage): Promise<void> {
  const { repository, number } = pull.pull
  const ref = { id: repository.id, owner: repository.owner.login, name: repository.name }
  const { reader } = await hub.installation(1)
  reader.expect({ repository: ref, number }, { base: pull.baseSha, head: pull.headSha })
}

async function naiveCost(): Promise<Cost> {
  const { github, pull } = await stage(changed)
  return costOf(github, () => naive(github, pull))
}

async function costOf(github: Simulator, work: () => Promise<unknown>): Promise<Cost> {
  github.log.clear()
  await work()
  const { total, token, content } = github.log.counts()
  if (github.violations.length > 0) throw new Error(github.violations.join('\n'))
  return { requests: total - token, contents: content }
}

function line(
  name: string,
  cost: Cost,
  reference: Cost,
  requestsMax: number,
  contentsMax = Number.POSITIVE_INFINITY,
): BenchLine {
  const words = Number.isFinite(contentsMax) ? `, creating ${contentsMax}` : ''
  return {
    case: `${name} (creates content with ${cost.contents})`,
    value: cost.requests,
    unit: 'requests',
    reference: `${reference.requests} by a plain App`,
    ratio: cost.requests / reference.requests,
    goal: `<= ${requestsMax}${words}`,
    met: cost.requests <= requestsMax && cost.contents <= contentsMax,
  }
}
