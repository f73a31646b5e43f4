import type { Status } from '../../src/threat-model/model.ts'
import type { Random } from './random.ts'
import { bank, type Threat } from './shape-bank.ts'

/*
 * The bank's threats with all that can be said of one: how it stands, what answers it, its id. The
 * words for how it stands are those that people write in cells and labels; sentences and headings
 * stand in fact-places.ts.
 */

export interface Fact extends Threat {
  id: string
  status: Status
  /** None to three, in the words of `tone`. */
  controls: string[]
  /** Facts state what is done; nouns name it; advice asks for it. */
  tone: Tone
}

export type Tone = 'facts' | 'nouns' | 'advice'

/** In the order of the bank: names of three controls, and two pieces of advice. */
const answers: [nouns: string, advice: string][] = [
  [
    'Short-lived codes/One code per screen/Privacy filter on courier phones',
    'Limit codes to ten minutes/Train the couriers',
  ],
  [
    'Rolling counters/Radio fingerprinting/Signed commands',
    'Add a counter to each command/Rotate the radio keys',
  ],
  [
    'Countersigned receipts/Weight sensors/Photo of the compartment',
    'Require a second signature/Compare weights',
  ],
  [
    'Rate limiting per account/Expiry of idle reservations/Waiting period for new accounts',
    'Rate-limit reservations/Use a captcha',
  ],
  [
    'Challenge-response badges/Two-factor maintenance menu/Camera above the port',
    'Replace the old badges/Enable the second factor',
  ],
  [
    'Sandboxed browser/Keyboard without function keys/Watchdog that restarts the page',
    'Run the browser as another user/Disable the keyboard shortcuts',
  ],
  [
    'Signed updates/Signature check in the lock/Reproducible builds',
    'Sign the updates/Pin the key of the mirror',
  ],
  [
    'Prepared statements/Read-only database user/Input validation',
    'Use prepared statements/Restrict the database user',
  ],
  [
    'Redaction of keys/Local debug logs/Encrypted log transport',
    'Redact keys before logging/Keep debug logs on the station',
  ],
  [
    'Quarterly confirmation of numbers/Passkeys/Notice to the old address',
    'Confirm numbers every quarter/Offer passkeys',
  ],
  [
    'Wired fallback/Jamming alarm/Battery-backed controller',
    'Install a wired fallback/Alert operators after a minute',
  ],
  [
    'Suggestions from confirmed deliveries/Review queue/Reputation of senders',
    'Review new suggestions/Require confirmed deliveries',
  ],
]

export const statuses: Status[] = [
  'mitigated',
  'partial',
  'accepted',
  'transferred',
  'planned',
  'unmitigated',
  'out-of-scope',
  'unstated',
]

/** Some threats of the bank, every status among them before any comes twice. */
export function factsFrom(random: Random, tone: Tone = 'nouns'): Fact[] {
  const order = random.shuffled(statuses)
  const series = random.pick(idSeries)
  return random.shuffled(bank.map((threat, at) => ({ threat, at }))).map(({ threat, at }, i) => {
    const status = order[i % order.length] ?? 'unstated'
    const [nouns = '', advice = ''] = answers[at] ?? []
    const told = { facts: threat.fixes, nouns: nouns.split('/'), advice: advice.split('/') }
    const fewest = status === 'mitigated' || status === 'partial' ? 1 : 0
    const most = isOpen(status) ? 0 : 3
    const count = Math.max(fewest, random.below(most + 1))
    return {
      ...threat,
      id: series.replace('#', String(i + 1)),
      status,
      controls: random.shuffled(told[tone]).slice(0, count),
      tone,
    }
  })
}

/** Nothing of the project's own answers these. */
export function isOpen(status: Status): boolean {
  return status !== 'mitigated' && status !== 'partial' && status !== 'unstated'
}

const idSeries = [
  'T-#',
  'T#',
  'TM-0#',
  'R-#',
  'THR-00#',
  'LOCK-#',
  'RISK-#',
  'T-00#',
  'TH#',
  'AV-#',
]

