import type { Change, ChangeField, Comparison } from '../../src/diff/change.ts'
import { normal, sentences } from '../../src/diff/normal.ts'
import { type Element, elementsOf, type Threat } from '../../src/threat-model/model.ts'

/*
 * The laws of a comparison as functions. `applied` carries out a list of changes on what a model
 * means: everything comes from the text of the changes, but for new elements, which are taken from
 * `after` together with who names them. If a change were missing or wrong, the result would differ
 * from `wanted`.
 *
 * Meaning is kept as titles instead of ids and as sentences without order. An element of both
 * versions has one key, so that links follow it when its title changes.
 */

interface Meaning {
  kind: Element['kind']
  title: string
  body: string[]
  fields: Record<string, string>
  /** Categories and code paths. */
  words: Record<string, string[]>
  /** Keys of what it names, by field. */
  links: Record<string, string[]>
}

type State = Map<string, Meaning>

/** Key of an element of either version. */
interface Keys {
  before(id: string): string
  after(id: string): string
}

function keysOf({ matches }: Comparison): Keys {
  const known = new Map(matches.map((match) => [match.after.id, match.before.id]))
  return { before: (id) => id, after: (id) => known.get(id) ?? `new ${id}` }
}

export function applied(comparison: Comparison): string[] {
  const { before, after, changes } = comparison
  const keys = keysOf(comparison)
  const state = stateOf(elementsOf(before), keys.before)
  const target = stateOf(elementsOf(after), keys.after)
  const origin = stateOf(elementsOf(before), keys.before)
  for (const change of changes) {
    if (change.kind === 'removed') state.delete(change.id)
    else if (change.kind === 'added') add(state, target, keys.after(change.id))
    else carryOut(change, { origin, state, target, subject: keys.after(change.id) })
  }
  return shown(state)
}

export function wanted(comparison: Comparison): string[] {
  return shown(stateOf(elementsOf(comparison.after), keysOf(comparison).after))
}

function stateOf(elements: Element[], keyOf: (id: string) => string): State {
  return new Map(elements.map((element) => [keyOf(element.id), meaningOf(element, keyOf)]))
}

function meaningOf(element: Element, keyOf: (id: string) => string): Meaning {
  const code = 'code' in element ? element.code.map((reference) => normal(reference.path)) : []
  return {
    kind: element.kind,
    title: normal(element.title),
    body: sentences(element.body).map(normal),
    fields: fieldsOf(element),
    words: { categories: categoriesOf(element).map(normal), code },
    links: element.kind === 'threat' ? linksOf(element, keyOf) : {},
  }
}

function linksOf(threat: Threat, keyOf: (id: string) => string): Meaning['links'] {
  return {
    attacks: threat.attacks.map(keyOf),
    adversaries: threat.adversaries.map(keyOf),
    assets: threat.assets.map(keyOf),
    mitigations: threat.mitigations.map((tied) => keyOf(tied.id)),
  }
}

function categoriesOf(element: Element): string[] {
  if (element.kind === 'mitigation') return element.category === null ? [] : [element.category]
  return 'categories' in element ? element.categories : []
}

function fieldsOf(element: Element): Record<string, string> {
  switch (element.kind) {
    case 'threat': {
      const { status, severity, likelihood, impact } = element
      const rated = { severity, likelihood, impact }
      const words = Object.entries(rated).map(([name, word]) => [name, normal(word ?? '')])
      return { status, ...Object.fromEntries(words) }
    }
    case 'mitigation':
      return { status: element.status }
    case 'scope-note':
      return { scope: element.scope }
    default:
      return {}
  }
}

/** A new element and the links of all that name it. */
function add(state: State, target: State, key: string): void {
  const fresh = target.get(key)
  if (fresh !== undefined) state.set(key, fresh)
  for (const [name, meaning] of target) {
    for (const [field, links] of Object.entries(meaning.links)) {
      const known = state.get(name)?.links[field]
      if (links.includes(key) && known !== undefined && !known.includes(key)) known.push(key)
    }
  }
}

