import type { Section } from '../outline/types.ts'
import { explicit } from '../status/status.ts'
import { controlsOf, mentionsOf } from './controls.ts'
import type { MitigationMention, ThreatDraft } from './draft.ts'
import { tieByName } from './entries.ts'
import type { Fields, FieldValue } from './fields.ts'

/** What a part labels as its mitigations, for all that the part lists. */
export function groupControls({ values }: Fields, section: Section): MitigationMention[] {
  const answers = values.filter(({ field }) => field === 'mitigation' || field === 'recommended')
  // A remaining risk among the bullets parts them from their label.
  if (answers.every(({ label }) => label === '')) return []
  return controlsForAll(answers, section.heading.text)
}

/** The controls of labels and columns, which stand for all that the part `within` lists. */
export function controlsForAll(values: readonly FieldValue[], within: string): MitigationMention[] {
  return values.flatMap((value) => {
    const status = value.field === 'planned' ? 'planned' : 'unstated'
    return mentionsOf(controlsOf(value, status), 'group', within)
  })
}

/** The threats of a group with its controls; what is done for all of them meets them. */
export function answeredByGroup(
  threats: ThreatDraft[],
  group: readonly MitigationMention[],
): ThreatDraft[] {
  tieByName(threats, group)
  return areDone(group) ? threats.map((threat) => answeredBy(group, threat)) : threats
}

/** "✅" before each control of a group says that what it answers is met. */
function areDone(group: readonly MitigationMention[]): boolean {
  return group.length >= 2 && group.every(({ status }) => status === 'implemented')
}

function answeredBy([first]: readonly MitigationMention[], threat: ThreatDraft): ThreatDraft {
  if (threat.status.basis === 'explicit') return threat
  return { ...threat, status: explicit('mitigated', first?.title ?? '') }
}
