import { pattern } from '../vocabulary/pattern.ts'
import type { outright } from './outright.ts'

/** Said in passing, and only where no sentence of a body is as outright as those above. */
export const inPassing: typeof outright = [
  ['mitigated', [/^fixed(?: (?:in|by|with) [\w.#-]{1,20})?:/]],
  [
    'accepted',
    [
      /\b(?:deliberate|conscious|intentional|known|accepted|legitimate) trade-?offs?\b/,
      /\b(?:this|which|it) is (?:an? |the )?(?:intentional|trade-?off|known and accepted)\b/,
      /\bfallback is intentional\b|^\W*acceptable for\b/,
    ],
  ],
  [
    'planned',
    [
      pattern(
        '',
        String.raw`\bwe will (?:add|implement|introduce|address`,
        String.raw`|fix)\b.{2,80}\bin (?:the (?:next|coming)|a (?:future|later))\b`,
      ),
      /^work on .{2,80} is (?:under ?way|in progress|ongoing)\b/,
    ],
  ],
  [
    'unmitigated',
    [/\b(?:does|do) not (?:currently )?(?:detect|handle|block|catch|limit) (?:this|it|that)\b/],
  ],
  [
    'partial',
    [/\b(?:harder|more difficult|more expensive|less likely),? but not (?:impossible|prevented)\b/],
  ],
]
