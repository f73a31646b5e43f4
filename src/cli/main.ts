import { readFileSync } from 'node:fs'
import { nearest } from '../shared/nearest.ts'
import { checkCommand } from './check.ts'
import { type Command, readArgs } from './command.ts'
import { demoCommand } from './demo.ts'
import { diffCommand } from './diff.ts'
import { explainCommand } from './explain.ts'
import { initCommand } from './init.ts'
import { exitStatus, type Io, refuse } from './io.ts'
import { linkCommand } from './link.ts'
import { logCommand } from './log.ts'
import { parseCommand } from './parse.ts'
import { replayCommand } from './replay.ts'
import { reportCommand } from './report.ts'

/*
 * `threat-model <command> …`: finds the command, shows help, runs it. Commands return their exit
 * status; a throw that arrives here is a defect of ours and is told as one, without a stack trace
 * unless THREAT_MODEL_DEBUG is set.
 */

const commands: Command[] = [
  demoCommand,
  checkCommand,
  parseCommand,
  reportCommand,
  diffCommand,
  logCommand,
  linkCommand,
  initCommand,
  explainCommand,
  replayCommand,
]

/** Runs the program with its words (without node and script) and returns the exit status. */
export async function main(words: string[], io: Io = processIo()): Promise<number> {
  const [name, ...rest] = words
  if (name === undefined || name === '--help' || name === '-h' || name === 'help') {
    return help(rest[0], io)
  }
  if (name === '--version' || name === '-v') return version(io)
  const command = commands.find((candidate) => candidate.name === name)
  if (!command) return unknownCommand(name, io)
  if (rest.includes('--help') || rest.includes('-h')) return help(name, io)
  const args = readArgs(command, rest)
  if (!args.ok) return refuse(io, args.failure.message)
  try {
    return await command.run(args.value, io)
  } catch (error) {
    return defect(error, io)
  }
}

function help(name: string | undefined, io: Io): number {
  if (name === undefined) {
    io.stdout(overview())
    return exitStatus.fine
  }
  const command = commands.find((candidate) => candidate.name === name)
  if (!command) return unknownCommand(name, io)
  io.stdout(command.help)
  return exitStatus.fine
}

function overview(): string {
  const width = Math.max(...commands.map((command) => command.name.length))
  const list = commands.map((c) => `  ${c.name.padEnd(width)}  ${c.summary}`).join('\n')
  return `threat-model: keeps a written threat model true

Usage: threat-model <command> [options]

${list}

  help <command>     all about one command (also: threat-model <command> --help)
  --version          the version of this program

Exit status: 0 nothing blocks · 1 something blocks · 2 wrong usage or unreadable input ·
3 cannot tell. Colours are off when NO_COLOR is set or the output is not a terminal.
`
}

function unknownCommand(name: string, io: Io): number {
  const names = commands.map((command) => command.name)
  const meant = nearest(name, names)
  const hint = meant ? `Did you mean "${meant}"?` : `There are: ${names.join(', ')}.`
  return refuse(io, `there is no command "${name}". ${hint}`)
}

function version(io: Io): number {
  const manifest = JSON.parse(
    readFileSync(new URL('../../package.json', import.meta.url), 'utf8'),
  ) as { version: string }
  io.stdout(`${manifest.version}\n`)
  return exitStatus.fine
}

function defect(error: unknown, io: Io): number {
  const text = error instanceof Error ? error.message : String(error)
  io.stderr(
    `threat-model: this is a defect of the program, not of your input: ${text}\n` +
      'Please report it; THREAT_MODEL_DEBUG=1 shows where it happened.\n',
  )
  if (io.env.THREAT_MODEL_DEBUG && error instanceof Error) io.stderr(`${error.stack}\n`)
  return exitStatus.cannotTell
}

function processIo(): Io {
  // A reader that has seen enough (`| head`) is no failure.
  process.stdout.on('error', (error: NodeJS.ErrnoException) => {
    if (error.code === 'EPIPE') process.exit(exitStatus.fine)
    throw error
  })
  return {
    cwd: process.cwd(),
    env: process.env,
    color: process.stdout.isTTY === true && !process.env.NO_COLOR,
    progress: process.stderr.isTTY === true,
    stdin: readStdin,
    stdout: (text) => void process.stdout.write(text),
    stderr: (text) => void process.stderr.write(text),
  }
}

async function readStdin(): Promise<Uint8Array> {
  const chunks: Buffer[] = []
  for await (const chunk of process.stdin) chunks.push(chunk as Buffer)
  return Buffer.concat(chunks)
}
