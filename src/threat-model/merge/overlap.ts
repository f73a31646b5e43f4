import type { Draft, ThreatDraft } from '../draft/draft.ts'
import { keyOf } from '../identity.ts'
import { soundsLikeAttack } from '../vocabulary/words.ts'

/*
 * Which threat drafts stand. Recognisers do not know each other, so two may read the same lines:
 *
 *   rank      illustrations (1) stand only where they outnumber what lists and tables state,
 *             topics (0) where these state nothing else, prose (-1) where nothing does, and
 *             paragraphs (-2) where there are as many of them as of anything else
 *   overlap   a heading read as a threat, with threats read inside it by another recogniser: the
 *             higher rank stands, of equal ranks the finer one
 */

/** The drafts that stand, in the order of the document. */
export function firmThreats(drafts: readonly Draft[]): Draft[] {
  const threats = inOrder(drafts.filter(isThreat))
  const standing = uncovered(highRanks(threats))
  const others = withoutThreats(
    drafts.filter((draft) => !isThreat(draft)),
    standing,
  )
  return mingled(standing, inOrder(others))
}

/** Most are found in order: a look is shorter than sorting. */
function inOrder<D extends Draft>(drafts: D[]): D[] {
  let last = -1
  const isSorted = drafts.every((draft) => {
    const { offset } = draft.span.start
    const isBehind = offset > last
    last = offset
    return isBehind
  })
  return isSorted ? drafts : drafts.sort(byPlace)
}

/** Two lists in order as one. */
function mingled(threats: readonly Draft[], others: readonly Draft[]): Draft[] {
  const all: Draft[] = []
  let at = 0
  for (const other of others) {
    for (let next = threats[at]; next !== undefined && byPlace(next, other) <= 0; ) {
      all.push(next)
      next = threats[++at]
    }
    all.push(other)
  }
  return all.concat(threats.slice(at))
}

/** What one recogniser notes as out of scope and another reads as a threat is a threat. */
function withoutThreats(others: Draft[], threats: readonly ThreatDraft[]): Draft[] {
  if (!others.some(isNote)) return others
  const starts = new Set(threats.map((threat) => threat.span.start.offset))
  return others.filter((draft) => !isNote(draft) || !starts.has(draft.span.start.offset))
}

function isNote({ kind }: Draft): boolean {
  return kind === 'scope-note'
}

function isThreat(draft: Draft): draft is ThreatDraft {
  return draft.kind === 'threat'
}

/** By start; of equal starts the longer first, because it holds the other. */
function byPlace(a: Draft, b: Draft): number {
  return (
    a.span.start.offset - b.span.start.offset ||
    b.span.end.offset - a.span.end.offset ||
    b.rank - a.rank
  )
}

/**
 * True when lists and tables state so much, and topics so little, that no draft of a rank below 0
 * will stand or make another fall, wherever it is.
 */
export function areListed(drafts: readonly Draft[]): boolean {
  const found = { topics: 0, listed: 0, outside: 0 }
  for (const draft of drafts) {
    if (!isThreat(draft)) continue
    if (draft.rank === 0) found.topics++
    if (draft.rank < 2 || isRuledOut(draft)) continue
    found.listed++
    if (!isScope(draft)) found.outside++
  }
  return found.topics < fewestTopics && found.listed >= fewestListed && found.outside > 0
}

/** What lists and tables state; what a heading only rules out is beside the point here. */
function highRanks(all: ThreatDraft[]): ThreatDraft[] {
  const threats = withoutPlaces(all)
  const listed = threats.filter((threat) => threat.rank >= 2 && !isRuledOut(threat))
  const shown = threats.filter((threat) => threat.rank === 1)
  const topics = threats.filter((threat) => threat.rank === 0)
  if (shown.length > listed.length) return atLeast(threats, 1)
  if (topics.length > listed.length && areAmong(listed, topics)) {
    const beside = besideListed(threats, listed)
    return areOfOneForm(listed) ? beside.filter(isListedOrAttack) : beside
  }
  if (topics.length > listed.length && listed.every(isScope)) return atLeast(threats, 0)
  // What is open may be listed, and what is met told in prose beside it.
  if (listed.length >= fewestListed && listed.every(isScope)) {
    const paragraphs = threats.filter(({ rank }) => rank === -2)
    const lowest = paragraphs.length > listed.length ? -2 : -1
    return threats.filter(({ rank }) => rank >= 2 || (rank < 0 && rank >= lowest))
  }
  if (listed.length >= fewestListed) return atLeast(threats, 2)
  const ruledOut = threats.filter((threat) => threat.rank >= 2).length
  if (outside(threats, topics) >= Math.max(fewestTopics, ruledOut)) return atLeast(threats, 0)
  const told = threats.filter((threat) => threat.rank < 0)
  if (listed.length > 0 && told.length < fewestTold) return atLeast(threats, 2)
  const candidates = atLeast(threats, -1)
  const isTold = threats.length >= candidates.length * 2
  return candidates.length < fewestListed || isTold ? threats : candidates
}

