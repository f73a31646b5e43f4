import type { PullRequestFacts } from '../pull-request/facts.ts'
import { review } from '../review.ts'
import { failed, type Outcome, ok } from '../shared/outcome.ts'
import { showReport, statusOf } from './check.ts'
import { type Args, type Command, readFormat } from './command.ts'
import { readDocument } from './document.ts'
import { type Io, refuse } from './io.ts'

export const replayCommand: Command = {
  name: 'replay',
  summary: 'judge saved facts again, exactly as they were',
  help: `Usage: threat-model replay FILE [--format text|json|markdown]

Reads facts written by "threat-model check --save-facts FILE" and prints the report on
them. Judging has no other input, so the report is the same wherever it runs: this is how a report
that looks wrong becomes a test.

Exit status as of "threat-model check".
`,
  options: { format: { type: 'string' } },
  run,
}

async function run(args: Args, io: Io): Promise<number> {
  const [path] = args.positionals
  if (path === undefined) return refuse(io, 'replay needs a file. See: threat-model replay --help')
  const format = readFormat(args, ['text', 'json', 'markdown'])
  if (!format.ok) return refuse(io, format.failure.message)
  const text = await readDocument(path, io)
  if (!text.ok) return refuse(io, text.failure.message)
  const facts = parseFacts(path, text.value)
  if (!facts.ok) return refuse(io, facts.failure.message)
  const report = review(facts.value)
  io.stdout(showReport(report, format.value, io))
  return statusOf(report)
}

function parseFacts(path: string, text: string): Outcome<PullRequestFacts> {
  try {
    const value: unknown = JSON.parse(text)
    if (hasFactsSchema(value)) return ok(value)
  } catch {
    // Told below like every other file that is not one of facts.
  }
  return failed('rejected', `${path} is not a file of facts. Write one: check --save-facts FILE`)
}

function hasFactsSchema(value: unknown): value is PullRequestFacts {
  return (value as { schema?: unknown } | null)?.schema === 'threat-model-facts/1'
}
