import type { Status } from '../model.ts'
import { rememberingBlocks } from '../outline/keep.ts'
import { listsEntries } from '../outline/lists.ts'
import type { Block } from '../outline/types.ts'
import { sentencesOf } from '../status/prose.ts'
import { explicit, type StatusReading } from '../status/status.ts'
import { pattern } from '../vocabulary/pattern.ts'

/*
 * A sentence above or below a list or a table that says of all its entries how they stand:
 *
 *   - A storm closes the harbour                    None of these attacks is prevented today.
 *   - A wreck blocks the channel                    | Attack | … |
 *
 *   These are intentional trade-offs.
 *
 * Only where one list, one table or the headings below can be meant; "some of these", conditions
 * and wishes say nothing.
 */

export const toldOfAll = rememberingBlocks((blocks): StatusReading | null => {
  if (!pointsAtOne(blocks)) return null
  for (const text of blocks.flatMap(textOf)) {
    for (const sentence of sentencesOf(text)) {
      const status = statusOfAll(sentence)
      if (status !== null) return explicit(status, sentence)
    }
  }
  return null
})

/** One list or one table, or nothing but a few words above headings. */
function pointsAtOne(blocks: readonly Block[]): boolean {
  const listed = blocks.filter(listsEntries)
  if (listed.length > 0) return listed.length === 1
  return blocks.length <= fewWords && !blocks.some(isNamed)
}

const fewWords = 3

function isNamed(block: Block): boolean {
  return block.type === 'paragraph' && block.phrase.lead !== ''
}

function textOf(block: Block): string[] {
  if (block.type === 'paragraph') return [block.phrase.text]
  return block.type === 'list' && block.intro !== null ? [block.intro.text] : []
}

function statusOfAll(sentence: string): Status | null {
  const plain = sentence.toLowerCase().replace(/[’]/g, "'")
  if (plain.length > longest) return null
  if (noneIs.test(plain)) return 'unmitigated'
  const said = all.exec(plain)?.[1] ?? (alone.test(plain) ? plain : null)
  const found = said === null ? undefined : verdicts.find(([, words]) => words.test(said))
  if (said === null || found === undefined) return null
  const length = found[1].exec(said)?.[0].length ?? 0
  const until = plain.length - said.length + length
  return doubtful.test(plain.slice(0, until)) ? null : found[0]
}

/** "Fully implemented and held by tests" above a table. */
const alone = /^(?:fully|only partially|partially|not yet|all) (?:\w+ ){0,2}\w+ed\b/

const longest = 220

/** Taken back, wished or told of a few. */
const doubtful = pattern(
  '',
  String.raw`\b(?:if|unless|should|would|could|must|may|might|except|most(?:ly)?|some|many|usually`,
  String.raw`|not all|not every|assum\w+)\b`,
)

const noun =
  '(?:threat|risk|attack|gap|limit|limitation|exposure|issue|item|scenario|vector|case|trade-?off' +
  '|concern|point)s|(?:weakness|entri)es'
const entries = `(?:(?:security |known |listed |residual )*(?:${noun}))`
const here = String.raw`(?: (?:listed |described )?(?:above|below|here|in this \w+))`

const noneIs = pattern(
  '',
  `^none of (?:these|the)(?: following)?(?: ${entries})?(?: \\w+){0,2} (?:is|are) `,
  String.raw`(?:\w+ )?(?:mitigated|addressed|prevented|covered|handled|defended|protected)\b`,
)

/** Many, and pointed at: "the risk" is one, and "the risks" are any. */
const all = pattern(
  '',
  `^(?:(?:all|each|every one) of (?:these|them|the (?:following|above)|the(?= ${entries}${here}))`,
  `(?: ${entries})?${here}?|these(?: ${entries})?${here}?|they|all(?: ${entries})?${here}`,
  `|the following(?: ${entries})?|the ${entries}${here}|(?:each|every) (?:control|mitigation)`,
  `|all (?:the )?(?:controls|mitigations)${here})`,
  String.raw` (?:all )?(?:is|are|have been|remain)(?: all| each)? (\S.*)$`,
)

const adverb = String.raw`\w+ly[ -]|all |known and |now |already |still |therefore |both |the `
const how = `^(?:the |our |acknowledged but |recognized but |known but )?(?:${adverb}){0,2}`

const verdicts: readonly (readonly [Status, RegExp])[] = [
  ['partial', /^(?:only )?(?:partially|partly) (?:mitigated|addressed|covered|defended)\b/],
  [
    'out-of-scope',
    new RegExp(`${how}(?:out[- ]of[- ]scope|not in scope|outside (?:the|our|this)\\b)`),
  ],
  [
    'accepted',
    new RegExp(
      `${how}(?:accepted|(?:accepted|acknowledged|intentional|deliberate|conscious|design) ` +
        `(?:\\w+ )?(?:trade-?offs|limits|limitations|risks|choices|decisions)|by design)\\b`,
    ),
  ],
  ['transferred', new RegExp(`${how}(?:left to|the (?:operator|user|deployer|caller)'?s'? )`)],
  [
    'planned',
    new RegExp(`${how}(?:planned|on the roadmap|to be (?:addressed|mitigated|fixed))\\b`),
  ],
  [
    'unmitigated',
    new RegExp(
      `${how}(?:not (?:\\w+ )?(?:mitigated|addressed|defended|covered|prevented)|unmitigated` +
        '|unaddressed|open)\\b(?! to| for)',
    ),
  ],
  [
    'mitigated',
    new RegExp(
      `${how}(?:mitigated|addressed|prevented|defended|implemented|enforced|in place)\\b` +
        '(?! (?:in part|partly|only))',
    ),
  ],
]
