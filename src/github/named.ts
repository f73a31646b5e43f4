import { mayHoldModel } from '../threat-model/discovery.ts'
import { readFileAnswer } from './documents.ts'
import type { Folders, LookAnswer, NamesAnswer, PolicyAnswer, PullAnswer } from './look-answer.ts'

/*
 * Documents that are known to matter not by the changed files but because something names them: the
 * policy in force, or a folder where models usually live in a repository too large to be listed.
 */

/** The texts of the policies that may be in force or proposed, as far as they can be read. */
export function policyTexts(
  pull: PullAnswer,
  head: PolicyAnswer | null,
  organisation: LookAnswer['organisation'],
): string[] {
  const files = [
    pull.baseRef?.target?.policy,
    organisation?.defaultBranchRef?.target?.policy,
    head?.policy,
  ]
  return files.flatMap((file) => {
    const { version } = readFileAnswer(file)
    return version.state === 'present' ? [version.text] : []
  })
}

/** Paths of models in the root, `docs` and `.github` of either commit. */
export function foldersNamed(...commits: (Folders | null)[]): string[] {
  return commits.flatMap((commit) => [
    ...modelsIn('', commit?.tree),
    ...modelsIn('docs/', commit?.docs?.object),
    ...modelsIn('.github/', commit?.github?.object),
  ])
}

function modelsIn(folder: string, names: NamesAnswer | null | undefined): string[] {
  return (names?.entries ?? [])
    .filter((entry) => entry.type === 'blob')
    .map((entry) => `${folder}${entry.name}`)
    .filter(mayHoldModel)
}
