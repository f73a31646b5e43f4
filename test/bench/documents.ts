/*
 * The documents the benches read: about an invented lending library of tools, in the shapes that
 * threat models really have. Every function is deterministic: the same count gives the same text.
 * `list` is the seed's shape (attack > adversary > indented explanation), `heading` a section per
 * threat with labelled fields, `table` registers of 200 rows, `one table` a single register.
 */

const deeds = [
  'Reading the borrowing history of a member',
  'Changing the due date of a loan',
  'Stopping a member from reserving a tool',
  'Seeing when a member is at home',
  'Opening a locker without a reservation',
  'Learning the phone number of a member',
  'Claiming that a returned tool was never returned',
  'Marking a broken tool as safe to use',
]

const places = [
  'through the kiosk in the entrance',
  'through the mobile application',
  'through a forgotten session on a shared tablet',
  'through the export for the yearly report',
  'while a locker is offline',
]

const people = [
  'Another member',
  'A volunteer at the desk',
  'The landlord of the building',
  'The provider of the payment terminal',
  'Someone with access to the wireless network',
  'A former board member',
]

const reasons = [
  'The kiosk keeps the last card number in memory until the next member arrives, and whoever is',
  'in front of it can call it up again. Nothing is written to `kiosk/session.log` in that case.',
  'If the connection between a locker and the office is not protected, it can be done by',
  'sending the same *open* message a second time; the counter in it is new in firmware 2.3.',
  'A volunteer sees every loan of the day and may keep a copy. It is cleared at closing time only.',
]

const answers = [
  'Sessions end after **two minutes**, see [the rules for tablets](docs/tablets.md).',
  'Messages carry a counter; an old counter is refused in `locker/replay.go`.',
  'The export leaves out names and keeps month and postcode only.',
  'Volunteers sign a paper each year, and access is logged.',
]

const measures = ['short sessions', 'message counter', 'no names in `export`', 'access log']

export interface BenchDocument {
  name: string
  text: string
}

/** A document of the seed's shape and length (19 KB): prose, flat lists, and lists under lists. */
export function seedShaped(): BenchDocument {
  const parts = [
    '# Threat model of the tool library\n',
    prose(0, 4),
    '\n## Assets\n',
    ...deeds.map((_, i) => `- The ${pick(['loan', 'locker', 'member', 'tool'], i)} record ${i}`),
    '\n## Adversaries\n',
    prose(3, 3),
    '',
    ...people.map((name) => `- ${name}`),
    '\n## Attacks\n',
    ...deeds.map((deed, i) => `- ${deed}${i % 3 === 2 ? '\n' : ''}`),
    '\n## Threats\n',
    prose(1, 6),
    '\nAll of the attacks can be carried out by these, so they are not repeated:',
    ...people.slice(0, 3).map((name, i) => `  - ${name}\n${explanation(i)}`),
    '',
    ...count(34).map(listedAttack),
    '\n## Mitigations\n',
    '### Against reading\n',
    ...answers.map((answer) => `- ${answer}`),
    '\n### Against writing\n\n### Summary\n',
  ]
  return { name: 'seed-shaped', text: `${parts.join('\n')}\n` }
}

/** `threats` threats as one list: an attack, its adversaries below, an explanation below each. */
export function asList(threats: number): BenchDocument {
  const attacks = count(Math.ceil(threats / 2)).map(listedAttack)
  return document('list', threats, ['## Threats', '', ...attacks])
}

/** A `###` section for each threat with four labelled fields as a list. */
export function asHeadings(threats: number): BenchDocument {
  return document('heading', threats, ['## Threats', '', ...count(threats).map(section)])
}

/** Register tables of 200 rows, each under a heading of its own. */
export function asTables(threats: number): BenchDocument {
  const starts = count(Math.ceil(threats / 200)).map((i) => i * 200)
  const tables = starts.map((from) => register(from, Math.min(200, threats - from)))
  return document('table', threats, tables)
}

/** One register table with every threat in it. */
export function asOneTable(threats: number): BenchDocument {
  return document('one table', threats, [register(0, threats)])
}

function document(shape: string, threats: number, parts: string[]): BenchDocument {
  const text = `# Threat model of the tool library\n\n${prose(2, 2)}\n\n${parts.join('\n')}\n`
  return { name: `${shape} ${threats}`, text }
}

function listedAttack(i: number): string {
  const leaves = [i, i + 1].map((j) => `  - ${pick(people, j)}\n${explanation(j)}`)
  return `- ${deed(i)}\n${leaves.join('\n')}`
}

function section(i: number): string {
  return [
    `### ${pick(deeds, i)}, case ${i}`,
    '',
    `- **Adversary:** ${pick(people, i)}`,
    `- **Severity:** ${pick(['high', 'medium', 'low'], i)}`,
    `- **Mitigation:** ${pick(measures, i)}`,
    `- **Status:** ${pick(['mitigated', 'open', 'accepted'], i)}`,
    '',
  ].join('\n')
}

function register(from: number, rows: number): string {
  const lines = count(rows).map((i) => {
    const n = from + i
    const severity = pick(['high', 'medium', 'low'], n)
    return `| T-${n} | ${deed(n)} | ${pick(people, n)} | ${severity} | ${pick(answers, n)} |`
  })
  return [
    `## Register from ${from}`,
    '',
    '| Id | Threat | Adversary | Severity | Mitigation |',
    '|----|--------|-----------|----------|------------|',
    ...lines,
    '',
  ].join('\n')
}

function deed(i: number): string {
  return `${pick(deeds, i)} ${pick(places, i * 7)}, case ${i}`
}

function explanation(i: number): string {
  return `      ${pick(reasons, i)}`
}

function prose(from: number, sentences: number): string {
  return count(sentences)
    .map((i) => pick(reasons, from + i))
    .join('\n')
}

function count(n: number): number[] {
  return Array.from({ length: n }, (_, i) => i)
}

function pick<T>(values: readonly T[], i: number): T {
  const value = values[i % values.length]
  if (value === undefined) throw new Error('nothing to pick from')
  return value
}
