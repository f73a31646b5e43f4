import type { ReviewedModel } from '../../coverage/reviewed-model.ts'
import { normal } from '../../diff/normal.ts'
import type { Problem, ProblemCode } from '../../shared/problem.ts'
import { placeOf } from '../places.ts'
import type { Rule } from '../rule.ts'

/*
 * Flaws in the form of the document that this pull request brings. The reader finds them; here only
 * those count that the base did not have already, told apart by their words, never by line.
 */

type Fixed = Pick<Rule, 'id' | 'reason' | 'noun' | 'advice'> & {
  codes: ProblemCode[]
  why: string
}

function formRule(fixed: Fixed): Rule {
  const { codes, why, ...rest } = fixed
  return {
    ...rest,
    mirror: { none: 'A flaw that is mended is no news.' },
    acceptable: true,
    find(evidence) {
      return evidence.models.flatMap((model) =>
        newProblems(model, codes).map((problem) => ({
          element: null,
          identity: [model.previousPath ?? model.path, ...keyOf(problem)],
          content: keyOf(problem),
          message: sentence(problem.message),
          why,
          next: problem.hint,
          place: placeOf(model, 'RIGHT', problem.span, evidence.facts.files),
        })),
      )
    },
  }
}

/** A new document is not held to its own old flaws: there are none. All of its flaws are new. */
function newProblems(model: ReviewedModel, codes: readonly ProblemCode[]): Problem[] {
  const before = new Map<string, number>()
  for (const problem of model.beforeReading?.problems ?? []) {
    const key = keyOf(problem).join('\n')
    before.set(key, (before.get(key) ?? 0) + 1)
  }
  const problems = model.afterReading?.problems ?? []
  return problems.filter((problem) => {
    if (!codes.includes(problem.code)) return false
    const key = keyOf(problem).join('\n')
    const known = before.get(key) ?? 0
    before.set(key, known - 1)
    return known <= 0
  })
}

function keyOf(problem: Problem): string[] {
  return [problem.code, normal(problem.subject ?? problem.message)]
}

function sentence(text: string): string {
  const first = text.charAt(0).toUpperCase() + text.slice(1)
  return /[.!?]$/.test(first) ? first : `${first}.`
}

export const referenceUndefined = formRule({
  id: 'reference-undefined',
  reason: 'A name that is defined nowhere leads nowhere.',
  noun: ['undefined name', 'undefined names'],
  advice: 'Correct the name, or add what it names.',
  codes: ['undefined-adversary', 'undefined-attack', 'undefined-reference', 'references-disagree'],
  why: 'Nobody can tell who or what is meant, and the entry counts for nothing.',
})

export const idDuplicate = formRule({
  id: 'id-duplicate',
  reason: 'Two elements with one id cannot be told apart.',
  noun: ['id used twice', 'ids used twice'],
  advice: 'Give each element an id of its own.',
  codes: ['duplicate-id'],
  why: 'References to the id may mean either.',
})

export const duplicateThreat = formRule({
  id: 'duplicate-threat',
  reason: 'The same threat in two places will be mended in one of them.',
  noun: ['entry written twice', 'entries written twice'],
  advice: 'Merge the two entries, or reword one so that they differ.',
  codes: ['duplicate-threat', 'duplicate-attack'],
  why: 'Whoever updates one will forget the other.',
})

export const sectionEmpty = formRule({
  id: 'section-empty',
  reason: 'An empty section looks as if there were nothing to say.',
  noun: ['empty section', 'empty sections'],
  advice: 'Write the section, or remove its heading.',
  codes: ['empty-section', 'empty-label'],
  why: 'Readers cannot tell "none" from "not written yet".',
})

export const hiddenCharacters = formRule({
  id: 'hidden-characters',
  reason: 'Invisible characters make a text say something else than it shows.',
  noun: ['place with hidden characters', 'places with hidden characters'],
  advice: 'Remove the characters named.',
  codes: ['hidden-characters'],
  why: 'People and programs would read different things.',
})
