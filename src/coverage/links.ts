import type { SourceText } from '../pull-request/facts.ts'
import { type PathPattern, readPattern } from '../shared/paths.ts'
import type { CodeReference, Element } from '../threat-model/model.ts'
import { findElement, type NamedElement } from './element.ts'
import type { CodeLink, LinkSource } from './link.ts'
import { readMarkers } from './markers.ts'
import type { ReviewedModel } from './reviewed-model.ts'
import type { Speakers } from './speakers.ts'

/*
 * Which code belongs to which element of the model, and why. Three sources are sure: what the
 * policy maps, what the model names, what marks in the code say. (Suggestions from names are made
 * elsewhere and claim nothing.) A claim answers for one file, and for a mark only for the lines it
 * speaks for.
 */

/** A line of the policy's `code:` map. */
export interface CodeMap {
  element: string
  patterns: string[]
  line: number
}

export interface Claim extends NamedElement {
  link: CodeLink
  /** `lines` are the changed head lines, null when unknown: then any line may be meant. */
  claims(path: string, lines: readonly number[] | null): boolean
}

export interface LinkInput {
  models: readonly ReviewedModel[]
  speakers: Speakers
  map: readonly CodeMap[]
  policyPath: string
  sources: readonly SourceText[]
}

export const linkableKinds = ['asset', 'mitigation', 'threat'] as const

/** Every sure claim, in order of precedence. */
export function collectClaims(input: LinkInput): Claim[] {
  return [
    ...input.map.flatMap((mapping) => mappedClaims(mapping, input)),
    ...input.models.flatMap(writtenClaims),
    ...input.sources.flatMap((source) => markedClaims(source, input.speakers)),
  ]
}

function mappedClaims(mapping: CodeMap, input: LinkInput): Claim[] {
  return mapping.patterns.flatMap((source) => {
    const models = input.speakers.byNearness(source)
    const found = findElement(mapping.element, models, linkableKinds)
    const reading = readPattern(source)
    if (found === null || !reading.ok) return []
    const at = `${input.policyPath} line ${mapping.line}`
    const because = `${source} is mapped to ${found.element.title} in ${at}`
    return [patternClaim(found, reading.pattern, { source: 'policy', because })]
  })
}

function writtenClaims(model: ReviewedModel): Claim[] {
  if (model.after === null) return []
  const elements = [...model.after.assets, ...model.after.mitigations, ...model.after.threats]
  return elements.flatMap((element) =>
    element.code
      .filter((reference) => reference.exists !== false)
      .flatMap((reference) => writtenClaim({ model, element }, reference)),
  )
}

function writtenClaim(named: NamedElement, reference: CodeReference): Claim[] {
  const reading = readPattern(reference.path)
  if (!reading.ok) return []
  const at = `${named.model.path} line ${reference.span.start.line}`
  const because = `${named.element.title} names ${reference.path} in ${at}`
  return [patternClaim(named, reading.pattern, { source: 'document', because })]
}

function patternClaim(
  named: NamedElement,
  pattern: PathPattern,
  why: { source: LinkSource; because: string },
): Claim {
  const link = linkTo(named.element, pattern.source, why)
  return { ...named, link, claims: (path) => pattern.matches(path) }
}

function markedClaims(source: SourceText, speakers: Speakers): Claim[] {
  const markers = readMarkers(source.text)
  const models = markers.length === 0 ? [] : speakers.byNearness(source.path)
  return markers.flatMap((marker) => {
    const because = `a mark in ${source.path} line ${marker.line} says so`
    const named = [
      ...marker.asset.map((name) => findElement(name, models, ['asset'])),
      ...marker.mitigation.map((name) => findElement(name, models, ['mitigation'])),
      ...marker.mitigates.map((name) => findElement(name, models, ['threat'])),
    ]
    return named.flatMap((found) => {
      if (found === null) return []
      const link = linkTo(found.element, source.path, { source: 'marker', because })
      const speaksFor = (line: number) => line >= marker.from && line <= marker.to
      const claims: Claim['claims'] = (path, lines) =>
        path === source.path && (lines === null || lines.some(speaksFor))
      return [{ ...found, link, claims }]
    })
  })
}

function linkTo(
  element: Element,
  pattern: string,
  why: { source: LinkSource; because: string },
): CodeLink {
  const { kind, id, title } = element
  return { element: { kind, id, title }, pattern, confidence: 1, ...why }
}
