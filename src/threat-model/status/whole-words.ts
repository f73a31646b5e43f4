import type { Status } from '../model.ts'
import { pattern } from '../vocabulary/pattern.ts'

/*
 * Words that say how a threat stands only where they are all that a status says, brackets aside:
 * "Available" in a text is anything, as a status it means that the control is there.
 */

const wholes: readonly (readonly [Status, RegExp])[] = [
  // What cannot happen begins with "not" and "no", and is no gap.
  [
    'mitigated',
    pattern(
      '',
      '^(?:not|no longer|never) (?:\\w+ )?(?:vulnerable|exploitable|affected|exposed|possible',
      '|feasible|reachable|at risk)$|^no (?:known |remaining |open )?(?:risks?|gaps?|exposure',
      '|issues?)$|^(?:\\w+ly )?(?:impossible|immune|infeasible)(?: by (?:construction|design))?$',
    ),
  ],
  [
    'out-of-scope',
    pattern(
      '',
      '^(?:not (?:an? )?(?:security )?|non-)(?:relevant|threat|concern|risk|issue|bug',
      '|vulnerability)$|^irrelevant$|^no aplica$|^non applicable$',
    ),
  ],
  [
    'mitigated',
    pattern(
      '',
      '^(?:guarded|patched|hardened|avoided|contained|adequate|sufficient|good|active|deployed',
      '|operational|in force|present|available|supported|working|treated|rejected|fails? closed',
      '|y|mitigations? in place|controls? in place|defended in depth)$',
    ),
  ],
  // What became of an attack that was tried: "Reverts (`NotTheOwner`)", "SOURCE_VERIFIED".
  ['mitigated', /^(?:reverts|reverted|denied|refused)(?: \([^()]{1,60}\))?$/],
  ['mitigated', /^(?:build|source|code|test|runtime)[_ -]verified$/],
  ['partial', /^(?:monitor(?:ed|ing)|detect(?:ed|ion)|logged|weak|opt-in)(?: (?:and|&) \w+)?$/],
  ['partial', /^(?:experimental|prototype|alpha|beta|preview)$/],
  ['partial', /^(?:under treatment|(?:mitigation|remediation|fix) in progress)$/],
  [
    'unmitigated',
    pattern(
      '',
      '^(?:known (?:limitation|issue|weakness|problem)|exploitable|insufficient|inadequate|blocker',
      '|needs? (?:a )?(?:work|fix|fixing|hardening|mitigation|attention|action|improvement)',
      '|action (?:required|needed)|must fix|(?:must be )?fix(?:ed)? (?:required|needed',
      '|before \\w+)|control gap|non trait\\S+|n)$',
    ),
  ],
  [
    'planned',
    pattern(
      '',
      '^(?:scaffold(?:ed)?|stub(?:bed)?|later|someday|post[- ](?:mvp|ga|launch|release',
      '|v?\\d[.\\d]*)',
      '|(?:fix|mitigation|remediation) (?:pending|planned|scheduled)|awaiting \\w+)$',
    ),
  ],
  ['accepted', /^(?:inherent|residual|irreducible|unavoidable|ignored)(?: (?:risk|limitation))?$/],
]

/** Of lower-case words, or null. */
export function wholeStatus(plain: string): Status | null {
  if (plain.length > longestWithRemark) return null
  const words = plain.replace(/\s*\([^()]*\)\s*$/, '').replace(/[\s.!;:,]+$/, '')
  if (words === '' || words.length > longest) return null
  return wholes.find(([, form]) => form.test(words))?.[0] ?? null
}

const longest = 48
/** With what stands in brackets behind them. */
const longestWithRemark = 400
