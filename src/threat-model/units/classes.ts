import { isThreatClass } from '../draft/context.ts'
import { labelOf } from '../draft/labels.ts'
import { keyOf, titled } from '../identity.ts'
import type { Section } from '../outline/types.ts'
import { remembering, rememberingOf } from '../remember.ts'
import { pattern } from '../vocabulary/pattern.ts'
import { classOf, roleOf } from '../vocabulary/vocabulary.ts'

/*
 * Names of classes that sort something else than threats:
 *
 *   ## Controls                    ## Test cases
 *   ### Tampering                  **Tampering:**
 *   - The safe is locked           - The safe is shaken
 */

export function sortsElse(section: Section): boolean {
  return sortsControls(section) || sortsOther(section)
}

/** "Tampering" below "Controls" sorts what answers such threats, where no label says "Threat". */
export function sortsControls({ title, parent, blocks }: Section): boolean {
  if (parent === null || parent.kind === 'root' || !isThreatClass(title)) return false
  if (roleOf(parent.title) !== 'mitigations') return false
  const entries = blocks.flatMap((block) => (block.type === 'list' ? block.entries : []))
  return entries.length > 0 && entries.every(({ head }) => labelOf(head)?.field == null)
}

/** "Countering spoofing and theft", "Tampering controls": the class that a heading answers. */
export const classAnswered = remembering((title): string | null => {
  const words = titled(title).title
  const named = answersClass.exec(words)?.[1] ?? classWithAnswers.exec(words)?.[1]
  const classes = named === undefined ? [] : named.split(/\s*(?:[,&/]|\band\b)\s*/)
  const known = classes.slice(0, mostNamed).flatMap((name) => classOf(name) ?? [])
  return known.length === 1 ? (known[0] ?? null) : null
})

const mostNamed = 6

const answersClass = pattern(
  'i',
  '^(?:countering|mitigating|preventing|addressing|against|(?:defending|protecting|guarding)',
  ' against|(?:mitigations?|mitigation strateg(?:y|ies)|controls?|defen[cs]es?|countermeasures?',
  '|safeguards?|protections?) (?:for|against|from)) (.{3,80})$',
)

const classWithAnswers = pattern(
  'i',
  '^([^:]{3,60}?) (?:mitigations?|controls|defen[cs]es|countermeasures|safeguards|protections?',
  '|prevention)$',
)

function sortsOther({ parent }: Section): boolean {
  return parent !== null && parent.kind !== 'root' && roleOf(parent.title) === 'other'
}

/** "Tampering (the bell)" beside "Tampering (the gate)": each heading is a threat, and no class. */
export function isBesideItsClass({ title, parent }: Section): boolean {
  return parent !== null && isThreatClass(title) && repeatsClass(parent)
}

/** Asked once of the parent: each of its many children would look at all of them. */
const repeatsClass = rememberingOf(({ children }: Section): boolean => {
  const keys = new Map<string, string>()
  return children.some(({ kind, title }) => {
    const name = kind === 'heading' && isThreatClass(title) ? classOf(title) : null
    if (name === null) return false
    const before = keys.get(name)
    keys.set(name, keyOf(title))
    return before !== undefined && before !== keyOf(title)
  })
})
