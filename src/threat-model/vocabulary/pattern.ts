/**
 * A regular expression too long for one line. The pieces are joined as they are. Use it for
 * constants of a module only: it compiles on every call.
 */
export function pattern(flags: string, ...pieces: string[]): RegExp {
  return new RegExp(pieces.join(''), flags)
}

/**
 * Whether any of many patterns fits: all in one, to be asked first where most texts fit none. Those
 * that begin at the start are tried there alone, and not at every letter. None may be global or
 * count its groups.
 */
export function anyOf(patterns: readonly RegExp[]): (text: string) => boolean {
  const kinds = Map.groupBy(patterns, ({ source, flags }) =>
    isAnchored(source) ? `${flags}y` : flags,
  )
  const all = [...kinds].map(
    ([flags, same]) => new RegExp(same.map(({ source }) => `(?:${source})`).join('|'), flags),
  )
  return (text) =>
    all.some((one) => {
      one.lastIndex = 0
      return one.test(text)
    })
}

/** True when each alternative begins with `^`. */
function isAnchored(source: string): boolean {
  let depth = 0
  let isStart = true
  for (const [sign] of source.matchAll(signs)) {
    if (isStart && sign !== '^') return false
    isStart = depth === 0 && sign === '|'
    if (sign === '(') depth++
    else if (sign === ')') depth--
  }
  return !isStart
}

/** A class of letters or an escaped one is one sign. */
const signs = /\[(?:\\.|[^\]\\])*\]|\\.|./gs
