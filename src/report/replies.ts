import type { Mistake } from '../command/command.ts'
import { commentKey, floodMax, type HeardComment } from '../policy/decisions-heard.ts'
import { type Face, type Memory, writeMemory } from '../policy/decisions-memory.ts'
import type { CommandResult, CommentOutcome } from '../policy/decisions-types.ts'
import type { Evidence } from '../policy/rule.ts'
import type { CommentFacts } from '../pull-request/facts.ts'
import { never } from '../shared/assert.ts'
import { digest } from '../shared/digest.ts'
import { commentCharsMax } from '../shared/github-limits.ts'
import { cutHard, safeCode, safeText } from '../shared/markdown.ts'
import { decidedText, isRefused } from './replies-decided.ts'
import { explanation } from './replies-explain.ts'
import { helpText } from './replies-help.ts'
import { initText } from './replies-init.ts'
import { linkAnswer } from './replies-link.ts'
import { permanentText } from './replies-permanent.ts'
import { statusText } from './replies-status.ts'
import type { Report } from './report.ts'

/*
 * One answer for every comment that spoke to us: to each command in its order, then to what was
 * not understood. The answer to a decision is kept true (it changes when the decision ends); the
 * answer to a question is given once. Which answers stand already is for publish/replies.ts to
 * see.
 */

export interface Reply {
  comment: AnsweredComment
  reaction: Face
  /** Markdown that ends in the line by which the reply remembers. */
  body: string
  /** Names the words that are answered, and what was said about them. */
  text: string
  state: string
}

/** What has to be known of a comment to answer it. */
export type AnsweredComment = Pick<CommentFacts, 'id' | 'place' | 'nodeId' | 'threadId' | 'url'>

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
  const texts = [...inOrder.map((answer) => answer.text), ...remarks(heard, open)]
  const lead = place === 'reply' ? '' : `In answer to [this comment](${url}):\n\n`
  const state = stateDigest(outcome)
  const refused = answers.some((answer) => answer.refused) || !isClean(heard)
  const reaction = refused ? 'confused' : '+1'
  const memory = writeMemory(memoryOf(outcome, state, reaction))
  return {
    comment: pointerTo(heard.comment),
    reaction,
    body: withMemory(lead + texts.join('\n\n---\n\n'), memory),
    text: heard.text,
    state,
  }
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
}

/** `line`: where in the comment it was said. */
type PlacedAnswer = Answer & { line: number }

function commandAnswer(answering: Answering): PlacedAnswer {
  const { result, heard } = answering
  const answer = { ...answerTo(answering), line: result.placed.line }
  const several = heard.reading.commands.length + heard.reading.mistakes.length > 1
  return several ? { ...answer, text: `${safeCode(result.placed.text)}\n\n${answer.text}` } : answer
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
      const { text, done } = linkAnswer({ path, asset, replyTo, findings, evidence })
      return { text, refused: !done }
    }
    case 'init': {
      const { text, done } = initText(evidence)
      return { text, refused: !done }
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
    .map((decision) => permanentText(decision, evidence, heard.comment.threadLines))
    .filter((text) => text !== '')
  const said = decidedText(result, { accept, findings: report.findings })
  return { text: [said, ...kept].join('\n\n'), refused: isRefused(result) }
}

function recheckText(report: Report): string {
  return `Looked again at \`${report.head.slice(0, 7)}\`: **${safeText(report.title, 255)}**`
}

/** What is said besides the answers to commands. */
function remarks({ hearing, reading }: HeardComment, open: boolean): string[] {
  if (!open) return []
  const texts: string[] = []
  if (hearing === 'edited') texts.push(editedText)
  if (hearing === 'flood-first') texts.push(floodText)
  if (reading.left > 0) {
    texts.push(`${reading.left} further commands were not read: that is too many for one comment.`)
  }
  const empty = hearing === 'heard' && reading.commands.length + reading.mistakes.length === 0
  return empty ? [goneText] : texts
}

const editedText =
  'Somebody else has edited this comment, so nothing in it counts. Who wrote it can say it again.'
const floodText =
  `That is more than ${floodMax} comments within a minute; this one and those after it were not ` +
  'followed. Several commands may stand in one comment.'
const goneText = 'There is no command in this comment any more, and no decision.'

function mistakeAnswer({ line, text, message, say }: Mistake): PlacedAnswer {
  const said = text === '' ? '' : `${safeCode(text)}\n\n`
  const offer = say === null ? '' : ` Try: ${safeCode(say)}`
  return { text: `${said}${ownWords(message)}${offer}`, refused: true, line }
}

/**
 * Our sentence around words of the comment: those stand in backticks or quotes and are made safe.
 */
function ownWords(message: string): string {
  return message
    .split(/(`[^`]*`|"[^"]*")/)
    .map((part) => {
      if (/^[`"]/.test(part)) return safeCode(part.slice(1, -1))
      return /^[\w\s.,;:()?!'’…-]*$/.test(part) ? part : safeText(part)
    })
    .join('')
}