/**
 * "The gate", "The till" over sentences that each name a threat are places: where the sentences are
 * at least half as many, and hardly a heading names harm, the headings only sort them.
 */
function withoutPlaces(threats: ThreatDraft[]): ThreatDraft[] {
  const topics = threats.filter(({ rank }) => rank === 0)
  if (topics.length < fewestTopics) return threats
  const harmful = topics.filter(({ title }) => soundsLikeAttack(title))
  if (harmful.length * 5 > topics.length) return threats
  const names = new Set(topics.map(({ title }) => keyOf(title)))
  const starts = new Set(topics.map(({ span }) => span.start.line))
  const told = threats.filter(
    ({ rank, title, span }) =>
      rank === -2 && !names.has(keyOf(title)) && !starts.has(span.start.line),
  )
  return told.length * 2 < topics.length ? threats : threats.filter(({ rank }) => rank !== 0)
}

/** How many topics do not only explain a listed threat that they stand in. In one pass. */
function outside(threats: readonly ThreatDraft[], topics: readonly ThreatDraft[]): number {
  let holds = { start: -1, end: -1 }
  const within = new Set<ThreatDraft>()
  for (const threat of threats) {
    const [start, end] = [threat.span.start.offset, threat.span.end.offset]
    if (threat.rank >= 2 && end > holds.end) holds = { start, end }
    else if (threat.rank === 0 && start > holds.start && end <= holds.end) within.add(threat)
  }
  return topics.filter((topic) => !within.has(topic)).length
}

function isScope({ recogniser }: ThreatDraft): boolean {
  return recogniser === 'scope-lists' || recogniser === 'left-out-classes'
}

function isRuledOut(threat: ThreatDraft): boolean {
  if (!isScope(threat)) return false
  const { status } = threat
  return status.status === 'out-of-scope' || status.status === 'mitigated'
}

function atLeast(threats: readonly ThreatDraft[], rank: number): ThreatDraft[] {
  return threats.filter((threat) => threat.rank >= rank)
}

/** The topics of the parts that list threats; what other parts tell is beside the point. */
function besideListed(threats: readonly ThreatDraft[], listed: readonly ThreatDraft[]) {
  if (listed.length === 0) return atLeast(threats, 0)
  const parts = new Set(listed.map(partOf))
  return threats.filter(
    (threat) => threat.rank > 0 || (threat.rank === 0 && parts.has(partOf(threat))),
  )
}

function partOf({ section }: ThreatDraft): string {
  return section.join('\n')
}

function isLabelledOrAttack({ rank, title }: ThreatDraft): boolean {
  return rank === 3 || soundsLikeAttack(title.replace(brackets, ' '))
}

/** Beside headings of one form, one without labels is a threat by its name alone. */
function isListedOrAttack({ rank, title }: ThreatDraft): boolean {
  return rank >= 2 || soundsLikeAttack(title.replace(brackets, ' '))
}

const brackets = /\([^()]{0,200}\)/g

/** Headings with labels, each: what has none beside them is something else. */
function areOfOneForm(listed: readonly ThreatDraft[]): boolean {
  const labelled = listed.filter(({ rank }) => rank === 3)
  return labelled.length > fewestTopics && listed.every(isLabelledOrAttack)
}

/** True when every listed threat is one of the topics: then their level is the list. */
function areAmong(listed: readonly ThreatDraft[], topics: readonly ThreatDraft[]): boolean {
  const starts = new Set(topics.map((topic) => topic.span.start.offset))
  return listed.every((threat) => starts.has(threat.span.start.offset))
}

/** One entry under a heading among many topics is not the list of a document's threats. */
const fewestListed = 2
const fewestTopics = 3
/** Fewer candidates beside the one listed threat are what is said around it. */
const fewestTold = 3

/** One pass with a stack of the drafts that hold the present one. One recogniser agrees. */
function uncovered(threats: ThreatDraft[]): ThreatDraft[] {
  if (threats.every(({ recogniser }) => recogniser === threats[0]?.recogniser)) return threats
  const dropped = new Set<ThreatDraft>()
  const open: ThreatDraft[] = []
  for (const threat of threats) {
    while (open.length > 0 && !contains(open.at(-1), threat)) open.pop()
    for (const outer of open) {
      if (dropped.has(outer) || agree(outer, threat)) continue
      dropped.add(outer.rank > threat.rank ? threat : outer)
    }
    if (!dropped.has(threat) && open.length < maxDepth) open.push(threat)
  }
  return threats.filter((threat) => !dropped.has(threat))
}

const maxDepth = 40

function contains(outer: ThreatDraft | undefined, inner: ThreatDraft): boolean {
  return outer !== undefined && outer.span.end.offset >= inner.span.end.offset
}

/** One recogniser means its nested drafts; two that read the same entry agree. */
function agree(a: ThreatDraft, b: ThreatDraft): boolean {
  if (a.recogniser === b.recogniser) return true
  return a.span.start.offset === b.span.start.offset && keyOf(a.title) === keyOf(b.title)
}
