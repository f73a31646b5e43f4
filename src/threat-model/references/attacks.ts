import { type Problem, problem } from '../../shared/problem.ts'
import type { AttackDraft, Mention } from '../draft/draft.ts'
import type { Merged } from '../merge/merge.ts'
import type { Attack, ThreatModel } from '../model.ts'
import { base, type Ids } from './base.ts'
import type { Directory } from './names.ts'

/** The listed attacks: what threats execute, and variants of each other. */

export function attacksOf(merged: readonly Merged<AttackDraft>[], ids: Ids): Attack[] {
  const byTitle = new Map<string, string>()
  const hasVariants = merged.some(({ draft }) => draft.variantOf !== null)
  return merged.map((m) => {
    const element = base(m, ids)
    const parent = m.draft.variantOf
    const variantOf = parent === null ? null : (byTitle.get(parent) ?? null)
    if (parent === null && hasVariants) byTitle.set(m.draft.title, element.id)
    return { ...element, variantOf, categories: [...m.draft.categories] }
  })
}

/** The second mention of a name that stands twice in the list of attacks is the second of them. */
export function attackIds(directory: Directory, names: readonly Mention[]): string[] {
  const times = names.length < 2 ? null : new Map<string, number>()
  const found: string[] = []
  for (const name of names) {
    const earlier = times?.get(name.title) ?? 0
    times?.set(name.title, earlier + 1)
    const id = directory.find(name, earlier)
    if (id !== null) found.push(id)
  }
  return found
}

/** Attacks that are listed and that no threat executes. */
export function withoutThreat(model: ThreatModel): Problem[] {
  if (model.attacks.length === 0) return []
  const executed = new Set<string>()
  for (const { attacks } of model.threats) for (const id of attacks) executed.add(id)
  const idle = model.attacks.filter((attack) => !executed.has(attack.id))
  if (idle.length === 0) return []
  const first = new Map<string, string>()
  for (const attack of model.attacks) {
    if (!first.has(attack.title)) first.set(attack.title, attack.id)
  }
  return idle
    .filter((attack) => !executed.has(first.get(attack.title) ?? ''))
    .map((attack) => {
      const message = `No threat says who can execute "${attack.title}"`
      return problem('attack-without-threat', message, attack.span, { subject: attack.title })
    })
}
