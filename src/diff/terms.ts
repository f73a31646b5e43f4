import type { Deck } from './deck.ts'
import { words } from './normal.ts'
import type { Terms } from './wording.ts'

/*
 * Words that were exchanged in the whole document ("cell" is called "sandbox" now). The words of
 * both versions are counted only when somebody asks.
 */

/** A word used less often tells nothing about the whole document. */
const usesMin = 3

export function termsOf(before: Deck, after: Deck): Terms {
  let counts: { before: Map<string, number>; after: Map<string, number> } | null = null
  return {
    isRenaming(gone, come) {
      counts ??= { before: usesIn(before), after: usesIn(after) }
      return (
        replaced(singular(gone), counts.before, counts.after) ||
        replaced(singular(come), counts.after, counts.before)
      )
    },
  }
}

/** True when the word is used here and nowhere on the other side. */
function replaced(word: string, here: Map<string, number>, there: Map<string, number>): boolean {
  return (here.get(word) ?? 0) >= usesMin && !there.has(word)
}

function usesIn(deck: Deck): Map<string, number> {
  const uses = new Map<string, number>()
  for (const { element } of deck.byId.values()) {
    for (const word of words(`${element.title} ${element.body}`)) {
      const name = singular(word)
      uses.set(name, (uses.get(name) ?? 0) + 1)
    }
  }
  return uses
}

/** "cells" and "cell's" are uses of "cell". */
function singular(word: string): string {
  return word.length > 3 ? word.replace(/s$/, '') : word
}
