import { policyPath } from '../policy/defaults.ts'
import { readPolicy } from '../policy/read.ts'
import { failed, type Outcome, ok } from '../shared/outcome.ts'
import { isModelPath, mayHoldModel } from '../threat-model/discovery.ts'
import { hasModelPart } from '../threat-model/part.ts'

/*
 * The threat models among the files of a repository, as the App finds them: those that its policy
 * file names, or without any those of a usual name and the SECURITY.md with a section for it.
 */

/** The text of one of the files, or null when it cannot be read. */
export type TextOf = (path: string) => Promise<string | null>

export async function modelPaths(paths: readonly string[], textOf: TextOf): Promise<string[]> {
  const named = await namedModels(paths, textOf)
  if (named.length > 0) return named
  const found: string[] = []
  for (const path of paths.filter(mayHoldModel)) {
    if (isModelPath(path) || hasModelPart((await textOf(path)) ?? '')) found.push(path)
  }
  return found
}

async function namedModels(paths: readonly string[], textOf: TextOf): Promise<string[]> {
  const there = new Set(paths)
  const text = there.has(policyPath) ? await textOf(policyPath) : null
  const models = text === null ? [] : readPolicy(text).policy.models
  return models.map(({ path }) => path).filter((path) => there.has(path))
}

/** The document that was named, or the only one of the repository. */
export async function chooseModel(
  paths: readonly string[],
  named: string | undefined,
  textOf: TextOf,
): Promise<Outcome<string>> {
  if (named !== undefined) return ok(named)
  const models = await modelPaths(paths, textOf)
  const [only] = models
  if (only === undefined) {
    return failed(
      'gone',
      'no threat model found here by name. Name the file, or: threat-model init',
    )
  }
  if (models.length === 1) return ok(only)
  const some = models.slice(0, 5).join(', ')
  return failed('rejected', `there are ${models.length} threat models. Name one: ${some}`)
}
