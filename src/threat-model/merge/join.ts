import type { Draft, MitigationDraft, MitigationMention, ThreatDraft } from '../draft/draft.ts'
import { idOf, keyOf } from '../identity.ts'
import { type StatusReading, saysOnlyStatus } from '../status/status.ts'

/*
 * Two drafts of one element as one. What one place says and the other does not is added; what both
 * say, the firmer place decides (higher rank, then explicit before implied before nothing).
 */

export function joinDrafts(a: Draft, b: Draft): Draft {
  if (a.kind === 'threat' && b.kind === 'threat') return joinThreats(a, b)
  if (a.kind === 'mitigation' && b.kind === 'mitigation') return joinControls(a, b)
  return a.body === '' ? { ...a, body: b.body, writtenId: a.writtenId ?? b.writtenId } : a
}

function joinThreats(a: ThreatDraft, b: ThreatDraft): ThreatDraft {
  const firm = strength(b) > strength(a) ? b : a
  const soft = firm === a ? b : a
  return {
    ...firm,
    title: idOf(a.title) === null ? a.title : b.title,
    span: a.span,
    writtenId: a.writtenId ?? b.writtenId,
    body: a.body.length >= b.body.length ? a.body : b.body,
    adversaries: union(a.adversaries, b.adversaries),
    assets: union(a.assets, b.assets),
    attacks: union(a.attacks, b.attacks),
    categories: [...new Set([...a.categories, ...b.categories])],
    severity: a.severity ?? b.severity,
    likelihood: a.likelihood ?? b.likelihood,
    impact: a.impact ?? b.impact,
    status: isVerdictOfRow(soft, firm) ? soft.status : joinStatus(firm.status, soft.status),
    acceptance: a.acceptance ?? b.acceptance,
    mitigations: joinMitigations(a.mitigations, b.mitigations),
    code: [...a.code, ...b.code.filter((c) => !a.code.some((known) => known.path === c.path))],
  }
}

function joinStatus(firm: StatusReading, soft: StatusReading): StatusReading {
  const ranks = { explicit: 2, implied: 1, none: 0 }
  const isOpen = firm.status === 'unmitigated' && soft.basis === 'explicit'
  // What one place calls open, and another accepted or ruled out, is both.
  if (isOpen && (soft.status === 'accepted' || soft.status === 'out-of-scope')) return soft
  return ranks[soft.basis] > ranks[firm.basis] ? soft : firm
}

/** "Not mitigated" in a column says it of the whole; a sentence elsewhere may speak of a part. */
function isVerdictOfRow(row: ThreatDraft, firm: ThreatDraft): boolean {
  if (row.recogniser !== 'register-table' || row.status.basis !== 'explicit') return false
  if (row.section.includes(row.status.evidence)) return false
  return saysOnlyStatus(row.status.evidence) && !saysOnlyStatus(firm.status.evidence)
}

function strength(draft: ThreatDraft): number {
  return draft.rank * 3 + { explicit: 2, implied: 1, none: 0 }[draft.status.basis]
}

function union<M extends { title: string; writtenId: string | null }>(a: M[], b: M[]): M[] {
  const keys = new Set(a.map((name) => keyOf(name.writtenId ?? name.title)))
  return [...a, ...b.filter((name) => !keys.has(keyOf(name.writtenId ?? name.title)))]
}

/** A summary row repeats in short the controls of the detail section: the longer list is it. */
function joinMitigations(a: MitigationMention[], b: MitigationMention[]): MitigationMention[] {
  if (a.length === 0 || b.length === 0) return [...a, ...b]
  const longer = b.length > a.length ? b : a
  return union(
    longer,
    [...a, ...b].filter((mention) => mention.tie === 'id'),
  )
}

function joinControls(a: MitigationDraft, b: MitigationDraft): MitigationDraft {
  return {
    ...a,
    writtenId: a.writtenId ?? b.writtenId,
    body: a.body === '' ? b.body : a.body,
    status: a.status === 'unstated' ? b.status : a.status,
    answers: union(a.answers, b.answers),
    category: a.category ?? b.category,
    code: [...a.code, ...b.code],
  }
}
