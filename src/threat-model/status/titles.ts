import { remembering, type Text } from '../remember.ts'
import { pattern } from '../vocabulary/pattern.ts'
import { explicit, type StatusReading, statusInWords } from './status.ts'

/*
 * Verdicts in a name: before it, behind it or around it.
 *
 *   NOT defended: a running session     Replay (fixed)     [OPEN] Replay     ~~Replay~~ — closed
 */

/** A title that carries its own verdict: "NOT defended: …", "Replay (fixed)", "[OPEN] Replay". */
export function statusInTitle(title: Text): TitleReading | null {
  return rememberedTitle(title)
}

/** "Good locks are the owner's job": somebody else's, in the name itself. */
const theirs =
  /\b(?:is|are|remains?) (?:the |an? )?\w+(?:['’]s|s['’]) (?:own )?(?:job|duty|responsibility)\W*$/i

/** "It does not protect against a torch": the name of what is open. */
const denies = pattern(
  'i',
  String.raw`^(?:it|we|this) (?:does|do|can|will) ?(?:not|n['’]t) (?:\w+ly )?`,
  '(?:protect|defend|guard|prevent|mitigate|shield)s? (?:you |users? )?',
  String.raw`(?:against|from)\b`,
)

/** "Tampering with the clock is out of scope, since …", and no "is not", "if it is". */
function isLeftOut(title: string): boolean {
  const before = leftOut.exec(title)?.[1]
  return before !== undefined && !/\b(?:if|when|unless|not|whether|what|anything)\b/i.test(before)
}

const leftOut = pattern(
  'i',
  String.raw`^([^:]{3,120}?)\b(?:is|are) (?:\w+ )?(?:out[- ]of[- ]scope`,
  String.raw`|outside (?:the|our|this) (?:scope|threat model|model))\b`,
)

type TitleReading = Readonly<{ reading: StatusReading; title: string }>

const rememberedTitle = remembering((title): TitleReading | null => {
  const prefix = titlePrefix.exec(title)
  // "Accepted risks — all of them" heads several.
  if (prefix !== null && !/^\W*accepted risks\b/i.test(title))
    return verdictBeside(prefix[1] ?? prefix[2] ?? '', prefix[3] ?? title)
  if (denies.test(title)) return { reading: explicit('unmitigated', title), title }
  if (isLeftOut(title)) return { reading: explicit('out-of-scope', title), title }
  if (theirs.test(title)) return { reading: explicit('transferred', title), title }
  if (/\b(?:is|are) (?:[\w-]+ and )?partial(?:ly \w+)?$/i.test(title))
    return { reading: explicit('partial', title), title }
  const closed = struck.exec(title)
  if (closed !== null) {
    const after = verdictBeside(closed[2] ?? '', closed[1] ?? title)
    if (after !== null) return after
  }
  return (
    verdictBehind(title, titleSuffix) ??
    verdictBehind(title, titleEnd) ??
    verdictBehind(title, titleSign) ??
    verdictBehind(title, signAndWords)
  )
})

function verdictBehind(title: string, form: RegExp): TitleReading | null {
  const suffix = form.exec(title)
  const said = suffix?.[2]?.split('→').at(-1) ?? ''
  // "(low, mitigated)": one of a few words in the brackets.
  const parts = said.split(/\s*[,;·]\s*/).map((part) => part.trim())
  const words = parts.find((part) => verdict.test(part))
  return suffix === null || words === undefined ? null : verdictBeside(words, suffix[1] ?? title)
}

/** "~~Worn ropes~~ — closed in May" */
const struck = /^~~(.{3,200}?)~~[\s:(—–-]{1,6}(\w.*)$/

/** The verdict a text begins with, and how long it is with what separates it from the name. */
export function verdictBefore(text: string): { reading: StatusReading; length: number } | null {
  const match = titlePrefix.exec(text)
  const reading = match === null ? null : statusInWords(match[1] ?? match[2] ?? '')
  return reading === null ? null : { reading, length: text.length - (match?.[3] ?? '').length }
}

function verdictBeside(words: string, title: string): TitleReading | null {
  const reading = statusInWords(words) ?? statusInWords(words.replace(lastWord, ''))
  return reading === null ? null : { reading, title: title.trim() }
}

/** "Accepted trade-off: …" says that it is accepted. */
const lastWord = / (?:trade-?off|limitation|weakness)$/i

const verdictWords = pattern(
  '',
  '(?:(?:partially |partly |fully |not |un)?(?:mitigated|addressed|fixed|resolved|accepted',
  '|implemented|planned|out[- ]of[- ]scope|covered|closed|todo|done|blocked|prevented|defended',
  '|remediated|eliminated|patched|intentional|by design|not applicable',
  '|protected(?: against)?)|open|completed?|partial(?: mitigation)?|deferred|acknowledged',
  "|(?:risk )?accepted(?: (?:risks?|trade-?off|limitation|weakness))?|transferred|won['’]t fix",
  '|wontfix|known (?:limitation|gap|issue)|operator responsibility',
  '|(?:mitigated|prevented|blocked|addressed|fixed) (?:by|via|with|through) [^()]{2,40}',
  '|planned for (?:v?\\d[\\w.]{0,12}|(?:phase|version|release) \\w{1,6}))',
)

const anySign = '[✅✓✔❌⚠🟡🟢🔴🟠🔵⚪⏳🚧🚫⛔]'
const sign = String.raw`(?:${anySign}\ufe0f?\s*)?`
const stated = verdictWords.source

/** "fixed (with the second door)", "fixed in 1.4": when and by what. */
const more = String.raw`(?:\s+\([^()]{1,40}\)|\s+(?:in|since|for) v?\d[\w.]{0,12})?`

const verdict = pattern(
  'iu',
  String.raw`^(?:status:\s*)?${sign}\x60?${stated}\x60?${more}(?:\s*[✅✓✔❌⚠🟡🟢🔴]\ufe0f?)?$`,
  String.raw`|^[✅✓✔❌⚠🟡🔴🟢]\ufe0f?$`,
)

/** "NOT defended: …", "[MITIGATED] …", "✅ Mitigated: …". */
const titlePrefix = pattern(
  'iu',
  String.raw`^${sign}(?:[[(](${sign}${stated})[\])]\s*[:—–-]?`,
  '|((?:not (?:handled|protected against|defended against)|undefended',
  String.raw`|${stated})(?: against)?)(?:\s*:|\s+[—–-]+\s))\s*(.{3,})$`,
)

/** "Replay (fixed)", "Replay [✅ fixed]". */
const titleSuffix = /^(.{3,200}?)\s*[([]([^()[\]]{1,60})[)\]]\s*$/

/** "Replay — fixed", "Replay: fixed". */
const titleEnd = /^(.{3,200}?)(?:\s+(?:[—–-]+|[·|→]|->)|:)\s+(\S(?:[^:—–]{0,40}\S)?)\s*$/

/** "Replay ✅" */
const titleSign = /^(.{3,200}?\p{L})\s+([✅✔❌🟡🔴🟢⚠]\ufe0f?)\s*$/u

/** "Replay 🔴 OUT OF SCOPE": the sign sets the verdict apart. */
const signAndWords = pattern('u', String.raw`^(.{3,200}?)\s+(${anySign}\ufe0f?\s*\p{L}.{2,40})$`)
