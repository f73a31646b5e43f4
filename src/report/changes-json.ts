import type { Change, Comparison } from '../diff/change.ts'

/** Raise when a field is taken away or changes its meaning; programs read it. */
export const diffSchema = 'threat-model-diff/1'

/**
 * A comparison for programs: `{schema, changes, notes}`. Fields that do not apply to a change are
 * left out. Lines are 1-based. Several values of one field stand one a line.
 */
export function changesJson(comparison: Comparison): object {
  const { changes, notes } = comparison
  return { schema: diffSchema, changes: changes.map(changeJson), notes }
}

export function changeJson(change: Change): object {
  const { kind, element, id, title, direction, reason, confidence } = change
  const optional = {
    previousTitle: change.previousTitle,
    field: change.field,
    before: change.before,
    after: change.after,
    beforeLine: change.beforeSpan?.start.line ?? null,
    afterLine: change.afterSpan?.start.line ?? null,
    others: change.others.length === 0 ? null : change.others,
    phrases: change.phrases,
  }
  const given = Object.entries(optional).filter(([, value]) => value !== null)
  return {
    kind,
    element,
    id,
    title,
    ...Object.fromEntries(given),
    direction,
    reason,
    confidence,
  }
}
