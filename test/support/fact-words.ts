import type { Status } from '../../src/threat-model/model.ts'

/*
 * The words around the facts of fact-bank.ts: names of columns and labels, headings, sentences and
 * signs, as people write them. Bars and slashes separate.
 */

export const controlNames = `
  Mitigation/Mitigations/Controls/Countermeasure/Countermeasures/Response/How we handle it
  /Defence/Defense/Safeguards/What we do/Current protection/Our answer/Existing controls
  /Current mitigations/How it is handled/Security controls/Protection/Protections/Prevention
  /Mitigation strategy/Mitigated by/How we address it/How we mitigate it/What we do about it
  /Solution/Control/Defenses/Key controls/Current defenses/Mitigating controls
  /Security measures/Mitigation in place/Answer/Treatment/Mitigating factors/How we prevent it
  /Measures/Protective measures/Mitigation measures/Mitigation approach/Our defense
  /What protects us/How we defend/What stops it/Handled by/Fix/Counter-measures/Mitigation(s)
  /Controls in place/Mitigations in place/How it is mitigated/How it is prevented/What helps
  /Mitigations shipped/Controls today/Mitigations we have/Controls deployed/Controls enforced`

export const statusNames = `
  Status/State/Disposition/Mitigation status/Current status/Mitigated?/Covered?/Verdict/Handled
  /Risk status/Implementation status/Decision/Current state/Addressed?/Threat status/Outcome
  /Assessment/Risk decision/Resolution/Protection status/Defended?/Result/Coverage/Status today
  /Status (v1.2)/Mitigation state`

export const titleForms = [
  'N (X)',
  'N [X]',
  'N — X',
  'N - X',
  'N: X',
  '**N** (X)',
  '**N** — X',
  '[X] N',
  'X: N',
  'N — **X**',
  'N *(X)*',
  'N (status: X)',
]

export const titleWords: Record<Status, string> = {
  mitigated:
    'mitigated|Mitigated|MITIGATED|✅|✅ Mitigated|fixed|resolved|implemented|REMEDIATED|remediated',
  partial: 'partially mitigated|Partial|PARTIAL|⚠️ partial|partly mitigated',
  accepted: 'accepted|Accepted|ACCEPTED|accepted risk|risk accepted|acknowledged|by design',
  transferred: 'transferred|Transferred|TRANSFERRED',
  planned: 'planned|Planned|PLANNED|TODO',
  unmitigated: 'open|not mitigated|Unmitigated|❌ Open|OPEN|unmitigated',
  'out-of-scope': 'out of scope|Out of scope|OUT OF SCOPE',
  unstated: '',
}

export const sectionNames: Record<Status, string> = {
  mitigated: `
    Mitigated threats/Threats we mitigate/Addressed threats/What we protect against
    /Covered threats/Defended attacks/Threats handled today/Resolved threats/Closed risks
    /Attacks this design prevents/Threats that are mitigated/What this design defends against
    /Mitigated/Threats addressed/What is protected against/✅ Mitigated threats`,
  partial: `
    Partially mitigated threats/Partially addressed threats/Partially mitigated
    /Threats mitigated in part/Partly mitigated risks/Threats we only partially mitigate
    /⚠️ Partially mitigated/Partial protection/Limited protection`,
  accepted: `
    Accepted risks/Accepted threats/Risks we accept/Known and accepted risks/Accepted
    /Risks that we accept/Threats we accept/Accepted residual risks/Consciously accepted risks
    /Accepted limitations/Risks we live with`,
  transferred: `
    Transferred risks/Transferred threats/Threats transferred to the operator
    /Risks delegated to the platform/Threats left to the operator/Risks transferred to others
    /Threats that are the operator's responsibility/Transferred`,
  planned: `
    Threats with planned mitigations/Threats we plan to address/Threats to be addressed
    /Threats to be mitigated/Threats still to be mitigated/Risks with planned mitigations
    /Threats whose mitigation is planned`,
  unmitigated: `
    Unmitigated threats/Open threats/Open risks/What we do not protect against/Not mitigated
    /Known gaps/Known limitations/Unaddressed threats/Unresolved threats/Outstanding risks
    /Threats without mitigation/Threats we do not mitigate/Not protected against/❌ Open threats
    /What this does not defend against/Open security issues/Unmitigated risks
    /Currently unmitigated threats`,
  'out-of-scope': `
    Out-of-scope threats/Threats out of scope/Threats not considered/Excluded threats
    /Threats we do not consider/Attacks that are out of scope/Threats beyond the scope
    /Threats outside the scope/Non-goals (threats)/Explicitly out-of-scope threats`,
  unstated: '',
}

