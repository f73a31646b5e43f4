import { nearest } from '../shared/nearest.ts'
import { addDays } from './calendar.ts'
import { dateForms, dateVocabulary, vagueForms } from './date-forms.ts'
import { shown } from './shown.ts'

/*
 * The last day of a decision, as people write it: `2027-06-30`, "30 June 2027", "in 90 days",
 * "next Friday", "end of the quarter". What can mean two days (06/07/2027, "June 2027", "next
 * month") is not guessed: the answer offers the clear form. What was understood is repeated in
 * our reply as a date.
 */

export type DateReading =
  | { ok: true; date: string }
  /** One sentence, and a phrase that would be understood, or null. */
  | { ok: false; message: string; say: string | null }

/** What is offered when there is no better guess. */
const suggestedDays = 90

/** Longest phrase that can be a date. */
const phraseLengthMax = 60

/** `today` is the day on which the phrase was written, as an ISO date. */
export function readDate(phrase: string, today: string): DateReading {
  const plain = normalise(phrase)
  if (plain === '' || phrase.length > phraseLengthMax) return notUnderstood(phrase, today, null)
  const date = dateFrom(plain, today)
  if (date === 'none') {
    const say = addDays(today, suggestedDays)
    return { ok: false, message: `There is no such day as "${shown(phrase)}".`, say }
  }
  if (date !== null) return date < today ? passed(phrase, date, today) : { ok: true, date }
  for (const form of vagueForms) {
    const match = form.pattern.exec(plain)
    if (match)
      return { ok: false, message: form.message(shown(phrase)), say: form.say(match, today) }
  }
  return notUnderstood(phrase, today, mended(plain, today))
}

/** The date, `none` when the form is clear but the calendar has no such day, null otherwise. */
function dateFrom(plain: string, today: string): string | null {
  for (const form of dateForms) {
    const match = form.pattern.exec(plain)
    if (match) return form.read(match, today) ?? 'none'
  }
  return null
}

/** Small words, commas and ordinal endings carry no meaning in a date. */
function normalise(phrase: string): string {
  const words = phrase
    .toLowerCase()
    .replaceAll(',', ' ')
    .replaceAll('\u2019', "'")
    .split(/[\s\u00a0]+/)
    .map((word) => word.replace(/^(\d{1,2})(st|nd|rd|th)$/, '$1').replace(/^([a-z]+)\.$/, '$1'))
    .filter((word) => !['', 'the', 'of', 'on', 'at', 'about'].includes(word))
  return words.join(' ').replace(/[.!?]$/, '')
}

/** The phrase with each unknown word replaced by the nearest known one, if that makes it a date. */
function mended(plain: string, today: string): string | null {
  const words = plain.split(' ').map((word) => {
    if (!/^[a-z]{3,12}$/.test(word) || dateVocabulary.includes(word)) return word
    return nearest(word, dateVocabulary) ?? word
  })
  const date = dateFrom(words.join(' '), today)
  return date === null || date === 'none' || date < today ? null : date
}

function passed(phrase: string, date: string, today: string): DateReading {
  const written = phrase.trim() === date ? date : `"${shown(phrase)}" (${date})`
  return { ok: false, message: `${written} has passed.`, say: addDays(today, suggestedDays) }
}

function notUnderstood(phrase: string, today: string, say: string | null): DateReading {
  const message = `"${shown(phrase)}" is not a date that I understand.`
  return { ok: false, message, say: say ?? addDays(today, suggestedDays) }
}
