import type { Evidence } from '../policy/rule.ts'

/**
 * What was not looked at or is not shown, beside what makes a verdict impossible: plain sentences.
 * `left` findings are not listed.
 */
export function limitsOf(evidence: Evidence, left: number): string[] {
  const { facts, coverage } = evidence
  const limits: string[] = []
  if (left > 0) limits.push(`${left} more findings are not listed, so their number is higher.`)
  if (facts.tree === null) {
    limits.push('The list of all files could not be had, so links to code were not checked.')
  }
  if (facts.filesTruncated && coverage.claims.length === 0) {
    limits.push('GitHub does not list all files of a pull request of this size.')
  }
  if (facts.conversationCut) {
    limits.push(
      'This conversation is too long to be read whole. What was said before the newest ' +
        'thousand comments, or the newest hundred of a thread, counts for nothing.',
    )
  }
  if (facts.permissions.some((person) => person.teamsUnknown)) {
    limits.push(
      'The policy lets teams decide, but who is in them the App may not read: it needs the ' +
        'organisation’s permission “Members: read”.',
    )
  }
  const silent = facts.files.filter((file) => file.patch === null && file.status !== 'removed')
  const linked = new Set(coverage.affected.flatMap((a) => a.files.map((file) => file.path)))
  const blind = silent.filter((file) => linked.has(file.path)).length
  if (blind > 0) {
    limits.push(
      `GitHub shows no lines of ${blind} changed ${blind === 1 ? 'file' : 'files'} that belong ` +
        'to the model; they count as changed.',
    )
  }
  return limits
}
