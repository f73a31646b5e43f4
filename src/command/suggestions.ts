import { nearest } from '../shared/nearest.ts'
import { type CommandName, commandNames } from './command.ts'

/** Words that other bots and people use for what we call otherwise. They are suggested, not run. */
const otherWords: Record<string, CommandName> = {
  again: 'recheck',
  analyze: 'recheck',
  approve: 'accept',
  allow: 'accept',
  acknowledge: 'accept',
  ack: 'accept',
  ar: 'accept',
  ok: 'accept',
  lgtm: 'accept',
  dismiss: 'accept',
  override: 'accept',
  skip: 'accept',
  suppress: 'accept',
  waive: 'accept',
  cancel: 'withdraw',
  unaccept: 'withdraw',
  reject: 'withdraw',
  reopen: 'withdraw',
  retract: 'withdraw',
  revoke: 'withdraw',
  remove: 'withdraw',
  undo: 'withdraw',
  check: 'recheck',
  refresh: 'recheck',
  rerun: 'recheck',
  retest: 'recheck',
  retry: 'recheck',
  review: 'recheck',
  run: 'recheck',
  test: 'recheck',
  update: 'recheck',
  decisions: 'status',
  list: 'status',
  report: 'status',
  show: 'status',
  state: 'status',
  summary: 'status',
  describe: 'explain',
  what: 'explain',
  why: 'explain',
  no: 'no-effect',
  none: 'no-effect',
  noop: 'no-effect',
  unaffected: 'no-effect',
  unrelated: 'no-effect',
  irrelevant: 'no-effect',
  map: 'link',
  bootstrap: 'init',
  create: 'init',
  generate: 'init',
  setup: 'init',
  start: 'init',
  commands: 'help',
  usage: 'help',
}

/** Short words are near too much. */
const longWords = Object.keys(otherWords).filter((word) => word.length >= 5)

const noEffectForms = ['noeffect', 'no_effect', 'no-impact', 'not-affected', 'no-change']

/** The command that was probably meant by a word that is none, or null. */
export function meantCommand(word: string): CommandName | null {
  const lower = word.toLowerCase()
  if (Object.hasOwn(otherWords, lower)) return otherWords[lower] ?? null
  if (noEffectForms.includes(lower)) return 'no-effect'
  const near = nearest(lower, commandNames) ?? nearest(lower, longWords)
  return commandNames.find((name) => name === near) ?? otherWords[near ?? ''] ?? null
}

/** Spellings that stand for the prefix beyond doubt: hyphens of other kinds. */
export function plainHyphens(text: string): string {
  return text.replace(/[\u2010-\u2013\u2212\ufe63\uff0d]/g, '-')
}

/** What people type for the prefix: a slip, another sign, or a space in the middle. */
const almostPrefix = /^[/@]([a-z][a-z_-]{3,24})(?=[\s:]|$)[\s:]*/i
const spacedPrefix = /^\/threat[ _]models?(?=[\s:]|$)[\s:]*/i

/**
 * The words behind something that was probably meant as the prefix, or null. A command has to
 * follow: `/threat-modeling` in a sentence about paths concerns nobody.
 */
export function meantPrefix(text: string): string | null {
  const match = spacedPrefix.exec(text) ?? almostPrefix.exec(text)
  if (!match) return null
  const name = match[1]?.toLowerCase()
  if (name !== undefined && !isAlmostPrefix(name)) return null
  const rest = text.slice(match[0].length)
  const verb = /^[a-z-]{1,20}/i.exec(rest)?.[0].toLowerCase() ?? ''
  return commandNames.some((command) => command === verb) ? rest : null
}

function isAlmostPrefix(name: string): boolean {
  const plain = name.replace(/_/g, '-')
  return nearest(plain, ['threat-model', 'threat-model-bot']) !== null
}
