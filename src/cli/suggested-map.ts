import { type CodeFile, type CodeSuggestion, indexCode, queryFor } from '../coverage/suggest.ts'
import type { Asset, Mitigation, ThreatModel } from '../threat-model/model.ts'

/*
 * Suggestions for every asset and mitigation of a model, and the same as a map for the policy file:
 * commented out, with the words that made each and how sure they are, to be confirmed by hand.
 */

const perElement = 3
/** Below this a suggestion says more about the repository's words than about the element. */
const confidenceMin = 0.4

export interface ElementSuggestions {
  element: Asset | Mitigation
  suggestions: CodeSuggestion[]
}

export function suggestMap(model: ThreatModel, files: readonly CodeFile[]): ElementSuggestions[] {
  const index = indexCode(files)
  return [...model.assets, ...model.mitigations].map((element) => ({
    element,
    suggestions: index
      .suggest(queryFor(element, model), perElement)
      .filter((suggestion) => suggestion.confidence >= confidenceMin),
  }))
}

/** Lines below `code:`; an element without a suggestion is named too, so that none is forgotten. */
export function mapYaml(list: readonly ElementSuggestions[]): string {
  const lines = ['code:']
  for (const { element, suggestions } of list) {
    const patterns = suggestions.map(({ path }) => JSON.stringify(path)).join(', ')
    if (suggestions.length === 0) lines.push('  # nothing found by name:')
    for (const found of suggestions) {
      const sure = Math.round(found.confidence * 100)
      lines.push(`  # ${comment(found.path)}: ${comment(found.words.join(', '))} (${sure} %)`)
    }
    lines.push(`  # ${JSON.stringify(element.title)}: [${patterns}]`)
  }
  return `${lines.join('\n')}\n`
}

/** One line of a comment, whatever a path holds. */
function comment(text: string): string {
  return text.replace(/[\p{Cc}\p{Cf}]/gu, '·')
}
