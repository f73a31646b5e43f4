/*
 * What people call the parts of a threat model, and how they write that something is a collection
 * of threats. One heading of another wording loses a whole part, so these are many.
 */

/** Headings by the part they name, separated by bars. */
export const headingWords = {
  threats: `
    Attack classes | Attack types | Classes of attack | Threat-by-threat | Threats, one by one |
    Security findings | Vulnerability findings | How it can be attacked | Threats modelled |
    How an attacker could get in | Ways it can fail | Attack narratives | Threat statements |
    Threat deep dive | What we worry about | What worries us | Worst cases | Bad outcomes |
    Threat events | Feared events | Threats found
  `,
  assets: `
    Assets | Asset inventory | Protected assets | Assets to protect | Data assets |
    Key assets | What we protect | What we are protecting | What needs protection |
    Assets and data classification | Assets and sensitivity | Assets & value | Asset list |
    Assets at risk | Critical assets | Valuable assets | Crown jewels | Sensitive data |
    Assets and their owners | Assets (what we protect) | Asset classification |
    Protected data | Assets worth protecting | Security assets | System assets |
    Information assets | Assets under protection | Asset catalogue | Protected resources |
    Things we protect | What are we protecting? | What is worth protecting | Primary assets |
    Assets and trust levels | High-value assets | Assets and security goals |
    Secrets and assets | Resources to protect | Protected objects | Asset definitions |
    What is at stake | What is being protected | What's at stake
  `,
  adversaries: `
    Adversaries | Attackers | Threat actors | Threat agents | Adversary model |
    Attacker model | Attacker profiles | Adversary profiles | Attacker personas |
    Actors and capabilities | Adversary capabilities | Attacker capabilities |
    Threat actor profiles | Who are the attackers | Who might attack us | Potential attackers |
    Adversary classes | Adversary types | Attacker types | Attacker classes | Actors |
    Threat actors and motivations | Adversaries considered | Adversaries in scope |
    Considered adversaries | Adversary assumptions | Adversary goals and capabilities |
    Threat sources | Malicious actors | Hostile actors | Attacker categories |
    Attacker capabilities and motivation | Adversary personas | Adversary tiers |
    Attacker tiers | Untrusted parties | Attackers and their goals | Potential adversaries |
    Actor model | Attacker archetypes | Bad actors | Opponents | Actors and privileges |
    Actors and roles | Actors and boundaries | Who the adversaries are | Actors & permissions
  `,
  'out-of-scope': `
    Out of scope | Out-of-scope threats | Out of scope for this model | Non-goals |
    Explicit non-goals | Exclusions | Explicitly out of scope | Not in scope |
    What is out of scope | Out of scope (v1) | Threats out of scope | Threats not considered |
    Out-of-scope | Not covered by this model | Excluded threats | Excluded from scope |
    Scope exclusions | Out of scope / non-goals | Non-goals and exclusions |
    Deliberately out of scope | Not considered | Security non-goals |
    Threats we do not consider | Outside scope | Out-of-scope risks | Beyond scope |
    Known exclusions | Explicit exclusions | Explicitly outside the model |
    Outside the threat model | Outside this model | Outside our threat model |
    Beyond the threat model | Not in the model | Not part of the threat model |
    Deliberately excluded | What is excluded | What we exclude | What the model leaves out |
    What is not modelled | Not modeled here | Threats we exclude | Threats we ignore |
    Excluded attacks | Deferred threats | Non-objectives | Out of bounds | Non-threats
  `,
  residual: `
    Residual risks | Residual risk | Remaining risks | Known residual risks |
    Residual threats | Residual risks and limitations | Residual risk summary |
    Residual risk register | Residual risks (accepted) | Remaining threats |
    Residual exposure | Leftover risk | What remains | Remaining exposure | Residual concerns |
    Residual attack surface | Residual and accepted risks
  `,
  limitations: `
    Known limitations | Limitations | Known gaps | Gaps | Known weaknesses |
    Security limitations | Current limitations | Open gaps | Limitations and gaps |
    Known security gaps | Open issues | Outstanding gaps | Weaknesses | Current gaps |
    Known security limitations | Honest limitations | Limits of this design |
    Where this falls short | Known shortcomings | Acknowledged limitations |
    Design limitations | Coverage gaps | Published gaps | The stated gaps | Known gap (tracked) |
    Summary of open gaps found in May | Documented limitations | Acknowledged v2 limitations |
    Phase 1 limitations | v0.1 limitation: | Remaining gaps | Implementation gaps |
    Known weak spots | Weak points | Known holes | Protection gaps | Where the protection ends |
    Gaps found
  `,
  unprotected: `
    What we do not protect against | What this does NOT defend against |
    Not protected against | Does not protect against | Threats not mitigated |
    Unmitigated threats | Undefended | Not defended | Not mitigated | Attacks not prevented |
    What it does not protect | Threats not addressed | Unaddressed threats |
    Not defended against | What an attacker can still do | Unprotected |
    What X cannot prevent | What is not protected | What is not covered | Not addressed |
    Threats we don't mitigate | What is not mitigated | No protection against |
    Unhandled threats | What remains possible | Threats still open | Still possible
  `,
  mitigations: `
    Mitigations | Controls | Security controls | Countermeasures | Existing controls |
    Existing mitigations | Current mitigations | Safeguards | Defenses | Security measures |
    Defense in depth | Mitigation strategies | Mitigation summary | Security mechanisms |
    Protection mechanisms | Defensive measures | Implemented controls | Mitigations in place |
    Control inventory | Control catalogue | Mitigation catalog | Mitigation map |
    Key controls | Required controls | Recommended mitigations | Recommendations |
    Security recommendations | Hardening | Mitigation plan | Mitigations and controls |
    Controls and safeguards | Technical controls | Layered defenses | Mitigation matrix |
    Mitigation register | How we mitigate | Protections | Protective measures |
    Built-in protections
  `,
  assumptions: `
    Assumptions | Security assumptions | Trust assumptions | Assumptions and dependencies |
    Deployment assumptions | Assumptions made | Environmental assumptions | What we assume |
    Operating assumptions | Preconditions | Assumptions & constraints | Key assumptions |
    Threat model assumptions | We assume
  `,
  boundaries: `
    Trust boundaries | Trust boundary | Security boundaries | Trust zones |
    Trust boundaries and data flows | Trust boundary diagram | Boundaries |
    Trust boundaries & entry points | Trust boundary map | Trust domains | Trust levels |
    Trust boundary analysis | Trust boundary inventory | Security perimeters
  `,
  accepted: `
    Accepted risks | Risk acceptance | Accepted risk register | Risks accepted |
    Accepted limitations | Accepted trade-offs | Risks we accept | Known and accepted risks |
    Consciously accepted risks | Accepted exposures | Accepted residual risk |
    Tolerated risks | Risk acceptances | Accepted limits | Accepted residuals | What we accept |
    Accepted by design | Risks accepted by design | Trade-offs accepted | Accepted weaknesses
  `,
} as const

