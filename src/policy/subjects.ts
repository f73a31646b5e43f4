import { labelOf } from '../coverage/label.ts'
import { type ReviewedModel, statesSomething } from '../coverage/reviewed-model.ts'
import type { Change } from '../diff/change.ts'
import { stems } from '../diff/normal.ts'
import { type Element, elementLists, type ThreatModel } from '../threat-model/model.ts'
import { meaningOf } from './fingerprint.ts'
import { quieter } from './levels.ts'
import { placeOf } from './places.ts'
import type { Draft, Evidence } from './rule.ts'
import type { RuleLevel } from './verdict.ts'

/*
 * What the rules about changes of a model have in common: the change with the elements it is about,
 * and the parts of a finding that follow from them.
 */

export interface Subject {
  model: ReviewedModel
  change: Change
  /** The element where it still, or first, exists. */
  element: Element
  /** The same on the base side; null when it is new. */
  before: Element | null
}

/**
 * The changes of every model that has two sides to compare. A document that is new, gone or emptied
 * has rules of its own: a list of all its elements would help nobody.
 */
export function subjects(evidence: Evidence, wanted: (change: Change) => boolean): Subject[] {
  return evidence.models.filter(isComparable).flatMap((model) =>
    (model.comparison?.changes ?? []).filter(wanted).flatMap((change): Subject[] => {
      const element = elementOf(model, change)
      return element ? [{ model, change, element, before: beforeOf(model, change, element) }] : []
    }),
  )
}

export function isComparable(model: ReviewedModel): boolean {
  return model.state === 'changed' && !isEmptied(model)
}

/** It had something to say, and has nothing left. */
export function isEmptied(model: ReviewedModel): boolean {
  if (model.after === null || model.state === 'deleted') return false
  return statesSomething(model.before) && !statesSomething(model.after)
}

function elementOf(model: ReviewedModel, change: Change): Element | null {
  const side = change.kind === 'removed' ? model.before : model.after
  const list: readonly Element[] = side ? side[elementLists[change.element]] : []
  return list.find((element) => element.id === change.id) ?? null
}

function beforeOf(model: ReviewedModel, change: Change, element: Element): Element | null {
  if (change.kind === 'removed') return element
  const matches = model.comparison?.matches ?? []
  return matches.find((match) => match.after === element)?.before ?? null
}

type Fixed = Pick<Draft, 'element' | 'identity' | 'content' | 'levelMax' | 'place'>

/** Everything about a finding that the subject alone decides. */
export function aboutSubject(subject: Subject, evidence: Evidence): Fixed {
  const { model, change, element, before } = subject
  const side = change.kind === 'removed' ? 'LEFT' : 'RIGHT'
  const span = change.kind === 'removed' ? element.span : (change.afterSpan ?? element.span)
  const fixed: Fixed = {
    element: { kind: element.kind, id: element.id, title: labelOf(element, model) },
    identity: elementIdentity(model, before ?? element),
    content: subjectContent(subject, evidence),
    place: placeOf(model, side, span, evidence.facts.files),
  }
  return element.certainty === 'inferred' ? withCap(fixed, 'notice') : fixed
}

/** Never louder than `levelMax`, nor than it already is. */
export function withCap<D extends Pick<Draft, 'levelMax'>>(draft: D, levelMax: RuleLevel): D {
  const quiet = draft.levelMax ? quieter(draft.levelMax, levelMax) : levelMax
  return { ...draft, levelMax: quiet }
}

/** Below this share of common words a new name is another thing. */
const alikeMin = 0.2

/**
 * True when an element kept its place or id and nothing of its words: whatever it was before is
 * gone, whether or not it is called a renaming.
 */
export function isReplaced({ change, element, before }: Subject): boolean {
  if (change.kind !== 'renamed' || before === null) return false
  const then = new Set(stems(`${before.title} ${before.body}`))
  const now = new Set(stems(`${element.title} ${element.body}`))
  const common = [...then].filter((stem) => now.has(stem)).length
  return (2 * common) / Math.max(1, then.size + now.size) < alikeMin
}

/** The base's identity where there is one: it does not change while the pull request is open. */
export function elementIdentity(model: ReviewedModel, element: Element): string[] {
  return [model.previousPath ?? model.path, element.kind, element.id]
}

function subjectContent(subject: Subject, evidence: Evidence): string[] {
  const { model, change, element, before } = subject
  const now = change.kind === 'removed' ? [] : meaningOf(element, model.after ?? emptySide(model))
  const then = before ? meaningOf(before, model.before ?? emptySide(model)) : []
  return [
    change.kind,
    change.field ?? '',
    ...then,
    '→',
    ...now,
    ...linkedCode(element.id, evidence),
  ]
}

function emptySide(model: ReviewedModel): ThreatModel {
  const side = model.after ?? model.before
  if (side === null) throw new Error('assertion failed: a compared model has a side')
  return side
}

/** The pull request's changes to code of a threat, or of the element itself. */
export function linkedCode(id: string, evidence: Evidence): string[] {
  const paths = evidence.coverage.affected
    .filter((asset) => asset.assetId === id || asset.threats.includes(id))
    .flatMap((asset) => asset.files.map((file) => file.path))
  return patchesOf([...new Set(paths)], evidence)
}

export function patchesOf(paths: readonly string[], evidence: Evidence): string[] {
  return evidence.facts.files
    .filter((file) => paths.includes(file.path))
    .map((file) => `${file.path}\n${file.status}\n${file.patch ?? evidence.facts.head.sha}`)
    .sort()
}
