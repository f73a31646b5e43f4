import type { Mistake } from '../command/command.ts'
import { floodMax, type HeardComment } from '../policy/decisions-heard.ts'
import { safeCode, safeText } from '../shared/markdown.ts'

/** What is said besides the answers to commands. */
export function remarks({ hearing, reading }: HeardComment, open: boolean): string[] {
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

/** What was wrong with a line, and a line to copy. */
export function mistakeText({ text, message, say }: Mistake): string {
  const said = text === '' ? '' : `${safeCode(text)}\n\n`
  const offer = say === null ? '' : ` Try: ${safeCode(say)}`
  return `${said}${ownWords(message)}${offer}`
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
