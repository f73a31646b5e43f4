import { keyOf, titled } from '../identity.ts'
import type { Phrase } from '../outline/phrase.ts'
import type { Block, Outline, Section } from '../outline/types.ts'
import { rememberingOf } from '../remember.ts'
import { roleOfIntro } from '../vocabulary/intro.ts'
import { pattern } from '../vocabulary/pattern.ts'
import { fieldOf, roleOf } from '../vocabulary/vocabulary.ts'
import { nameOf } from './names.ts'
import { partRoles } from './part-roles.ts'

/*
 * Who the document calls an adversary, for recognisers that must know before anything is merged:
 * only with the names does a nested list become "attack → adversary".
 */

/** Key of the name → the name, of every list, table or heading that states adversaries. */
export const adversaryNames = rememberingOf((outline: Outline): ReadonlyMap<string, string> => {
  const names = new Map<string, string>()
  const { own } = partRoles(outline)
  for (const section of outline.sections) {
    if (own[section.index] === 'adversaries') addSection(names, section)
    for (const block of section.blocks) addIntroduced(names, block)
  }
  return names
})

function addSection(names: Map<string, string>, section: Section): void {
  for (const block of section.blocks) addBlock(names, block)
  for (const child of section.children) {
    if (roleOf(child.title) !== null) continue
    add(names, adversaryTitle(child.heading))
    const called = alias.exec(child.heading.text)?.[1]
    if (called !== undefined && !names.has(keyOf(called)))
      names.set(keyOf(called), adversaryTitle(child.heading))
  }
}

/** "The one who reads the wire (Nora)" is called Nora below. */
const alias = /\S\s\((\p{Lu}\p{Ll}+)\)\W*$/u

function addIntroduced(names: Map<string, string>, block: Block): void {
  if (block.type !== 'list' && block.type !== 'table') return
  if (block.intro !== null && roleOfIntro(block.intro.text) === 'adversaries')
    addBlock(names, block)
}

function addBlock(names: Map<string, string>, block: Block): void {
  if (block.type === 'list') {
    for (const entry of block.entries) add(names, nameOf(entry.head))
  }
  if (block.type !== 'table') return
  const column = Math.max(0, nameColumn(block.header.map((cell) => cell.phrase.text)))
  for (const row of block.rows) {
    const cell = row.cells[column]
    if (cell !== undefined) add(names, nameOf(cell.phrase))
  }
}

/** The column that names an adversary; the first that is no id otherwise. */
export function nameColumn(header: readonly string[]): number {
  const named = header.findIndex((text) => fieldOf(text) === 'adversary')
  return named >= 0 ? named : header.findIndex((text) => fieldOf(text) !== 'id')
}

/** "**A stranger on the LAN** trying to read along" names the one who tries; null otherwise. */
export function actorOf({ lead, afterLead }: Phrase): string | null {
  if (lead === '' || lead.length > actorLength) return null
  return tries.test(afterLead) ? lead.replace(/[\s:.,]+$/, '') : null
}

const actorLength = 120

const tries =
  /^[\s,:—–-]*(?:who (?:is |are )?)?(?:trying|tries|try|attempting|attempts?|seeking) to\b/i

function add(names: Map<string, string>, title: string): void {
  const key = keyOf(titled(title).title)
  if (key !== '' && !names.has(key)) names.set(key, title)
}

const powers: readonly RegExp[] = [
  pattern(
    'i',
    "^what (?:(?:an?|the) )?(.{2,100}?) (?:can(?:not|'t)?|could|may|is able to",
    String.raw`|are able to|might)\b.{0,40}$`,
  ),
  /^(.{2,80}?) (?:can|cannot|can't|can not|could|is able to|may)\b.{0,30}[::]?$/i,
  /^(.{2,80}?)['’]s? (?:capabilities|abilities|powers)$/i,
  /^(.{2,80}?) (?:capabilities|models?)$/i,
  /^(?:adversary|attacker|actor|threat actor)(?: #?\w{1,3})?\s*[:—–-]\s+(.{2,100})$/i,
]

/** "What a compromised server can achieve:" → "compromised server"; a plain heading is the name. */
export function adversaryTitle(heading: Phrase): string {
  const words = titled(heading.text).title.replace(/[::]\s*$/, '')
  for (const pattern of powers) {
    const name = pattern.exec(words)?.[1]
    if (name !== undefined) return name
  }
  return words.replace(/\s+\((?:primary|secondary|in[- ]scope|out[- ]of[- ]scope)\)$/i, '')
}

/** "Limitation: if the hall is empty, an attacker" is an attacker. */
export function bareName(words: string): string {
  return words.replace(before, '').replace(/[\s,;]+$|\s(?:who|that|which)$/, '')
}

const before = /^(?:[^:]{2,40}:\s+)?(?:(?:if|when|once)\b[^,]{2,80},\s*)?(?:(?:an?|the)\s+)?/i