export const sentenceList: Record<Status, string> = {
  mitigated: `
    This is mitigated by C. | Mitigated by C. | The risk is fully mitigated by C.
    | This threat is addressed by C. | This is prevented by C. | We mitigate this with C.
    | This attack is prevented through C. | Fixed in 1.4 with C. | We prevent this with C.
    | This has been mitigated by C. | This threat is fully mitigated. | This no longer works.
    | The attack is no longer possible thanks to C. | This is already mitigated by C.
    | This was fixed in release 1.4. | Closed by C. | Eliminated by C. | Defended by C.`,
  partial: `
    This is only partly mitigated by C. | Partially mitigated by C.
    | This is partially mitigated: there is C. | C reduces the risk but does not eliminate it.
    | This is mitigated in part by C. | This is not fully mitigated by C.
    | C limits the damage but does not prevent the attack.
    | C makes this harder, but not impossible. | We only partially mitigate this, with C.
    | C cannot fully prevent this. | C reduces the risk; it does not replace a guard.
    | This is only a partial mitigation: C. | This cannot be fully prevented by C.
    | We have C. One gap remains.`,
  accepted: `
    We accept this risk. | We accept this risk because it is small. | This risk is accepted.
    | This is an accepted risk. | This is by design. | The team has accepted this risk.
    | This is a known and accepted risk. | We have decided to accept this.
    | We consider this an acceptable risk. | This is a deliberate trade-off.
    | This is a conscious trade-off. | We have chosen to accept the risk. | Risk accepted.
    | This is intentional. | This is a risk we have chosen to accept.
    | The residual risk is accepted. | We knowingly accept this. | This will not be fixed.`,
  transferred: `
    This is the operator's responsibility. | This is the responsibility of the operator.
    | Protection against this is left to the operator. | It is up to the operator to prevent this.
    | Operators are responsible for this. | This is delegated to the hosting provider.
    | Preventing this is the user's responsibility. | This risk is transferred to the carrier.
    | Users are responsible for protecting against this. | We leave this to the deployment.`,
  planned: `
    A fix is planned for 2.0. | This will be addressed in the next release.
    | We plan to address this in 2.0. | Mitigation is planned. | We intend to fix this in 2.0.
    | A mitigation is on the roadmap. | A fix is not yet implemented. | This is planned for 2.0.
    | We will add C in the next release. | C is planned. | C will be added in 2.0.
    | TODO: add C. | C has not been implemented yet. | Work on C is under way.`,
  unmitigated: `
    There is no mitigation. | This is not mitigated today. | Nothing prevents this.
    | We do not protect against this. | We currently have no defence against this.
    | There is currently no mitigation for this. | This is unmitigated. | This remains open.
    | No protection exists. | We have no answer to this yet. | At present nothing stops this.
    | The lockers do not protect against this. | There is no protection against this.
    | Nothing here protects against this. | There isn't much the operator can do about it.
    | This is not currently mitigated. | This is a known gap. | This threat is not addressed.`,
  'out-of-scope': `
    This is out of scope. | Out of scope for this model. | This is outside our threat model.
    | This falls outside the scope of this document. | We consider this out of scope.
    | This is beyond the scope of this model. | This attack is explicitly out of scope.
    | We do not consider this threat.`,
  unstated: `
    It happened once. | C would help. | Consider C. | C should be added. | We should add C.
    | One could add C. | Whether C helps is not known. | C could reduce the risk.
    | Operators notice it quickly. | It is recommended to use C. | C might be a way out.
    | If C were in place, this would be mitigated. | Ideally this would be prevented by C.
    | This must be mitigated by C. | This could be mitigated by C. | It needs to be mitigated.
    | By design, the lockers open at noon. | Standardize on C. | Step up to C before noon.
    | Further controls are outside the scope of this text. | Nothing was written down.
    | This can be mitigated by C. | This can be partially mitigated by C.`,
}

