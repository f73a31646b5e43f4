import type { Mistake } from '../command/command.ts'
import { commentKey, type HeardComment } from '../policy/decisions-heard.ts'
import { type Face, type Memory, writeMemory } from '../policy/decisions-memory.ts'
import type { CommandResult, CommentOutcome } from '../policy/decisions-types.ts'
import type { Evidence } from '../policy/rule.ts'
import type { CommentFacts } from '../pull-request/facts.ts'
import { never } from '../shared/assert.ts'
import { digest } from '../shared/digest.ts'
import { commentCharsMax } from '../shared/github-limits.ts'
import { cutHard, safeCode, safeText } from '../shared/markdown.ts'
import {
  commitFor,
  type Order,
  refusedNote,
  whyNoCommit,
  withoutClashes,
} from './replies-commit.ts'
import { decidedText, isRefused } from './replies-decided.ts'
import { explanation } from './replies-explain.ts'
import { helpText } from './replies-help.ts'
import { initAnswer } from './replies-init.ts'
import { linkAnswer } from './replies-link.ts'
import { permanentFiles, permanentText, writtenText } from './replies-permanent.ts'
import { mistakeText, remarks } from './replies-remarks.ts'
import { statusText } from './replies-status.ts'
import type { AnsweredComment, Reply } from './reply.ts'
import type { Report } from './report.ts'

/*
 * One answer for every comment that spoke to us: to each command in its order, then to what was
 * not understood. The answer to a decision is kept true (it changes when the decision ends); the
 * answer to a question is given once. Which answers stand already is for publish/replies.ts to
 * see.
 */

/** Permanent forms offered in one answer. */
const permanentMax = 3

export function repliesOf(report: Report, evidence: Evidence): Reply[] {
  const isOpen = evidence.facts.pull.open
  return report.decisions.comments
    .filter(({ heard }) => heard.hearing !== 'flood' && (isOpen || !heard.answered))
    .map((outcome) => replyOf(outcome, report, evidence))
}

function replyOf(outcome: CommentOutcome, report: Report, evidence: Evidence): Reply {
  const { heard } = outcome
  const { place, url } = heard.comment
  const open = evidence.facts.pull.open
  const answers = open
    ? outcome.results.map((result) => commandAnswer({ result, heard, report, evidence }))
    : [{ text: closedText, refused: true, line: 0 }]
  const mistakes = open ? heard.reading.mistakes.map(mistakeAnswer) : []
  const inOrder = [...answers, ...mistakes].sort((a, b) => a.line - b.line)
  const orders = withoutClashes(inOrder.flatMap(({ order }) => order ?? []))
  const lead = place === 'reply' ? '' : `In answer to [this comment](${url}):\n\n`
  const state = stateDigest(outcome)
  const refused = answers.some((answer) => answer.refused) || !isClean(heard)
  const reaction = refused ? 'confused' : '+1'
  const memory = writeMemory(memoryOf(outcome, state, reaction))
  const bodyOf = (say: (answer: Answer) => string) => {
    const texts = [...inOrder.map(say), ...remarks(heard, open)]
    return withMemory(lead + texts.join('\n\n---\n\n'), memory)
  }
  const commit = commitFor(orders, heard, evidence)
  const isOrdered = ({ order }: Answer) => order !== undefined && orders.includes(order)
  return {
    comment: pointerTo(heard.comment),
    reaction,
    body: bodyOf(({ text }) => text),
    text: heard.text,
    state,
    commit: commit && {
      ...commit,
      done: bodyOf((answer) => (isOrdered(answer) ? (answer.order?.done ?? '') : answer.text)),
      refused: bodyOf((answer) => noted(answer.text, isOrdered(answer) ? refusedNote : '')),
    },
  }
}

function noted(text: string, note: string): string {
  return note === '' ? text : `${text}\n\n${note}`
}

const closedText =
  'This pull request is closed, so nothing was done. If it is opened again, please say it again.'

function pointerTo({ id, place, nodeId, threadId, url }: CommentFacts): AnsweredComment {
  return {
    ...{ id, place, url },
    ...(nodeId === undefined ? {} : { nodeId }),
    ...(threadId === undefined ? {} : { threadId }),
  }
}

function isClean({ hearing, reading }: HeardComment): boolean {
  return hearing === 'heard' && reading.mistakes.length === 0 && reading.left === 0
}

