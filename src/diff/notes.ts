import type { Pairing } from './pairing.ts'

/** Sentences that people need to read a list of changes rightly; `restated`: see lonely-changes. */
export function notesOf(restated: number, { translation }: Pairing): string[] {
  return [...translated(translation), ...unread(restated)]
}

function translated(translation: Pairing['translation']): string[] {
  if (translation === null) return []
  const { from, to } = translation
  return [
    `The document is in another language now (${from} before, ${to} after): its elements were ` +
      'followed by order, ids and names; their words were not compared.',
  ]
}

function unread(restated: number): string[] {
  if (restated === 0) return []
  const what = restated === 1 ? '1 element is' : `${restated} elements are`
  return [`${what} stated by both versions but read in one only; that is not counted.`]
}
