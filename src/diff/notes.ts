import type { Deck } from './deck.ts'
import type { Pairing } from './pairing.ts'

/** Sentences that people need to read a list of changes rightly; `restated`: see lonely-changes. */
export function notesOf(restated: number, pairing: Pairing): string[] {
  return [
    ...translated(pairing.translation),
    ...rewritten(pairing),
    ...unread(restated),
    ...hurried(pairing),
  ]
}

function translated(translation: Pairing['translation']): string[] {
  if (translation === null) return []
  const { from, to } = translation
  return [
    `The document is in another language now (${from} before, ${to} after): its elements were ` +
      'followed by order, ids and names; their words were not compared.',
  ]
}

/** Fewer threats than this are read one by one. */
const rewrittenMin = 6

/** Of so many entries that came and went it should be known that they were one rewriting. */
function rewritten({ before, after, ofBefore }: Pairing): string[] {
  const [then, now] = [before.cards.threat, after.cards.threat]
  const followed = then.filter((card) => ofBefore.has(card)).length
  if (then.length < rewrittenMin || now.length === 0) return []
  if (followed * 3 >= then.length) return []
  return [
    `Most threats were written anew or dropped: of ${then.length} before, ${followed} found ` +
      `again among the ${now.length} now.`,
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
