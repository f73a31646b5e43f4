import type { Status } from '../model.ts'
import { pattern } from '../vocabulary/pattern.ts'

/* "Not protected against (by design)": what such a heading says of its threats besides. */

/** What a heading over what is not protected says of it besides. */
export function remarkOn(heading: string): Status {
  // What nobody claims was never promised; a risk that nobody claims to have met is open.
  if (/\bclaim/i.test(heading) && !namesFlaws.test(heading)) return 'out-of-scope'
  if (putOff.test(heading)) return 'planned'
  if (livedWith.test(heading)) return 'accepted'
  return inPart.test(heading) ? 'partial' : 'unmitigated'
}

const namesFlaws = /\b(?:risks?|limitations?|weakness(?:es)?|gaps?|threats?)\b/i

/** "Known limitations (accepted for this phase)", "Not defended against (by design)" */
const livedWith = pattern(
  'i',
  String.raw`\((?![^()]{0,80}\b(?:not|never)\b)(?:[^()]{1,30} )?(?:accepted|we accept|by design)\b`,
  String.raw`[^()]{0,40}\)\W*$`,
)

/** "What is not fully solved" */
const inPart = /\bnot (?:yet )?(?:fully|completely|entirely) \w+/i

/** "Known limitations (deferred to phase 2)" */
const putOff =
  /\((?:deferred|planned|scheduled|postponed)(?: (?:to|for|until)\b[^()]{0,40})?\)\W*$/i