interface Work {
  /** Titles as the changes write them, whatever was carried out so far. */
  origin: State
  state: State
  target: State
  subject: string
}

function carryOut(change: Change, work: Work): void {
  const subject = work.state.get(work.subject)
  if (subject === undefined) return
  const [gone, come] = [lines(change.before), lines(change.after)]
  switch (change.field) {
    case 'title':
      subject.title = come.join(' ')
      break
    case 'body':
      subject.body = exchanged(subject.body, gone, come)
      break
    case 'categories':
    case 'code':
      subject.words[change.field] = exchanged(subject.words[change.field] ?? [], gone, come)
      break
    case 'answers':
      moveAnswers(work, gone, come)
      break
    default:
      setField(change.field, subject, work, { gone, come })
  }
}

function setField(
  field: ChangeField | null,
  subject: Meaning,
  work: Work,
  { gone, come }: { gone: string[]; come: string[] },
): void {
  if (field === null) return
  const links = subject.links[field]
  if (links === undefined) {
    if (field in subject.fields) subject.fields[field] = come.join(' ')
    return
  }
  // Of elements with equal titles, those that this one names (or will name) are meant.
  const lost = gone.map(
    (title) => links.find((key) => titleIn(work.origin, key) === title) ?? title,
  )
  const named = work.target.get(work.subject)?.links[field] ?? []
  const found = come.map((title) => {
    return named.find((key) => titleIn(work.target, key) === title && !links.includes(key)) ?? title
  })
  subject.links[field] = exchanged(links, lost, found)
}

function titleIn(state: State, key: string): string {
  return state.get(key)?.title ?? ''
}

function moveAnswers({ state, target, subject }: Work, gone: string[], come: string[]): void {
  for (const [key, meaning] of state) {
    const tied = meaning.links.mitigations
    if (tied === undefined) continue
    const had = tied.includes(subject)
    const has = target.get(key)?.links.mitigations?.includes(subject) ?? false
    if (had && !has && gone.length > 0) tied.splice(tied.indexOf(subject), 1)
    if (!had && has && come.length > 0) tied.push(subject)
  }
}

function lines(text: string | null): string[] {
  return text === null ? [] : text.split('\n').map(normal)
}

function exchanged(list: string[], gone: string[], come: string[]): string[] {
  const rest = [...list]
  for (const text of gone) {
    const at = rest.indexOf(text)
    if (at >= 0) rest.splice(at, 1)
    else rest.push(`not there: ${text}`)
  }
  return [...rest, ...come]
}

/** Words without order; links to what is gone are gone. */
function shown(state: State): string[] {
  return [...state.values()]
    .map((meaning) => {
      const words = [meaning.title, ...meaning.body].join(' ').split(' ').sort().join(' ')
      const links = Object.entries(meaning.links).map(([field, keys]) => {
        return [field, keys.flatMap((key) => state.get(key)?.title ?? []).sort()]
      })
      const free = Object.entries(meaning.words).map(([field, list]) => [field, [...list].sort()])
      return JSON.stringify([meaning.kind, words, meaning.fields, links, free])
    })
    .sort()
}

/** A change as it must read when both models change places; what is left out has no mirror. */
export function mirrored(change: Change): string {
  const kinds: Partial<Record<Change['kind'], Change['kind']>> = {
    added: 'removed',
    removed: 'added',
    split: 'merged',
    merged: 'split',
  }
  const directions = { weaker: 'stronger', stronger: 'weaker', neutral: 'neutral' } as const
  const { phrases } = change
  return spoken({
    ...change,
    kind: kinds[change.kind] ?? change.kind,
    title: change.previousTitle ?? change.title,
    before: change.after,
    after: change.before,
    direction: directions[change.direction],
    phrases: phrases === null ? null : { before: phrases.after, after: phrases.before },
  })
}

export function spoken(change: Change): string {
  const { kind, element, title, field, before, after, direction, confidence, phrases } = change
  const others = [...change.others].sort()
  const parts = [kind, element, title, field, before, after, direction, confidence, phrases, others]
  return JSON.stringify(parts)
}
