import type { Fields } from '../draft/fields.ts'
import { isAnswered } from '../draft/lists.ts'
import { nameOf } from '../draft/names.ts'
import { titled } from '../identity.ts'
import type { Block, Entry, List, Section } from '../outline/types.ts'
import { statusInTitle } from '../status/titles.ts'
import { endsInColon, ifHarmed, roleOfIntro } from '../vocabulary/intro.ts'
import { pattern } from '../vocabulary/pattern.ts'
import { fieldOf, roleOf } from '../vocabulary/vocabulary.ts'
import { isAdvice, soundsLikeAttack, soundsLikeControl } from '../vocabulary/words.ts'
import type { State } from './form.ts'
import { scene } from './generic.ts'
import { announcesMany } from './kinds.ts'
import { mostSiblings } from './sorts.ts'

/*
 * What speaks for the bullets below a heading being the threats, and not the heading:
 *
 *   ### The clerk                                  ### Location          ### Profiling
 *   If the clerk's key is stolen:                  - … may be followed   - … could be told apart
 *   - letters can be read
 */

/** Bullets that name attacks under a heading that names none: the bullets are the threats. */
export function listsThreats(section: Section, fields: Fields): boolean {
  const name = titled(section.title)
  if (name.writtenId !== null || statusInTitle(section.title) !== null) return false
  if (scene.test(name.title)) return false
  const entries = fields.loose.flatMap((block) => (block.type === 'list' ? block.entries : []))
  if (announcesMany(name.title, entries)) return true
  if (!soundsLikeAttack(name.title) && fields.loose.some(tellsOfMany)) return true
  if (entries.length < 2) return false
  if (entries.filter(isAnswered).length * 2 > entries.length) return true
  const attacks = entries.filter(
    ({ head }) => soundsLikeAttack(head.text) || soundsLikeAttack(nameOf(head)),
  )
  const share = attacks.length / entries.length
  if (!soundsLikeAttack(name.title)) return share > 0.5 || isClassOfMany(section, entries)
  if (namesSeveral(name.title, entries)) return true
  // A named attack that is told in paragraphs is one threat; its lists explain.
  const told = section.blocks.filter((block) => block.type === 'paragraph').length > 1
  return share >= 0.75 && entries.length >= 3 && !told
}

/** "Memory safety" below "Vulnerability classes" sorts the bullets below it. */
function isClassOfMany({ parent }: Section, entries: readonly Entry[]): boolean {
  if (!/\b(?:classes|types|categories)\W*$/i.test(parent?.heading.text ?? '')) return false
  return entries.filter(({ head }) => soundsLikeControl(head.text)).length * 2 <= entries.length
}

/** "Archive attacks" over bullets with names in bold, of which half name an attack each. */
function namesSeveral(title: string, entries: readonly Entry[]): boolean {
  if (!/\s(?:attacks|threats|risks|vulnerabilities)$/i.test(title)) return false
  const names = entries.map(({ head }) => head.lead)
  return (
    names.every((name) => name !== '') && names.filter(soundsLikeAttack).length * 2 > names.length
  )
}

/** "Attacks on the door" over "Threats not covered:" and bullets: each of them is left out. */
export function listsLeftOut({ title, blocks }: Section): boolean {
  if (!severalHarms.test(title.text)) return false
  return blocks.some((block) => {
    if (block.type !== 'list' || block.entries.length < 2 || block.intro === null) return false
    const { text } = block.intro
    return leftOut.test(text) && endsInColon(text)
  })
}

const severalHarms = /\b(?:attacks|threats|risks|vulnerabilities|exploits)\W*$/i
const leftOut = pattern(
  'i',
  String.raw`\b(?:threats|attacks|risks|vectors|scenarios)\b[^.]{0,40}\b(?:not (?:\w+ )?(?:covered`,
  String.raw`|addressed|considered|modell?ed|mitigated|protected)|out of scope|excluded)\W*$`,
)

/** What happens "if the key is stolen", in bullets that do not say what to do then. */
function tellsOfMany(block: Block): boolean {
  if (block.type !== 'list') return false
  const { intro, entries } = block
  if (isAnnounced(block)) return true
  if (entries.length < 2 || !ifHarmed.test(intro?.text ?? '')) return false
  const told = entries.filter(({ head }) => happens.test(head.text) && !isAdvice(head.text))
  return told.length * 2 >= entries.length
}