/** What is said when the state of the decisions is another than before. */
function stateDigest(outcome: CommentOutcome): string {
  const { results, heard } = outcome
  const states = results.map(({ decisions, flaws }) => [
    ...decisions.map(({ bound, state }) => `${bound.fingerprint} ${state}`),
    ...flaws.map(({ why }) => why),
  ])
  return digest([heard.hearing, JSON.stringify(states)])
}

function memoryOf(outcome: CommentOutcome, state: string, face: Face): Memory {
  const { heard, bound, flaws, ended } = outcome
  return { comment: commentKey(heard.comment), text: heard.text, state, bound, flaws, ended, face }
}

/** Too long an answer loses its end, never its memory. */
function withMemory(text: string, memory: string): string {
  const note = '\n\n*(Cut here: GitHub takes no longer text.)*'
  const room = commentCharsMax - memory.length - 2
  const fits = text.length <= room
  return `${fits ? text : cutHard(text, room - note.length) + note}\n\n${memory}`
}

interface Answering {
  result: CommandResult
  heard: HeardComment
  report: Report
  evidence: Evidence
}

interface Answer {
  text: string
  refused: boolean
  order?: Order
}

/** `line`: where in the comment it was said. */
type PlacedAnswer = Answer & { line: number }

function commandAnswer(answering: Answering): PlacedAnswer {
  const { result, heard } = answering
  const answer = { ...withLeave(answerTo(answering), answering), line: result.placed.line }
  const several = heard.reading.commands.length + heard.reading.mistakes.length > 1
  if (!several) return answer
  const said = `${safeCode(result.placed.text)}\n\n`
  const { order } = answer
  return {
    ...answer,
    text: said + answer.text,
    ...(order ? { order: { ...order, done: said + order.done } } : {}),
  }
}

/** Without the order, and with the reason, where it may not be carried out. */
function withLeave({ order, ...answer }: Answer, { heard, evidence }: Answering): Answer {
  if (!order) return answer
  const why = whyNoCommit(heard, evidence)
  return why === null ? { ...answer, order } : { ...answer, text: noted(answer.text, why) }
}

function answerTo({ result, heard, report, evidence }: Answering): Answer {
  const { command } = result.placed
  const { findings } = report
  const replyTo = heard.comment.inReplyToFinding ?? null
  switch (command.name) {
    case 'help':
      return { text: helpText(command.topic), refused: false }
    case 'status':
      return { text: statusText(report), refused: false }
    case 'recheck':
      return { text: recheckText(report), refused: false }
    case 'explain': {
      const { subject } = command
      const { text, found } = explanation({ subject, replyTo, findings, evidence })
      return { text, refused: !found }
    }
    case 'link': {
      const { path, asset } = command
      const { threadLines } = heard.comment
      const linking = { path, asset, replyTo, findings, evidence, threadLines }
      const { done, ...answer } = linkAnswer(linking)
      return { ...answer, refused: !done }
    }
    case 'init': {
      const { done, ...answer } = initAnswer(evidence)
      return { ...answer, refused: !done }
    }
    case 'accept':
    case 'no-effect':
    case 'withdraw':
      return decisionAnswer({ result, heard, report, evidence })
    default:
      return never(command)
  }
}

function decisionAnswer({ result, heard, report, evidence }: Answering): Answer {
  const { accept } = evidence.inForce.policy
  const kept = result.decisions
    .slice(0, permanentMax)
    .map(
      (decision) =>
        permanentText(decision, evidence, heard.comment.threadLines) ||
        writtenText(decision, evidence),
    )
    .filter((text) => text !== '')
  const said = decidedText(result, { accept, findings: report.findings })
  const answer = { text: [said, ...kept].join('\n\n'), refused: isRefused(result) }
  const files = evidence.inForce.policy.commit ? permanentFiles(result.decisions, evidence) : []
  if (files.length === 0) return answer
  const names = files.map(({ path }) => safeCode(path)).join(', ')
  const done = `${said}\n\nI committed that to ${names} on this branch.`
  return { ...answer, order: { files, headline: 'Write down an accepted risk', done } }
}

function recheckText(report: Report): string {
  return `Looked again at \`${report.head.slice(0, 7)}\`: **${safeText(report.title, 255)}**`
}

function mistakeAnswer(mistake: Mistake): PlacedAnswer {
  return { text: mistakeText(mistake), refused: true, line: mistake.line }
}
