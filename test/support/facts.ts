import type {
  ChangedFile,
  DocumentVersion,
  ModelVersions,
  PullRequestFacts,
} from '../../src/pull-request/facts.ts'
import { diffTexts } from '../../src/simulator/patch.ts'
import { mayHoldModel } from '../../src/threat-model/discovery.ts'
import type { GoldenCase } from './cases.ts'

/*
 * Facts from a golden case. Files are parts: `base/PATH` and `head/PATH` are one side's,
 * `both/PATH` is unchanged; what is only on the base is removed. `policy.yml` is the policy of both
 * sides. The part `facts` is JSON: any fact that differs from the plain ones below, and `renames`,
 * old → new.
 */

const policyPath = '.github/threat-model.yml'

interface Overrides extends Partial<PullRequestFacts> {
  renames?: Record<string, string>
  /** Path → side → a version that is no text, such as {"state": "unreadable", …}. */
  versions?: Record<string, Partial<Record<'base' | 'head', DocumentVersion>>>
  organisation?: string
  /** Paths whose patch GitHub does not give. */
  noPatch?: string[]
}

export function factsOf(golden: GoldenCase): PullRequestFacts {
  const overrides = JSON.parse(golden.parts.get('facts') ?? '{}') as Overrides
  const { renames = {}, versions = {}, organisation, noPatch = [], ...plain } = overrides
  const before = side(golden, 'base')
  const after = side(golden, 'head')
  const files = changedFiles(before, after, renames).map((file) =>
    noPatch.includes(file.path) ? { ...file, patch: null } : file,
  )
  const policy: DocumentVersion = organisation
    ? { state: 'present', text: organisation }
    : { state: 'absent' }
  return {
    schema: 'threat-model-facts/1',
    today: '2026-11-24',
    pull: {
      repository: { id: 1, owner: 'acme', name: 'chat' },
      number: 7,
      title: 'A change',
      author: 'dev',
      draft: false,
      open: true,
      fromFork: false,
    },
    base: { ref: 'main', sha: 'b'.repeat(40) },
    head: { ref: 'change', sha: 'c'.repeat(40) },
    mergeBase: 'b'.repeat(40),
    files,
    filesTruncated: false,
    models: modelVersions(before, after, { renames, versions }),
    policy: {
      path: policyPath,
      base: versions[policyPath]?.base ?? version(before.get(policyPath)),
      head: versions[policyPath]?.head ?? version(after.get(policyPath)),
      organisation: policy,
    },
    tree: [...after.keys()],
    sources: [...after]
      .filter(([path]) => !mayHoldModel(path))
      .map(([path, text]) => ({ path, text })),
    comments: [],
    permissions: [],
    headKnownAt: '2026-11-24T08:00:00Z',
    ...plain,
  }
}

function side(golden: GoldenCase, name: 'base' | 'head'): Map<string, string> {
  const files = new Map<string, string>()
  for (const [part, text] of golden.parts) {
    if (part === 'policy.yml') files.set(policyPath, text)
    const path = /^(?:both|base|head)\/(.+)$/.exec(part)?.[1]
    if (path !== undefined && (part.startsWith(`${name}/`) || part.startsWith('both/'))) {
      files.set(path, text)
    }
  }
  return files
}

type Side = Map<string, string>

function changedFiles(before: Side, after: Side, renames: Record<string, string>): ChangedFile[] {
  const old = new Map(Object.entries(renames).map(([from, to]) => [to, from]))
  const files: ChangedFile[] = []
  for (const [path, text] of after) {
    const previousPath = old.get(path) ?? null
    const was = before.get(previousPath ?? path)
    if (was === text && previousPath === null) continue
    const status = previousPath ? 'renamed' : was === undefined ? 'added' : 'modified'
    files.push({ path, previousPath, status, ...diffTexts(was ?? '', text) })
  }
  for (const [path, text] of before) {
    if (after.has(path) || path in renames) continue
    files.push({ path, previousPath: null, status: 'removed', ...diffTexts(text, '') })
  }
  return files
}

function modelVersions(
  before: Side,
  after: Side,
  { renames, versions }: Required<Pick<Overrides, 'renames' | 'versions'>>,
): ModelVersions[] {
  const old = new Map(Object.entries(renames).map(([from, to]) => [to, from]))
  const paths = new Set([...before.keys(), ...after.keys(), ...Object.keys(versions)])
  return [...paths]
    .filter((path) => mayHoldModel(path) && !(path in renames))
    .sort()
    .map((path) => {
      const previousPath = old.get(path) ?? null
      return {
        path,
        previousPath,
        base: versions[path]?.base ?? version(before.get(previousPath ?? path)),
        head: versions[path]?.head ?? version(after.get(path)),
      }
    })
}

function version(text: string | undefined): DocumentVersion {
  return text === undefined ? { state: 'absent' } : { state: 'present', text }
}
