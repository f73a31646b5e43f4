import { type Problem, problem } from '../../shared/problem.ts'
import type { Mention } from '../draft/draft.ts'
import { idKey } from '../identity.ts'
import type { Mitigation, Threat } from '../model.ts'

/*
 * Where a threat and a mitigation tell differently of each other, or name what is not there.
 */

/** Threats that cite a mitigation whose own list of threats leaves them out. */
export function oneSided(
  mitigation: Mitigation,
  answers: readonly Mention[],
  threats: ReadonlyMap<string, Threat>,
): Problem[] {
  if (answers.length === 0) return []
  const claimed = new Set(answers.map((answer) => idKey(answer.writtenId ?? answer.title)))
  return mitigation.answers.flatMap((id) => {
    const threat = threats.get(id)
    if (threat?.writtenId == null || claimed.has(idKey(threat.writtenId))) return []
    const message = `${nameOf(threat)} names ${nameOf(mitigation)}, which does not name it`
    const about = { related: mitigation.span, subject: nameOf(threat) }
    return [problem('references-disagree', message, threat.span, about)]
  })
}

export function disagreement(mitigation: Mitigation, threat: Threat, answer: Mention): Problem {
  const message = `${nameOf(mitigation)} names ${nameOf(threat)}, which does not name it`
  const about = { related: threat.span, subject: nameOf(mitigation) }
  return problem('references-disagree', message, answer.span, about)
}

export function noThreat(mitigation: Mitigation, answer: Mention): Problem {
  const subject = answer.writtenId ?? answer.title
  const message = `${nameOf(mitigation)} names ${subject}, and there is no such threat`
  return problem('undefined-reference', message, answer.span, { subject })
}

export function noMitigation(threat: Threat, mention: Mention): Problem {
  const subject = mention.writtenId ?? mention.title
  const message = `${nameOf(threat)} names ${subject}, and there is no such mitigation`
  return problem('undefined-reference', message, mention.span, { subject })
}

function nameOf(element: { writtenId: string | null; title: string }): string {
  return element.writtenId ?? `"${element.title}"`
}
