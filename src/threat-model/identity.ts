import { remembering, type Text } from './remember.ts'
import { pattern } from './vocabulary/pattern.ts'
/*
 * How a document names things, and how two names are found to be the same. An ordinal ("3.") is no
 * id: it shifts when an entry goes. An id is a word of letters and digits that the author chose.
 *
 *   ### 3. T-004: Replay of `tokens` — Severity: High
 *       ordinal  id    title                            identity() → key "replay of tokens"
 */

export interface Titled {
  /** As written, or null. */
  writtenId: string | null
  title: string
}

/** Words that may stand before a number and make an id of it: "Threat ID 3", "Threat-01-S". */
const idWords =
  '(?:threat|risk|attack|mitigation|control|asset|actor|adversary|scenario|finding' +
  '|skenario|escenario|cenário|szenario)'

/** "T-K8S-S1" has a digit in the middle. */
const idPart = '(?:[A-Z]{1,12}|[A-Z]\\d{1,2}[A-Z]{1,4}(?=-))'
const letterId = `[A-Z]{1,12}(?:[-_.]${idPart}){0,3}[-_.]?\\d{1,4}(?:[-_.][A-Z0-9]{1,6}){0,2}[a-z]?`
const wordId = `${idWords}(?:[ _-](?:id|no\\.?))?[ _-]?#?\\d{1,4}(?:[-_][A-Za-z0-9]{1,4})?`
const hashId = '#[a-z][a-z0-9-]{1,40}'
const separator = '(?:\\s*[:.–—|)\\]-]+\\s+|\\s*[:–—]\\s*|\\s+)'
/** "T-3–T-7: Replay" names several of a catalogue as one. */
const idRange = `${letterId}(?:\\s?[–—/,&]\\s?${letterId})?`
const idThenTitle = new RegExp(`^[\\[(]?(${wordId}|${idRange})[\\])]?(${separator})(?=\\S)`, 'i')
const rangeSign = /\s?[–—/,&]\s?/
const wholeId = new RegExp(`^[\\[(]?(${wordId}|${letterId}|${hashId}|\\d{1,4})[\\])]?[:.]?$`, 'i')

/** Numbers of a heading, however written: `3.`, `2.1`, `§8`, `4)`, `A.`, `Section 3:`, `IV.`. */
const ordinalForms = [
  '§\\s*\\d[\\d.]*[a-z]?\\.?\\s+',
  '(?:section|part|chapter|step)\\s+\\d+[:.)]?\\s+',
  '(?:[Ff]amily|[Cc]lass|[Gg]roup|[Cc]ategory|[Tt]ier|[Pp]hase|[Ss]tage|[Ll]ayer|[Ss]urface' +
    '|[Tt]opic|[Cc]apability|[Pp]rofile|[Ll]evel|[Pp]ersona|[Gg]oal|[Cc]oncern|[Gg]ap|[Mm]odel)' +
    ' \\d{1,2}\\s*[:.)–—-]\\s+',
  '\\d{1,3}(?:\\.\\d{1,3}){0,5}[.)]?\\s*[.)]\\s+',
  '\\d{1,3}(?:\\.\\d{1,3}){1,5}\\s+',
  '\\d{1,3}[a-h]?[.):]\\s+',
  '[Ff]inding\\s*[:：]\\s+(?=\\S+\\s)',
  '\\d{1,3}\\s+[—–-]\\s+(?=[\\p{L}`"\'])',
  '\\d{1,3}\\s+(?=[\\p{Lu}`"\'])',
  '\\(?[A-Z][.)]\\s+',
  '[IVX]{1,5}[.)]\\s+',
  '(?:[Ss]cenario|[Tt]hreat|[Aa]ttack|[Rr]isk|[Cc]ase|[Ss]kenario|[Ee]scenario|[Cc]enário' +
    '|[Ss]zenario|[Ss]cénario) [A-Z]\\s*[:.)–—-]\\s+',
]
const ordinal = new RegExp(`^(?:${ordinalForms.join('|')})`, 'u')

export function withoutOrdinal(text: Text): string {
  return rememberedWords(text)
}

