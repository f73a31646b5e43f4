import type { Status } from '../model.ts'
import { explicit, type Legend, type StatusReading, statusInWords } from '../status/status.ts'
import { type Fields, textOfValue, valuesOf } from './fields.ts'

/*
 * An answer that begins with signs which the document explains:
 *
 *   📋 Acknowledged · ⛔ Out of scope
 *
 *   - **Mitigation** 🟢: each letter is sealed        mitigated
 *   - **Mitigation** 🟢 + 📋: the first is sealed     partial
 */

/** Null where no legend explains signs: there they are an ornament. */
export function ofSignedAnswer(fields: Fields, legend: Legend): StatusReading | null {
  if (legend.size === 0) return null
  for (const value of valuesOf(fields, 'mitigation')) {
    const text = textOfValue(value)
    const signs = leading.exec(text)?.[0] ?? ''
    const said = [...signs.matchAll(sign)].map(([one]) => statusInWords(one, legend)?.status)
    const status = together(said)
    if (status !== null) return explicit(status, text)
  }
  return null
}

/** What signs beside each other say; null when one is not known. */
function together(said: readonly (Status | undefined)[]): Status | null {
  const known = [...new Set(said)]
  const [only] = known
  if (only === undefined || known.includes(undefined)) return null
  if (known.length === 1) return only
  return known.includes('mitigated') ? 'partial' : null
}

const sign = /\p{Extended_Pictographic}/gu
const leading = /^(?:\p{Extended_Pictographic}\u{fe0f}?[\s+,/&]{0,3}){1,4}/u
