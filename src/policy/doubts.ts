import type { ReviewedModel } from '../coverage/reviewed-model.ts'
import type { Evidence } from './rule.ts'
import { unreadableWords } from './unreadable.ts'

/*
 * What could not be learnt and without which nothing can be said. A doubt is nobody's fault and no
 * finding; it only keeps the verdict from being better than "cannot tell".
 */

export interface Doubt {
  /** A clause without text from the pull request, for the check's title. */
  short: string
  /** What is not known, and what to do about it, in plain sentences. */
  text: string
}

export function doubtsOf(evidence: Evidence): Doubt[] {
  const { facts, inForce, models, coverage } = evidence
  const doubts: Doubt[] = []
  if (facts.mergeBase === null) {
    const text =
      'The commit where this branch left its base was not found, so nothing can be compared. ' +
      'Merge the base branch into this one, or rebase it.'
    doubts.push({ short: 'the branches have no common commit', text })
  }
  if (inForce.doubt !== null) {
    doubts.push({ short: 'the policy file does not read well', text: inForce.doubt })
  }
  if (facts.filesTruncated && coverage.claims.length > 0) {
    const text =
      'GitHub does not list all files of a pull request of this size, so changed code of the ' +
      'threat model may be missing. Split it into smaller ones.'
    doubts.push({ short: 'the pull request is too large', text })
  }
  return [...doubts, ...models.flatMap(unreadableOnBothSides), ...missingModels(evidence)]
}

function unreadableOnBothSides(model: ReviewedModel): Doubt[] {
  if (model.before !== null || model.after !== null) return []
  const notFetched = model.head.state === 'unreadable' && model.head.reason === 'not-fetched'
  const next = notFetched
    ? 'Check again in a few minutes.'
    : 'Save it as a plain Markdown file of moderate size.'
  const why = unreadableWords(model.head, model.afterReading)
  const text = `${model.path} cannot be read: ${why}. ${next}`
  return [{ short: 'the threat model cannot be read', text }]
}

/** Models that the policy names and that neither side has. */
function missingModels({ facts, inForce }: Evidence): Doubt[] {
  return inForce.policy.models
    .filter(({ path }) => {
      const versions = facts.models.find((m) => m.path === path || m.previousPath === path)
      const nowhere = versions?.base.state === 'absent' && versions.head.state === 'absent'
      return versions === undefined || nowhere
    })
    .map(({ path }) => ({
      short: 'the threat model that the policy names does not exist',
      text: `${facts.policy.path} names ${path}, which does not exist. Correct the path there.`,
    }))
}
