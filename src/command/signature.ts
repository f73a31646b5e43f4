/*
 * Where the part of a comment ends that its author wrote: answers by e-mail carry the signature
 * and often the whole message they answer, in which somebody else's command may stand without a
 * quote sign. From the first such line on nothing is read. The first lines of a comment never
 * count as one of these unless they have the exact form.
 */

/** "On Tue, 24 Nov 2026, Ann wrote:" in the languages mail programs speak most. */
const attributions: readonly (readonly [start: string, end: string])[] = [
  ['on ', ' wrote:'],
  ['am ', ':'],
  ['le ', 'a écrit :'],
  ['le ', 'a écrit:'],
  ['el ', 'escribió:'],
  ['em ', 'escreveu:'],
  ['il ', 'ha scritto:'],
  ['op ', 'schreef:'],
  ['den ', 'skrev:'],
]

const dividers = [
  /^-{2,} ?original message ?-{2,}$/i,
  /^-{2,} ?forwarded message ?-{2,}$/i,
  /^-{2,} ?ursprüngliche nachricht ?-{2,}$/i,
  /^_{20,}$/,
  /^sent from my [a-z]/i,
  /^get outlook for /i,
  /^reply to this email directly/i,
]

/** Longest line that can introduce a quoted message. */
const attributionLengthMax = 200

/** The lines that the author wrote: up to, not including, the signature or the quoted message. */
export function withoutSignature(lines: readonly string[]): readonly string[] {
  const end = lines.findIndex((line, index) => endsOwnWords(lines, line, index))
  return end < 0 ? lines : lines.slice(0, end)
}

function endsOwnWords(lines: readonly string[], line: string, index: number): boolean {
  if (line === '-- ') return true
  const text = line.trim()
  const above = lines[index - 1]?.trim() ?? ''
  // Under a line of text two hyphens make it a heading.
  if ((text === '--' || text === '\u2014') && above === '') return true
  if (text === '' || text.length > attributionLengthMax) return false
  return dividers.some((divider) => divider.test(text)) || isAttribution(text, lines, index)
}

/** Mail programs break a long attribution, so that "wrote:" stands on the next line. */
function isAttribution(text: string, lines: readonly string[], index: number): boolean {
  const joined = `${text} ${lines[index + 1]?.trim() ?? ''}`
  return [text, joined].some((candidate) => {
    const lower = candidate.toLowerCase()
    if (!/[0-9]/.test(lower) || lower.length > attributionLengthMax * 2) return false
    return attributions.some(
      ([start, end]) =>
        lower.startsWith(start) && lower.endsWith(end) && (end !== ':' || / schrieb /.test(lower)),
    )
  })
}
