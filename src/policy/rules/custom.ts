import { threatsOfCategory } from '../../coverage/category.ts'
import type { ReviewedModel } from '../../coverage/reviewed-model.ts'
import { normal } from '../../diff/normal.ts'
import type { Threat } from '../../threat-model/model.ts'
import type { RuleLevel } from '../verdict.ts'

/*
 * How sure it is that a threat without a visible answer has none. One document in three never says
 * what is done about a threat, or says it in prose that no program should judge; failing there
 * would only teach people to write less. So an error needs a document that shows its answers:
 *
 *   it says itself, of this threat, that it is open              error
 *   a heading says so of a whole list: a limitation, disclosed   notice
 *   threats written like this one usually show their answer      error
 *   they do not, or the text is long enough to hold one          warning
 *   "open" is only implied by the wording                        warning
 */

/** From here on a text may well say what is done, in words. */
const proseLength = 400
/** The share of threats with a visible answer from which this is the document's custom. */
const usualShare = 0.5

/** The loudest that a finding about the missing answer may be. */
export function sureness(threat: Threat, model: ReviewedModel): RuleLevel {
  if (threat.statusBasis === 'implied') return 'warning'
  if (threat.statusBasis === 'explicit') return isDisclosed(threat) ? 'notice' : 'error'
  if (threat.body.length >= proseLength) return 'warning'
  return isUsual(threat, model) ? 'error' : 'warning'
}

/**
 * "What this does not protect against", and then a list: whoever adds to it tells the truth, and
 * should not pay for it.
 */
export function isDisclosed(threat: Threat): boolean {
  if (threat.statusBasis !== 'explicit') return false
  if (recogniserOf(threat) === scopeRecogniser) return true
  const heading = normal(threat.section.at(-1) ?? '')
  const evidence = normal(threat.statusEvidence)
  return evidence !== '' && heading.includes(evidence)
}

/** It reads lists whose heading or introduction says how all of their entries stand. */
const scopeRecogniser = 'scope-lists'

/** Judged by the base: the custom that the pull request found. */
function isUsual(threat: Threat, model: ReviewedModel): boolean {
  const alike = (model.before?.threats ?? []).filter(
    (other) => recogniserOf(other) === recogniserOf(threat) && other.status !== 'out-of-scope',
  )
  const byCategory = new Set(
    (model.before?.mitigations ?? []).flatMap(({ category }) =>
      model.before === null ? [] : threatsOfCategory(category, model.before),
    ),
  )
  const answered = alike.filter((other) => showsAnswer(other) || byCategory.has(other.id)).length
  return alike.length > 0 && answered / alike.length >= usualShare
}

function showsAnswer(threat: Threat): boolean {
  const tied = threat.mitigations.some(
    ({ tie }) => tie === 'row' || tie === 'label' || tie === 'id',
  )
  return tied || threat.statusBasis === 'explicit'
}

function recogniserOf(threat: Threat): string {
  return threat.origins[0]?.recogniser ?? ''
}
