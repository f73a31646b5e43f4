import { remembering } from '../remember.ts'
import { sentencesOf } from '../status/prose.ts'
import * as clauses from '../vocabulary/clauses.ts'
import * as said from '../vocabulary/prose.ts'
import { attackWords, controlWords, isAdvice } from '../vocabulary/words.ts'
import { firstClause, trimmed } from './names.ts'

/*
 * Which sentences of running text name a threat, and in which words.
 *
 *   An attacker on the line may drop the answer.         somebody hostile, and what they can do
 *   If the key leaks, everybody can lend.                a condition that is harm
 *   This leaves the shelf open to replay attacks.         a weakness: "replay attacks"
 *   To prevent forged letters, count them.               a purpose: "forged letters"
 *   Another class of attack would involve the landlord.   attacks of a kind, or a worry
 *   The shelf does not check who returns a tool.         a gap
 *   Worn out flash may cause the logger to fail.         a failure that may happen
 *
 * A paragraph names one threat and explains it; a sentence that begins with "another" or "lastly"
 * names one more. Not meant: what an attacker cannot do, what a control prevents, assumptions,
 * definitions, advice, and what is said of the document.
 */

export interface Naming {
  title: string
  /** The sentence that names it, and those after it that explain. */
  sentence: string
  body: string
  /** The title is the name of an attack, not a clause. */
  isName: boolean
  /** It says outright what is not protected. */
  isGap: boolean
}

/** The threats that a paragraph names, in order. */
export function namingsIn(text: string): readonly Naming[] {
  return rememberedNamings(text)
}

const rememberedNamings = remembering((text): readonly Naming[] => {
  const sentences = sentencesOf(text).flatMap((part) => part.split(clauses.smallStart))
  const found: (Titled & { at: number })[] = []
  sentences.forEach((sentence, at) => {
    if (found.length > 0 && !clauses.goesOn.test(sentence) && !opensToAll(sentence)) return
    const named = titleIn(sentence)
    if (named !== null) found.push({ ...named, at })
  })
  return found.map(({ title, isName, at }, index) => ({
    title,
    isName,
    sentence: sentences[at] ?? '',
    body: sentences.slice(at, found[index + 1]?.at).join(' '),
    isGap: said.leavesOpen.test(title),
  }))
})

/** "… anybody with access to the shelf can …": each is a grant of its own. */
function opensToAll(sentence: string): boolean {
  return said.opensToAll.test(sentence.slice(0, examined).replace(said.denied, ' '))
}

/** Of a long sentence, from who is granted something. */
function grantIn(words: string, grant: string): string {
  const at = words.length > longSentence ? words.indexOf(grant) : 0
  return words.slice(Math.max(0, at))
}

type Titled = Pick<Naming, 'title' | 'isName'>

function titleIn(sentence: string): Titled | null {
  const words = sentence.slice(0, examined).replace(clauses.linkWords, '')
  if (/[?::]$/.test(words)) return null
  if (isAside(words)) return afterAside(words)
  const rest = words.replace(said.denied, ' ')
  const named = said.purpose.exec(words)?.[1] ?? said.openness.exec(rest)?.[1] ?? null
  if (named !== null && isShortName(named)) return { title: titleOf(named), isName: true }
  const grant = said.opensToAll.exec(rest)?.[0]
  if (grant !== undefined) return { title: titleOf(grantIn(words, grant)), isName: false }
  return namesHarm(words) ? { title: titleOf(clauseOf(words)), isName: false } : null
}

/** "We assume that the box is locked — a thief with the key could still …" */
function afterAside(words: string): Titled | null {
  const [, ...parts] = words.split(/\s[—–-]\s|;\s|,? but /)
  const meant = parts.find((part) => part.length > 20 && !isAside(part) && namesHarm(part))
  return meant === undefined ? null : { title: titleOf(meant), isName: false }
}

/** Longer sentences are lists. */
const examined = 600

function namesHarm(words: string): boolean {
  if (said.fears.some((fear) => fear.test(words))) return true
  if (!/\bunless\b/.test(words) && said.gaps.some((gap) => gap.test(words))) return true
  const rest = words.replace(said.denied, ' ')
  return isHostile(rest) || speaksOfHarm(rest)
}

