import { type Problem, problem } from '../shared/problem.ts'
import type { Document, Draft } from './draft/draft.ts'
import { toolTitle } from './draft/tools.ts'
import type { Block, Section } from './outline/types.ts'
import { pattern } from './vocabulary/pattern.ts'

/*
 * Flaws of form that need no recogniser: sections without content and pictures. What a recogniser
 * could not read of its own shape it reports itself.
 */

export function formProblems(document: Document): Problem[] {
  const { sections, pictures } = document.outline
  return [
    ...sections.filter(isEmpty).map((section) => {
      const subject = section.heading.text
      return problem('empty-section', `"${subject}" has no content`, section.headingSpan, {
        subject,
      })
    }),
    ...pictures.map((picture) => {
      const name = picture.text === '' ? 'A picture' : `The picture "${picture.text}"`
      return problem('picture-not-readable', `${name} cannot be read`, picture.span)
    }),
  ]
}

const slot = /\{\{[^{}]{0,80}\}\}/

/** True for `{{name of the threat}}`: a form that nobody filled in states nothing. */
export function isUnfilled(draft: Draft): boolean {
  return draft.title.includes('{{') && slot.test(draft.title)
}

export function unfilledProblem({ title, span }: Draft): Problem {
  return problem('empty-label', `"${title}" is a form that is not filled in`, span, {
    subject: title,
  })
}

/** No block, no sub-section, or only a note in brackets about what should come. */
function isEmpty(section: Section): boolean {
  if (section.kind !== 'heading' || section.children.length > 0) return false
  if (section.heading.text === '' || toolTitle(section.title) !== null) return false
  return section.blocks.every(isPlaceholder)
}

const placeholder = pattern(
  'i',
  String.raw`^(?:\([^()]*\)|\[[^[\]]*\]|(?:tbd|todo|tba|to be (?:done|written|added|defined`,
  String.raw`|determined))\W*)$`,
)

function isPlaceholder(block: Block): boolean {
  if (block.type !== 'paragraph') return false
  return placeholder.test(block.phrase.text)
}
