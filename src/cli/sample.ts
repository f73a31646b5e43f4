/*
 * The samples for `threat-model demo`: a small repository (Larder, a shopping-list server for
 * households) whose threat model has nested lists of attacks and adversaries, and a pull request
 * that removes one threat, adds one without an answer, rewords one, breaks the lines of a section
 * anew, and changes the code of two assets. Beside it, the same repository in six situations that a
 * person meets sooner or later, each by what is changed in it. Invented for this purpose.
 */

const model = `# Threat model of Larder

Larder keeps the shopping lists of a household in step between phones. This text says what it
protects, from whom, and what it does not.

## Assets

- The shopping list
- Who lives in a household
- Session tokens
- Invitation codes

## Adversaries

- A member of the household
- A former member
- The network provider of a member
- The hosting company
- Someone who holds a member's phone

## Attacks

- Reading the shopping list of a household
- Changing the shopping list of a household
- Finding out who lives in a household
- Stealing the session tokens of a member
- Joining a household without being asked

## Threats

Each attack below stands with the adversaries that can carry it out.

All of the attacks can be carried out by these adversaries, so they are not repeated:
  - Someone who holds a member's phone
      An unlocked phone shows everything that its owner can see.

- Reading the shopping list of a household
  - A former member
      A phone that was removed keeps what it had already fetched.
  - The network provider of a member
      Without an encrypted connection the list can be read on its way.
  - The hosting company
      The list is stored in plain text on the server.
- Changing the shopping list of a household
  - A former member
      Changes are accepted until the server has seen the removal.
  - The network provider of a member
      Without an encrypted connection the list can be changed on its way.
- Finding out who lives in a household
  - The network provider of a member
      Connections at the same time from the same address point to a household.
  - The hosting company
      The server knows the members of every household.
- Stealing the session tokens of a member
  - The network provider of a member
      A session token that is sent in the clear can be copied.
  - The hosting company
      Tokens of open sessions are in the memory of the server.
- Joining a household without being asked
  - A former member
      An invitation code that is not withdrawn can be used again.

## Mitigations

### Specific mitigations for categories of threats

- Network-based attacks
  - The server answers on encrypted connections only.
  - The app pins the server's certificate.
- Attacks of a former member
  - The server withdraws every session and invitation when a member is removed.

## Out of scope

- Phones whose operating system is compromised
`

const session = `import { randomBytes } from 'node:crypto'

const sessions = new Map()

export function open(member) {
  const token = randomBytes(32).toString('base64url')
  sessions.set(token, { member, openedAt: Date.now() })
  return token
}

export function withdrawAll(member) {
  for (const [token, session] of sessions) {
    if (session.member === member) sessions.delete(token)
  }
}
`

const lists = `const lists = new Map()

export function read(household) {
  return lists.get(household) ?? []
}

export function change(household, entry) {
  lists.set(household, [...read(household), entry])
}
`

const policy = `# yaml-language-server: $schema=../docs/policy.schema.json
version: 1
mode: enforce
code:
  The shopping list: ["src/lists/**"]
  Session tokens: ["src/session.js"]
`

/** Path → text at the base. */
export const sampleFiles: Record<string, string> = {
  'README.md': '# Larder\n\nShopping lists for households.\n',
  'THREAT_MODEL.md': model,
  '.github/threat-model.yml': policy,
  'src/session.js': session,
  'src/lists/store.js': lists,
}

/** Path → text at the head: the files that the pull request changes. */
export const sampleChanges: Record<string, string> = {
  'THREAT_MODEL.md': edit(model, [
    // Breaks the lines of the introduction anew: nothing a reader should hear of.
    {
      from: `step between phones. This text says what it
protects, from whom, and what it does not.`,
      to: `step between phones.
This text says what it protects, from whom, and what it does not.`,
    },
    // Removes a threat.
    {
      from: `  - The hosting company
      The server knows the members of every household.
`,
      to: '',
    },
    // Rewords one.
    {
      from: 'Connections at the same time from the same address point to a household.',
      to: 'Members who connect from one address at the same times can be told to live together.',
    },
    // Adds one that nothing answers.
    {
      from: `- Joining a household without being asked
`,
      to: `- Joining a household without being asked
  - The hosting company
      The server can add anybody to a household.
`,
      last: true,
    },
  ]),
  'src/session.js': edit(session, [
    {
      from: '  return token\n',
      to: "  console.log('session opened for', member, token)\n  return token\n",
    },
  ]),
  'src/lists/store.js': edit(lists, [
    {
      from: 'export function change(',
      to: `export function share(household, address) {
  return { to: address, list: read(household) }
}

export function change(`,
    },
  ]),
}

