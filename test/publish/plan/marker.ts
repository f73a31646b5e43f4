import { describe, expect, test } from '@jest/globals'
import fc from 'fast-check'
import { type Marker, readMarker, withMarker } from '../../../src/publish/marker.ts'
import { cutUtf8, utf8Length } from '../../../src/shared/utf8.ts'
import { anyText } from '../../support/any-text.ts'

const word = fc.stringMatching(/^[A-Za-z0-9:._-]{1,40}$/)
const marker: fc.Arbitrary<Marker> = fc.oneof(
  fc.record({ kind: fc.constant('finding' as const), fingerprint: word }),
  fc.record({ kind: fc.constant('summary' as const), digest: word }),
  fc.record({
    kind: fc.constant('check' as const),
    digest: fc.option(word.filter((text) => text !== 'none')),
    annotations: word,
  }),
  fc.record({ kind: fc.constant('answer' as const), button: word, digest: word }),
)

describe('markers', () => {
  test('are read back from any text, also as GitHub keeps it', () => {
    fc.assert(
      fc.property(anyText({ maxLength: 300 }), marker, (text, one) => {
        const body = withMarker(text, one, 1_000)
        expect(readMarker(body)).toEqual(one)
        expect(readMarker(`${body.replaceAll('\n', '\r\n')}\r\n`)).toEqual(one)
      }),
    )
  })

  test('leave room: the whole stays within the limit in bytes, on a character boundary', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme', minLength: 200 }), marker, (text, one) => {
        const body = withMarker(text, one, 320)
        expect(Buffer.byteLength(body)).toBeLessThanOrEqual(320)
        expect(body.isWellFormed()).toBe(true)
        expect(readMarker(body)).toEqual(one)
      }),
    )
  })

  test('bytes are counted and cut as they will be sent', () => {
    fc.assert(
      fc.property(anyText(), fc.nat({ max: 40 }), (text, bytesMax) => {
        expect(utf8Length(text)).toBe(Buffer.byteLength(text))
        const cut = cutUtf8(text, bytesMax)
        expect(Buffer.byteLength(cut)).toBeLessThanOrEqual(bytesMax)
        expect(text.startsWith(cut)).toBe(true)
      }),
    )
  })

  test.each([
    ['none', 'Hello'],
    ['an unknown kind', '<!-- threat-model-bot other f=1 -->'],
    ['one that is not the last line', '<!-- threat-model-bot finding f=1 -->\nmore'],
    ['one inside a line', 'x <!-- threat-model-bot finding f=1 -->'],
    ['one without its field', '<!-- threat-model-bot finding d=1 -->'],
    ['one with strange characters', '<!-- threat-model-bot finding f=<b> -->'],
    ['one of a check run without annotations', '<!-- threat-model-bot check d=1 -->'],
  ])('%s is no marker', (_, body) => {
    expect(readMarker(body)).toBeNull()
  })
})
