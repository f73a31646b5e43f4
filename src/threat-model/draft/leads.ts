import type { Entry, List } from '../outline/types.ts'
import { saysNothing } from '../status/prose.ts'
import { classesIn, classesOnly, classOf } from '../vocabulary/vocabulary.ts'
import { namesAdversary } from '../vocabulary/words.ts'
import { introducesBullets } from './areas.ts'
import type { ThreatDraft } from './draft.ts'
import { type EntryParts, threatOfEntry } from './entries.ts'
import { labelOf } from './labels.ts'
import { withoutBrackets } from './scope.ts'

/*
 * Lists of threats whose entries begin with something else than a name:
 *
 *   - **Tampering:** somebody rewrites the log      a class
 *   - External attacker: sends false numbers        who does it, or threats by label below
 *     - Threat: a forged number
 */

/** "**Tampering:** somebody rewrites the log": the class is no name, what follows it is. */
export function ofClasses(list: List, parts: EntryParts): ThreatDraft[] | null {
  if (list.entries.some(introducesBullets)) return null
  const plain = list.entries.map(withoutClasses)
  const sorted = plain.filter((one) => one !== null && one.entry !== null)
  const sorts = new Set(sorted.flatMap((one) => one?.classes ?? []))
  const areShort = sorted.every((one) => isShort(withoutBrackets(one?.entry?.head.text ?? '')))
  const isDefining = areShort && sorted.length >= fewestOfMethod && sorts.size >= sorted.length
  if (sorted.length >= 2 && sorted.length * 2 >= plain.length && !isDefining)
    return list.entries.flatMap((entry, at) => {
      const { entry: own, classes } = plain[at] ?? { entry, classes: parts.categories }
      return own === null ? [] : (threatOfEntry(own, { ...parts, categories: [...classes] }) ?? [])
    })
  const named = list.entries
    .filter(({ head }) => !saysNothing(head.afterLead.replace(/^[\s:.:—–-]+/, '')))
    .map((entry) => ({ entry, name: classOf(entry.head.lead) }))
  if (named.length < 2 || named.some(({ name }) => name === null)) return null
  if (named.some(({ entry }) => entry.head.afterLead.trim().split(' ').length < 3)) return null
  const rank = areDefinitions(named) ? 1 : parts.rank
  return named.flatMap(({ entry, name }) => {
    const text = entry.head.afterLead.replace(/^[\s:.:—–-]+/, '')
    const head = { ...entry.head, text, lead: '', afterLead: text }
    const categories = name === null ? parts.categories : [name]
    return threatOfEntry({ ...entry, head }, { ...parts, categories, rank }) ?? []
  })
}

/**
 * "Tampering, Denial of service: bars on the wheel" as one of several such: the classes sort it,
 * and what follows names it; null for what says nothing of its class.
 */
function withoutClasses(entry: Entry): { entry: Entry | null; classes: readonly string[] } | null {
  const [, names = '', text = ''] = /^([^::]{4,80})[::]\s+(\S.*)$/.exec(entry.head.text) ?? []
  const classes = classesIn(classesOnly(names).join(', '))
  if (classes.length === 0) return null
  if (saysNothing(text)) return { entry: null, classes }
  if (!/\S\s+\S+\s+\S/.test(text)) return null
  return { entry: { ...entry, head: { ...entry.head, text, lead: '', afterLead: text } }, classes }
}

const fewestOfMethod = 5

/** Every class once, each in a few words: what the classes mean, and no threats. */
export function areDefinitions(named: readonly { entry: Entry; name: string | null }[]): boolean {
  const classes = new Set(named.map(({ name }) => name))
  if (named.length < 5 || classes.size < named.length) return false
  // "Lying about who one is (e.g. with a false beard)"
  const texts = named.map(({ entry }) => withoutBrackets(entry.head.afterLead).trim())
  return named.every(({ name }) => name !== null) && texts.every(isShort)
}

function isShort(text: string): boolean {
  return text.split(/\s+/).length <= shortText
}

const shortText = 11

/** "External attacker: sends false numbers": who does it is no name of what is done. */
export function ofAdversaries(list: List, parts: EntryParts): ThreatDraft[] | null {
  const named = list.entries.map((entry) => ({ entry, who: adversaryOfEntry(entry) }))
  if (named.some(({ who }) => who === null)) return null
  const states = list.entries.some((entry) => statedBelow(entry).length > 0)
  if (named.length < 2 && !states) return null
  const hostile = named.filter(({ who }) => namesAdversary(who?.name ?? ''))
  if (hostile.length * 2 < named.length) return null
  if (named.some(({ who }) => subject.test(who?.rest ?? ''))) return null
  return named.flatMap(({ entry, who }) => {
    if (who === null) return []
    const own = { ...parts, adversary: who.name }
    const stated = statedBelow(entry)
    if (stated.length > 0) return stated.flatMap((inner) => threatOfEntry(inner, own) ?? [])
    if (who.rest !== '') {
      const head = { ...entry.head, text: who.rest, lead: '', afterLead: who.rest }
      return threatOfEntry({ ...entry, head }, own) ?? []
    }
    return entriesBelow(entry).flatMap((inner) => threatOfEntry(inner, own) ?? [])
  })
}

/** "Malicious update: an attacker replaces the file" tells what happens, and not who does it. */
const subject = /^(?:(?:an?|the) (?:\w+ ){0,2}(?:attacker|adversar)|some(?:body|one)\b|anyone\b)/i

function entriesBelow({ blocks }: Entry): Entry[] {
  return blocks.flatMap((block) => (block.type === 'list' ? block.entries : []))
}

/** "Threat: …" in bullets below somebody who does it. */
function statedBelow(entry: Entry): Entry[] {
  return entriesBelow(entry).filter(({ head }) => labelOf(head)?.field === 'threat')
}

/** The name before the colon and what it is said to do; null for any other form. */
function adversaryOfEntry(entry: Entry): { name: string; rest: string } | null {
  const match = /^([^::.]{3,60}?)\s*[::]\s*(.*)$/.exec(entry.head.text)
  const holdsList = entry.blocks.some((block) => block.type === 'list')
  if (match === null) return null
  const rest = match[2] ?? ''
  if (rest === '' ? !holdsList : rest.split(' ').length < 2) return null
  return { name: (match[1] ?? '').trim(), rest }
}
