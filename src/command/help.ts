import { type CommandName, commandNames, commandPrefix } from './command.ts'

/*
 * How each command is said: the one source for `help`, for corrections and for docs/COMMANDS.md.
 * Usage lines use <angle brackets> for what has to be filled in and [square ones] for what may
 * be left out. Examples are complete: every one of them is read without a mistake
 * (test/command/help.test.ts).
 */
export interface CommandHelp {
  name: CommandName
  usage: string
  /** One sentence without a full stop at the end. */
  summary: string
  example: string
  /** Further sentences for `help <command>`. */
  details: string[]
}

const helps: Record<CommandName, Omit<CommandHelp, 'name'>> = {
  help: {
    usage: 'help [<command>]',
    summary: 'list the commands, or explain one of them',
    example: 'help accept',
    details: [],
  },
  status: {
    usage: 'status',
    summary: 'show the verdict and every decision: who, when, why, until when, what would end it',
    example: 'status',
    details: [],
  },
  recheck: {
    usage: 'recheck',
    summary: 'look at this pull request again, now',
    example: 'recheck',
    details: [],
  },
  explain: {
    usage: 'explain <rule, threat, asset or finding>',
    summary: 'say what something means and what to do about it',
    example: 'explain threat-removed',
    details: ['In a reply to one of our line comments the name can be left out.'],
  },
  accept: {
    usage: 'accept <finding, … or all> [until <date>] because <reason>',
    summary: 'take responsibility for a finding; it then no longer fails the check',
    example: 'accept f3a91c-7be2 until 2099-06-30 because the server is switched off by then',
    details: [
      'A finding is named by its id (`f3a91c-7be2`), its number in the summary (`#2`), or enough ' +
        'of a title in quotes ("reading the roster").',
      'In a reply to one of our line comments the name can be left out.',
      'Dates: `2027-06-30`, `30 June 2027`, `in 90 days`, `next Friday`, `end of the quarter`.',
      'The policy of the base branch says who may accept. The decision is bound to what it was ' +
        'made on: it ends when the threat, its mitigations or the linked code change.',
    ],
  },
  withdraw: {
    usage: 'withdraw <finding, … or all>',
    summary: 'take back a decision',
    example: 'withdraw f3a91c-7be2',
    details: [
      'Everyone may withdraw their own decisions; who may accept may withdraw those of others.',
    ],
  },
  'no-effect': {
    usage: 'no-effect <asset, … or all> because <reason>',
    summary: 'record that the changed code changes nothing for an asset',
    example: 'no-effect "The contact list" because only log texts changed',
    details: [
      'The same people as for `accept`. It ends when the linked code changes again.',
      'In a reply to one of our line comments the name can be left out.',
    ],
  },
  link: {
    usage: 'link <path> <asset>',
    summary: 'get the change to the policy file that maps code to an asset',
    example: 'link src/roster/** "The contact list"',
    details: [
      'Nothing changes until it is committed: the answer is a patch or, where the policy says ' +
        'so, a commit on the branch.',
    ],
  },
  init: {
    usage: 'init',
    summary: 'get a first threat model and policy for this repository, as a patch',
    example: 'init',
    details: [],
  },
}

export function helpOf(name: CommandName): CommandHelp {
  return { name, ...helps[name] }
}

/** Every command, in the order in which people are told of them. */
export function allHelp(): CommandHelp[] {
  return commandNames.map(helpOf)
}

/** `/threat-model accept …`: a usage or example as it is typed. */
export function typed(words: string): string {
  return `${commandPrefix} ${words}`
}
