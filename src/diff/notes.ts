import type { Deck } from './deck.ts'
import type { Pairing } from './pairing.ts'

/** Sentences that people need to read a list of changes rightly; `restated`: see lonely-changes. */
export function notesOf(restated: number, pairing: Pairing): string[] {
  return [...translated(pairing.translation), ...unread(restated), ...hurried(pairing)]
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

function hurried({ hurried, before, after }: Pairing): string[] {
  if (!hurried && !fellShort(before) && !fellShort(after)) return []
  return [
    'So much changed that not everything could be looked up: an element called added and one ' +
      'called removed may be the same.',
  ]
}

function fellShort({ plain, statements }: Deck): boolean {
  return plain?.fellShort === true || statements?.index?.fellShort === true
}