/** What stands in a cell or behind a label, by the status it says; separated by bars. */
export const statusWords: Record<Status, string> = {
  mitigated: `
    Mitigated | ✅ Mitigated | ✅ | Implemented | Done | Fixed | Closed | Resolved | Addressed
    | Covered | Yes | In place | Mitigated (v2.1) | Fully mitigated | Handled | Remediated
    | Complete | **Mitigated** | Protected | Prevented | Enforced | ✔ Done | Shipped | 🟢
    | 🟢 Mitigated | Mitigated in 1.4 | Sufficiently mitigated | Resolved in #12 | Controlled
    | Completed | Eliminated | Already mitigated | Mitigated by design | Solved | Defended
    | Mitigated — see the handbook | Verified | MITIGATED | Mitigated ✓ | Strong
    | Active control`,
  partial: `
    Partial | Partially mitigated | ⚠️ Partial | Mitigated (partial) | Partly | Mostly mitigated
    | ⚠️ | In part | Partially addressed | 🟡 | 🟡 Partial | Reduced | Limited | Incomplete
    | Partially implemented | PARTIAL | Partial coverage | Mitigated in part | Mostly
    | Partially covered | Partial protection | Not fully mitigated | Only partly mitigated
    | Somewhat mitigated | Mitigated, but not for guests | Best effort | Semi-mitigated
    | Weakly mitigated | Partially resolved | ⚠️ Partially mitigated | Detect only | Half done
    | Mitigated for couriers only`,
  accepted: `
    Accepted | Risk accepted | Accept | Accepted risk | Accepted (by design) | By design
    | Won't fix | Tolerated | Acknowledged | Known and accepted | Acceptable
    | Accept (low likelihood) | Retained | 🤝 Accepted | ℹ️ Accepted | Consciously accepted
    | Documented, accepted | Formally accepted | ACCEPTED | Accepted for now | Wontfix
    | Accepted trade-off | Intentional | ⚪ Accepted | Not mitigated (accepted)
    | Accepted residual risk | Tolerate | Risk retained | Deliberately accepted`,
  transferred: `
    Transferred | Transfer | Transferred to operator | Operator responsibility | Delegated
    | User responsibility | Shared responsibility | Deployer responsibility
    | Delegated to the host | Upstream | Handled upstream | Responsibility of the operator
    | Left to the operator | Transferred to the carrier | Operator | Customer responsibility
    | 🔁 Transferred | Insured | Hosting provider | Up to the operator | TRANSFERRED
    | Integrator's responsibility | Outsourced | Delegated to the platform`,
  planned: `
    Planned | To do | TODO | Planned (Q3) | Backlog | Proposed | Roadmap | 🔲 | Scheduled for 2.0
    | Planned for v2 | Pending | Not yet implemented | To be implemented | Future work
    | 🚧 Planned | Deferred | 📅 Planned | Phase 2 | Under development | Next release | Upcoming
    | Tracked in #12 | PLANNED | Deferred to v2 | 🔜 | On the roadmap | Future
    | Planned mitigation
    | Scheduled | Not yet | ⏳ Planned | Coming in 2.0 | Work in progress`,
  unmitigated: `
    Open | Not mitigated | Unmitigated | ❌ | ❌ Open | None | No | Not addressed | Not protected
    | Vulnerable | Exposed | Unaddressed | Gap | Open issue | No mitigation | Not covered
    | Unresolved | Missing | 🔴 Open | Not implemented | Known gap | Outstanding | 🔴 | OPEN
    | Not defended | At risk | Unprotected | ❌ Not mitigated | Still open | Currently unmitigated
    | Remains open | No protection | Unhandled | Not prevented | Lacking | Absent`,
  'out-of-scope': `
    Out of scope | Out-of-scope | Not in scope | Excluded | Non-goal | Not considered
    | Not applicable | OOS | Beyond scope | Outside scope | Outside the threat model
    | ➖ Out of scope | Not a goal | Ruled out | OUT OF SCOPE | Out of model
    | Explicitly out of scope
    | Out of scope (hardware) | Outside our scope | Not modelled`,
  unstated: `
    | — | ? | Unknown | Not assessed | New | Identified | Under investigation | Needs triage
    | Unclear | Draft | Unverified | Not reviewed | Not tested | Undecided | Investigating
    | Not evaluated | Untested | Being assessed | High | To be assessed | Reviewed`,
}

/** Words that stand in a cell; a chosen one says how the threat stands. */
export function wordsFor(status: Status): string[] {
  return statusWords[status].split('|').map((word) => word.replace(/\s+/g, ' ').trim())
}
