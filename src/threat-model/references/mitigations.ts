import type { Problem } from '../../shared/problem.ts'
import { settledCode } from '../code-references.ts'
import type { Mention, MitigationDraft, MitigationMention } from '../draft/draft.ts'
import { idKey, keyOf, slugOf } from '../identity.ts'
import { plainSpan } from '../markdown/place.ts'
import type { ElementBase, Mitigation, MitigationTie, Threat } from '../model.ts'
import { disagreement, noMitigation, noThreat, oneSided } from './disagreements.ts'

/*
 * Mitigations and threats form a graph that the document draws from two sides:
 *
 *   | T-1 | Replay | M-1, M-2 |             | M-1 | Nonces  | T-1      |
 *                                           | M-9 | Logging | T-1, T-7 |
 *
 * A tie is read from either side. Where a threat names its mitigations by id, that list is what it
 * has: a mitigation that claims the threat from the other side only (M-9) is a disagreement, and so
 * is a reference to nothing (T-7). Both are reported and tie nothing.
 *
 * A control that is only named in a threat's own field or row is an element too; equal names are
 * one.
 */

interface Input {
  threats: { threat: Threat; mentions: readonly MitigationMention[] }[]
  stated: { draft: MitigationDraft; base: ElementBase<'mitigation'> }[]
  ids: (wanted: string) => string
}

interface Graph {
  mitigations: Mitigation[]
  byId: Map<string, Mitigation>
  byName: Map<string, Mitigation>
  threatsById: Map<string, Threat>
  /** Asked for by few documents: made when the first does. */
  threatsByName: () => ReadonlyMap<string, Threat>
  problems: Problem[]
  ids: Input['ids']
}

/** Fills in `threat.mitigations` of the given threats and returns the mitigations. */
export function mitigationsOf(input: Input): { mitigations: Mitigation[]; problems: Problem[] } {
  const graph = emptyGraph(input)
  for (const { draft, base } of input.stated) addStated(graph, draft, base)
  const citing = new Set<string>()
  for (const { threat, mentions } of input.threats) {
    for (const mention of mentions) tieMention(graph, threat, mention)
    if (threat.mitigations.some((tie) => tie.tie === 'id')) citing.add(threat.id)
  }
  input.stated.forEach(({ draft }, index) => {
    const mitigation = graph.mitigations[index]
    if (mitigation !== undefined) tieAnswers(graph, mitigation, draft.answers, citing)
  })
  for (const mitigation of graph.mitigations) tieByNumber(graph, mitigation)
  tieByClass(graph, input)
  const told = input.stated.length === 0 ? [] : input.threats
  const threats = new Map(told.map(({ threat }) => [threat.id, threat]))
  input.stated.forEach(({ draft }, index) => {
    const mitigation = graph.mitigations[index]
    if (mitigation !== undefined)
      graph.problems.push(...oneSided(mitigation, draft.answers, threats))
  })
  const mitigations = graph.mitigations.sort((a, b) => a.span.start.offset - b.span.start.offset)
  return { mitigations, problems: graph.problems }
}

function emptyGraph(input: Input): Graph {
  const graph: Graph = {
    mitigations: [],
    byId: new Map(),
    byName: new Map(),
    threatsById: new Map(),
    threatsByName: once(() => byNameOf(input.threats)),
    problems: [],
    ids: input.ids,
  }
  for (const { threat } of input.threats) {
    if (threat.writtenId !== null) graph.threatsById.set(idKey(threat.writtenId), threat)
  }
  return graph
}

function byNameOf(threats: Input['threats']): ReadonlyMap<string, Threat> {
  const byName = new Map<string, Threat>()
  for (const { threat } of threats) {
    const name = keyOf(threat.title)
    if (!byName.has(name)) byName.set(name, threat)
  }
  return byName
}

function once<T>(make: () => T): () => T {
  let made: { value: T } | null = null
  return () => {
    made ??= { value: make() }
    return made.value
  }
}

function addStated(graph: Graph, draft: MitigationDraft, base: ElementBase<'mitigation'>): void {
  const { status, category } = draft
  const code = draft.code.map(settledCode)
  register(graph, { ...base, status, answers: [], category, code })
}

function register(graph: Graph, mitigation: Mitigation): Mitigation {
  graph.mitigations.push(mitigation)
  if (mitigation.writtenId !== null) graph.byId.set(idKey(mitigation.writtenId), mitigation)
  const name = keyOf(mitigation.title)
  if (!graph.byName.has(name)) graph.byName.set(name, mitigation)
  return mitigation
}

