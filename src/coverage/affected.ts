import type { ChangedFile } from '../pull-request/facts.ts'
import { firstMatch, type PathPattern, readPatterns } from '../shared/paths.ts'
import type { Threat } from '../threat-model/model.ts'
import { type Answers, answersOf } from './answer.ts'
import { threatsByAsset } from './asset-threats.ts'
import { threatLabel } from './label.ts'
import type { AffectedAsset, LinkedFile } from './link.ts'
import type { Claim } from './links.ts'
import { firstChangedLine, linesOf } from './patch-lines.ts'
import type { ReviewedModel } from './reviewed-model.ts'

/*
 * From changed files to what they are part of: changed file → claim → asset → its threats and
 * whether they have an answer. A renamed file is part of whatever its old path was part of, too.
 */

export interface AffectedInput {
  files: readonly ChangedFile[]
  claims: readonly Claim[]
  isGenerated(path: string): boolean
  /** Model path → patterns of the code it speaks for; a model that is not in it speaks for all. */
  scopes: ReadonlyMap<string, string[]>
  today: string
}

/** In the order of the claims: policy map, document, marks. */
export function affectedAssets(input: AffectedInput): AffectedAsset[] {
  const found = new Map<string, { claim: Claim; files: LinkedFile[] }>()
  const scopes = new Map([...input.scopes].map(([path, scope]) => [path, readPatterns(scope)]))
  for (const file of input.files) {
    if (input.isGenerated(file.path) || isModel(file, input.claims)) continue
    for (const [key, claim] of claimsOn(file, input, scopes)) {
      const entry = found.get(key) ?? { claim, files: [] }
      entry.files.push(linkedFile(file, claim, input.files))
      found.set(key, entry)
    }
  }
  const threats = threatFinder(input.today)
  const order = (claim: Claim) => input.claims.indexOf(claim)
  return [...found.values()]
    .sort((a, b) => order(a.claim) - order(b.claim))
    .map(({ claim, files }) => ({ ...identity(claim), files, ...threats(claim) }))
}

/** The first claim of each element on a file, by element. */
function claimsOn(
  file: ChangedFile,
  { files, claims }: Pick<AffectedInput, 'files' | 'claims'>,
  scopes: ReadonlyMap<string, PathPattern[]>,
): Map<string, Claim> {
  const found = new Map<string, Claim>()
  const patch = linesOf(files, file.path)
  const lines = patch && [...patch.added, ...patch.spots.values()]
  for (const claim of claims) {
    const key = `${claim.model.path}\n${claim.element.kind}\n${claim.element.id}`
    if (found.has(key) || !inScope(claim.model, file.path, scopes)) continue
    const claimed =
      claim.claims(file.path, lines) ||
      (file.previousPath !== null && claim.claims(file.previousPath, lines))
    if (claimed) found.set(key, claim)
  }
  return found
}

function inScope(
  model: ReviewedModel,
  path: string,
  scopes: ReadonlyMap<string, PathPattern[]>,
): boolean {
  const scope = scopes.get(model.path) ?? scopes.get(model.previousPath ?? '')
  return scope === undefined || firstMatch(scope, path) !== null
}

/** A model is judged by its meaning; it is nobody's code. */
function isModel(file: ChangedFile, claims: readonly Claim[]): boolean {
  return claims.some((claim) => claim.model.path === file.path)
}

function linkedFile(file: ChangedFile, claim: Claim, files: readonly ChangedFile[]): LinkedFile {
  const line = file.status === 'removed' ? null : firstChangedLine(linesOf(files, file.path))
  return { path: file.path, link: claim.link, line }
}

function identity(claim: Claim): Pick<AffectedAsset, 'modelPath' | 'kind' | 'assetId' | 'title'> {
  const { kind, id, title } = claim.element
  const known = kind === 'mitigation' || kind === 'threat' ? kind : 'asset'
  return { modelPath: claim.model.path, kind: known, assetId: id, title }
}

type ThreatFinder = (claim: Claim) => Pick<AffectedAsset, 'threats' | 'unanswered' | 'open'>

/** What is prepared per model is prepared once. */
function threatFinder(today: string): ThreatFinder {
  const prepared = new Map<string, { byAsset: Map<string, Threat[]>; answers: Answers }>()
  return (claim) => {
    const model = claim.model.after
    if (model === null) return { threats: [], unanswered: [], open: [] }
    const known = prepared.get(claim.model.path) ?? {
      byAsset: threatsByAsset(model),
      answers: answersOf(model, today),
    }
    prepared.set(claim.model.path, known)
    const threats = threatsOf(claim, known.byAsset)
    const open = threats.filter((threat) => known.answers(threat) === 'unanswered')
    return {
      threats: threats.map((threat) => threat.id),
      unanswered: open.map((threat) => threat.id),
      open: open.map((t) => ({ title: threatLabel(t, model), line: t.span.start.line })),
    }
  }
}

function threatsOf(claim: Claim, byAsset: Map<string, Threat[]>): Threat[] {
  const { element, model } = claim
  if (element.kind === 'asset') return byAsset.get(element.id) ?? []
  if (element.kind === 'threat') return [element]
  const tied = (threat: Threat) => threat.mitigations.some((tie) => tie.id === element.id)
  return (model.after?.threats ?? []).filter(tied)
}
