import { pattern } from '../vocabulary/pattern.ts'
import { sentencesOf } from './prose.ts'
import { explicit, type StatusReading } from './status.ts'

/** "The host has to check": what is not protected against is whose duty a sentence says. */
export function statusOfDuty(body: string): StatusReading | null {
  const sentence = sentencesOf(body).find((text) => duty.test(text))
  return sentence === undefined ? null : explicit('transferred', sentence)
}

const duty = pattern(
  'i',
  String.raw`\b(?:applications?|callers?|operators?|users?|deployers?|integrators?|hosts?`,
  '|institutions?|organi[sz]ations?|administrators?) (?:must|(?:has|have|needs?) to',
  String.raw`|(?:is|are|remains?) responsible)\b|\bthe (?:caller|operator|host|user)s? enforces?\b`,
)
