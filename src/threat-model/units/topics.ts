import { phrasesOf } from '../code-references.ts'
import { blocksBelow } from '../draft/fields.ts'
import { bodyOfEntry } from '../draft/names.ts'
import type { Entry, List, Section } from '../outline/types.ts'
import { rememberingOf } from '../remember.ts'
import { sentencesOf, statusInBody } from '../status/prose.ts'
import { pattern } from '../vocabulary/pattern.ts'
import { attackWords, controlWords, isAdvice, soundsLikeAttack } from '../vocabulary/words.ts'
import type { Units } from './units.ts'

/*
 * How much the headings or bullets of one level say of harm together: what recognisers/topics.ts
 * asks before it takes them for threats. No topic is judged alone; what each adds is a number from
 * its title, its labels and its text.
 */

/** Fewer headings or bullets are no level to judge by. */
export const fewestTopics = 3
/** More of them are a handbook. */
const mostTopics = 60
/** The share of topics that must speak of harm. */
const enough = 0.5

export function isConvincing<T>(level: readonly T[], harmOfOne: (one: T) => number): boolean {
  if (level.length < fewestTopics || level.length > mostTopics) return false
  const sum = level.reduce((total, one) => total + Math.min(1, harmOfOne(one)), 0)
  return sum / level.length >= enough
}

/** Of the headings of a level, a quarter names an attack. */
export function namesSome(level: readonly Section[]): boolean {
  return level.filter(({ title }) => soundsLikeAttack(title)).length * 4 >= level.length
}

const harm = pattern(
  'i',
  String.raw`\b(?:attackers?|adversar\w+|malicious|compromised|hostile|exploits?|vulnerab\w+`,
  String.raw`|threats?|breach\w*|weak points?|anyone (?:who|with)|not (?:protect|prevent)\w*`,
  String.raw`|risks?|expos\w+|sensitive|leak\w*|ddos`,
  String.raw`|does not (?:provide|claim|try|prevent|protect))\b`,
)

/** What a topic says of harm: in its title, under its labels, in its text; 1 is plenty. */
export function harmIn(section: Section, units: Units): number {
  const fields = units.fieldsOf(section)
  const answered = fields.values.some(({ field }) => field === 'mitigation')
  const text = phrasesOf(blocksBelow(section))
    .map((phrase) => phrase.text)
    .join(' ')
  return (soundsLikeAttack(section.title) ? 1 : 0) + (answered ? 0.6 : 0) + harmOf(text)
}

/** "The log is assumed to be safe." under a plain heading rules nothing out. */
export function isAssured(section: Section): boolean {
  const [only, more] = section.blocks
  if (only?.type !== 'paragraph' || more !== undefined || section.children.length > 0) return false
  const { text } = only.phrase
  if (soundsLikeAttack(section.title) || statusInBody(text) !== null) return false
  if (/\b(?:does|do|is|are) not\b|\bcannot\b/i.test(text)) return false
  return sentencesOf(text).every((sentence) => assures.test(sentence))
}

const assures = pattern(
  'i',
  String.raw`\b(?:is|are|be) (?:\w+ )?(?:assumed|guaranteed|trusted|considered safe|presumed)\b`,
  String.raw`|\bwe (?:assume|trust)\b`,
)

function harmOf(text: string): number {
  return (harm.test(text.slice(0, examined)) ? 0.5 : 0) + Math.min(2, attackWords(text)) * 0.3
}

/** Text beyond this explains. */
const examined = 2_000

/** Bullets without names, in bold or before a colon, are no level. */
export const isConvincingList = rememberingOf(
  ({ entries }: List): boolean => entries.every(isNamed) && isConvincing(entries, harmInEntry),
)

/** Names of which most are those of attacks, and none begins with what the project does. */
export function areAttacks(names: readonly string[]): boolean {
  if (names.length < fewestTopics || names.length > mostTopics) return false
  if (names.some((name) => isAdvice(name) || claims.test(name))) return false
  if (names.some((name) => controlWords(name.split(' ', 1)[0] ?? '') > 0)) return false
  return names.filter(soundsLikeAttack).length * 3 >= names.length * 2
}

/** "No call is passed through", "The surface is small" tell of the project. */
const claims = /^(?:no|only|every|all)\b|\b(?:is|are) (?:not )?\w+(?:ed|en)\b/i

export function isNamed({ head }: Entry): boolean {
  return head.lead === '' ? plainName.test(head.text) : wordsAfter(head) > 5
}

export function harmInEntry(entry: Entry): number {
  return harmOf(`${entry.head.text} ${bodyOfEntry(entry)}`)
}

/** "Worn ropes: they may break when …" */
const plainName = /^\p{Lu}[^::.]{2,60}:\s+(?:\S+\s+){5}/u

function wordsAfter(head: { afterLead: string }): number {
  return head.afterLead.split(' ').length
}

export interface Sorted {
  topic: Section
  list: List
}

/** The lists below plain headings that hold nothing else, when half of the bullets name harm. */
export function sortedLists(level: readonly Section[]): Sorted[] {
  if (level.length < 2) return []
  const lists: Sorted[] = []
  for (const topic of level) {
    const only = listOnly(topic)
    if (only === null) return []
    lists.push(only)
  }
  const entries = lists.flatMap(({ list }) => list.entries)
  if (entries.length < fewestTopics) return []
  const attacks = entries.filter(({ head }) =>
    soundsLikeAttack(head.lead === '' ? head.text : head.lead),
  )
  if (attacks.length * 2 >= entries.length) return lists
  const isTold = entries.length >= level.length * 2 && entries.every(isNamedOrTold)
  const harmed = entries.filter((entry) => harmInEntry(entry) > 0)
  return isTold && level.length > fewestTopics && harmed.length * 2 >= entries.length ? lists : []
}

function isNamedOrTold(entry: Entry): boolean {
  return entry.head.lead !== '' || isNamed(entry)
}

/** "Oracle" over nothing but bullets sorts them, where all headings beside it do. */
function listOnly(topic: Section): Sorted | null {
  const [list, more] = topic.blocks
  if (list?.type !== 'list' || more !== undefined || topic.children.length > 0) return null
  return soundsLikeAttack(topic.title) ? null : { topic, list }
}
