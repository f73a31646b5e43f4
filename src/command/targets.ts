import { type Target, targetsMax } from './command.ts'
import { shown } from './shown.ts'
import { plainHyphens } from './suggestions.ts'
import type { Word } from './words.ts'

/*
 * The findings or assets that a command names. Ids and numbers may follow each other with or
 * without commas; a title without quotes reaches to the next comma:
 *
 *     f3a91c-7be2 #2 and 0b12aa-91c0        three
 *     Reading the roster, Joining a room    two titles
 *     "Reading, then writing"               one title
 */

export type TargetsReading = { ok: true; targets: Target[] } | { ok: false; message: string }

/** The beginnings of a fingerprint and of a content digest. */
const idPattern = /^[0-9a-f]{6,16}-[0-9a-f]{4,64}$/
const numberPattern = /^#?[0-9]{1,4}$/
/** `T-001`, `TM12`: an id as documents write them. */
const writtenIdPattern = /^[A-Za-z]{1,6}[-_.]?[0-9]{1,4}$/
const titleLengthMax = 300

const joining = new Set(['and', '&', '+', 'or'])
const nouns = new Set(['finding', 'findings', 'threat', 'threats', 'asset', 'assets', 'id', 'ids'])
const wholes = new Set(['all', 'everything', 'them', 'of', 'the', 'findings', 'these'])

export function readTargets(words: readonly Word[]): TargetsReading {
  const pieces = words.flatMap(splitAtCommas)
  const hole = pieces.find((word) => !word.quoted && /^<.*>$/.test(word.text))
  if (hole) return { ok: false, message: `Put a name in place of \`${shown(hole.text)}\`.` }
  if (isWhole(pieces)) return { ok: true, targets: [{ kind: 'all' }] }
  const named = withoutNoun(pieces)
  if (named.length === 0) return { ok: true, targets: [{ kind: 'this' }] }
  const [only] = named
  if (named.length === 1 && only && !only.quoted && /^(this|it)$/i.test(only.text)) {
    return { ok: true, targets: [{ kind: 'this' }] }
  }
  const targets = groupsOf(named).map(targetOf)
  if (targets.length > targetsMax) {
    return { ok: false, message: `These are more than ${targetsMax} names for one command.` }
  }
  return { ok: true, targets }
}

function isWhole(words: readonly Word[]): boolean {
  const plain = words.map((word) => (word.quoted ? '' : word.text.toLowerCase()))
  const says = plain.includes('all') || plain.includes('everything')
  return says && plain.every((word) => wholes.has(word))
}

/** "finding f3a91c-7be2": the noun says nothing when ids follow. */
function withoutNoun(words: readonly Word[]): readonly Word[] {
  const [first, ...rest] = words
  if (!first || first.quoted || !nouns.has(first.text.toLowerCase())) return words
  return rest.length === 0 || rest.every(standsAlone) ? rest : words
}

/** `a,b` without a space after the comma, when all pieces are ids. */
function splitAtCommas(word: Word): Word[] {
  if (word.quoted || !word.text.includes(',')) return [word]
  const pieces = word.text
    .split(',')
    .filter((piece) => piece !== '')
    .map((text) => ({ ...word, text, comma: true }))
  return pieces.every(standsAlone) ? pieces : [word]
}

/** Ids, numbers and quoted titles are names by themselves; other words make a title together. */
function standsAlone(word: Word): boolean {
  return word.quoted || isId(word.text) || writtenIdPattern.test(word.text)
}

function isId(text: string): boolean {
  const plain = plainHyphens(text).toLowerCase()
  return idPattern.test(plain) || numberPattern.test(plain)
}

function groupsOf(words: readonly Word[]): Word[][] {
  const groups: Word[][] = []
  let group: Word[] = []
  for (const word of words) {
    const alone = standsAlone(word) && !(group.length > 0 && !isFullId(word))
    if (alone || (group.length === 0 && joining.has(word.text.toLowerCase()))) {
      if (group.length > 0) groups.push(group)
      group = []
      if (alone) groups.push([word])
      continue
    }
    group.push(word)
    if (word.comma) groups.push(group)
    if (word.comma) group = []
  }
  return group.length > 0 ? [...groups, group] : groups
}

/** Inside an unquoted title a number is a word of it; a finding's id never is. */
function isFullId(word: Word): boolean {
  return word.quoted || idPattern.test(plainHyphens(word.text).toLowerCase())
}

function targetOf(group: readonly Word[]): Target {
  const [first] = group
  const text = group.map((word) => word.text).join(' ')
  if (first && group.length === 1 && !first.quoted) {
    const plain = plainHyphens(first.text).toLowerCase()
    const [fingerprint = '', content = ''] = plain.split('-')
    if (idPattern.test(plain)) return { kind: 'id', fingerprint, content }
    if (numberPattern.test(plain)) {
      return { kind: 'number', number: Number(plain.replace('#', '')) }
    }
  }
  // A quoted id is still an id: our own answers print them as code.
  const plain = plainHyphens(text).toLowerCase()
  const [fingerprint = '', content = ''] = plain.split('-')
  if (idPattern.test(plain)) return { kind: 'id', fingerprint, content }
  return { kind: 'title', text: text.slice(0, titleLengthMax) }
}

/** One name as a target: an id, a number, or a title. */
export function readTarget(text: string): Target {
  return targetOf([{ text, quoted: false, comma: false, start: 0, end: text.length }])
}