const happens = /\b(?:can|could|may|might|will|is|are|gets?|becomes?)\b/i

/** "The risks here are:" above bullets. */
export function isAnnounced(block: Block): block is List {
  if (block.type !== 'list' || block.intro === null || !endsInColon(block.intro.text)) return false
  const role = roleOfIntro(block.intro.text)
  return role === 'threats' || role === 'attacks'
}

/**
 * "The same applies here." under the name of a part, where most parts beside it list their threats
 * below a sentence that says so.
 */
export function isPlainAmongLists(section: Section, fields: Fields): boolean {
  const title = titled(section.title).title
  const isFlow = /->|→/.test(title)
  if ((soundsLikeAttack(title) && !isFlow) || fields.values.length > 0) return false
  const lists = fields.loose.some((block) => block.type === 'list')
  const siblings = (section.parent?.children ?? []).slice(0, mostSiblings)
  const listing = siblings.filter((other) => other.blocks.some(isAnnounced))
  return !lists && listing.length >= 3 && listing.length * 2 > siblings.length
}

/**
 * "Location", "Profiling" below "Threat vectors", each with nothing but bullets that say what may
 * happen: the headings sort, the bullets are the threats.
 */
export function isClassOfBullets({ parent, depth }: Section, state: State): boolean {
  const near = (parent?.children ?? []).slice(0, mostSiblings)
  const siblings = near.filter((other) => other.depth === depth)
  const [first] = siblings
  if (first === undefined) return false
  const found = state.classes.get(first) ?? areClassesOfBullets(siblings)
  state.classes.set(first, found)
  return found
}

function areClassesOfBullets(siblings: readonly Section[]): boolean {
  const bullets = siblings.map(bulletsOnly)
  if (siblings.length < 2 || bullets.some((entries) => entries === null)) return false
  const entries = bullets.flatMap((found) => found ?? [])
  const told = entries.filter(({ head }) => mayHappen.test(head.text))
  if (siblings.length >= 3 && siblings.every(namesKinds) && areNamedAndTold(entries)) return true
  const attacks = siblings.filter(({ heading }) => soundsLikeAttack(heading.text))
  if (attacks.length * 3 > siblings.length) return false
  const named = entries.filter(({ head }) => soundsLikeAttack(nameOf(head)))
  if (told.length * 2 > entries.length || named.length * 2 > entries.length) return true
  // "Dome", "Tower": one word each names parts, of which the bullets tell.
  if (attacks.length > 0 || !siblings.every(namesPart)) return false
  return !entries.some(({ head }) => soundsLikeControl(head.text) || fieldOf(head.lead) !== null)
}

function namesPart({ heading, title }: Section): boolean {
  return oneWord.test(heading.text) && fieldOf(title) === null && roleOf(title) === null
}

const oneWord = /^(?:[\d.]{1,8}\s)?[\p{L}\p{N}]{1,40}[^\p{L}\p{N}]{0,4}$/u

/** "Door attacks", "Till attacks": each is of a kind, and none in particular. */
function namesKinds({ heading }: Section): boolean {
  return /\w (?:attacks|threats|risks|vectors|abuses)\W*$/i.test(heading.text)
}

/** "1. **Forged coins**: each is weighed": a name and what is told of it. */
function areNamedAndTold(entries: readonly Entry[]): boolean {
  const names = entries.map(({ head }) => /^([^.::]{3,60})[::]\s+\S/.exec(head.text)?.[1])
  const named = names.filter((name) => name !== undefined && fieldOf(name) === null)
  return named.length * 4 >= entries.length * 3
}

/** A possibility in a whole sentence. */
const mayHappen = /^(?=(?:\S+\s+){6}).*\b(?:may|might|could|can|would|allow\w*|pose)\b/i

/** The entries of a section that holds nothing but a list; null otherwise. */
function bulletsOnly({ kind, blocks, children }: Section): Entry[] | null {
  const [list, more] = blocks
  if (kind !== 'heading' || children.length > 0 || more !== undefined) return null
  return list?.type === 'list' ? list.entries : null
}
