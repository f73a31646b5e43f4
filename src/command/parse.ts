import { never } from '../shared/assert.ts'
import { type Clauses, clausesOf } from './clauses.ts'
import { type Command, type CommandName, commandNames, type Parsed } from './command.ts'
import { readDate } from './dates.ts'
import { helpOf, typed } from './help.ts'
import { readLink } from './link.ts'
import { shown } from './shown.ts'
import { meantCommand } from './suggestions.ts'
import { readTargets } from './targets.ts'
import { type Word, wordsOf } from './words.ts'

/*
 * One command line → a command, or what was wrong with it and how to say it. It is strict, so
 * that nobody decides anything by accident: no other word is taken for a command, no decision
 * goes without a reason, no date is guessed. Every refusal offers a line to copy where there is
 * a good guess.
 */

/** What is left of a command line when its name is taken off. */
interface Arguments {
  text: string
  words: Word[]
  today: string
}

const courtesies = new Set(
  'please pls thanks thank you thx now again this it pr pull request here everything bot'.split(
    ' ',
  ),
)

/** Fewer letters than this explain nothing. */
const reasonLettersMin = 3
const subjectLengthMax = 300

/** `text` is everything behind the prefix; `today` the day on which it was written. */
export function parseCommand(text: string, today: string): Parsed {
  const [first, ...words] = wordsOf(text)
  if (!first) return { ok: true, command: { name: 'help', topic: null } }
  const word = first.text.toLowerCase().replace(/[:.!?]+$/, '')
  const name = commandNames.find((candidate) => candidate === word)
  if (!name) return unknownCommand(first, text)
  return parseArguments(name, { text, words, today })
}

function parseArguments(name: CommandName, given: Arguments): Parsed {
  switch (name) {
    case 'help':
      return help(given)
    case 'status':
    case 'recheck':
    case 'init':
      return bare(name, given)
    case 'explain':
      return understood({ name, subject: subjectOf(given) })
    case 'accept':
      return accept(given)
    case 'withdraw':
      return withdraw(given)
    case 'no-effect':
      return noEffect(given)
    case 'link':
      return readLink(given.words)
    default:
      return never(name)
  }
}

function understood(command: Command): Parsed {
  return { ok: true, command }
}

function refused(message: string, say: string | null): Parsed {
  return { ok: false, message, say: say === null ? null : typed(say) }
}

function unknownCommand(first: Word, text: string): Parsed {
  const meant = meantCommand(first.text.replace(/[:.!?]+$/, ''))
  const message = `There is no command \`${shown(first.text)}\`.`
  if (!meant) return refused(message, 'help')
  const rest = text
    .slice(first.end)
    .replace(/^ *effect\b/i, '')
    .trim()
  return refused(message, rest === '' ? meant : `${meant} ${rest}`)
}

function help(given: Arguments): Parsed {
  const word = given.words[0]?.text.toLowerCase() ?? ''
  const topic = commandNames.find((name) => name === word)
  if (topic) return understood({ name: 'help', topic })
  if (given.words.every(isCourtesy)) return understood({ name: 'help', topic: null })
  const meant = meantCommand(word)
  return refused(`There is no command \`${shown(word)}\`.`, meant ? `help ${meant}` : 'help')
}

function bare(name: 'status' | 'recheck' | 'init', given: Arguments): Parsed {
  const extra = given.words.find((word) => !isCourtesy(word))
  if (!extra) return understood({ name })
  return refused(`\`${name}\` takes nothing after it, and there is "${shown(extra.text)}".`, name)
}

function isCourtesy(word: Word): boolean {
  return courtesies.has(word.text.toLowerCase().replace(/[.!?:)]+$/, '')) || !/\w/.test(word.text)
}

/** Everything behind the name, without a question mark and the quotes around it. */
function subjectOf(given: Arguments): string | null {
  const [first, ...rest] = given.words
  if (!first) return null
  const written = rest.length === 0 ? first.text : given.text.slice(first.start)
  const subject = written.replace(/[?\s]+$/, '').slice(0, subjectLengthMax)
  return subject === '' || /^(this|it)$/i.test(subject) ? null : subject
}

function accept(given: Arguments): Parsed {
  const clauses = clausesOf(given.text, given.words, given.today)
  const names = readTargets(clauses.names)
  if (!names.ok) return refused(names.message, helpOf('accept').usage)
  const flaw = reasonFlaw('accept', clauses, given)
  if (flaw) return flaw
  const said = `accept ${namesAsWritten(clauses, given)}`
  const reason = clauses.reason ?? ''
  if (clauses.until === null) {
    return understood({ name: 'accept', targets: names.targets, until: null, reason })
  }
  const until = readDate(clauses.until, given.today)
  if (until.ok) {
    return understood({ name: 'accept', targets: names.targets, until: until.date, reason })
  }
  const date = until.say === '' ? '' : ` until ${until.say ?? '<date>'}`
  return refused(until.message, `${said}${date} because ${reason}`)
}

function noEffect(given: Arguments): Parsed {
  const clauses = clausesOf(given.text, given.words, given.today)
  const names = readTargets(clauses.names)
  if (!names.ok) return refused(names.message, helpOf('no-effect').usage)
  const flaw = reasonFlaw('no-effect', clauses, given)
  if (flaw) return flaw
  const reason = clauses.reason ?? ''
  if (clauses.until !== null && !reason.includes(clauses.until)) {
    const said = `no-effect ${namesAsWritten(clauses, given)} because ${reason}`
    return refused('`no-effect` holds for this change of the code and needs no date.', said)
  }
  return understood({ name: 'no-effect', targets: names.targets, reason })
}

function withdraw(given: Arguments): Parsed {
  const names = readTargets(clausesOf(given.text, given.words, given.today).names)
  if (!names.ok) return refused(names.message, helpOf('withdraw').usage)
  return understood({ name: 'withdraw', targets: names.targets })
}

/** What is wrong with the reason, or null. */
function reasonFlaw(name: 'accept' | 'no-effect', clauses: Clauses, given: Arguments) {
  const said = `${name} ${namesAsWritten(clauses, given)}`.trim()
  if (clauses.reason === null && clauses.almostBecause !== null) {
    const mended = mendBecause(given, clauses.almostBecause)
    return refused('The reason begins with the word `because`.', `${name} ${mended}`)
  }
  if (clauses.reason === null) {
    return refused(`\`${name}\` needs a reason.`, `${said} because <reason>`)
  }
  const letters = clauses.reason.replace(/[^\p{L}\p{N}]/gu, '')
  const hole = /^<.*>$/.test(clauses.reason) || letters.toLowerCase() === 'reason'
  if (!hole && letters.length >= reasonLettersMin) return null
  return refused('Behind `because` stands no reason that a reader could judge.', null)
}

function namesAsWritten(clauses: Clauses, given: Arguments): string {
  const [first] = clauses.names
  const last = clauses.names.at(-1)
  return first && last ? given.text.slice(first.start, last.end) : ''
}

function mendBecause(given: Arguments, slip: string): string {
  const word = given.words.find((candidate) => candidate.text === slip && !candidate.quoted)
  const [first] = given.words
  if (!word || !first) return given.text
  const rest = given.text.slice(word.end).replace(/^ *to\b/, '')
  return `${given.text.slice(first.start, word.start)}because${rest}`
}
