/*
 * A first threat model and policy for a repository that has none, made from its paths alone:
 * what there seems to be of value, where its code is, and one question for each. It is a start
 * to argue with, says so, and reads well in our own form (docs/FORMAT.md).
 */

export interface StarterFile {
  path: string
  text: string
}

interface Guess {
  asset: string
  /** Words of a path that speak for it. */
  words: readonly string[]
  threat: string
  category: string
}

const guesses: readonly Guess[] = [
  {
    asset: 'User sessions',
    words: ['auth', 'login', 'signin', 'session', 'sessions', 'oauth', 'sso', 'token', 'tokens'],
    threat: 'Acting in the name of somebody else',
    category: 'Spoofing',
  },
  {
    asset: 'Personal data',
    words: ['user', 'users', 'account', 'accounts', 'profile', 'profiles', 'members', 'contacts'],
    threat: 'Reading the data of other people',
    category: 'Information disclosure',
  },
  {
    asset: 'Payments',
    words: ['payment', 'payments', 'billing', 'invoice', 'invoices', 'checkout', 'orders'],
    threat: 'Changing what is paid or to whom',
    category: 'Tampering',
  },
  {
    asset: 'Secrets',
    words: ['secret', 'secrets', 'vault', 'crypto', 'keys', 'keystore', 'certs', 'certificates'],
    threat: 'Taking a key or secret from the service',
    category: 'Information disclosure',
  },
  {
    asset: 'Uploaded files',
    words: ['upload', 'uploads', 'attachment', 'attachments', 'media', 'blobs'],
    threat: 'Uploading a file that harms whoever opens it',
    category: 'Tampering',
  },
  {
    asset: 'Administration',
    words: ['admin', 'administration', 'backoffice', 'permissions', 'roles'],
    threat: 'Using a function that needs more rights',
    category: 'Elevation of privilege',
  },
  {
    asset: 'The programming interface',
    words: ['api', 'routes', 'controllers', 'handlers', 'graphql', 'rpc', 'webhook', 'webhooks'],
    threat: 'Sending requests that bring the service down',
    category: 'Denial of service',
  },
  {
    asset: 'Stored data',
    words: ['db', 'database', 'migrations', 'store', 'storage', 'repository', 'repositories'],
    threat: 'Changing stored data without leaving a trace',
    category: 'Repudiation',
  },
  {
    asset: 'Releases',
    words: ['workflows', 'ci', 'deploy', 'deployment', 'terraform', 'helm', 'docker', 'release'],
    threat: 'Releasing something that nobody reviewed',
    category: 'Tampering',
  },
]

const patternsMax = 3
const pathsMax = 100_000
/** Files that say nothing about what the repository is for. */
const noise =
  /(^|\/)(node_modules|vendor|third_party|tests?|__tests__|spec|docs?|examples?|dist)\//i

/** `name` is the repository's; `paths` are all files of it. */
export function starterFiles(
  name: string,
  paths: readonly string[],
  policyPath: string,
  modelPath = 'THREAT_MODEL.md',
): StarterFile[] {
  const found = guesses
    .map((guess) => ({ guess, patterns: patternsFor(guess, paths.slice(0, pathsMax)) }))
    .filter(({ patterns }) => patterns.length > 0)
  const used =
    found.length > 0 ? found : guesses.slice(0, 2).map((guess) => ({ guess, patterns: [] }))
  return [
    {
      path: modelPath,
      text: modelText(
        name,
        used.map(({ guess }) => guess),
      ),
    },
    { path: policyPath, text: policyText(used) },
  ]
}

/** The folders, or files, whose name holds one of the words; those with the most files first. */
function patternsFor(guess: Guess, paths: readonly string[]): string[] {
  const counts = new Map<string, number>()
  for (const path of paths) {
    const pattern = noise.test(path) ? null : patternIn(path, guess.words)
    if (pattern !== null) counts.set(pattern, (counts.get(pattern) ?? 0) + 1)
  }
  return [...counts]
    .sort(([a, m], [b, n]) => n - m || (a < b ? -1 : 1))
    .slice(0, patternsMax)
    .map(([pattern]) => pattern)
}

function patternIn(path: string, words: readonly string[]): string | null {
  const segments = path.split('/')
  const at = segments.findIndex((segment) => {
    const name = segment.toLowerCase().replace(/\.[a-z0-9.]{1,12}$/, '')
    return name.split(/[-_. ]/).some((word) => words.includes(word))
  })
  if (at < 0) return null
  return at === segments.length - 1 ? path : `${segments.slice(0, at + 1).join('/')}/**`
}

function modelText(name: string, used: readonly Guess[]): string {
  const assets = used.map(({ asset }) => `- ${asset}`).join('\n')
  const threats = used.map(
    ({ asset, threat, category }, i) => `### T-${String(i + 1).padStart(3, '0')}: ${threat}

- **Asset:** ${asset}
- **Category:** ${category}
- **Status:** unmitigated
`,
  )
  return `# Threat model of ${name}

A first draft, made from the names of files. Correct it: say what is of value here, from whom it is
to be protected, and what answers each threat. Remove what does not apply.

## Assets

${assets}

## Adversaries

- A stranger on the internet
- A user of the service
- A contributor

## Threats

${threats.join('\n')}
## Out of scope

- Whoever controls the machines that the service runs on
`
}

function policyText(used: readonly { guess: Guess; patterns: string[] }[]): string {
  const mapped = used.filter(({ patterns }) => patterns.length > 0)
  const code = mapped.map(
    ({ guess, patterns }) =>
      `  ${JSON.stringify(guess.asset)}: [${patterns.map((p) => JSON.stringify(p)).join(', ')}]`,
  )
  const map = code.length > 0 ? ['code:', ...code] : []
  return `${['version: 1', 'mode: advisory', ...map].join('\n')}\n`
}
