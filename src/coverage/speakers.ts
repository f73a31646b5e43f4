import { firstMatch, readPatterns } from '../shared/paths.ts'
import type { ReviewedModel } from './reviewed-model.ts'

/*
 * Whose code is whose, where a repository has several threat models. The policy may say it; where
 * it does not, a model is about the folder it stands in, folders for documents left out:
 *
 *   THREAT_MODEL.md, docs/threat-model.md    everything
 *   lock/docs/threat-model.md                lock/
 *
 * The place of a model forbids nothing: what it names is its code wherever that is. It only decides
 * which of two models is meant by a name that both have (`mitigates=T-1`), and keeps suggestions at
 * home.
 */

export interface Speakers {
  /** All models, the one first that is most about the code at `path`. */
  byNearness(path: string): ReviewedModel[]
  /** False for code outside of the model's folder, or outside of what the policy gives it. */
  isAbout(model: ReviewedModel, path: string): boolean
}

const documentFolders =
  /^(?:docs?|documentation|design|architecture|security|specs?|wiki|\.github|threat[-_ ]?models?)$/i

/** `scopes`: model path → patterns, as the policy has them. */
export function speakersOf(
  models: readonly ReviewedModel[],
  scopes: ReadonlyMap<string, string[]>,
): Speakers {
  const nearness = new Map(
    models.map((model) => {
      const scope = scopes.get(model.path) ?? scopes.get(model.previousPath ?? '')
      return [model, scope ? inScope(scope) : atHome(homeOf(model.path))]
    }),
  )
  const rank = (model: ReviewedModel, path: string) => nearness.get(model)?.(path) ?? 0
  return {
    byNearness: (path) => models.toSorted((a, b) => rank(b, path) - rank(a, path)),
    isAbout: (model, path) => models.length < 2 || rank(model, path) >= 0,
  }
}

/** Larger is nearer; below 0 it is not about that code. */
type Nearness = (path: string) => number

function inScope(scope: readonly string[]): Nearness {
  const patterns = readPatterns(scope)
  return (path) => (firstMatch(patterns, path) ? Number.POSITIVE_INFINITY : -1)
}

function atHome(home: string): Nearness {
  return (path) => (path.startsWith(home) ? home.length : -1)
}

/** The folder that a model is about, with a slash at its end; '' is the whole repository. */
export function homeOf(path: string): string {
  const folders = path.split('/').slice(0, -1)
  while (documentFolders.test(folders.at(-1) ?? '')) folders.pop()
  return folders.map((folder) => `${folder}/`).join('')
}
