/*
 * What people can ask for in a comment, as values. Reading a comment (read.ts) makes these; what
 * they lead to is decided elsewhere: whether a decision holds in policy/decisions.ts, what is
 * answered in report/replies.ts. Nothing in here knows a finding, a person or a pull request.
 */

/** Every command starts with this, at the start of a line of visible text. */
export const commandPrefix = '/threat-model'

export const commandNames = [
  'help',
  'status',
  'recheck',
  'explain',
  'accept',
  'withdraw',
  'no-effect',
  'link',
  'init',
] as const

export type CommandName = (typeof commandNames)[number]

export type Command =
  | { name: 'help'; topic: CommandName | null }
  | { name: 'status' }
  | { name: 'recheck' }
  /** `subject` null: whatever the comment replies to. */
  | { name: 'explain'; subject: string | null }
  | { name: 'accept'; targets: Target[]; until: string | null; reason: string }
  | { name: 'withdraw'; targets: Target[] }
  /** Its targets are assets: a title, an id, or `all` that are affected. */
  | { name: 'no-effect'; targets: Target[]; reason: string }
  /** `asset` null: the asset of the comment replied to. */
  | { name: 'link'; path: string; asset: string | null }
  | { name: 'init' }

/** What a decision is about, as far as the words alone say it. */
export type Target =
  | { kind: 'all' }
  /** No name was given: the finding whose comment this replies to. */
  | { kind: 'this' }
  /** A finding's id as we print it: the beginnings of its fingerprint and of its content digest. */
  | { kind: 'id'; fingerprint: string; content: string }
  /** Its number in the summary, from 1. */
  | { kind: 'number'; number: number }
  /** An element by written id or by enough of its title. */
  | { kind: 'title'; text: string }

/** One line of a comment as a command, or why it is none and what to say instead. */
export type Parsed =
  | { ok: true; command: Command }
  | { ok: false; message: string; say: string | null }

/** A command and where it stands. */
export interface PlacedCommand {
  command: Command
  /** 1-based line of the comment. */
  line: number
  /** The words as written, from the prefix on, cut at `quotedLengthMax`. */
  text: string
}

/** Something that was meant for us and could not be followed. */
export interface Mistake {
  line: number
  text: string
  /** One sentence: what was wrong. */
  message: string
  /** A line to copy that would be understood, or null when there is no good guess. */
  say: string | null
}

export interface CommandReading {
  /** In the order in which they are written. */
  commands: PlacedCommand[]
  mistakes: Mistake[]
  /** Commands beyond the bounds: counted, not read. */
  left: number
}

/** Commands read from one comment. More are counted and said, so a flood costs one answer. */
export const commandsMax = 20

/** Longest comment that is read; GitHub itself stops at 65,536 characters. */
export const commentLengthMax = 65_536

/** Longest piece of a comment that we repeat in an answer. */
export const quotedLengthMax = 200

/** Longest reason that is recorded. */
export const reasonLengthMax = 1_000

/** Findings that one command may name one by one. */
export const targetsMax = 50
