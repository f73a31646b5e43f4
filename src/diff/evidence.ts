import { likeness, sizeOf, type Weights } from './bag.ts'
import { bodyBag, type Card, codeOf, type Deck, referencesOf, textBag, titleBag } from './deck.ts'
import { idAfter, type Pairing } from './pairing.ts'

/*
 * How much speaks for two cards being the same element, as a sum of gains (natural logarithms of
 * odds): 0 is even, +3 is twenty to one. Every kind of evidence adds or takes away; none decides
 * alone, because ids get reused, titles repeat and neighbours go. The numbers were set on edit
 * scripts (test/properties) and on histories of real documents.
 */

export interface Evidence {
  gain: number
  /** What speaks for the pair, the strongest first. */
  reasons: string[]
}

/** What weighing needs to know beside the two cards. */
export interface Scene {
  pairing: Pairing
  weights: Weights
  /** 0 (ids were renumbered or reused) to 1 (ids kept their elements wherever one could see). */
  idTrust: number
  /** Likeness of a title to the titles of elements already settled: what counts as no evidence. */
  noise(card: Card, side: 'before' | 'after'): number
  /** What was found out about the words of a pair: they stay the same round after round. */
  wordings: Map<Card, Map<Card, Part[]>>
  /** How well the two stand between the same settled neighbours, 0 to 1. */
  place(before: Card, after: Card): number
}

const prior = -3
const fullEvidenceWords = 10
const referrersMax = 20

export function weigh(before: Card, after: Card, scene: Scene): Evidence {
  const words = knownWording(before, after, scene)
  const parts = [
    ...words,
    idPart(before, after, scene, sum(words)),
    sectionPart(before, after),
    { gain: 2.2 * scene.place(before, after), say: 'same place among its neighbours' },
    codePart(before, after),
    ...linkParts(before, after, scene),
    referrerPart(before, after, scene.pairing),
    wordListPart(before, after),
  ]
  const gain = prior + sum(parts)
  const reasons = parts
    .filter((part) => part.gain >= 0.4 && part.say !== '')
    .sort((a, b) => b.gain - a.gain)
    .map((part) => part.say)
  return { gain, reasons }
}

export interface Part {
  gain: number
  say: string
}

const nothing: Part = { gain: 0, say: '' }

function sum(parts: readonly Part[]): number {
  return parts.reduce((total, part) => total + part.gain, 0)
}

function knownWording(before: Card, after: Card, scene: Scene): Part[] {
  let known = scene.wordings.get(before)
  if (known === undefined) {
    known = new Map()
    scene.wordings.set(before, known)
  }
  let words = known.get(after)
  if (words === undefined) {
    words = wording(before, after, scene)
    known.set(after, words)
  }
  return words
}

/** Title and body compared apart, or together when words wandered from one to the other. */
function wording(before: Card, after: Card, scene: Scene): Part[] {
  const title = titlePart(before, after, scene)
  const body = bodyPart(before, after, scene)
  const together = likeness(textBag(before), textBag(after), scene.weights)
  const joined = likenessGain(together)
  if (joined <= title.gain + body.gain) return [title, body]
  return [{ gain: joined, say: `${percent(together)} of the words kept` }]
}

/**
 * A title is evidence only as far as it is more alike than titles of elements known to be others:
 * in "Reading mail / a colleague", "Reading mail / a stranger" half a likeness is the rule.
 */
function titlePart(before: Card, after: Card, scene: Scene): Part {
  const alike = likeness(titleBag(before), titleBag(after), scene.weights)
  const noise = Math.max(scene.noise(before, 'before'), scene.noise(after, 'after'))
  const margin = Math.min(1, Math.max(0, (alike - noise) / 0.15))
  const doubt = alike > 0.25 ? 2.5 * (1 - margin) + 3 * Math.max(0, noise - alike - 0.1) : 0
  const say = alike === 1 ? 'same title' : `${percent(alike)} of the title's words kept`
  return { gain: likenessGain(alike) - doubt, say }
}

/** From -2.5 at no word in common over 0 at a quarter to 5 at all of them. */
function likenessGain(alike: number): number {
  return alike < 0.5 ? -2.5 + 10 * alike : 2.5 + 5 * (alike - 0.5)
}

function bodyPart(before: Card, after: Card, scene: Scene): Part {
  const [left, right] = [bodyBag(before), bodyBag(after)]
  const amount = Math.min(1, Math.min(sizeOf(left), sizeOf(right)) / fullEvidenceWords)
  if (amount === 0) return nothing
  const alike = likeness(left, right, scene.weights)
  const gain = amount * (-1.5 + 6.5 * alike)
  const say = alike === 1 ? 'same text' : `${percent(alike)} of the text's words kept`
  return { gain: gain > 0 ? gain / repeats(before, after, scene.pairing) : gain, say }
}

