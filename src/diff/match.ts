import type { ElementKind } from '../threat-model/model.ts'
import { setAside } from './aside.ts'
import { assign, type Edge } from './assignment.ts'
import { areOtherCells, pairCells } from './cells.ts'
import type { Card, Deck } from './deck.ts'
import { type Evidence, type Scene, weigh } from './evidence.ts'
import { pairExact } from './exact.ts'
import { type Gaps, gapsOf, neighboursInGap, placeLikeness } from './gaps.ts'
import { newPairing, openAfter, openBefore, type Pairing, pairUp } from './pairing.ts'
import { pairByStructure, translationOf } from './structure.ts'
import { alikeIn, isHurried, type Table, tableOf } from './table.ts'

/*
 * Which element of one version is which of the other, without relying on ids.
 *
 *   1. what is equal goes together (exact.ts);
 *   2. of the rest, each is weighed against the few that share rare words, an id, a place or a
 *      reference with it, and the choice of the greatest sum is taken (assignment.ts);
 *   3. again with what has been learnt: a settled adversary tells its threats apart. Each round
 *      asks for less, so that the sure pairs come first and help the doubtful ones.
 *
 * A translated document is followed by its order instead (structure.ts). Not done here: split and
 * merged elements (parts.ts).
 */

/** Least gain of a pair, round by round. */
const rounds = [2.5, 1, 0]

/** Names before what they are used in: settled references are evidence for threats. */
const order: ElementKind[] = [
  'adversary',
  'asset',
  'attack',
  'boundary',
  'mitigation',
  'threat',
  'assumption',
  'scope-note',
]

/** No pair found by weighing is certain. */
const confidenceMax = 0.97

export function pairDecks(before: Deck, after: Deck): Pairing {
  const pairing = newPairing(before, after)
  pairExact(pairing)
  pairing.translation = translationOf(pairing)
  if (pairing.translation !== null) pairByStructure(pairing)
  const trust = idTrustOf(pairing)
  const aside = setAside(pairing)
  const tables = new Map(order.map((kind) => [kind, tableOf(pairing, kind)]))
  pairing.hurried = [...tables.values()].some((table) => table !== null && isHurried(table))
  for (const least of rounds) {
    for (const kind of order) {
      const table = tables.get(kind)
      if (kind === 'threat') pairCells(pairing)
      if (table) pairRound(pairing, table, { trust, aside, least })
    }
  }
  return pairing
}

/** The share of surely equal elements that kept their id; one half when there are none to ask. */
function idTrustOf(pairing: Pairing): number {
  let kept = 1
  let asked = 2
  for (const { before, after } of pairing.ofBefore.values()) {
    const [left, right] = [before.element.writtenId, after.element.writtenId]
    if (left === null || right === null) continue
    asked++
    if (left === right) kept++
  }
  return asked === 2 ? 0.75 : kept / asked
}

interface Candidate {
  before: Card
  after: Card
  evidence: Evidence
}

interface Round {
  /** See `Scene.idTrust`. */
  trust: number
  aside: ReadonlySet<Card>
  least: number
}

function pairRound(pairing: Pairing, table: Table, round: Round): void {
  const { trust: idTrust, aside, least } = round
  const befores = openBefore(pairing, table.kind).filter((card) => !aside.has(card))
  if (befores.length === 0 || openAfter(pairing, table.kind).length === 0) return
  const gaps = gapsOf(pairing, table.kind)
  const scene: Scene = {
    pairing,
    weights: table.weights,
    wordings: table.wordings,
    idTrust,
    noise: (card) => table.noise.get(card) ?? 0,
    place: (before, after) => placeLikeness(gaps, before, after),
  }
  const candidates = befores.flatMap((before) =>
    [...likely(before, pairing, table, gaps)]
      .filter((after) => !aside.has(after) && !areOtherCells(before, after, pairing))
      .map((after): Candidate => ({ before, after, evidence: weigh(before, after, scene) })),
  )
  take(pairing, candidates, least)
  for (const candidate of candidates) {
    const { before, after } = candidate
    if (!pairing.ofBefore.has(before) && !pairing.ofAfter.has(after)) noteDoubts(pairing, candidate)
  }
}

function noteDoubts(pairing: Pairing, { before, after, evidence }: Candidate): void {
  const { gain } = evidence
  for (const [card, nearest] of [
    [before, after],
    [after, before],
  ] as const) {
    if (gain > (pairing.doubts.get(card)?.gain ?? Number.NEGATIVE_INFINITY)) {
      pairing.doubts.set(card, { nearest, gain })
    }
  }
}

function likely(before: Card, pairing: Pairing, table: Table, gaps: Gaps): Set<Card> {
  const found = [
    ...alikeIn(table, before),
    ...neighboursInGap(gaps, before, table.tries.byPlace),
    ...(table.openIds.get(before.element.writtenId ?? '') ?? []),
  ]
  return new Set(found.filter((card) => !pairing.ofAfter.has(card)))
}

function take(pairing: Pairing, candidates: readonly Candidate[], least: number): void {
  const worth = candidates.filter((candidate) => candidate.evidence.gain > least)
  const edges = worth.map(({ before, after, evidence }): Edge => {
    return { row: before.index, column: after.index, gain: evidence.gain }
  })
  const byEdge = new Map(worth.map((candidate, i) => [edges[i], candidate]))
  const rivals = rivalsOf(candidates)
  for (const edge of assign(edges)) {
    const candidate = byEdge.get(edge)
    if (candidate === undefined) continue
    const { before, after, evidence } = candidate
    pairUp(pairing, {
      before,
      after,
      reason: evidence.reasons.slice(0, 3).join(', ') || 'the nearest of all',
      confidence: confidenceOf(candidate, rivals),
      how: 'compared',
    })
  }
}

type Rivals = Map<Card, Candidate[]>

function rivalsOf(candidates: readonly Candidate[]): Rivals {
  const rivals: Rivals = new Map()
  for (const candidate of candidates) {
    for (const card of [candidate.before, candidate.after]) {
      const list = rivals.get(card)
      if (list === undefined) rivals.set(card, [candidate])
      else list.push(candidate)
    }
  }
  return rivals
}

/** Odds against "no pair at all" and against every other pair of the two. */
function confidenceOf(candidate: Candidate, rivals: Rivals): number {
  const { before, after, evidence } = candidate
  let against = Math.exp(-evidence.gain)
  for (const rival of [...(rivals.get(before) ?? []), ...(rivals.get(after) ?? [])]) {
    if (rival !== candidate) against += Math.exp(rival.evidence.gain - evidence.gain)
  }
  return Math.min(confidenceMax, Math.round(100 / (1 + against)) / 100)
}
