/**
 * A regular expression too long for one line. The pieces are joined as they are. Use it for
 * constants of a module only: it compiles on every call.
 */
export function pattern(flags: string, ...pieces: string[]): RegExp {
  return new RegExp(pieces.join(''), flags)
}
