import type { Section } from '../outline/types.ts'
import { controlsOf, mentionsOf } from './controls.ts'
import type { MitigationMention } from './draft.ts'
import type { Fields, FieldValue } from './fields.ts'

/** What a part labels as its mitigations, for all that the part lists. */
export function groupControls({ values }: Fields, section: Section): MitigationMention[] {
  const answers = values.filter(({ field }) => field === 'mitigation')
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
