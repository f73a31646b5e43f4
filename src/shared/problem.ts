import type { Span } from './span.ts'

/**
 * A flaw in the form of a document (threat model, policy file), found while reading it. Problems
 * are data: reading never throws. The message says what is wrong, the hint what to do about it.
 */
export interface Problem {
  code: ProblemCode
  message: string
  hint: string
  span: Span
  /** The other place that makes this one a problem, such as the first of two duplicates. */
  related?: Span
  /** The words of the document the problem is about. */
  subject?: string
}

/** Every problem code of the threat-model reader with the hint its author gets. */
export const problemHints = {
  'duplicate-attack': 'Remove one of the two, or reword one so that they differ.',
  'duplicate-threat': 'Merge the two entries, or reword one so that they differ.',
  'undefined-adversary': 'Add it to the list of adversaries, or use one of the names listed there.',
  'undefined-attack': 'Add it to the list of attacks, or use one of the names listed there.',
  'undefined-reference': 'Correct the id, or add the element it names.',
  'attack-without-threat': 'Say which adversary can execute it, or remove it.',
  'empty-section': 'Write the section, or remove its heading.',
  'empty-label': 'Fill the field in, or remove its label.',
  'duplicate-id': 'Give each element an id of its own.',
  'references-disagree': 'Name the mitigation on both sides, or on neither.',
  'row-not-understood': 'Give the row as many cells as the table has columns.',
  'picture-not-readable': 'Say in text what the picture shows; pictures are not read.',
  'note-contradicts': 'Remove the note if it is done, or say what is missing.',
  'no-threats':
    'If it is a threat model, docs/FORMAT.md of this program shows forms that read well.',
  'too-complex': 'Simplify the document near this line; it was not read.',
  'not-text': 'Save the document as UTF-8 text; it was not read.',
  'hidden-characters': 'Remove the invisible or direction-changing characters.',
  'dead-path': 'Correct the path, or remove it; no such file exists in this commit.',
  'read-from-prose':
    'Give each threat a heading or a list entry of its own under "Threats"; see docs/FORMAT.md.',
  'acceptance-incomplete': 'Write: accepted until YYYY-MM-DD by OWNER because REASON.',
} as const satisfies Record<string, string>

export type ProblemCode = keyof typeof problemHints

/** A problem with the catalogue's hint. */
export function problem(
  code: ProblemCode,
  message: string,
  span: Span,
  more: Pick<Problem, 'related' | 'subject'> = {},
): Problem {
  return { code, message, hint: problemHints[code], span, ...more }
}
