import { keyOf } from '../identity.ts'
import { remembering } from '../remember.ts'
import { pattern } from '../vocabulary/pattern.ts'
import type { Draft, Found, ThreatDraft } from './draft.ts'

/*
 * Threats that name their adversaries by another attack: "The same parties that can read the roster
 * can delete it" has the adversaries of "Reading the roster". The verb's ending does not count.
 */

const reference = pattern(
  'i',
  String.raw`\bthe same (?:entities|adversaries|attackers|actors|parties|people|ones|threats)\b `,
  String.raw`(?:that|who|which) (?:can|could|may) (.{4,120}?)(?:,| can\b| could\b| may\b`,
  String.raw`| also\b|[.;]|$)`,
)

/** "The same parties that can read the roster …": the adversaries of the attack it names. */
export function readReferences(found: Found): void {
  if (!found.drafts.some((draft) => referenceIn(draft) !== null)) return
  const byAttack = new Map<string, ThreatDraft[]>()
  for (const draft of found.drafts) {
    const attack = draft.kind === 'threat' ? draft.attacks[0]?.title : undefined
    if (attack === undefined || draft.kind !== 'threat' || draft.scope !== 'direct') continue
    if (draft.adversaries.length === 0) continue
    const key = stems(attack)
    const known = byAttack.get(key)
    if (known === undefined) byAttack.set(key, [draft])
    else known.push(draft)
  }
  found.drafts = found.drafts.map((draft) => resolved(draft, byAttack))
}

function resolved(draft: Draft, byAttack: ReadonlyMap<string, ThreatDraft[]>): Draft {
  const phrase = referenceIn(draft)
  const others = phrase === null ? undefined : byAttack.get(stems(phrase))
  if (others === undefined || draft.kind !== 'threat') return draft
  const adversaries = others.flatMap((other) => other.adversaries)
  const reason = `has the adversaries of "${others[0]?.attacks[0]?.title.slice(0, 60) ?? ''}"`
  return { ...draft, scope: 'by-reference', adversaries, reason }
}

/** The attack that a threat without adversaries of its own refers to. */
function referenceIn(draft: Draft): string | null {
  if (draft.kind !== 'threat' || draft.adversaries.length > 0 || draft.scope !== 'direct')
    return null
  return reference.exec(draft.body)?.[1] ?? null
}

/** "Modifying the content" and "modify the content" have the same stems. */
const stems = remembering((text) =>
  keyOf(text)
    .split(' ')
    .filter((word) => !/^(?:the|an?|of|to|that|user|users)$/.test(word))
    .map((word) => word.replace(/(?:ing|ies|es|ed|e|s)$/, '').replace(/y$/, ''))
    .join(' '),
)
