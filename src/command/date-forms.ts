import {
  addDays,
  addMonths,
  dateOf,
  daysIn,
  lastDayOfMonth,
  lastDayOfQuarter,
  weekdayOf,
  yearOf,
} from './calendar.ts'

/*
 * The forms of a date, one entry each, tried in order. A phrase arrives in lower case without
 * "the", "of", commas and ordinal endings ("the 30th of June, 2027" is "30 june 2027"). A year
 * that is left out is the next in which the day lies ahead.
 */

export interface DateForm {
  pattern: RegExp
  /** Null when the calendar has no such day. */
  read(match: RegExpExecArray, today: string): string | null
}

/** A form that is not one day: what to say of it, what to offer instead ('': leave it out). */
export interface VagueForm {
  pattern: RegExp
  message(phrase: string): string
  say(match: RegExpExecArray, today: string): string | null
}

const months = [
  'january',
  'february',
  'march',
  'april',
  'may',
  'june',
  'july',
  'august',
  'september',
  'october',
  'november',
  'december',
]
const weekdays = ['monday', 'tuesday', 'wednesday', 'thursday', 'friday', 'saturday', 'sunday']
const numbers = 'zero one two three four five six seven eight nine ten eleven twelve'.split(' ')

const month = `(${months.map((name) => `${name}|${name.slice(0, 3)}`).join('|')}|sept)`
const weekday = `(${weekdays.map((name) => `${name}|${name.slice(0, 3)}`).join('|')}|tues|thurs)`
const amount = `(\\d{1,4}|an?|half an?|half|${numbers.join('|')})`
const unit = '(day|week|fortnight|month|quarter|year|d|w|m|y)s?'

export const dateVocabulary: readonly string[] = [
  ...months,
  ...weekdays,
  ...numbers,
  ...['today', 'tomorrow', 'next', 'this', 'end', 'from', 'now', 'half'],
  ...['day', 'days', 'week', 'weeks', 'month', 'months', 'quarter', 'quarters', 'year', 'years'],
]

