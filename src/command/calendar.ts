/*
 * Days as ISO dates (`2027-06-30`), without hours and zones. Weeks begin on Monday, quarters are
 * those of the calendar. Nothing in here knows what day it is.
 */

/** The date, or null when the calendar has no such day. */
export function dateOf(year: number, month: number, day: number): string | null {
  if (year < 1_900 || year > 2_999 || month < 1 || month > 12 || day < 1) return null
  if (day > daysIn(year, month)) return null
  return iso(year, month, day)
}

export function daysIn(year: number, month: number): number {
  return new Date(Date.UTC(year, month, 0)).getUTCDate()
}

export function addDays(date: string, days: number): string {
  const { year, month, day } = partsOf(date)
  return new Date(Date.UTC(year, month - 1, day + days)).toISOString().slice(0, 10)
}

/** The same day of a later month, or that month's last day. */
export function addMonths(date: string, months: number): string {
  const { year, month, day } = partsOf(date)
  const first = new Date(Date.UTC(year, month - 1 + months, 1))
  const [toYear, toMonth] = [first.getUTCFullYear(), first.getUTCMonth() + 1]
  return iso(toYear, toMonth, Math.min(day, daysIn(toYear, toMonth)))
}

export function lastDayOfMonth(date: string): string {
  const { year, month } = partsOf(date)
  return iso(year, month, daysIn(year, month))
}

export function lastDayOfQuarter(date: string): string {
  const { year, month } = partsOf(date)
  return lastDayOfMonth(iso(year, Math.ceil(month / 3) * 3, 1))
}

/** 1 is Monday, 7 Sunday. */
export function weekdayOf(date: string): number {
  const { year, month, day } = partsOf(date)
  return new Date(Date.UTC(year, month - 1, day)).getUTCDay() || 7
}

export function yearOf(date: string): number {
  return partsOf(date).year
}

function partsOf(date: string): { year: number; month: number; day: number } {
  const [year = 0, month = 0, day = 0] = date.split('-').map(Number)
  return { year, month, day }
}

function iso(year: number, month: number, day: number): string {
  return new Date(Date.UTC(year, month - 1, day)).toISOString().slice(0, 10)
}