export const residualNames = [
  'Residual risk',
  'Residual',
  'Residual Risk',
  'Remaining risk',
  'What remains',
  'Residual risk after mitigation',
  'Risk after controls',
  'Remaining exposure',
]

export const residualWords: Record<Status, string> = {
  mitigated: `None | Low | Negligible | Minimal | Very low | None known | None identified | LOW
    | Low — needs two stolen phones | Nil | Very Low | 🟢 Low | **Low** | Insignificant
    | Practically none | Close to zero`,
  partial: `Medium | One station can still be jammed | High | Guests are not covered
    | Low — but only for guests | LOW: guests. MEDIUM: thieves. | Low at noon; HIGH at night.
    | Zero-day attacks on the lock
    | Stolen badges still work for a minute | 🟡 Medium | Moderate | Medium: phones are shared`,
  accepted: `Accepted | Accepted by the board | Low, accepted | Accepted: it is rare
    | We accept that one code can be seen | Medium (accepted) | Accepted risk | Risk accepted
    | High but accepted`,
  transferred: `Operator responsibility | Transferred to the carrier | Left to the operator
    | The operator's responsibility`,
  planned: '',
  unmitigated: '',
  'out-of-scope': 'Out of scope | Out of scope for this model',
  unstated: '',
}

export const wordsOfLegend: Record<Status, string> = {
  mitigated: 'Mitigated',
  partial: 'Partially mitigated',
  accepted: 'Accepted',
  transferred: 'Transferred',
  planned: 'Planned',
  unmitigated: 'Not mitigated',
  'out-of-scope': 'Out of scope',
  unstated: '',
}

/** In the order of the statuses. */
export const signSets = [
  ['✅', '⚠️', '🤝', '➡️', '🔜', '❌', '⚪'],
  ['🟢', '🟡', '🔵', '🟣', '🟠', '🔴', '⚫'],
  ['🟩', '🟨', '🟦', '🟪', '🟧', '🟥', '⬜'],
  ['✔️', '🔶', '👍', '📤', '📅', '✖️', '🚫'],
]

export const aboutNames: Record<keyof About, string[]> = {
  id: ['', '', 'ID', 'Id', 'Threat ID', 'Ref', 'No.', '#', 'Identifier', 'Number', 'Ref.'],
  asset: [
    'Asset',
    'Assets',
    'Affected component',
    'Component',
    'Target',
    'Affected asset',
    'Asset at risk',
    'Affects',
    'System',
    'Affected system',
    'Element',
  ],
  adversary: [
    'Actor',
    'Adversary',
    'Attacker',
    'Threat actor',
    'Threat agent',
    'Threat source',
    'Who',
    'By whom',
    'Attacker profile',
    'Performed by',
    'Source',
  ],
  category: [
    'Category',
    'STRIDE',
    'Type',
    'STRIDE category',
    'Class',
    'Threat type',
    'Threat category',
    'Kind',
    'Classification',
    'Security property',
    'STRIDE class',
    'Type of threat',
  ],
}

export interface About {
  /** Empty for an id before the name. */
  id: string
  asset: string
  adversary: string
  category: string
}
