import { bind, type DecidingCommand } from './decisions-bind.ts'
import { type HeardComment, heardComments } from './decisions-heard.ts'
import { type Bound, boundMax, type RememberedFlaw } from './decisions-memory.ts'
import { isDecidable } from './decisions-names.ts'
import { personRefusal, sameLogin } from './decisions-person.ts'
import type {
  CommandResult,
  CommentOutcome,
  Decision,
  DecisionState,
  Decisions,
  DecisionsInput,
} from './decisions-types.ts'
import { shortId } from './fingerprint.ts'
import type { Acceptance, Finding } from './verdict.ts'

/*
 * What people decided in their comments, and whether it holds. `judge` asks once it has the
 * findings; the replies (report/replies.ts), `status` and the lines in the check run are made
 * from the same value, so that what is said and what counts never differ.
 *
 *   comment ─ heard? ─ command ─ which finding was meant ─ may the person ─ does it still hold
 *             heard            bind, names               person            here
 *
 * Permissions, dates and contents are asked anew at every judgement; only what was meant is
 * kept, in our own replies (memory). Comments are taken in the order of their words: taking back
 * ends what was decided before it, and the last word of one person about one finding counts.
 */

export type { Decisions } from './decisions-types.ts'

/** Decisions that are kept on one pull request. */
const decisionsMax = 2_000

export function decisionsFor(input: DecisionsInput): Decisions {
  const court: Court = { input, list: [] }
  const heard = heardComments(input.facts.comments, input.facts.ownReplies ?? [])
  const comments = heard.map((one) => outcomeOf(one, court))
  for (const outcome of comments) outcome.ended = endedOf(outcome)
  return { list: court.list, comments }
}

/** The acceptance of a finding: of the decisions that hold, the oldest. */
export function acceptanceBy(finding: Finding, decisions: Decisions): Acceptance | null {
  const decision = decisions.list.find(
    ({ state, bound }) => state === 'holds' && bound.fingerprint === finding.fingerprint,
  )
  if (!decision) return null
  const { by, at, until, reason, url } = decision
  return { by, at, until, reason, source: url }
}

interface Court {
  input: DecisionsInput
  list: Decision[]
}

function outcomeOf(heard: HeardComment, court: Court): CommentOutcome {
  const outcome: CommentOutcome = { heard, results: [], bound: [], flaws: [], ended: [] }
  heard.reading.commands.forEach((placed, index) => {
    const result: CommandResult = { placed, decisions: [], flaws: [] }
    outcome.results.push(result)
    outcome.bound.push([])
    const { command } = placed
    if (!('targets' in command)) return
    const room = boundMax - outcome.bound.flat().length
    const { input, list } = court
    const bindings = bind({ command, heard, index, room, input, earlier: list })
    outcome.bound[index] = bindings.bound
    result.flaws = bindings.flaws
    outcome.flaws.push(...rememberFlaws(result, index, command))
    for (const bound of bindings.bound) decide(command, bound, { heard, court, result })
  })
  return outcome
}

function rememberFlaws(
  result: CommandResult,
  command: number,
  { targets }: DecidingCommand,
): RememberedFlaw[] {
  return result.flaws.map(({ target, why }) => ({ command, target: targets.indexOf(target), why }))
}

interface Deciding {
  heard: HeardComment
  court: Court
  result: CommandResult
}

function decide(command: DecidingCommand, bound: Bound, { heard, court, result }: Deciding): void {
  if (court.list.length >= decisionsMax) return
  const decision = decisionOf(command, bound, heard, court)
  if (command.name === 'withdraw') decision.state = takeBack(decision, court)
  else if (heard.memory?.ended.includes(bound.fingerprint)) decision.state = 'withdrawn'
  else if (decision.state === 'holds') replaceOwn(decision, court)
  result.decisions.push(decision)
  court.list.push(decision)
}

function decisionOf(
  command: DecidingCommand,
  bound: Bound,
  heard: HeardComment,
  court: Court,
): Decision {
  const { findings } = court.input
  const finding = findings.find((one) => one.fingerprint === bound.fingerprint) ?? null
  const decision: Decision = {
    act: command.name,
    by: heard.comment.author,
    at: heard.at,
    until: command.name === 'accept' ? command.until : null,
    reason: command.name === 'withdraw' ? '' : command.reason,
    url: heard.comment.url,
    bound: {
      ...bound,
      id: shortId(bound),
      rule: finding?.rule ?? null,
      title: finding?.element?.title ?? finding?.message ?? '',
    },
    state: 'took-back',
  }
  if (command.name !== 'withdraw') decision.state = stateOf(decision, finding, court.input)
  return decision
}

function stateOf(
  decision: Decision,
  finding: Finding | null,
  { accept, facts }: DecisionsInput,
): DecisionState {
  const refusal = personRefusal(decision.by, { accept, facts })
  if (refusal !== null) return refusal
  if (finding === null) return 'settled'
  if (finding.content !== decision.bound.content) return 'content-changed'
  if (!isDecidable(finding, decision.act)) return 'not-acceptable'
  return decision.until !== null && decision.until < facts.today ? 'expired' : 'holds'
}

/** The last word of one person about one finding counts. */
function replaceOwn(decision: Decision, court: Court): void {
  for (const earlier of court.list) {
    if (earlier.state === 'holds' && isBy(decision.by, earlier) && isAbout(decision, earlier)) {
      earlier.state = 'replaced'
    }
  }
}

/**
 * Ends every earlier decision about the finding that the person may end: their own, and those of
 * others if they may decide themselves.
 */
function takeBack(withdrawal: Decision, court: Court): DecisionState {
  const refusal = personRefusal(withdrawal.by, court.input)
  const about = court.list.filter(
    (earlier) => earlier.act !== 'withdraw' && isAbout(withdrawal, earlier),
  )
  const mine = about.filter((earlier) => refusal === null || isBy(withdrawal.by, earlier))
  for (const earlier of mine) earlier.state = 'withdrawn'
  return mine.length === 0 && refusal !== null ? refusal : 'took-back'
}

function isAbout(decision: Decision, other: Decision): boolean {
  return other.bound.fingerprint === decision.bound.fingerprint
}

function isBy(login: string, decision: Decision): boolean {
  return sameLogin(decision.by, login)
}

/** What was taken back stays so, also when the comment that did it is deleted or edited. */
function endedOf(outcome: CommentOutcome): string[] {
  const withdrawn = outcome.results
    .flatMap((result) => result.decisions)
    .filter((decision) => decision.state === 'withdrawn')
    .map((decision) => decision.bound.fingerprint)
  return [...new Set(withdrawn)].slice(0, boundMax)
}
