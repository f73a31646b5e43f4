import type { Element, Threat, ThreatModel } from '../threat-model/model.ts'
import type { ReviewedModel } from './reviewed-model.ts'

/**
 * A name for people. A threat of a list "attack, then who" is named by both: its title may be
 * either, or the two with a slash between.
 */
export function labelOf(element: Element, model: ReviewedModel): string {
  if (element.kind !== 'threat') return element.title
  for (const side of [model.after, model.before]) {
    if (side?.threats.includes(element)) return threatLabel(element, side)
  }
  return element.title
}

export function threatLabel(threat: Threat, model: ThreatModel): string {
  const [attack, ...otherAttacks] = titles(model.attacks, threat.attacks)
  const [adversary, ...otherAdversaries] = titles(model.adversaries, threat.adversaries)
  if (attack === undefined || adversary === undefined) return threat.title
  if (otherAttacks.length > 0 || otherAdversaries.length > 0) return threat.title
  const plain = [attack, adversary, `${attack} / ${adversary}`]
  return plain.includes(threat.title) ? `${attack} (by: ${adversary})` : threat.title
}

function titles(elements: readonly Element[], ids: readonly string[]): string[] {
  return elements.filter((element) => ids.includes(element.id)).map((element) => element.title)
}
