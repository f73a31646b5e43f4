import { normal } from '../diff/normal.ts'
import { digest } from '../shared/digest.ts'
import type { Element, Threat, ThreatModel } from '../threat-model/model.ts'
import type { Finding } from './verdict.ts'

/*
 * Two names for a finding. The fingerprint says which flaw it is: rule and element, never wording
 * or line, so that a comment finds its finding again after any edit. The content says what a
 * decision about it was about: the meaning of the threat, its mitigations and its linked code. A
 * decision holds while both stay the same.
 *
 * The content has 128 bits: whoever writes the pull request chooses the text, and must not be able
 * to make two texts with one digest, have the harmless one accepted, and push the other.
 */

export function fingerprintOf(rule: string, identity: readonly string[]): string {
  return digest([rule, ...identity])
}

export function contentOf(parts: readonly string[]): string {
  return digest(['a', ...parts]) + digest(['b', ...parts])
}

/** What people copy into a command: both names, complete enough to stand for them. */
export function findingId(finding: Pick<Finding, 'fingerprint' | 'content'>): string {
  return `${finding.fingerprint.slice(0, 8)}-${finding.content}`
}

/** The same, short enough to read; it names the finding only on the head it was shown for. */
export function shortId(finding: Pick<Finding, 'fingerprint' | 'content'>): string {
  return `${finding.fingerprint.slice(0, 6)}-${finding.content.slice(0, 4)}`
}

/** What an element means, without its form: equal parts mean the same. */
export function meaningOf(element: Element, model: ThreatModel): string[] {
  const base = [element.kind, normal(element.title), normal(element.body)]
  switch (element.kind) {
    case 'threat':
      return [...base, ...threatMeaning(element, model)]
    case 'mitigation':
      return [...base, element.status, normal(element.category ?? '')]
    case 'scope-note':
      return [...base, element.scope]
    default:
      return base
  }
}

function threatMeaning(threat: Threat, model: ThreatModel): string[] {
  const ids = new Set(threat.mitigations.map((tie) => tie.id))
  const mitigations = model.mitigations
    .filter((mitigation) => ids.has(mitigation.id))
    .map((m) => `${normal(m.title)} ${normal(m.body)} ${m.status}`)
  const rated = [threat.severity, threat.likelihood, threat.impact].map((word) => word ?? '')
  const about = [
    ...titlesOf(model.assets, threat.assets),
    '/',
    ...titlesOf(model.adversaries, threat.adversaries),
    '/',
    ...titlesOf(model.attacks, threat.attacks),
  ]
  return [threat.status, ...rated.map(normal), ...about, ...mitigations.sort()]
}

/** Of what, by whom and how: the same words about another asset are another threat. */
function titlesOf(elements: readonly Element[], ids: readonly string[]): string[] {
  return elements
    .filter((element) => ids.includes(element.id))
    .map((element) => normal(element.title))
    .sort()
}
