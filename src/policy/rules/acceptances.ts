import { addDays } from '../../command/calendar.ts'
import { hasExpired } from '../../coverage/answer.ts'
import { labelOf } from '../../coverage/label.ts'
import type { ReviewedModel } from '../../coverage/reviewed-model.ts'
import type { Threat } from '../../threat-model/model.ts'
import { meaningOf } from '../fingerprint.ts'
import { placeOf } from '../places.ts'
import type { Draft, Evidence, Rule } from '../rule.ts'
import { elementIdentity } from '../subjects.ts'

/*
 * Acceptances written in the model: `accepted until DATE by OWNER because REASON`. One that runs
 * out is nobody's fault who opens a pull request today: it is only told, unless the pull request
 * changes that threat or its code.
 */

/** How long before its end an acceptance is told. */
const warningDays = 30

export const acceptanceExpired: Rule = {
  id: 'acceptance-expired',
  reason: 'An accepted risk whose date has passed is accepted by nobody.',
  noun: ['acceptance at its end', 'acceptances at their end'],
  advice: 'Look at the threat again: mitigate it, or accept it anew with a new date and reason.',
  mirror: { none: 'An acceptance that still holds needs nothing.' },
  acceptable: true,
  find(evidence) {
    const soon = addDays(evidence.facts.today, warningDays)
    return accepted(evidence).flatMap(({ model, threat, written }) => {
      if (written.until === null || written.until > soon) return []
      const over = hasExpired(written, evidence.facts.today)
      const verb = over ? 'ended' : 'ends'
      const finding: Draft = {
        ...about(model, threat, evidence),
        message: `The acceptance of “${labelOf(threat, model)}” ${verb} on ${written.until}.`,
        why: over
          ? 'Until someone decides again, the threat has no answer.'
          : 'After that day the threat has no answer.',
        next: 'Mitigate it, or accept it anew with a new date and reason.',
      }
      return [over && isTouched(model, threat, evidence) ? finding : told(finding)]
    })
  },
}

export const acceptanceIncomplete: Rule = {
  id: 'acceptance-incomplete',
  reason: 'An accepted risk needs an owner, a reason and an end, or it is merely forgotten.',
  noun: ['incomplete acceptance', 'incomplete acceptances'],
  advice: 'Write: accepted until YYYY-MM-DD by OWNER because REASON.',
  mirror: { none: 'A complete acceptance needs nothing.' },
  acceptable: true,
  find(evidence) {
    return accepted(evidence).flatMap(({ model, threat, written }) => {
      const missing = [
        written.owner === null ? 'who accepts it' : null,
        written.until === null ? 'until when' : null,
        written.reason === null ? 'why' : null,
      ].filter((part) => part !== null)
      if (missing.length === 0 || !isChanged(model, threat)) return []
      return [
        {
          ...about(model, threat, evidence),
          message: `“${labelOf(threat, model)}” is accepted without saying ${listed(missing)}.`,
          why: 'Nobody will know when to look at it again, or whom to ask.',
          next: 'Write: accepted until YYYY-MM-DD by OWNER because REASON.',
        },
      ]
    })
  },
}

interface Accepted {
  model: ReviewedModel
  threat: Threat
  written: NonNullable<Threat['acceptance']>
}

function accepted(evidence: Evidence): Accepted[] {
  return evidence.models.flatMap((model) =>
    (model.after?.threats ?? []).flatMap((threat) =>
      threat.status === 'accepted' && threat.acceptance
        ? [{ model, threat, written: threat.acceptance }]
        : [],
    ),
  )
}

function about(
  model: ReviewedModel,
  threat: Threat,
  evidence: Evidence,
): Pick<Draft, 'element' | 'identity' | 'content' | 'place'> {
  const match = model.comparison?.matches.find((candidate) => candidate.after === threat)
  return {
    element: { kind: 'threat', id: threat.id, title: labelOf(threat, model) },
    identity: elementIdentity(model, match?.before ?? threat),
    content: [
      ...(model.after ? meaningOf(threat, model.after) : []),
      threat.acceptance?.until ?? '',
      threat.acceptance?.owner ?? '',
    ],
    place: placeOf(model, 'RIGHT', threat.acceptance?.span ?? threat.span, evidence.facts.files),
  }
}

/** Without a place: nobody's lines are about it. */
function told(finding: Draft): Draft {
  return { ...finding, levelMax: 'notice', place: null }
}

function isTouched(model: ReviewedModel, threat: Threat, evidence: Evidence): boolean {
  const code = evidence.coverage.affected.some((asset) => asset.threats.includes(threat.id))
  return code || isChanged(model, threat)
}

function isChanged(model: ReviewedModel, threat: Threat): boolean {
  const changes = model.comparison?.changes ?? []
  return changes.some((change) => change.element === 'threat' && change.id === threat.id)
}

function listed(parts: readonly string[]): string {
  if (parts.length < 2) return parts.join('')
  return `${parts.slice(0, -1).join(', ')} and ${parts.at(-1)}`
}