const rememberedWords = remembering((text) =>
  text
    .replace(/^(?:\p{Extended_Pictographic}|\u{fe0f}|\s)+/u, '')
    .replace(ordinal, '')
    .trim(),
)

/** "Finding S1: …" has the id S1; "Threat: replay" is named by what follows. */
const kindBeforeId = new RegExp(
  `^(?:${idWords}\\s+(?=[A-Z]{1,6}-?\\d{1,4}\\s*[:.–—)-])` +
    '|(?:threat|risk|abuse case|stride):\\s+(?=\\S))',
  'i',
)

/** `SQL injection (THREAT_SQL_INJECTION)`, as tools write it. */
const idAtEnd = pattern(
  '',
  String.raw`\s*\(([A-Z][A-Z0-9]{1,40}(?:_[A-Z0-9]{1,40}){1,6}`,
  String.raw`|(?!CVE|GHSA)[A-Z]{1,6}(?:-[A-Z]{1,8}){1,2}-\d{1,4})\)$`,
)

/** Cuts ordinal and id from a title. Lower-case words such as "t1" are no ids. */
export function titled(text: Text): Readonly<Titled> {
  return rememberedTitle(text)
}

const rememberedTitle = remembering((text): Readonly<Titled> => {
  const words = withoutOrdinal(text.replace(/\s*\{#[\w-]+\}\s*$/, '')).replace(kindBeforeId, '')
  const last = idAtEnd.exec(words)
  if (last?.[1] !== undefined) return { writtenId: last[1], title: words.slice(0, last.index) }
  const match = idThenTitle.exec(words)
  const id = match?.[1]
  if (match === null || id === undefined || !looksChosen(id, match[2] ?? '')) {
    return { writtenId: null, title: words }
  }
  return { writtenId: id, title: words.slice(match[0].length).trim() }
})

/** Like `titled`, with id prefixes that the policy file names ("RISK/", "thr_"). */
export function titledBy(text: string, prefixes: readonly string[]): Readonly<Titled> {
  const words = withoutOrdinal(text)
  const start = words.toLowerCase()
  if (!prefixes.some((prefix) => prefix !== '' && start.startsWith(prefix.toLowerCase()))) {
    return titled(text)
  }
  const id = /^\S{1,40}?(?=[:.,)]?(?:\s|$))/.exec(words)?.[0] ?? ''
  return { writtenId: id, title: words.slice(id.length).replace(/^[\s:.,)—–|-]+/, '') }
}

/** The id when the text is nothing but one, as in an id column. */
export function idOf(text: string): string | null {
  const id = wholeId.exec(text.trim())?.[1]
  return id === undefined || foreign.test(id) ? null : id
}

/** The same where a number alone is an ordinal, and no id. */
export function letteredId(text: string): string | null {
  const id = idOf(text)
  return id !== null && /\p{L}/u.test(id) ? id : null
}

/** Every id that a text cites, in order, each once. At most `max`. */
export function idsIn(text: string, max = 40): string[] {
  const found = new Set<string>()
  for (const match of text.matchAll(citedId)) {
    const id = match[0]
    if (looksChosen(id, '-') && found.size < max) found.add(id)
  }
  return [...found]
}

const citedId = new RegExp(`(?<![\\w-])(?:${wordId}|${letterId})(?![\\w-])`, 'gi')

/** Catalogues and standards that look like ids and are not the document's own. */
const foreign = pattern(
  'i',
  '^(?:CWE|CVE|CAPEC|OWASP|RFC|ISO|SHA|AES|TLS|SSL|UTF|HTTP|IPV|WPA|BASE|OAUTH',
  '|ARGON|ED|EC|MD|PKCS|X|RSA|NIST|SP|FIPS|DO|ATT|GB|MB|MS|KB|LOW|HIGH|MEDIUM',
  String.raw`|V)[-_ ]?\d+(?:[-_.]\d+)*$`,
)

/** With only a space after it, "S3 buckets" and "EC2 start" are words, "T-1 Replay" has an id. */
function looksChosen(id: string, separator: string): boolean {
  if (id.split(rangeSign).some((part) => foreign.test(part))) return false
  if (startsWithIdWord.test(id)) return true
  if (dotted.test(id)) return separator.trim() !== ''
  if (!/^[A-Z._-]+\d/.test(id)) return false
  return separator.trim() !== '' || /[-_]/.test(id)
}

/** `Spoof.1`, as a widespread template numbers its threats; `Fig.1` is no such id. */
const dotted = /^(?!Fig|Table|Sect|Vers|Step|Chap|Part|App|No\b|Vol)[A-Z][A-Za-z]{1,11}\.\d{1,2}$/

const startsWithIdWord = new RegExp(`^${idWords}`, 'i')

/** Equal keys are the same name: case, marks, articles and numbering do not count. */
export function keyOf(title: Text): string {
  return rememberedKey(title)
}

const rememberedKey = remembering((title) =>
  wordsOf(withoutOrdinal(title))
    .trim()
    .replace(/^(?:the|an?|any) /, ''),
)

/** In lower case, with a space for all between words. What is ASCII needs no look at scripts. */
function wordsOf(text: string): string {
  if (!isPlain.test(text)) {
    const words = text.normalize('NFKC').toLowerCase().replace(/[’'`]/g, '')
    return words.replace(/[^\p{L}\p{N}#]+/gu, ' ')
  }
  const words = text.toLowerCase()
  const unquoted = /['`]/.test(words) ? words.replace(/['`]/g, '') : words
  // Single spaces, most of what stands between words, are left alone.
  return unquoted.replace(/ *[^a-z0-9# ][^a-z0-9#]*| {2,}/g, ' ')
}

const isPlain = /^[\0-\x7f]*$/

export function idKey(id: string): string {
  return rememberedIdKey(id)
}

const rememberedIdKey = remembering((id) => id.toLowerCase().replace(/[^a-z0-9]+/g, ''))

const slugLength = 60

/** Lower-case letters, digits and hyphens; other scripts keep their letters as code points. */
export function slugOf(text: string): string {
  return rememberedSlug(text)
}

const rememberedSlug = remembering((text) => {
  const start = text.slice(0, slugLength + 20)
  const words = hyphenated(start)
  const slug = words.length > slugLength || start === text ? words : hyphenated(text)
  return slug.slice(slug.startsWith('-') ? 1 : 0, slugLength).replace(/-$/, '')
})

function hyphenated(text: string): string {
  const words = isPlain.test(text) ? text.toLowerCase() : inLatin(text)
  return words.replace(/[^a-z0-9]+/g, '-')
}

function inLatin(text: string): string {
  return text
    .normalize('NFKD')
    .toLowerCase()
    .replace(/[\u0300-\u036f]/g, '')
    .replace(/[^\u0020-\u007e]/gu, (letter) =>
      /[\p{L}\p{N}]/u.test(letter) ? `u${(letter.codePointAt(0) ?? 0).toString(16)}` : ' ',
    )
}

/** Hands out ids that are unique within one reading. */
export function idRegister(): (wanted: string) => string {
  const used = new Set<string>()
  /** Of those that were wanted again. */
  const series = new Map<string, Series>()
  /** To add one tells at once whether it is new, as most are. */
  const isNew = (id: string) => {
    const before = used.size
    return used.add(id).size > before
  }
  return (wanted) => {
    const base = wanted === '' ? 'unnamed' : wanted
    if (isNew(base)) return base
    const again = series.get(base) ?? { count: 1, names: numbered(base) }
    if (again.count === 1) series.set(base, again)
    for (;;) {
      const id = nameOf(again.names, base, ++again.count)
      if (isNew(id)) return id
    }
  }
}

/** How often a name was wanted, and those behind it by their number. */
interface Series {
  count: number
  names: string[]
}

/** The names behind a base by their number: a new text each time would be looked up for longer. */
const numbered = remembering((): string[] => [])

function nameOf(names: string[], base: string, count: number): string {
  const known = names[count]
  if (known !== undefined) return known
  const name = `${base}-${count}`
  names[count] = name
  return name
}
