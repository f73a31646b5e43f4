import type { ReviewedModel } from '../../coverage/reviewed-model.ts'
import { stems } from '../../diff/normal.ts'
import type { Mitigation, Threat } from '../../threat-model/model.ts'
import { quieter } from '../levels.ts'
import type { Subject } from '../subjects.ts'
import type { RuleLevel } from '../verdict.ts'

/*
 * How bad it is that a mitigation is no longer written down. It depends on what the threats it
 * answered have left, and on whether it was a thing of its own or a piece of a longer text:
 *
 *   a threat is left without any answer, or it answered none     error
 *   an entry of a list goes, and fewer are left                  error
 *   an entry goes, and another stands in its place               warning
 *   its threats go, too, which is told of them                   warning
 *   a piece of a sentence or cell goes, and others are left      warning
 *   the same, and the words are much the same as before          notice
 *
 * Readers cut sentences and cells into controls as well as they can; only a person can say whether
 * the new words do what the old ones did, so a rewritten text never fails anybody by itself.
 */

/** Share of common words from which two texts say much the same. */
const alikeMin = 0.6

/** The loudest that a finding about a lost or replaced mitigation may be. */
export function lossOf(subject: Subject): RuleLevel {
  const { change, element, model, before } = subject
  if (change.kind === 'renamed') return 'warning'
  if (element.kind === 'threat' && before?.kind === 'threat') {
    return lossFor({ before, after: element, element: null, model })
  }
  if (element.kind !== 'mitigation') return 'error'
  if (isAddress(element)) return 'notice'
  const answered = (model.before?.threats ?? []).filter((threat) => isTied(threat, element))
  const losses = answered.flatMap((before) => {
    const match = model.comparison?.matches.find((candidate) => candidate.before === before)
    if (match?.after.kind !== 'threat') return []
    return [lossFor({ before, after: match.after, element, model })]
  })
  const [first, ...others] = losses
  if (first !== undefined) return others.reduce(louder, first)
  return answered.length > 0 ? 'warning' : 'error'
}

interface Case {
  before: Threat
  after: Threat
  /** The mitigation that is gone; null when only the tie is. */
  element: Mitigation | null
  model: ReviewedModel
}

function lossFor(threat: Case): RuleLevel {
  const { before, after } = threat
  if (after.mitigations.length === 0) return 'error'
  const inPlace = after.mitigations.length >= before.mitigations.length
  if (!isPiece(threat)) return inPlace ? 'warning' : 'error'
  return likeness(threat) >= alikeMin ? 'notice' : 'warning'
}

function isTied(threat: Threat, { id }: Mitigation): boolean {
  return threat.mitigations.some((tie) => tie.id === id)
}

/** One of several answers of the threat that stand on one line: in a cell or a paragraph. */
function isPiece({ before, element, model }: Case): boolean {
  const lines = answers(before, model.before?.mitigations ?? []).map(lineOf)
  const wanted = element === null ? lines : [lineOf(element)]
  return wanted.some((line) => lines.filter((other) => other === line).length > 1)
}

function lineOf({ span }: Mitigation): number {
  return span.start.line
}

/** A link to read more is no control. */
function isAddress({ title }: Mitigation): boolean {
  return /^[\s([<]*https?:\/\/\S*$/i.test(title)
}

/** Over all answers of the threat, before and after: 0 nothing in common, 1 the same words. */
function likeness({ before, after, model }: Case): number {
  const then = wordsOf(answers(before, model.before?.mitigations ?? []))
  const now = wordsOf(answers(after, model.after?.mitigations ?? []))
  const common = [...then].filter((stem) => now.has(stem)).length
  return (2 * common) / Math.max(1, then.size + now.size)
}

function answers(threat: Threat, mitigations: readonly Mitigation[]): Mitigation[] {
  return mitigations.filter((mitigation) => isTied(threat, mitigation))
}

function wordsOf(mitigations: readonly Mitigation[]): Set<string> {
  return new Set(mitigations.flatMap(({ title, body }) => stems(`${title} ${body}`)))
}

function louder(a: RuleLevel, b: RuleLevel): RuleLevel {
  return quieter(a, b) === a ? b : a
}
