import { pattern } from '../vocabulary/pattern.ts'

/** What the top of a document says of itself. */
export const aboutDocument = pattern(
  'i',
  String.raw`^\W*(?:version|date|authors?|audience|project|written|created`,
  '|(?:last )?(?:updated|reviewed|modified)|classification|prepared (?:by|for)|approved(?: by)?',
  '|reviewers?|readers?|maintainers?|owners?|document|job',
  String.raw`|repository|commit|licen[cs]e|notation|methods?|target|in short|tl;dr)\b[^.]{0,20}$`,
)

/** "**Version: 2026.7**" as a line of its own. */
export function tellsOfDocument(line: string): boolean {
  const label = /^([^::]{2,30})[::]\s/.exec(line)?.[1]
  return label !== undefined && aboutDocument.test(label)
}