export const dateForms: readonly DateForm[] = [
  { pattern: /^(\d{4})[-/.](\d{1,2})[-/.](\d{1,2})$/, read: (m) => date(m[1], m[2], m[3]) },
  { pattern: /^(20\d{2})(\d{2})(\d{2})$/, read: (m) => date(m[1], m[2], m[3]) },
  { pattern: /^today$/, read: (_, today) => today },
  { pattern: /^tomorrow$/, read: (_, today) => addDays(today, 1) },
  { pattern: whole(`(?:in |for )?${amount} ?${unit}(?: from (?:now|today))?`), read: after },
  { pattern: whole(`(next |this |coming )?${weekday}`), read: onWeekday },
  { pattern: /^end (this |next )?(week|month|quarter|year)$/, read: (m, t) => end(m[1], m[2], t) },
  { pattern: /^(?:(this|next) )?(week|month|quarter|year)(?:'s)?[ -]end$/, read: endOf },
  { pattern: /^eo([wmqy])$/, read: (m, today) => end('', m[1], today) },
  { pattern: /^end (?:year )?(\d{4})$/, read: (m) => date(m[1], '12', '31') },
  { pattern: /^end q([1-4])(?: (\d{4}))?$/, read: endOfNamedQuarter },
  { pattern: whole(`end ${month}(?: (\\d{4}))?`), read: (m, t) => endOfNamedMonth(m, t) },
  { pattern: whole(`(\\d{1,2})[ -]?${month}(?:[ -](\\d{4}))?`), read: (m, t) => named(m, t) },
  { pattern: whole(`${month} (\\d{1,2})(?: (\\d{4}))?`), read: (m, t) => namedFirst(m, t) },
  { pattern: /^(\d{1,2})\. ?(\d{1,2})\. ?(\d{2}|\d{4})$/, read: (m) => date(m[3], m[2], m[1]) },
  { pattern: /^(1[3-9]|2\d|3\d)[/-](\d{1,2})[/-](\d{4})$/, read: (m) => date(m[3], m[2], m[1]) },
  { pattern: /^(\d{1,2})[/-](1[3-9]|2\d|3\d)[/-](\d{4})$/, read: (m) => date(m[3], m[1], m[2]) },
]

export const vagueForms: readonly VagueForm[] = [
  {
    pattern: /^(\d{1,2})[/-](\d{1,2})[/-](\d{2}|\d{4})$/,
    message: (phrase) => `"${phrase}" is one day in Europe and another in America.`,
    say: (m) => date(m[3], m[2], m[1]),
  },
  {
    pattern: whole(`(?:this |next )?${month}(?: (\\d{4}))?`),
    message: (phrase) => `"${phrase}" does not say which day.`,
    say: (m, today) => endOfNamedMonth(m, today),
  },
  {
    pattern: /^q([1-4])(?: (\d{4}))?$/,
    message: (phrase) => `"${phrase}" does not say which day.`,
    say: endOfNamedQuarter,
  },
  {
    pattern: /^(?:beginning |start )?(this|next) (week|month|quarter|year)$/,
    message: (phrase) => `"${phrase}" does not say which day.`,
    say: (m) => `end of ${m[1]} ${m[2]}`,
  },
  {
    pattern: /^(20\d{2})$/,
    message: (phrase) => `"${phrase}" does not say which day.`,
    say: (m) => date(m[1], '12', '31'),
  },
  {
    pattern:
      /^(forever|always|never|indefinitely|(until )?further notice|unlimited|permanent(ly)?)$/,
    message: () => 'A decision without an end is said by leaving `until` out.',
    say: () => '',
  },
]

function whole(pattern: string): RegExp {
  return new RegExp(`^${pattern}$`)
}

function date(year = '', monthNumber = '', day = ''): string | null {
  const full = year.length === 2 ? 2_000 + Number(year) : Number(year)
  return dateOf(full, Number(monthNumber), Number(day))
}

/** "in 90 days", "two weeks from now", "half a year". */
function after(match: RegExpExecArray, today: string): string {
  const words = match[1] ?? ''
  const half = words.startsWith('half')
  const count = /^\d/.test(words) ? Number(words) : Math.max(1, numbers.indexOf(words))
  switch (match[2]?.charAt(0)) {
    case 'd':
      return addDays(today, count)
    case 'w':
      return addDays(today, count * 7)
    case 'f':
      return addDays(today, count * 14)
    case 'm':
      return half ? addDays(today, 15) : addMonths(today, count)
    case 'q':
      return addMonths(today, count * 3)
    default:
      return addMonths(today, half ? 6 : count * 12)
  }
}

/** "Friday" and "this Friday" are the first one ahead; "next Friday" is the one of next week. */
function onWeekday(match: RegExpExecArray, today: string): string {
  const wanted = weekdays.findIndex((name) => name.startsWith((match[2] ?? '').slice(0, 3))) + 1
  const now = weekdayOf(today)
  if (match[1]?.trim() === 'next') return addDays(today, 7 - now + wanted)
  return addDays(today, (wanted - now + 7) % 7 || 7)
}

function endOf(match: RegExpExecArray, today: string): string {
  return end(match[1], match[2], today)
}

/** The last day of this or the next week, month, quarter or year; by their first letters. */
function end(which: string | undefined, period: string | undefined, today: string): string {
  const next = which?.trim() === 'next'
  switch (period?.charAt(0)) {
    case 'w':
      return addDays(today, 7 - weekdayOf(today) + (next ? 7 : 0))
    case 'm':
      return lastDayOfMonth(next ? addMonths(today, 1) : today)
    case 'q':
      return lastDayOfQuarter(next ? addMonths(today, 3) : today)
    default:
      return `${yearOf(today) + (next ? 1 : 0)}-12-31`
  }
}

function endOfNamedQuarter(match: RegExpExecArray, today: string): string | null {
  const lastMonth = Number(match[1]) * 3
  return ahead(match[2], today, (year) => dateOf(year, lastMonth, daysIn(year, lastMonth)))
}

function endOfNamedMonth(match: RegExpExecArray, today: string): string | null {
  const number = monthNumber(match[1])
  return ahead(match[2], today, (year) => dateOf(year, number, daysIn(year, number)))
}

/** "30 june", "30 june 2027". */
function named(match: RegExpExecArray, today: string): string | null {
  return ahead(match[3], today, (year) => dateOf(year, monthNumber(match[2]), Number(match[1])))
}

/** "june 30", "june 30 2027". */
function namedFirst(match: RegExpExecArray, today: string): string | null {
  return ahead(match[3], today, (year) => dateOf(year, monthNumber(match[1]), Number(match[2])))
}

function monthNumber(name = ''): number {
  return months.findIndex((full) => full.startsWith(name.slice(0, 3))) + 1
}

/**
 * In the year that is written, else in the first of this and the next four in which it lies
 * ahead.
 */
function ahead(
  year: string | undefined,
  today: string,
  inYear: (year: number) => string | null,
): string | null {
  if (year !== undefined) return inYear(Number(year))
  for (let offset = 0; offset <= leapYearsMax; offset++) {
    const found = inYear(yearOf(today) + offset)
    if (found !== null && found >= today) return found
  }
  return null
}

/** 29 February comes again after at most eight years. */
const leapYearsMax = 8
