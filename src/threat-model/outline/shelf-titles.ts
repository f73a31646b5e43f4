import { pattern } from '../vocabulary/pattern.ts'
import { modelInLanguages, roleOf } from '../vocabulary/vocabulary.ts'
import type { Section } from './types.ts'

/*
 * The name of the shelf a threat model stands on: a title above the title, as tools write that put
 * documents together. It says nothing of the model, whose own title is the first:
 *
 *   # Harbour handbook            Threat model of the ferry
 *   ## Threat model of the ferry   ├─ Threats
 *   ### Threats                    └─ Out of scope
 *   ### Out of scope
 */

/** Takes away titles under which nothing stands but the title of the model. */
export function withoutShelf(root: Section): void {
  for (let count = 0; count < mostShelves; count++) {
    const [shelf, ...others] = root.children
    const model = shelf?.children[0]
    if (shelf === undefined || model === undefined || others.length > 0) return
    if (!isShelf(root, shelf) || !isModel(model)) return
    root.children = [model]
    model.parent = root
    moveUp(model, shelf.heading.text)
  }
}

/** "Handbook", "Security", "Design of the ferry"; more above each other are parts of a document. */
const mostShelves = 2

function isShelf(root: Section, shelf: Section): boolean {
  if (root.blocks.length > 0 || shelf.blocks.length > 0 || shelf.kind !== 'heading') return false
  if (shelf.children.length > 1 || namesModel.test(shelf.heading.text)) return false
  return roleOf(shelf.title) === null
}

/** A title with parts of its own below, and no part itself. */
function isModel({ kind, heading, title, children }: Section): boolean {
  if (kind !== 'heading' || children.length < 2) return false
  if (namesModel.test(heading.text)) return true
  return roleOf(title) === null && /\bsecurity\b/i.test(heading.text)
}

const namesModel = pattern('i', String.raw`\bthreat[- ]?model|`, modelInLanguages)

/** Every section is one level higher, and none stands below the shelf. */
function moveUp(section: Section, shelf: string): void {
  section.depth--
  if (section.trail[0] === shelf) section.trail = section.trail.slice(1)
  for (const child of section.children) moveUp(child, shelf)
}
