import { wordsAsWritten } from '../coverage/code-words.ts'
import { type CodeFile, type CodeSuggestion, indexCode, queryFor } from '../coverage/suggest.ts'
import type { Asset, Mitigation, ThreatModel } from '../threat-model/model.ts'

/*
 * Suggestions for every asset and mitigation of a model, and the same as a map for the policy file:
 * commented out, with the words that made each and how sure they are, to be confirmed by hand.
 *
 *   code:
 *     # "Access tokens": ["auth/tokens.py", "db/models.py"]
 *     ##   auth/tokens.py (100 %: access, tokens)
 *     ##   db/models.py (55 %: tokens)
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
  return [...model.assets, ...model.mitigations].map((element) => {
    const query = queryFor(element, model)
    const suggestions = index
      .suggest(query, perElement)
      .filter((suggestion) => suggestion.confidence >= confidenceMin)
      .sort((a, b) => b.confidence - a.confidence)
    const written = (stems: readonly string[]) =>
      wordsAsWritten(`${query.title} ${query.body}`, stems)
    return { element, suggestions: suggestions.map((s) => ({ ...s, words: written(s.words) })) }
  })
}

/** Lines below `code:`; what nothing was found for is named last, so that none is forgotten. */
export function mapYaml(list: readonly ElementSuggestions[]): string {
  const lines = ['code:']
  for (const { element, suggestions } of list) {
    if (suggestions.length === 0) continue
    const patterns = suggestions.map(({ path }) => JSON.stringify(path)).join(', ')
    lines.push(`  # ${JSON.stringify(element.title)}: [${patterns}]`)
    for (const found of suggestions) {
      const reason = `${Math.round(found.confidence * 100)} %: ${found.words.join(', ')}`
      lines.push(`  ##   ${comment(`${found.path} (${reason})`)}`)
    }
  }
  const rest = list.filter(({ suggestions }) => suggestions.length === 0)
  if (rest.length > 0) lines.push('  ## Nothing was found by name for:')
  for (const { element } of rest) lines.push(`  # ${JSON.stringify(element.title)}: []`)
  return `${lines.join('\n')}\n`
}

/** One line of a comment, whatever a path holds. */
function comment(text: string): string {
  return text.replace(/[\p{Cc}\p{Cf}]/gu, '·')
}
