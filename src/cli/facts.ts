import { basename } from 'node:path'
import { readPolicy } from '../policy/read.ts'
import type {
  ChangedFile,
  DocumentVersion,
  ModelVersions,
  PolicyFacts,
  PullRequestFacts,
  SourceText,
} from '../pull-request/facts.ts'
import { type Outcome, ok } from '../shared/outcome.ts'
import { mayHoldModel } from '../threat-model/discovery.ts'
import { changedFiles } from './changed-files.ts'
import type { Git } from './git.ts'
import { modelAges } from './model-age.ts'
import type { Range } from './range.ts'
import { readTree, readVersion, type Tree, withWorkTree } from './trees.ts'

/*
 * The facts of a would-be pull request from a git work tree: the same value that the App gathers
 * from GitHub, so that the same review judges it. What only GitHub knows (comments, permissions) is
 * empty here.
 */

/** Same bounds as for a pull request on GitHub. */
const sourceFilesMax = 300
const sourceCharsMax = 256 * 1024

export interface FactsOptions {
  today: string
  policyPath: string
  /** A policy file to try instead of the committed one. */
  policyText?: string
}

export async function gatherFacts(
  git: Git,
  range: Range,
  options: FactsOptions,
): Promise<Outcome<PullRequestFacts>> {
  const { sha } = range.head
  if (sha !== null) return gatherTrees(git, range, sha, options)
  return withWorkTree(git, (own, tree) => gatherTrees(own, range, tree, options))
}

async function gatherTrees(
  git: Git,
  range: Range,
  headTree: string,
  options: FactsOptions,
): Promise<Outcome<PullRequestFacts>> {
  const base = await readTree(git, range.base.sha)
  if (!base.ok) return base
  const before = await readTree(git, range.mergeBase)
  if (!before.ok) return before
  const after = await readTree(git, headTree)
  if (!after.ok) return after
  const files = await changedFiles(git, range.mergeBase, headTree)
  if (!files.ok) return files
  const trees = { git, base: base.value, before: before.value, after: after.value }
  const policy = await policyFacts(trees, files.value, options)
  const models = await modelVersions(trees, files.value, namedModels(policy))
  const paths = models.map((model) => model.path)
  return ok({
    schema: 'threat-model-facts/1',
    today: options.today,
    pull: localPull(git.root),
    base: range.base,
    head: { ref: range.head.ref, sha: headTree },
    mergeBase: range.mergeBase,
    files: files.value,
    filesTruncated: false,
    models,
    policy,
    tree: [...after.value.entries.keys()],
    sources: await sourceTexts(trees, files.value),
    ages: await modelAges(git, range.mergeBase, paths, files.value),
    comments: [],
    permissions: [],
    headKnownAt: null,
  })
}

interface Trees {
  git: Git
  /** The tip of the base branch: the policy is read there. */
  base: Tree
  before: Tree
  after: Tree
}

async function modelVersions(
  trees: Trees,
  files: ChangedFile[],
  named: string[],
): Promise<ModelVersions[]> {
  const isModel = (path: string) => mayHoldModel(path) || named.includes(path)
  const renamed = new Map(files.flatMap((f) => (f.previousPath ? [[f.path, f.previousPath]] : [])))
  const movedAway = new Set(renamed.values())
  const paths = new Set<string>()
  for (const path of trees.after.entries.keys()) {
    if (isModel(path) || isModel(renamed.get(path) ?? '')) paths.add(path)
  }
  for (const path of trees.before.entries.keys()) {
    if (isModel(path) && !movedAway.has(path)) paths.add(path)
  }
  const versions: ModelVersions[] = []
  for (const path of [...paths].sort()) {
    const previousPath = renamed.get(path) ?? null
    versions.push({
      path,
      previousPath,
      base: await readVersion(trees.git, trees.before, previousPath ?? path),
      head: await readVersion(trees.git, trees.after, path),
    })
  }
  return versions
}

/** The base branch may have a newer policy than the head: that is no change by this work. */
async function policyFacts(
  trees: Trees,
  files: readonly ChangedFile[],
  options: FactsOptions,
): Promise<PolicyFacts> {
  const path = options.policyPath
  const absent: DocumentVersion = { state: 'absent' }
  if (options.policyText !== undefined) {
    const given: DocumentVersion = { state: 'present', text: options.policyText }
    return { path, base: given, head: given, organisation: absent }
  }
  const base = await readVersion(trees.git, trees.base, path)
  const touched = files.some((file) => file.path === path || file.previousPath === path)
  const head = touched ? await readVersion(trees.git, trees.after, path) : base
  return { path, base, head, organisation: absent }
}

/** Paths that the policy names under `models:`; they count beside those found by name. */
function namedModels(policy: PolicyFacts): string[] {
  if (policy.base.state !== 'present') return []
  return readPolicy(policy.base.text).policy.models.map((model) => model.path)
}

/**
 * What the repository said of its generated files before; and changed files in which a marker may
 * stand: at the head, or at the base when removed.
 */
async function sourceTexts(trees: Trees, files: ChangedFile[]): Promise<SourceText[]> {
  const texts: SourceText[] = []
  const attributes = await readVersion(trees.git, trees.before, '.gitattributes')
  if (attributes.state === 'present') texts.push({ path: '.gitattributes', text: attributes.text })
  for (const file of files.slice(0, sourceFilesMax)) {
    const tree = file.status === 'removed' ? trees.before : trees.after
    const version = await readVersion(trees.git, tree, file.path)
    if (version.state !== 'present' || version.text.length > sourceCharsMax) continue
    texts.push({ path: file.path, text: version.text })
  }
  return texts
}

function localPull(root: string): PullRequestFacts['pull'] {
  return {
    repository: { id: 0, owner: 'local', name: basename(root) },
    number: 0,
    title: '',
    author: '',
    draft: false,
    open: true,
    fromFork: false,
  }
}
