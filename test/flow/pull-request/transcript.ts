import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from '@jest/globals'
import { allHelp } from '../../../src/command/help.ts'
import type { Comment } from '../../../src/simulator/state.ts'
import { model } from '../support.ts'
import { conversation, type Talk } from '../talk.ts'

/*
 * The conversation in docs/COMMANDS.md is this one, held on the simulated GitHub; the table of
 * commands there is made from the program's own help. `UPDATE=1` writes both.
 */

const page = join(import.meta.dirname, '../../../docs/COMMANDS.md')

function expectPart(name: string, text: string): void {
  const whole = readFileSync(page, 'utf8')
  const start = `<!-- ${name}: written by test/flow/pull-request/transcript.ts -->\n`
  const end = `<!-- end of ${name} -->`
  const from = whole.indexOf(start) + start.length
  const to = whole.indexOf(end)
  expect(from).toBeGreaterThan(start.length)
  expect(to).toBeGreaterThanOrEqual(from)
  if (process.env.UPDATE === '1') {
    writeFileSync(page, whole.slice(0, from) + text + whole.slice(to))
    return
  }
  expect(whole.slice(from, to)).toBe(text)
}

test('the table of commands is the program’s own', () => {
  const rows = allHelp().map(
    ({ usage, summary }) => `| \`/threat-model ${usage.replaceAll('|', '\\|')}\` | ${summary} |`,
  )
  expectPart('usage', `\n| you write | to |\n|---|---|\n${rows.join('\n')}\n\n`)
})

test('the conversation is one that was held', async () => {
  const head = model.replace(/\| T2 .*\n/, '| T4 | Reading the backup | Contact list | | Open |\n')
  const talk = await conversation({ head })
  const told: string[] = [`The check says: **${title(talk)}**`]

  async function say(author: string, text: string): Promise<Comment> {
    const comment = await talk.say(author, text)
    told.push(`**${author}** wrote: ${faces(comment)}`, quoted(text))
    told.push('**The App** answered:', quoted(lastReply(talk)))
    told.push(`The check says: **${title(talk)}**`)
    return comment
  }

  async function happens(what: string, comment: Comment | null, act: () => void): Promise<void> {
    const before = talk.replies()
    talk.tick()
    act()
    await talk.look()
    const changed = talk.replies().filter((reply, i) => reply !== before[i])
    told.push(`*${what}*${comment ? ` ${faces(comment)}` : ''}`)
    for (const reply of changed) told.push('**The App** changed its answer:', quoted(clean(reply)))
    told.push(`The check says: **${title(talk)}**`)
  }

  await say('eve', 'What is this about?\n\n/threat-model explain threat-removed')
  await say('sam', '/threat-model accept all because I tested it')
  const slip = await say('wil', '/threat-model aprove #1 because the backup is encrypted')
  const mended = '/threat-model accept #1 because the backup is encrypted'
  await happens('Wil mends the comment.', slip, () => talk.pull.editComment(slip, 'wil', mended))
  await say(
    'kim',
    '/threat-model accept "Reading the backup" until end of next quarter ' +
      'because backups move to the vault by then',
  )
  const second = await say(
    'kim',
    'And the other one, timing is out of reach for us:\n\n' +
      '/threat-model accept #2 because the server pads every answer',
  )
  const quiet = 'Sam pushes a change of the README. Nothing of what was decided on changes.'
  await happens(quiet, null, () => talk.pull.push({ 'README.md': 'Hello\n' }, { author: 'sam' }))
  const changed = head.replace(
    'backup | Contact list | | Open',
    'backup | Contact list | | Planned',
  )
  await happens('Sam pushes another status for the new threat.', null, () =>
    talk.pull.push({ 'THREAT_MODEL.md': changed }, { author: 'sam' }),
  )
  await say('kim', '/threat-model status')
  const deleted = 'Kim deletes the comment about the other one.'
  await happens(deleted, null, () => talk.pull.deleteComment(second, 'kim'))

  expectPart('transcript', `\n${told.join('\n\n')}\n\n`)
})

/** Eyes first, then the face that goes with the answer. */
function faces(comment: Comment): string {
  return comment.reactions.at(-1)?.content === '+1' ? '👀 👍' : '👀 😕'
}

function title(talk: Talk): string {
  return talk.pull.checks.at(-1)?.title ?? 'nothing yet'
}

function lastReply(talk: Talk): string {
  return clean(talk.replies().at(-1) ?? '')
}

/** Without the invisible line, and with an address that says nothing of the simulation. */
function clean(reply: string): string {
  return reply
    .replace(/\n\n<!-- threat-model-bot reply [^\n]* -->$/, '')
    .replace(/\]\(https:\/\/github\.com\/acme\/chat\/pull\/1#issuecomment-\d+\)/g, '](#)')
}

function quoted(text: string): string {
  return text
    .split('\n')
    .map((line) => (line === '' ? '>' : `> ${line}`))
    .join('\n')
}