/** Headers of columns by the field they name. */
export const columnWords = {
  threat: `
    Threat | Threats | Attack | Attack vector | Threat scenario | Attack scenario |
    Abuse case | Threat description | Threat name | Threat title | Vector | Attack type |
    Vulnerability | Weakness | What could go wrong | What can go wrong | Failure mode |
    Hazard | Potential threat | Threat event | Risk description | Security risk |
    Attack class | Threat / attack | Threat & vector | Misuse case | Issue | Concern | Danger |
    Threat (STRIDE) | Risk scenario | Threat Statement | Exploit | Attack goal |
    Attack surface / threat | Abuse | Misuse | Adversarial action | Attacker action |
    Attacker goal | Threat vector | Risk / threat | Unwanted event | Bad outcome | Failure |
    Problem | Attack technique | Example attack | Threat considered
  `,
  mitigation: `
    Mitigation | Mitigations | Control | Controls | Countermeasure | Countermeasures |
    Defense | Defence | Defenses | Safeguard | Safeguards | Existing control |
    Current control | Current mitigation | Existing mitigations | Mitigation in place |
    Security control | Protection | Protections | How we mitigate | How it is mitigated |
    How mitigated | Our defense | Prevention | Response | Mitigation strategy |
    Mitigation / control | Mitigation today | Mitigations (current) |
    Mitigation (implemented) | Control(s) | Primary control | Implemented control |
    Enforcement | Enforced by | Mitigated by | Handled by | Blocked by | Stopped by |
    What we do | What stops it | Defense mechanism | Security measure | Measures | Treatment |
    Solution | Fix | How we defend | How we handle it | Design response | Design mitigation |
    Built-in protection | Guard | Guardrail | Guardrails | Counter | Mitigating factor |
    Mitigating controls | Compensating control | Preventive control | Control in place |
    Controls in place | In place today | Current defense | Defended by | How addressed |
    Addressed by | Answer | Mitigation approach | Our mitigation | Product mitigation |
    Key mitigation | Mitigation(s) | Mitigation summary | Mitigation details |
    Mitigations shipped | Controls today | Mitigations we have | Controls deployed
  `,
  recommended: `
    Recommended mitigation | Recommendation | Recommendations | Suggested mitigation |
    Recommended control | Action | Recommended action | Remediation |
    Suggested control | Action required | Required action
  `,
  planned: `
    Planned mitigation | Planned controls | Proposed mitigation | Proposed control
  `,
  status: `
    Status | State | Disposition | Mitigation status | Mitigated? | Mitigated | Implemented? |
    Covered? | Coverage | Protected? | Defended? | Current status | Resolution | Status today |
    Implementation status | In scope? | Verdict | Treatment status | Risk status |
    Control status | Progress | Defence status | Status (v1) | Done? | Handled? | Addressed? |
    Our stance | Covered by us? | Defends?
  `,
  residual: `
    Residual risk | Residual | Remaining risk | Residual risks | Residual exposure | Gap |
    Gaps | Limitation | Limitations | Residual gap | Caveat | Caveats | What remains |
    Remaining gap | Not covered | Remaining exposure | Residual severity | Leftover risk |
    Known gap | Open gap | Residual threat | Left over | Risk after mitigation |
    Post-mitigation risk | Net risk | Residual likelihood | Residual concern | Residual level |
    Risk remaining
  `,
  severity: `
    Severity | Priority | Risk level | Risk rating | Rating | CVSS | Criticality | Risk score |
    Inherent risk | Overall risk | Level | Score | DREAD | DREAD score | Sev | Sev. |
    Sev (1-5) | Risk priority | Threat level | Danger level | Initial risk | Gross risk |
    Risk class | Risk value | CVSS score | Severity (CVSS)
  `,
  likelihood: `
    Likelihood | Probability | Chance | Likelihood (1-5) | L | Frequency | Exploitability |
    Ease | Ease of attack | Ease of exploitation | Feasibility | Attack feasibility |
    How likely | Likely? | Difficulty | Attack complexity | Prob.
  `,
  impact: `
    Impact | Consequence | Consequences | Effect | Damage | Business impact | Harm |
    Potential impact | I | Impact (1-5) | Security impact | What happens | What is lost |
    Result | Loss | Blast radius | Effect on users | Worst case | If exploited |
    If it happens | Impact if realized | Impact description | Outcome if exploited |
    Consequence if unmitigated | Stakes | Why it matters
  `,
  asset: `
    Asset | Assets | Affected asset | Target | Component | Affected component |
    Affected assets | Asset at risk | Components | Resource | Element | DFD element |
    System element | Asset affected | Affected system | Protected asset | Target asset |
    Affects
  `,
  adversary: `
    Adversary | Attacker | Actor | Threat actor | Threat agent | Actors | Threat source |
    Attacker profile | Who | Adversary / actor | Attacker type | Adversary class | Source |
    Performed by | By whom | Attacker position | Threat actor(s) | Attacker model | Agent
  `,
  category: `
    Category | STRIDE | STRIDE category | Type | Threat type | Class | Threat category |
    Classification | CIA | LINDDUN | OWASP | CWE | STRIDE class | Threat class |
    Category (STRIDE) | STRIDE type | STRIDE element | Attack category | Risk category | Kind |
    OWASP category | Property | Violated property | Security property | Tactic | S/T/R/I/D/E |
    ATT&CK | MITRE ATT&CK
  `,
  description: `
    Description | Details | Detail | Summary | Explanation | How it works | Mechanism |
    Attack description | Example | Method | Attack method | Attack steps |
    Description of attack | Context | Precondition | Preconditions | Narrative |
    Exploitation | Attack mechanics | Exploit path
  `,
  id: `
    ID | # | No | No. | Nr | Ref | Threat ID | Risk ID | Identifier | Threat # | TID | T-ID |
    Ref. | Key | Number | Id # | Threat no.
  `,
  owner: `
    Owner | Responsible | Responsibility | Assignee | Date | Reviewed | Owned by |
    Accountable | Team | Due | Due date | Target date | Review date | Who owns it
  `,
  code: `
    Code | Location | File | Files | Evidence | Test | Tests | Code reference |
    Implementation | Where in code | Code location | Source file | Path | Verification |
    Validated by | Test coverage | Verified by | Proof | Traceability | Test / evidence |
    Implemented in | Enforced in | Evidence / tests | Test case | Regression test | Test ID |
    Traceable evidence
  `,
} as const

/** Each in the plural alone, and before each collection in either number. */
export const collectedThings = [
  'threats',
  'risks',
  'attack vectors',
  'attack-vectors',
  'abuse cases',
  'misuse cases',
  'attack scenarios',
  'threat scenarios',
  'failure modes',
  'attack paths',
  'vulnerabilities',
  'hazards',
] as const

export const collections = `analysis | enumeration | inventory | catalogue | catalog | list
  | listing | overview | register | registry | summary | table | matrix | landscape | breakdown
  | index | map | assessment | details | review | log`

/** Words before them that name the part of the system or how they were chosen. */
export const collectors = `detailed | key | our | known | potential | protocol-level | network
  | smart-contract | high-priority | top 10 | initial | concrete`

export const tails = ` | and mitigations | by component | (STRIDE) | & controls | , ranked
  | and countermeasures | per boundary | and defenses | vs. mitigations
  | and how we answer them | and what we do about them`

export function listed(words: string): string[] {
  return words.split('|').map((word) => word.replace(/\s+/g, ' ').trim())
}