/** How many elements have one of the two bodies: "see above" tells nothing. */
function repeats(before: Card, after: Card, pairing: Pairing): number {
  const left = pairing.before.bodies.get(before.element.body) ?? 1
  const right = pairing.after.bodies.get(after.element.body) ?? 1
  return Math.max(left, right, 1)
}

/** An id over other words was given to another element more often than not. */
function idPart(before: Card, after: Card, scene: Scene, words: number): Part {
  const [left, right] = [before.element.writtenId, after.element.writtenId]
  if (left === null || right === null) return nothing
  const worth = words > -1.5 ? 4 : 1.5
  if (left === right) return { gain: worth * scene.idTrust, say: `same id ${left}` }
  return { gain: -2 * scene.idTrust, say: '' }
}

function sectionPart(before: Card, after: Card): Part {
  if (before.section !== after.section) return { gain: -0.3, say: '' }
  return { gain: 0.7, say: 'same section' }
}

function codePart(before: Card, after: Card): Part {
  const left = new Set(codeOf(before.element).map((code) => code.path))
  const right = new Set(codeOf(after.element).map((code) => code.path))
  if (left.size === 0 || right.size === 0) return nothing
  const alike = jaccard(left, right)
  return { gain: alike === 0 ? -0.5 : 2 * alike, say: 'same code' }
}

/** What both refer to, seen through the pairs found so far. */
function linkParts(before: Card, after: Card, scene: Scene): Part[] {
  const [left, right] = [before.element, after.element]
  if (left.kind !== 'threat' || right.kind !== 'threat') return []
  const { pairing } = scene
  const ties = (threat: typeof left) => threat.mitigations.map((tie) => tie.id)
  return [
    linkPart(left.attacks, right.attacks, pairing, { for: 1, against: -2.5, say: 'same attack' }),
    linkPart(left.adversaries, right.adversaries, pairing, {
      for: 1,
      against: -2.5,
      say: 'same adversary',
    }),
    linkPart(left.assets, right.assets, pairing, { for: 0.6, against: -1, say: 'same asset' }),
    linkPart(ties(left), ties(right), pairing, { for: 1.5, against: -0.3, say: 'same answer' }),
  ]
}

interface LinkRule {
  for: number
  against: number
  say: string
}

function linkPart(left: string[], right: string[], pairing: Pairing, rule: LinkRule): Part {
  if (left.length === 0 || right.length === 0) return nothing
  const mapped = left.flatMap((id) => idAfter(pairing, id) ?? [])
  if (mapped.length === 0) return nothing
  const alike = jaccard(new Set(mapped), new Set(right))
  if (alike > 0) return { gain: rule.for * alike, say: rule.say }
  return { gain: mapped.length === left.length ? rule.against : 0, say: '' }
}

/** Named by the same threats: what is left of an asset whose name was exchanged. */
function referrerPart(before: Card, after: Card, pairing: Pairing): Part {
  const left = referrersOf(before, pairing.before)
  const right = referrersOf(after, pairing.after)
  if (left.length === 0 || right.length === 0) return nothing
  const mapped = left.flatMap((id) => idAfter(pairing, id) ?? [])
  if (mapped.length === 0) return nothing
  const alike = jaccard(new Set(mapped), new Set(right))
  const rivals = Math.max(siblings(before, pairing.before), siblings(after, pairing.after))
  const gain = alike === 0 ? -1 : (3 * alike) / Math.sqrt(rivals)
  return { gain, say: 'named by the same threats' }
}

/**
 * How many elements of its kind the same threats name: of five answers in one row, none is told.
 */
function siblings(card: Card, deck: Deck): number {
  const { kind } = card.element
  const threats = referrersOf(card, deck).slice(0, referrersMax)
  const counts = threats.map((id) => {
    const named = deck.byId.get(id)
    const ids = named === undefined ? [] : referencesOf(named.element)
    return ids.filter((other) => deck.byId.get(other)?.element.kind === kind).length
  })
  return Math.max(1, Math.min(...counts))
}

function referrersOf(card: Card, deck: Deck): string[] {
  return deck.referrers.get(card.element.id) ?? []
}

/** Categories, severity and the like: weak, but for free. */
function wordListPart(before: Card, after: Card): Part {
  const [left, right] = [before.element, after.element]
  if (left.kind !== 'threat' || right.kind !== 'threat') return nothing
  if (left.categories.length === 0 || right.categories.length === 0) return nothing
  const alike = jaccard(new Set(left.categories), new Set(right.categories))
  return { gain: alike === 0 ? -0.7 : 0.4 * alike, say: 'same category' }
}

function jaccard(left: ReadonlySet<string>, right: ReadonlySet<string>): number {
  let shared = 0
  for (const value of left) if (right.has(value)) shared++
  return shared / Math.max(1, left.size + right.size - shared)
}

function percent(share: number): string {
  return `${Math.round(share * 100)} %`
}