function tieMention(graph: Graph, threat: Threat, mention: MitigationMention): void {
  const cited = mention.writtenId === null ? undefined : graph.byId.get(idKey(mention.writtenId))
  if (cited === undefined && isBareId(mention) && threatOfId(graph, mention) !== undefined) return
  if (cited === undefined && isBareId(mention) && graph.byId.size > 0)
    graph.problems.push(noMitigation(threat, mention))
  const known = cited ?? (mention.title === '' ? undefined : graph.byName.get(keyOf(mention.title)))
  const mitigation = known ?? register(graph, newMitigation(graph, threat, mention))
  if (mitigation.status === 'unstated') mitigation.status = mention.status
  tie(
    threat,
    mitigation,
    cited === undefined && mention.tie === 'id' && !isBareId(mention) ? 'label' : mention.tie,
  )
}

function isBareId(mention: MitigationMention): boolean {
  return mention.writtenId !== null && keyOf(mention.title) === keyOf(mention.writtenId)
}

function threatOfId(graph: Graph, mention: Mention): Threat | undefined {
  return mention.writtenId === null ? undefined : graph.threatsById.get(idKey(mention.writtenId))
}

function newMitigation(graph: Graph, threat: Threat, mention: MitigationMention): Mitigation {
  const title = mention.title === '' ? (mention.writtenId ?? '') : mention.title
  const span = plainSpan(mention.span)
  return {
    kind: 'mitigation',
    id: graph.ids(slugOf(mention.writtenId ?? title)),
    writtenId: mention.writtenId,
    title,
    span,
    places: [span],
    section: threat.section,
    certainty: isBareId(mention) ? 'inferred' : 'stated',
    body: '',
    origins: [
      {
        recogniser: 'references',
        reason: `named by the threat "${threat.title}"`,
        line: span.start.line,
      },
    ],
    status: mention.status,
    answers: [],
    category: mention.category,
    code: mention.code.map(settledCode),
  }
}

function tie(threat: Threat, mitigation: Mitigation, how: MitigationTie['tie']): void {
  if (threat.mitigations.some((known) => known.id === mitigation.id)) return
  threat.mitigations.push({ id: mitigation.id, tie: how })
  mitigation.answers.push(threat.id)
}

/** "M-S-1" that nothing ties is the control of "S-1": the author numbered them alike. */
function tieByNumber(graph: Graph, mitigation: Mitigation): void {
  const own = /^[MC][-_.]?([A-Z]{1,6}[-_.]?\d{1,4})$/.exec(mitigation.writtenId ?? '')?.[1]
  const threat = own === undefined ? undefined : graph.threatsById.get(idKey(own))
  if (threat !== undefined && mitigation.answers.length === 0) tie(threat, mitigation, 'id')
}

/** What stands under "Controls" below a class answers, in general, the threats of that class. */
function tieByClass(graph: Graph, input: Input): void {
  const ofClass = new Map<string, Mitigation[]>()
  input.stated.forEach(({ draft }, index) => {
    const mitigation = graph.mitigations[index]
    if (mitigation === undefined || draft.category === null || draft.answers.length > 0) return
    const beside = ofClass.get(draft.category) ?? []
    if (beside.length < maxOfClass) ofClass.set(draft.category, [...beside, mitigation])
  })
  if (ofClass.size === 0) return
  for (const { threat } of input.threats) {
    if (threat.mitigations.length > 0) continue
    const answering = threat.categories.flatMap((name) => ofClass.get(name) ?? [])
    for (const mitigation of answering) tie(threat, mitigation, 'category')
  }
}

/** Controls of one class beyond this many are tied to no threat. */
const maxOfClass = 60

/** What a mitigation says it answers: ids or names of threats. */
function tieAnswers(
  graph: Graph,
  mitigation: Mitigation,
  answers: readonly Mention[],
  citing: ReadonlySet<string>,
): void {
  for (const answer of answers) {
    const threat = threatOfId(graph, answer) ?? graph.threatsByName().get(keyOf(answer.title))
    if (threat === undefined) {
      if (answer.writtenId !== null && graph.threatsById.size > 0)
        graph.problems.push(noThreat(mitigation, answer))
      continue
    }
    if (threat.mitigations.some((known) => known.id === mitigation.id)) continue
    if (citing.has(threat.id)) graph.problems.push(disagreement(mitigation, threat, answer))
    else tie(threat, mitigation, 'id')
  }
}
