import type { ChangedFile, PullRequestFacts } from '../pull-request/facts.ts'
import { readPattern } from '../shared/paths.ts'
import type { CodeReference, Element } from '../threat-model/model.ts'
import { findElement } from './element.ts'
import type { DeadLink } from './link.ts'
import { type CodeMap, linkableKinds } from './links.ts'
import type { ReviewedModel } from './reviewed-model.ts'

/*
 * Paths that the model or the policy names and that the head commit does not have. Those that this
 * pull request made (it removed or moved the file, or wrote the path) are new; the others were dead
 * before and are only shown. Where git saw the file move, its new place is proposed.
 */

/** More than these are not listed one by one. */
export const deadLinksMax = 200

/** Patterns times files; beyond this only those are looked up that lost a file just now. */
const triesMax = 2_000_000

export interface DeadLinkInput {
  facts: PullRequestFacts
  models: readonly ReviewedModel[]
  map: readonly CodeMap[]
}

export function deadLinks(input: DeadLinkInput): DeadLink[] {
  if (input.facts.tree === null) return []
  const gone = goneFiles(input.facts.files)
  const found = [
    ...input.models.flatMap((model) => deadInModel(model, gone)),
    ...deadInPolicy(input, gone),
  ]
  return found.slice(0, deadLinksMax)
}

/** Path before → path after, null when the file is removed. */
type Gone = Map<string, string | null>

function goneFiles(files: readonly ChangedFile[]): Gone {
  const gone: Gone = new Map()
  for (const file of files) {
    if (file.status === 'removed') gone.set(file.path, null)
    if (file.status === 'renamed' && file.previousPath) gone.set(file.previousPath, file.path)
  }
  return gone
}

function deadInModel(model: ReviewedModel, gone: Gone): DeadLink[] {
  if (model.after === null || model.before === null || model.head.state !== 'present') return []
  const text = model.head.text
  const found: DeadLink[] = []
  const seen = new Set<string>()
  const before = new Set(referencesOf(model.before).map(({ reference }) => reference.path))
  for (const { element, reference } of referencesOf(model.after)) {
    if (reference.exists !== false || seen.has(reference.path)) continue
    seen.add(reference.path)
    const isNew = gone.has(reference.path) || !before.has(reference.path)
    found.push(dead(model, element, { reference, isNew, gone }))
  }
  for (const { element, reference } of referencesOf(model.before)) {
    const { path } = reference
    if (seen.has(path) || !gone.has(path) || !text.includes(path)) continue
    seen.add(path)
    const line = lineOf(text, path)
    const now = model.comparison?.matches.find((match) => match.before === element)?.after
    const link = dead(model, now ?? element, { reference, isNew: true, gone })
    found.push({ ...link, line })
  }
  return found
}

function referencesOf(
  model: NonNullable<ReviewedModel['after']>,
): { element: Element; reference: CodeReference }[] {
  return [...model.assets, ...model.mitigations, ...model.threats].flatMap((element) =>
    element.code.map((reference) => ({ element, reference })),
  )
}

function dead(
  model: ReviewedModel,
  element: Element,
  more: { reference: CodeReference; isNew: boolean; gone: Gone },
): DeadLink {
  const { kind, id, title } = element
  return {
    path: more.reference.path,
    element: { kind, id, title },
    writtenIn: model.path,
    line: more.reference.span.start.line,
    isNew: more.isNew,
    movedTo: more.gone.get(more.reference.path) ?? null,
  }
}

function lineOf(text: string, words: string): number {
  return text.slice(0, text.indexOf(words)).split('\n').length
}

/** A pattern of the map is dead when the pull request took the last file that it matched. */
function deadInPolicy(input: DeadLinkInput, gone: Gone): DeadLink[] {
  const tree = input.facts.tree ?? []
  const patterns = input.map.reduce((sum, mapping) => sum + mapping.patterns.length, 0)
  return input.map.flatMap((mapping) => {
    const found = findElement(mapping.element, input.models, linkableKinds)
    if (found === null) return []
    const { kind, id, title } = found.element
    return mapping.patterns.flatMap((path) => {
      const reading = readPattern(path)
      if (!reading.ok) return []
      const lost = [...gone].filter(([file]) => reading.pattern.matches(file))
      if (lost.length === 0 && tree.length * patterns > triesMax) return []
      if (tree.some((file) => reading.pattern.matches(file))) return []
      return [
        {
          path,
          element: { kind, id, title },
          writtenIn: input.facts.policy.path,
          line: mapping.line,
          isNew: lost.length > 0,
          movedTo: lost.find(([, after]) => after !== null)?.[1] ?? null,
        },
      ]
    })
  })
}
