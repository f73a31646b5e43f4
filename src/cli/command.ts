import { type ParseArgsConfig, parseArgs } from 'node:util'
import { failed, type Outcome, ok } from '../shared/outcome.ts'
import type { Io } from './io.ts'

/** One word of the program: `threat-model <name> …`. */
export interface Command {
  name: string
  /** One line for the list of commands. */
  summary: string
  /** The whole help text, ending in a line break. */
  help: string
  options: Options
  run(args: Args, io: Io): Promise<number>
}

export type Options = NonNullable<ParseArgsConfig['options']>

export interface Args {
  positionals: string[]
  text(name: string): string | undefined
  flag(name: string): boolean
}

/** Reads the words after the command's name; what is wrong with them is one line. */
export function readArgs(command: Command, words: string[]): Outcome<Args> {
  try {
    const options = { ...command.options, help: { type: 'boolean', short: 'h' } as const }
    const parsed = parseArgs({ args: words, options, allowPositionals: true })
    const values: Record<string, unknown> = parsed.values
    return ok({
      positionals: parsed.positionals,
      text: (name) => (typeof values[name] === 'string' ? values[name] : undefined),
      flag: (name) => values[name] === true,
    })
  } catch (error) {
    const { message } = error as { message: string }
    return failed('rejected', `${firstSentence(message)}. See: threat-model ${command.name} --help`)
  }
}

/** `--format` of a command that offers these forms; the first is the default. */
export function readFormat<F extends string>(args: Args, forms: readonly [F, ...F[]]): Outcome<F> {
  const asked = args.text('format')
  if (asked === undefined) return ok(forms[0])
  const form = forms.find((name) => name === asked)
  if (form) return ok(form)
  return failed('rejected', `there is no format "${asked}". Use one of: ${forms.join(', ')}`)
}

function firstSentence(text: string): string {
  const end = text.search(/\.?(?:\n|$)|\. /)
  return end < 0 ? text : text.slice(0, end)
}
