/**
 * A regular expression too long for one line. The pieces are joined as they are. Use it for
 * constants of a module only: it compiles on every call.
 */
export function pattern(flags: string, ...pieces: string[]): RegExp {
  return new RegExp(pieces.join(''), flags)
}

/**
 * Whether any of many patterns fits: all in one, to be asked first where most texts fit none. What
 * begins at the start is tried there alone, and not at every letter. None may be global or count
 * its groups.
 */
export function anyOf(patterns: readonly RegExp[]): (text: string) => boolean {
  const kinds = Map.groupBy(patterns, ({ flags }) => flags)
  const all = [...kinds].flatMap(([flags, same]) => {
    const parts = same.flatMap(({ source }) => alternativesOf(source))
    const starts = parts.filter(beginsAtStart).map((part) => part.slice(1))
    const others = parts.filter((part) => !beginsAtStart(part))
    return [
      ...(starts.length > 0 ? [new RegExp(`^(?:${starts.join('|')})`, `${flags}y`)] : []),
      ...(others.length > 0 ? [new RegExp(others.join('|'), flags)] : []),
    ]
  })
  return (text) =>
    all.some((one) => {
      one.lastIndex = 0
      return one.test(text)
    })
}

function beginsAtStart(part: string): boolean {
  return part.startsWith('^')
}

/** "^a|b(?:c|d)" is "^a" or "b(?:c|d)". */
function alternativesOf(source: string): string[] {
  const parts = ['']
  let depth = 0
  for (const [sign] of source.matchAll(signs)) {
    if (sign === '(') depth++
    else if (sign === ')') depth--
    if (sign === '|' && depth === 0) parts.push('')
    else parts[parts.length - 1] += sign
  }
  return parts
}

/** A class of letters or an escaped one is one sign. */
const signs = /\[(?:\\.|[^\]\\])*\]|\\.|./gs

/** The text without such signs at its end: `[…]+$` tries again from each sign of a run. */
export function withoutEnd(text: string, sign: RegExp): string {
  let end = text.length
  while (end > 0 && sign.test(text.charAt(end - 1))) end -= 1
  return end === text.length ? text : text.slice(0, end)
}
