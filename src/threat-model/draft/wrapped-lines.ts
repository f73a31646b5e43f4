import { joined, type Phrase } from '../outline/phrase.ts'
import { labelOf } from './labels.ts'

/** The lines with the first sentence as one, however often the source breaks it. */
export function withFirstSentence(lines: readonly Phrase[]): readonly Phrase[] {
  const [first] = lines
  if (first === undefined) return lines
  let last = first
  let count = 1
  for (const line of lines.slice(1, mostBreaks)) {
    if (!goesOn(last, line)) break
    last = line
    count++
  }
  return count === 1 ? lines : [joined(lines.slice(0, count), first.span), ...lines.slice(count)]
}

const mostBreaks = 12

/** "Somebody sends so many that the boat cannot leave" breaks where the line was full. */
function goesOn(above: Phrase, below: Phrase): boolean {
  if (below.span.start.line !== above.span.end.line + 1 || /[.!?:;。:]$/.test(above.text))
    return false
  if (below.lead !== '' || labelOf(below) !== null) return false
  return /^[\p{Ll}(]/u.test(below.text) || above.text.length >= fullLine
}

const fullLine = 55
