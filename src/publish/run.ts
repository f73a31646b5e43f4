import { type Failure, failed, type Outcome, ok } from '../shared/outcome.ts'
import type { ConcludeCheck, LineComment, Output } from './output.ts'
import type { Target, Writer } from './writer.ts'

/*
 * Carries out a plan: what may go together in one request, the rest one after the other, and the
 * conclusion last, if the head is still the one that was judged. It stops at the first failure; the
 * job is then done again from the beginning, and the next plan holds only what is missing. A
 * comment that GitHub refuses for good never keeps the check run from its conclusion; nor does one
 * that has to wait because the installation has created enough of them for now: it comes later.
 *
 * A commit to the branch goes before everything: what is said about it depends on whether it was
 * made, and no conclusion is planned with it, since the head is another then.
 */
export interface Ran {
  /** What GitHub would not take, for the log. */
  refused: string[]
}

export async function run(
  writer: Writer,
  target: Target,
  outputs: readonly Output[],
): Promise<Outcome<Ran>> {
  const conclusion = outputs.find((output) => output.do === 'conclude-check') ?? null
  const check = conclusion?.check ?? null
  const progress: Progress = { writer, target, check, head: null, refused: [], later: null }
  const rest = await commitFirst(progress, outputs)
  if (!rest.ok) return rest
  const batches = batchesOf(rest.value.filter((output) => output !== conclusion))
  for (const batch of batches) {
    const done = await writeWhatMay(progress, batch)
    if (!done.ok) return done
  }
  const end = conclusion ? await conclude(progress, conclusion, batches.length > 0) : ok(undefined)
  if (!end.ok) return end
  return progress.later ? { ok: false, failure: progress.later } : ok({ refused: progress.refused })
}

interface Progress {
  writer: Writer
  target: Target
  /** The check run to write to, once known. */
  check: string | null
  /** The head as last seen while writing. */
  head: string | null
  refused: string[]
  /** Why some comments have to wait. */
  later: Failure | null
}

/** Makes the commit, if there is one; what is left to do then. */
async function commitFirst(
  { writer, target, refused }: Progress,
  outputs: readonly Output[],
): Promise<Outcome<Output[]>> {
  const commit = outputs.find((output) => output.do === 'commit-files')
  if (commit === undefined) return ok([...outputs])
  const written = await writer.write(target, [commit])
  if (!written.ok) return written
  refused.push(...written.value.refused)
  const said = written.value.commit === null ? commit.refused : commit.done
  return ok([...said, ...outputs.filter((output) => output !== commit)])
}

/** Annotations have to follow one another; a comment on a file has no mutation of its own. */
function batchesOf(outputs: readonly Output[]): Output[][] {
  const alone = (output: Output) =>
    output.do === 'add-annotations' || output.do === 'create-file-comment'
  const together = outputs.filter((output) => !alone(output))
  return [
    ...(together.length > 0 ? [together] : []),
    ...outputs.filter(alone).map((output) => [output]),
  ]
}

/** What notifies people, and is counted. */
const contents = new Set<Output['do']>([
  'create-review',
  'create-file-comment',
  'create-summary',
  'create-reply',
])

async function writeWhatMay(progress: Progress, batch: Output[]): Promise<Outcome<void>> {
  const done = await writeBatch(progress, batch)
  if (done.ok || !isOverBudget(done.failure)) return done
  // Nothing of the batch was sent.
  progress.later ??= done.failure
  const rest = batch.filter((output) => !contents.has(output.do))
  return rest.length === 0 ? ok(undefined) : writeBatch(progress, rest)
}

function isOverBudget({ kind, pausesInstallation }: Failure): boolean {
  return kind === 'rate-limited' && !pausesInstallation
}

async function writeBatch(progress: Progress, batch: Output[]): Promise<Outcome<void>> {
  const { writer, target } = progress
  const addressed = batch.map((output) =>
    output.do === 'add-annotations' ? { ...output, check: output.check ?? progress.check } : output,
  )
  const written = await writer.write(target, addressed)
  if (!written.ok) return written
  const { head, startedCheck, dropped, refused } = written.value
  progress.check = startedCheck ?? progress.check
  progress.head = head ?? progress.head
  progress.refused.push(...refused)
  return retell(progress, dropped)
}

/** What GitHub does not take on a line is said about the file. */
async function retell(progress: Progress, dropped: LineComment[]): Promise<Outcome<void>> {
  const headSha = progress.target.head
  if (headSha === null) return ok(undefined)
  for (const { path, body, fingerprint } of dropped) {
    const comment = { path, body, fingerprint }
    const output: Output = { do: 'create-file-comment', headSha, comment }
    const written = await progress.writer.write(progress.target, [output])
    if (!written.ok && isOverBudget(written.failure)) progress.later ??= written.failure
    else if (!written.ok) return written
    else progress.refused.push(...written.value.refused)
  }
  return ok(undefined)
}

async function conclude(
  progress: Progress,
  conclusion: ConcludeCheck,
  wrote: boolean,
): Promise<Outcome<void>> {
  const { writer, target } = progress
  if (wrote && target.head !== null) {
    const head = progress.head === null ? await writer.currentHead(target.pull) : ok(progress.head)
    if (!head.ok) return head
    if (head.value !== target.head) return abandon(progress)
  }
  const written = await writer.write(target, [{ ...conclusion, check: progress.check }])
  return written.ok ? ok(undefined) : written
}

async function abandon({ writer, target, check }: Progress): Promise<Outcome<never>> {
  if (check !== null) {
    const ended = await writer.write(target, [{ do: 'abandon-check', check }])
    if (!ended.ok) return ended
  }
  const { owner, name } = target.pull.repository
  return failed('moved-on', `${owner}/${name}#${target.pull.number} was pushed to meanwhile`)
}
