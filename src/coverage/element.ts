import { normal } from '../diff/normal.ts'
import { nearest } from '../shared/nearest.ts'
import type { Element, ElementKind, ThreatModel } from '../threat-model/model.ts'
import { elementsOf } from '../threat-model/model.ts'
import { emptyModel, type ReviewedModel } from './reviewed-model.ts'

/*
 * Finding an element by what a person called it: its written id, its title in any case and
 * punctuation, or the id we derived. A name that only the base knows is followed to the head, so
 * that renaming an asset does not cut its code off.
 */

export interface NamedElement {
  model: ReviewedModel
  element: Element
}

/** Looks in every model, in order; null when no model has it. */
export function findElement(
  name: string,
  models: readonly ReviewedModel[],
  kinds: readonly ElementKind[],
): NamedElement | null {
  for (const model of models) {
    const now = model.after && named(name, model.after, kinds)
    if (now) return { model, element: now }
    const before = model.before && named(name, model.before, kinds)
    const match = before && model.comparison?.matches.find((m) => m.before.id === before.id)
    if (match && match.before.kind === before?.kind) return { model, element: match.after }
  }
  return null
}

/** The title that was probably meant, or null. */
export function nearestTitle(
  name: string,
  models: readonly ReviewedModel[],
  kinds: readonly ElementKind[],
): string | null {
  const titles = models.flatMap((model) =>
    elementsOf(model.after ?? model.before ?? emptyModel)
      .filter((element) => kinds.includes(element.kind))
      .map((element) => element.title),
  )
  return nearest(name, titles)
}

function named(name: string, model: ThreatModel, kinds: readonly ElementKind[]): Element | null {
  const wanted = normal(name)
  const elements = elementsOf(model).filter((element) => kinds.includes(element.kind))
  const byId = elements.find((element) => element.writtenId !== null && sameId(element, name))
  if (byId) return byId
  const byTitle = wanted === '' ? undefined : elements.find((e) => normal(e.title) === wanted)
  return byTitle ?? elements.find((element) => element.id === name) ?? null
}

function sameId(element: Element, name: string): boolean {
  return element.writtenId?.toLowerCase() === name.trim().toLowerCase()
}
