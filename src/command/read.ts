import {
  type CommandReading,
  commandPrefix,
  commandsMax,
  commentLengthMax,
  quotedLengthMax,
} from './command.ts'
import { typed } from './help.ts'
import { parseCommand } from './parse.ts'
import { isHidden, type VisibleLine, type VisibleText, visibleText } from './regions.ts'
import { meantPrefix, plainHyphens } from './suggestions.ts'

/*
 * Comment → commands, in order, and what was not understood. A command is a line of visible text
 * that begins with `/threat-model`; in the middle of a sentence, in code, in a quote, in HTML,
 * in a list sign's line, in a table, a link or an e-mail's quoted part it is talk about commands
 * and is left alone. A decision may go on over the next lines up to an empty one, because mail
 * programs break lines; the other commands end with their line. A comment that is a list of
 * commands and nothing else talks about nothing: it is told how to say them.
 *
 * Whose comment it is, and whether anything comes of it, is not known here.
 */

/** Longest command line that is looked at: a reason of full length and fifty names. */
const statementLengthMax = 6_000

/** Decisions take a reason, which may be broken into several lines. */
const goesOn = /^(accept|no-effect)\b/i

/**
 * `writtenOn`: the day on which the comment was written, ISO date; "in 90 days" counts from
 * there, so that a decision does not move when it is read again later.
 */
export function readCommands(body: string, writtenOn: string): CommandReading {
  const reading: CommandReading = { commands: [], mistakes: [], left: 0 }
  if (!mayConcernUs(body)) return reading
  if (body.length > commentLengthMax) {
    const message = `The comment is longer than ${commentLengthMax} characters and was not read.`
    reading.mistakes.push({ line: 1, text: '', message, say: null })
    return reading
  }
  const texts = visibleText(body)
  for (const text of texts) readText(text, writtenOn, reading)
  if (reading.commands.length + reading.mistakes.length === 0) readList(texts, reading)
  return reading
}

/** Only entries that begin like commands, and nothing around them. */
function readList(texts: readonly VisibleText[], reading: CommandReading): void {
  const lines = texts.flatMap((text) => text.lines.map((line) => ({ text, line })))
  const [first] = lines
  const isCommand = ({ text, line }: (typeof lines)[number]) =>
    line.stands === 'in a list' &&
    !isHidden(text.hidden, line.start) &&
    startsWithPrefix(lineWords(text.text.slice(line.start, line.end)))
  if (!first || !lines.every(isCommand)) return
  const said = first.text.text.slice(first.line.start, first.line.end)
  const text = cut(lineWords(said).replace(/\s+/g, ' '))
  reading.mistakes.push({ line: first.line.index + 1, text, message: inListMessage, say: text })
}

const inListMessage =
  'Commands in a list are not run. Put each on a line of its own, without a list sign before it.'

/** A quick look that spares most comments everything else, here and where deliveries are read. */
export function mayConcernUs(body: string): boolean {
  return /^[\s\u200b-\u200d\u2060]{0,99}(?:(?:[-+*]|\d{1,9}[.)])\s{1,4})?[/@]t/im.test(body)
}

function readText(text: VisibleText, writtenOn: string, reading: CommandReading): void {
  const starts = text.lines.filter((line) => beginsCommand(text, line))
  starts.forEach((line, index) => {
    if (reading.commands.length + reading.mistakes.length >= commandsMax) {
      reading.left += 1
      return
    }
    const end = starts[index + 1]?.start ?? text.text.length
    readStatement(statementOf(text, line, end), line, { writtenOn, reading })
  })
}

function beginsCommand(text: VisibleText, line: VisibleLine): boolean {
  if (line.stands === 'in a list') return false
  const words = lineWords(text.text.slice(line.start, Math.min(line.end, line.start + 200)))
  if (!startsWithPrefix(words) && meantPrefix(words) === null) return false
  return !isHidden(text.hidden, line.start)
}

/** The words of a command, comments in it left out, on one line. */
function statementOf(text: VisibleText, line: VisibleLine, end: number): string {
  const from = lineWords(shownPart(text, line.start, line.end))
  const rest = behindPrefix(from)
  const last = goesOn.test(rest) ? end : line.end
  return shownPart(text, line.start, Math.min(last, line.start + statementLengthMax))
}

function shownPart(text: VisibleText, start: number, end: number): string {
  let part = ''
  let at = start
  for (const range of text.hidden) {
    if (range.kind !== 'comment' || range.start < at || range.start >= end) continue
    part += `${text.text.slice(at, range.start)} `
    at = Math.min(range.end, end)
  }
  return (part + text.text.slice(at, end)).replace(/\s+/g, ' ').trim()
}

function readStatement(
  statement: string,
  line: VisibleLine,
  into: { writtenOn: string; reading: CommandReading },
): void {
  const { reading, writtenOn } = into
  const placed = { line: line.index + 1, text: cut(statement) }
  const words = lineWords(statement)
  if (line.stands === 'in a quote') {
    reading.mistakes.push({ ...placed, message: inQuoteMessage, say: null })
    return
  }
  if (!startsWithPrefix(words)) {
    const rest = meantPrefix(words) ?? ''
    const message = `Commands begin with \`${commandPrefix}\`.`
    reading.mistakes.push({ ...placed, message, say: cut(typed(rest)) })
    return
  }
  const parsed = parseCommand(behindPrefix(words), writtenOn)
  if (parsed.ok) reading.commands.push({ command: parsed.command, ...placed })
  else {
    const say = parsed.say === null ? null : cut(parsed.say)
    reading.mistakes.push({ ...placed, message: parsed.message, say })
  }
}

const inQuoteMessage =
  'This line belongs to the quote above it. Put an empty line between the quote and the command.'

/** Hyphens made plain in the first word only: a reason keeps its dashes. */
function lineWords(text: string): string {
  const trimmed = text.replace(/^[\s\u200b-\u200d\u2060]+/, '')
  const head = commandPrefix.length
  return plainHyphens(trimmed.slice(0, head)) + trimmed.slice(head)
}

function startsWithPrefix(text: string): boolean {
  return (
    text.slice(0, commandPrefix.length).toLowerCase() === commandPrefix &&
    /^([\s\u00a0:,]|$)/.test(text.slice(commandPrefix.length))
  )
}

function behindPrefix(text: string): string {
  return text.slice(commandPrefix.length).replace(/^[\s\u00a0:,]+/, '')
}

function cut(text: string): string {
  return text.length > quotedLengthMax ? `${text.slice(0, quotedLengthMax - 1)}…` : text
}
