import fc from 'fast-check'

/**
 * Any text at all for fast-check, half of it ASCII. Its own `unit: 'binary'` means the same, but
 * makes a table of every code point there is, which takes a second in each file that says it.
 */
export function anyText(size: { minLength?: number; maxLength?: number } = {}) {
  return fc.oneof(
    { arbitrary: fc.string({ ...size, unit: character }), weight: 3 },
    { arbitrary: fc.string(size), weight: 1 },
  )
}

const surrogates = { first: 0xd800, count: 0x800 }

const character = fc
  .oneof(fc.nat({ max: 0x7f }), fc.nat({ max: 0x10_ffff - surrogates.count }))
  .map((n) => String.fromCodePoint(n < surrogates.first ? n : n + surrogates.count))
