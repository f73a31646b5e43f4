import type { Comparison } from '../diff/change.ts'
import { compare } from '../diff/compare.ts'
import type { DocumentVersion, ModelVersions, PullRequestFacts } from '../pull-request/facts.ts'
import { elementsOf, type Reading, type ThreatModel } from '../threat-model/model.ts'
import { modelPart } from '../threat-model/part.ts'
import { read } from '../threat-model/read.ts'
import type { PathLookup, ReadingHints, ReadOptions } from '../threat-model/read-options.ts'
import { lookUpPaths, pathsBefore } from './tree.ts'

/*
 * A threat model on both sides of a pull request, read and compared: what everything after it
 * judges by. A side that could not be read is null and its state says so; it is never an empty
 * model, because then everything would seem removed.
 */

export interface ReviewedModel {
  path: string
  previousPath: string | null
  base: DocumentVersion
  head: DocumentVersion
  /** Null when unreadable. An absent document reads as an empty model. */
  before: ThreatModel | null
  after: ThreatModel | null
  beforeReading: Reading | null
  afterReading: Reading | null
  /** Null when either side is unreadable. */
  comparison: Comparison | null
  state: ModelState
}

export type ModelState = 'unchanged' | 'changed' | 'form-only' | 'added' | 'deleted' | 'unreadable'

export const emptyModel: ThreatModel = {
  title: '',
  assets: [],
  adversaries: [],
  attacks: [],
  threats: [],
  mitigations: [],
  boundaries: [],
  assumptions: [],
  scopeNotes: [],
}

/** Reads and compares every threat model of the pull request that the policy speaks of. */
export function reviewModels(facts: PullRequestFacts, hints: ReadingHints): ReviewedModel[] {
  const treeBefore = pathsBefore(facts)
  const before = treeBefore && lookUpPaths(treeBefore)
  const after = facts.tree && lookUpPaths(facts.tree)
  return facts.models.map((versions) => reviewModel(versions, { hints, before, after }))
}

interface Surroundings {
  hints: ReadingHints
  before: PathLookup | null
  after: PathLookup | null
}

function reviewModel(versions: ModelVersions, around: Surroundings): ReviewedModel {
  const { path, previousPath, base, head } = versions
  const beforePath = previousPath ?? path
  const beforeReading = readVersion(base, options(beforePath, around.hints, around.before))
  const afterReading = readVersion(head, options(path, around.hints, around.after))
  const before = modelOf(base, beforeReading)
  const after = modelOf(head, afterReading)
  const texts = { before: textOf(base, beforePath), after: textOf(head, path) }
  const comparison = before && after ? compare(before, after, texts) : null
  const reviewed = { path, previousPath, base, head, before, after, beforeReading, afterReading }
  const isSame = texts.before === texts.after
  return { ...reviewed, comparison, state: stateOf(versions, comparison, isSame) }
}

/** The model as it is written: what one reading missed is looked up in the other. */
function textOf(version: DocumentVersion, path: string): string {
  return version.state === 'present' ? modelPart(version.text, path) : ''
}

function options(path: string, reading: ReadingHints, tree: PathLookup | null): ReadOptions {
  return tree ? { path, reading, tree } : { path, reading }
}

function readVersion(version: DocumentVersion, how: ReadOptions): Reading | null {
  return version.state === 'present' ? read(version.text, how) : null
}

function modelOf(version: DocumentVersion, reading: Reading | null): ThreatModel | null {
  if (version.state === 'absent') return emptyModel
  return reading === null || reading.unreadable ? null : reading.model
}

function stateOf(
  versions: ModelVersions,
  comparison: Comparison | null,
  isSame: boolean,
): ModelState {
  const { base, head } = versions
  if (head.state === 'absent') return 'deleted'
  if (comparison === null) return 'unreadable'
  if (base.state === 'absent') return 'added'
  if (comparison.changes.length > 0) return 'changed'
  return isSame ? 'unchanged' : 'form-only'
}

/** True when anything at all was found in the document. */
export function hasContent(model: ThreatModel | null): boolean {
  return model !== null && elementsOf(model).length > 0
}

/** True when the document states something; what was only guessed from prose does not count. */
export function statesSomething(model: ThreatModel | null): boolean {
  return model !== null && elementsOf(model).some((element) => element.certainty === 'stated')
}
