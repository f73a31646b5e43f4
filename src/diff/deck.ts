import {
  type CodeReference,
  type Element,
  type ElementKind,
  elementLists,
  type ThreatModel,
} from '../threat-model/model.ts'
import { type Bag, bagOf, bagOfWords } from './bag.ts'
import { normal, normalName } from './normal.ts'
import type { TextIndex } from './text-index.ts'

/*
 * One version of a model laid out for matching: a card per element with its normal title, the
 * section it stands in and who refers to whom. What costs time (normal forms, bags of stems) is
 * made when first asked for, because most elements of a changed model are found equal without
 * it.
 */

export interface Card {
  element: Element
  /** Place in the list of its kind, 0-based. */
  index: number
  /** Normal form of the title. */
  readonly title: string
  /** Normal form of the heading trail below the document's title. */
  section: string
  /** Titles of the attacks, adversaries and assets a threat is made of. */
  readonly family: string
  bags: { title: Bag | null; body: Bag | null; text: Bag | null }
}

export interface Deck {
  model: ThreatModel
  cards: Record<ElementKind, Card[]>
  byId: Map<string, Card>
  /** By the line on which the entry starts, of every kind. */
  byLine: Map<number, Card[]>
  /** Ids of the threats (and attacks) that name an element, by its id. */
  referrers: Map<string, string[]>
  /** How often each body occurs, word for word: a repeated body tells nothing about identity. */
  bodies: Map<string, number>
  /** The document, when the caller has it. */
  text: string | null
  /** What the document says, once somebody asked (statements.ts). */
  statements: Statements | null
  /** The text without markup, roughly, once somebody asked (plain-text.ts). */
  plain: TextIndex | null
}

/** What a document says, whoever says it: see statements.ts. */
export interface Statements {
  /** How often each heading, entry, cell or first clause of one stands there. */
  units: Map<string, number>
  /** Where a unit first stands: the headings above it, in normal form. */
  sections: Map<string, string>
  /** Every statement in normal form, in the order of the document. */
  lines: string[]
  /** Where in `lines` each heading first stands. */
  headings: Map<string, number>
  /** All lines, each between blanks. */
  all: string
  /** The same for looking up, once somebody asked. */
  index: TextIndex | null
}

export const kinds = Object.keys(elementLists) as ElementKind[]

export function deckOf(model: ThreatModel, text: string | null = null): Deck {
  const deck: Deck = {
    model,
    cards: Object.fromEntries(kinds.map((kind) => [kind, []])) as unknown as Deck['cards'],
    byId: new Map(),
    byLine: new Map(),
    referrers: new Map(),
    bodies: new Map(),
    text,
    statements: null,
    plain: null,
  }
  const sections = new Map<string, string>()
  for (const kind of kinds) {
    model[elementLists[kind]].forEach((element, index) => {
      const card = cardOf(element, index, sectionOf(element, model, sections), deck)
      deck.cards[kind].push(card)
      deck.byId.set(element.id, card)
      push(deck.byLine, element.span.start.line, card)
      deck.bodies.set(element.body, (deck.bodies.get(element.body) ?? 0) + 1)
      for (const id of referencesOf(element)) push(deck.referrers, id, element.id)
    })
  }
  return deck
}

function cardOf(element: Element, index: number, section: string, deck: Deck): Card {
  let title: string | null = null
  let family: string | null = null
  return {
    element,
    index,
    section,
    bags: { title: null, body: null, text: null },
    get title() {
      title ??= normalName(element.title)
      return title
    },
    get family() {
      family ??= familyOf(element, deck)
      return family
    },
  }
}

/** Sections repeat for every entry below them, so each trail is normalised once. */
function sectionOf(element: Element, model: ThreatModel, known: Map<string, string>): string {
  const raw = element.section.join('\n')
  let section = known.get(raw)
  if (section === undefined) {
    const trail = element.section.map(normalName)
    if (trail[0] === normalName(model.title)) trail.shift()
    section = trail.filter((part) => part !== '').join('\n')
    known.set(raw, section)
  }
  return section
}

function familyOf(element: Element, deck: Deck): string {
  if (element.kind !== 'threat') return ''
  return [element.attacks, element.adversaries, element.assets]
    .map((ids) => ids.map((id) => deck.byId.get(id)?.title ?? '').sort())
    .join('\n')
}

/** Ids of the elements that this one names; mitigations are named by threats, not the other way. */
export function referencesOf(element: Element): string[] {
  switch (element.kind) {
    case 'threat': {
      const ties = element.mitigations.map((tie) => tie.id)
      return [...element.attacks, ...element.adversaries, ...element.assets, ...ties]
    }
    case 'attack':
      return element.variantOf === null ? [] : [element.variantOf]
    default:
      return []
  }
}

const copyWordsMin = 3

/** Equal for an entry and its copy; null for one too short to tell. */
export function copyKey({ element, title, family }: Card): string | null {
  if (element.body === '' && title.split(' ').length < copyWordsMin) return null
  return [element.kind, title, family, normal(element.body)].join('\0')
}

export function titleBag(card: Card): Bag {
  card.bags.title ??= bagOfWords(card.title)
  return card.bags.title
}

export function bodyBag(card: Card): Bag {
  card.bags.body ??= bagOf(card.element.body)
  return card.bags.body
}

/** Title and body together: words may wander between the two when the shape changes. */
export function textBag(card: Card): Bag {
  card.bags.text ??= bagOf(`${card.element.title}\n${card.element.body}`)
  return card.bags.text
}

export function codeOf(element: Element): CodeReference[] {
  return 'code' in element ? element.code : []
}

export function push<K, V>(map: Map<K, V[]>, key: K, value: V): void {
  const list = map.get(key)
  if (list === undefined) map.set(key, [value])
  else list.push(value)
}
