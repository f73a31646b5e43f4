import type { Problem } from '../shared/problem.ts'
import type { Span } from '../shared/span.ts'
import { checkBounds, findHiddenCharacters } from './bounds.ts'
import { judged, withoutTree } from './code-references.ts'
import { startsIn } from './draft/claims.ts'
import { type Draft, type Found, nothing, type Recogniser } from './draft/draft.ts'
import { legendIn } from './draft/legend.ts'
import { sharedTree } from './markdown/markdown.ts'
import { plainSpan } from './markdown/place.ts'
import { merge } from './merge/merge.ts'
import { areListed } from './merge/overlap.ts'
import type { CodeReference, Reading, ThreatModel } from './model.ts'
import { outlineOf } from './outline/outline.ts'
import type { Outline } from './outline/types.ts'
import { modelPart } from './part.ts'
import { modelProblems } from './read-model-problems.ts'
import type { ReadingHints, ReadOptions } from './read-options.ts'
import { formProblems, isUnfilled, unfilledProblem } from './read-problems.ts'
import { recognisers } from './recognisers/all.ts'
import { resolve } from './references/references.ts'

/*
 * Text → threat model. Every recogniser reads the whole document; what they found is merged by name
 * and id, names become ids, and paths are judged by the tree.
 *
 *   text ─ bounds ─ parseMarkdown ─ outline ─┬─ recogniser ─┬─ merge ─ resolve ─ paths ─ Reading
 *                                            ├─ recogniser ─┤
 *                                            └─ …          ─┘
 *
 * It never throws: what cannot be read is `unreadable`, what was not understood is a problem.
 */

export function read(text: string, options: ReadOptions = {}): Reading {
  const refused = checkBounds(text)
  const hidden = findHiddenCharacters(text)
  if (refused !== null) return unreadable(refused, hidden, options)
  return readPart(modelPart(text, options.path ?? ''), hidden, options)
}

function readPart(text: string, hidden: Problem[], options: ReadOptions): Reading {
  const hints = options.reading ?? {}
  const outline = outlineOf(sharedTree(text), text, hints)
  const { document, founds, free } = findAll(outline, text, hints)
  const { filled, unfilled } = free
  const problems: Problem[] = [...hidden, ...formProblems(document)]
  problems.push(...unfilled.map(unfilledProblem))
  for (const found of founds) problems.push(...found.problems)
  const joined = merge(filled)
  const resolved = resolve(joined.merged, outline.title || fileName(options.path ?? ''))
  problems.push(...joined.problems, ...resolved.problems)
  const model = withTree(resolved.model, options)
  problems.push(...modelProblems(model))
  return { model, problems: problems.map(settled).sort(byPlace), unreadable: null }
}

/** What each recogniser found. A last resort looks when all others have. */
function findAll(outline: Outline, text: string, hints: ReadingHints) {
  const claimed: Span[] = []
  const document = { outline, text, legend: legendIn(outline), hints, claimed, isListed: false }
  const foundBy = ({ read }: Recogniser) => {
    const found = read(document)
    claimed.push(...found.claims)
    return found
  }
  const founds = recognisers.map((one) => (one.isLastResort ? nothing() : foundBy(one)))
  const free = freeDrafts(founds)
  document.isListed = areListed(free.filled)
  for (const [at, one] of recognisers.entries()) if (one.isLastResort) founds[at] = foundBy(one)
  const isMore = recognisers.some((one, at) => one.isLastResort && founds[at]?.drafts.length !== 0)
  return { document, founds, free: isMore ? freeDrafts(founds) : free }
}

/** All drafts but threats without a name, or in places that another recogniser claims. */
function freeDrafts(founds: readonly Found[]): { filled: Draft[]; unfilled: Draft[] } {
  const claims = founds.flatMap((found, by) => found.claims.map((span) => ({ by, span })))
  const [filled, unfilled]: [Draft[], Draft[]] = [[], []]
  for (const [by, { drafts }] of founds.entries()) {
    const foreign = claims.filter((claim) => claim.by !== by).map(({ span }) => span)
    for (const draft of drafts) {
      if (draft.kind === 'threat' && (!isNamed(draft) || startsIn(draft.span, foreign))) continue
      const list = isUnfilled(draft) ? unfilled : filled
      list.push(draft)
    }
  }
  return { filled, unfilled }
}

/** Empty bullets in each other name nothing; a name is a word or a number, in any script. */
function isNamed({ title, writtenId }: Draft): boolean {
  return writtenId !== null || /[\p{L}\p{N}]/u.test(title)
}

function unreadable(refused: Problem, hidden: Problem[], options: ReadOptions): Reading {
  const { model } = resolve([], fileName(options.path ?? ''))
  return { model, problems: [...hidden, refused].sort(byPlace), unreadable: refused }
}

function fileName(path: string): string {
  return path.split('/').at(-1) ?? ''
}

function byPlace(a: Problem, b: Problem): number {
  return a.span.start.offset - b.span.start.offset
}

/** The problem with spans that stay when the text moves (markdown/place.ts). */
function settled(found: Problem): Problem {
  const span = plainSpan(found.span)
  return found.related === undefined
    ? { ...found, span }
    : { ...found, span, related: plainSpan(found.related) }
}

function withTree(model: ThreatModel, { tree, path = '' }: ReadOptions): ThreatModel {
  const settle = (code: CodeReference[]) =>
    tree === undefined
      ? withoutTree(code)
      : code.flatMap((reference) => judged(reference, tree, path) ?? [])
  const withCode = <E extends { code: CodeReference[] }>(element: E): E => {
    const code = settle(element.code)
    return code === element.code ? element : { ...element, code }
  }
  return {
    ...model,
    assets: model.assets.map(withCode),
    threats: model.threats.map(withCode),
    mitigations: model.mitigations.map(withCode),
  }
}
