import { type Card, codeOf, type Deck } from './deck.ts'
import { type Successors, tiedMitigations } from './links.ts'
import { mayHave } from './plain-text.ts'
import type { Unit } from './unit.ts'

/*
 * Paths of code that a unit names, without those that changed in form only: a path that lost its
 * ticks is still written, and a path that was the target of a link was never read by anybody.
 */

/** Paths of each side that can be told as lost or gained. */
export function pathChanges(
  { before, after }: Unit,
  successors: Successors,
): [before: string[], after: string[]] {
  const left = pathsOf(before, successors.before)
  const right = pathsOf(after, successors.after)
  if (left.length === 0 && right.length === 0) return [[], []]
  const [was, is] = [textOf(before, successors.before), textOf(after, successors.after)]
  return [left.filter((path) => !is.includes(path)), right.filter((path) => !was.includes(path))]
}

function pathsOf(cards: readonly Card[], deck: Deck): string[] {
  const paths = cards.flatMap(({ element }) => codeOf(element).map((code) => code.path))
  return paths.map((path) => path.replace(/^\.\//, '')).filter((path) => mayHave(deck, path))
}

function textOf(cards: readonly Card[], deck: Deck): string {
  return cards
    .flatMap(({ element }) => {
      const ids = element.kind === 'threat' ? tiedMitigations(element) : []
      const answers = ids.flatMap((id) => deck.byId.get(id)?.element ?? [])
      const paths = codeOf(element).map((code) => code.path)
      return [...[element, ...answers].flatMap((part) => [part.title, part.body]), ...paths]
    })
    .join('\n')
}