/** Adds a threat below the last attack. */
function withThreat(text: string): string {
  const from = '- Joining a household without being asked\n'
  const added = '  - The hosting company\n      The server can add anybody to a household.\n'
  return edit(text, [{ from, to: from + added, last: true }])
}

/** And what is done about it. */
function withAnswer(text: string): string {
  const from = '- Attacks of a former member\n'
  const added =
    '- Joining a household without being asked\n' +
    '  - Every member confirms a new one on their own phone.\n'
  return edit(text, [{ from, to: added + from }])
}

const threatRemoved = edit(model, [
  {
    from: `  - The hosting company
      The server knows the members of every household.
`,
    to: '',
  },
])

/** What stands in the place of a file that was put into large file storage. */
const pointer = `version https://git-lfs.github.com/spec/v1
oid sha256:4d7a214614ab2935c943f9e0ff69d22eadbb8f32b1258daaa5e2ca24d17e2393
size 4096
`

export interface Sample {
  /** One line for the help. */
  about: string
  title: string
  files: Record<string, string>
  /** Path → text at the head. */
  changes: Record<string, string>
  /** What people do when the first answer stands there, one after the other. */
  afterwards: readonly SampleStep[]
}

export type SampleStep =
  | { do: 'push'; changes: Record<string, string> }
  | { do: 'comment'; author: string; body: string }

const usual = { files: sampleFiles, afterwards: [] }

/** By the name that `--situation` takes. */
export const samples = {
  everything: {
    ...usual,
    about: 'a threat added, one removed, one reworded, code of two assets',
    title: 'Share a list by address',
    changes: sampleChanges,
  },
  clean: {
    ...usual,
    about: 'a threat that comes with its answer: nothing to act on',
    title: 'Members confirm new members',
    changes: { 'THREAT_MODEL.md': withAnswer(withThreat(model)) },
  },
  added: {
    ...usual,
    about: 'a new threat without an answer',
    title: 'Write down what the hosting company can do',
    changes: { 'THREAT_MODEL.md': withThreat(model) },
  },
  removed: {
    ...usual,
    about: 'a threat removed, said on the deleted line',
    title: 'Shorten the threat model',
    changes: { 'THREAT_MODEL.md': threatRemoved },
  },
  advisory: {
    ...usual,
    about: 'the same as everything, where the policy only advises',
    title: 'Share a list by address',
    files: { ...sampleFiles, '.github/threat-model.yml': policy.replace('enforce', 'advisory') },
    changes: sampleChanges,
  },
  'cannot-tell': {
    ...usual,
    about: 'the threat model cannot be read any more',
    title: 'Move documents to large file storage',
    changes: { 'THREAT_MODEL.md': pointer, '.gitattributes': '*.md filter=lfs diff=lfs\n' },
  },
  settled: {
    ...usual,
    about: 'findings answered by a push and by an acceptance',
    title: 'Write down what the hosting company can do',
    changes: { 'THREAT_MODEL.md': withThreat(threatRemoved) },
    afterwards: [
      { do: 'push', changes: { 'THREAT_MODEL.md': withAnswer(withThreat(threatRemoved)) } },
      {
        do: 'comment',
        author: 'maria',
        body: '/threat-model accept all because the server has kept no members since version 2',
      },
    ],
  },
} satisfies Record<string, Sample>

export type SampleName = keyof typeof samples

/** Who may accept findings in the samples. */
export const sampleMaintainer = 'maria'

interface Replacement {
  from: string
  to: string
  /** The last place where `from` stands, instead of the first. */
  last?: boolean
}

function edit(text: string, replacements: Replacement[]): string {
  let result = text
  for (const { from, to, last } of replacements) {
    const at = last ? result.lastIndexOf(from) : result.indexOf(from)
    if (at < 0) throw new Error(`the sample does not contain: ${from}`)
    result = result.slice(0, at) + to + result.slice(at + from.length)
  }
  return result
}