/** Speaks of the document, defines, assumes, advises. */
function isAside(words: string): boolean {
  if (isAdvice(words) || said.guides.test(words) || said.promises.test(words)) return true
  if (isMet(words) || said.explains.test(words)) return true
  if (said.condition.test(words) && isAdvice(words.slice(words.indexOf(',') + 1))) return true
  return said.ofDocument.test(words) || said.defines.test(words)
}

/** "If the stamp is forged, the clerk refuses the letter." */
function isMet(words: string): boolean {
  const condition = said.condition.exec(words)?.[0]
  if (condition === undefined) return false
  const rest = words.slice(condition.length)
  return said.met.test(rest) && attackWords(rest) <= controlWords(rest) + 1
}

function isHostile(words: string): boolean {
  const at = said.hostile.exec(words)?.index
  if (at === undefined || said.passive.test(words.slice(Math.max(0, at - 24), at))) return false
  return controlWords(words) <= attackWords(words) + 1
}

const longestName = 10

/** A noun with a word of harm, and no clause. */
function isShortName(name: string): boolean {
  const words = name.trim().split(' ')
  return (
    words.length > 1 &&
    words.length <= longestName &&
    attackWords(name) > 0 &&
    attackWords(name) >= controlWords(name)
  )
}

function speaksOfHarm(words: string): boolean {
  if (harmIn(words) === 0) return false
  const condition = said.condition.exec(words)?.[0]
  if (condition !== undefined && isHarmful(condition, words.slice(condition.length))) return true
  if (said.worries.some((worry) => worry.test(words))) return true
  return said.failure.test(words) && harmIn(words) >= controlWords(words)
}

/** What may come to be is harm, or leads to some. */
function isHarmful(condition: string, consequence: string): boolean {
  if (attackWords(condition) > controlWords(condition)) return true
  if (!/\b(?:can|could|may|might|would|will)\b/i.test(consequence)) return false
  return harmIn(consequence) > controlWords(consequence)
}

/** Words of harm, with those that only running text has. */
function harmIn(words: string): number {
  return attackWords(words) + (said.privacyHarm.test(words) ? 1 : 0)
}

/** Longer sentences are cut where the clause that names the threat begins. */
const longSentence = 120

function clauseOf(words: string): string {
  if (words.length <= longSentence) return words
  const parts = words.split(clauses.joints).filter((part) => part.length > 20)
  const meant = parts.find(saysWhatHappens) ?? parts.find(namesHarm)
  return mainClause(meant ?? words)
}

function saysWhatHappens(part: string): boolean {
  const rest = part.replace(said.denied, ' ')
  return isHostile(rest) || speaksOfHarm(rest)
}

/** "As a club of friends, it may be possible …": what opens a long sentence without harm goes. */
function mainClause(words: string): string {
  const opener = words.length > longSentence ? clauses.opener.exec(words)?.[0] : undefined
  if (opener === undefined) return words
  const rest = words.slice(opener.length)
  const kept = opener.replace(said.denied, ' ')
  const isTold = attackWords(withoutNames(kept)) > 0 || said.hostile.test(kept)
  if (clauses.concedes.test(opener) && namesHarm(rest)) return mainClause(rest)
  if (isTold || rest.length < 20 || !namesHarm(rest)) return words
  return said.condition.test(opener) && !isHostile(rest) ? words : mainClause(rest)
}

/** "Exposure Service" is a name, whatever it means. */
function withoutNames(words: string): string {
  return words.replace(/(?<=\S\s+)\p{Lu}\S+/gu, ' ')
}

/** Titles are cut about here, after a clause where one ends. */
const titleLength = 120

const shortestClause = 20

export function titleOf(words: string): string {
  const whole = words.trim()
  const first = firstClause(whole)
  // "A guest — or a thief with the key — could …": what stands before the dash names nothing.
  const clause =
    first.length < shortestClause && /^\s*[—–-]/.test(whole.slice(first.length)) ? whole : first
  if (clause.length <= titleLength) return trimmed(clause)
  const end = clause.slice(0, titleLength).search(/,[^,]*$/)
  const cut = end > titleLength / 2 ? clause.slice(0, end) : cutAtWord(clause)
  // A bracket that is opened here and closed beyond the cut explains.
  return trimmed(cut.replace(/\s*\([^()]*$/, ''))
}

function cutAtWord(text: string): string {
  return text.slice(0, text.lastIndexOf(' ', titleLength))
}
