import type { Section } from '../outline/types.ts'
import { controlsOf, mentionsOf } from './controls.ts'
import type { MitigationMention } from './draft.ts'
import type { Fields } from './fields.ts'

/** What a part labels as its mitigations, for all that the part lists. */
export function groupControls({ values }: Fields, section: Section): MitigationMention[] {
  const answers = values.filter(({ field }) => field === 'mitigation')
  // A remaining risk among the bullets parts them from their label.
  if (answers.every(({ label }) => label === '')) return []
  return answers.flatMap((value) =>
    mentionsOf(controlsOf(value, 'unstated'), 'group', section.heading.text),
  )
}
