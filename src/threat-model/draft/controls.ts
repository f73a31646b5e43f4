import type { Span } from '../../shared/span.ts'
import { idOf, type Titled, titled } from '../identity.ts'
import type { Mitigation, Tie } from '../model.ts'
import { fold, type Phrase } from '../outline/phrase.ts'
import type { Entry } from '../outline/types.ts'
import { allOf, remembering, rememberingBy } from '../remember.ts'
import { isAbsent, saysLacking } from '../status/lacking.ts'
import { isVerdict, saysHowFar, saysNothing } from '../status/prose.ts'
import { pattern, withoutEnd } from '../vocabulary/pattern.ts'
import { controlWords } from '../vocabulary/words.ts'
import type { MitigationMention } from './draft.ts'
import { type FieldValue, textOfValue } from './fields.ts'
import { bodyOfEntry } from './names.ts'
import { pieces } from './pieces.ts'

/*
 * The distinct controls in a mitigation field or cell.
 *
 *   bullets                                  one a bullet, what is nested explains it
 *   "F1 (declared) + F6a; tmpfs"             cut at ; + • and line breaks outside brackets and code
 *   "TLS pinning, server verification"       short phrases: cut at commas
 *   "The proxy checks X, Y and Z. It logs."  sentences: commas stay, full stops cut
 *   "M-001, M-002"                           ids: mentions of elements stated elsewhere
 *   "None", "N/A", "—"                       nothing
 */

export interface Control {
  text: string
  /** The id it is cited by, or null. */
  writtenId: string | null
  span: Span
  status: Mitigation['status']
}

/** Controls of one threat beyond this many are not read. */
const maxControls = 60

/** A control's title is cut here. */
const titleLength = 160

export function controlsOf(value: FieldValue, status: Mitigation['status']): Control[] {
  const text = textOfValue(value)
  if (saysNothing(text) || isVerdict(text) || saysHowFar(text) || namesNoControl.test(text))
    return []
  const fromLines = value.lines.flatMap((line) => controlsInText(line, value))
  const fromEntries = value.entries.flatMap(controlOfEntry)
  const introduces = fromEntries.length > 0 && value.lines.every(isIntroduction)
  const all = introduces ? fromEntries : [...joinLines(value, fromLines), ...fromEntries]
  return unique(
    all.map((control) => ({ ...control, status: statusOf(control.text, own(control) ?? status) })),
  )
}

/** "Operator responsibility", "Not currently mitigated.", "None (accepted)", "Deferred to v2" */
const namesNoControl = pattern(
  'i',
  String.raw`^\W*(?:(?:the )?(?:operator|user|deployer|platform|customer|host)(?:['’]?s)?`,
  ' (?:own )?',
  '(?:responsibility|duty|concern|problem)|not (?:currently|yet|presently) (?:mitigated|addressed',
  '|handled|covered|protected|prevented)|known (?:limitation|gap|issue)',
  '|(?:deferred|postponed) (?:to|until) [^.;,]{2,30}',
  String.raw`|(?:none|nothing|n\/a)\W{1,3}(?:this |the |risk |is |an? ){0,4}(?:accepted|by design)`,
  String.raw`[^.;]{0,30})\W*$`,
)

function own({ status }: Control): Mitigation['status'] | null {
  return status === 'unstated' ? null : status
}

function isIntroduction(line: Phrase): boolean {
  return /[::]$/.test(line.text) || saysHowFar(line.text)
}

/**
 * Lines of running prose are one text: cut it as a whole. Lines of a cell (`<br>`, `<li>`) stand on
 * one line of the source, and are separate controls.
 */
function joinLines(value: FieldValue, fromLines: Control[]): Control[] {
  const [first, second] = value.lines
  if (first === undefined || second === undefined || value.lines.some(startsNewLine))
    return fromLines
  if (first.span.start.line === second.span.start.line) return fromLines
  const text = fold(value.lines.map((line) => line.text).join(' '))
  return controlsInText({ ...first, text }, value)
}

function startsNewLine(line: Phrase): boolean {
  return /^[•*–—-]\s/.test(line.text)
}

function controlOfEntry(entry: Entry): Control[] {
  const words = entry.head
  if (saysNothing(words.text) || words.struck || isAbsent(words.text)) return []
  const name = titled(words.text)
  const planned = /\b(?:todo|planned|not yet)\b/i.test(words.text)
  const status = planned ? 'planned' : (statusOfSign(entry) ?? statusBelow(entry))
  return [{ text: titleOf(name.title), writtenId: name.writtenId, span: entry.span, status }]
}

/** "✅ A lock", "[x] A lock" and "[ ] A second one". */
function statusOfSign({ head, ticked }: Entry): Mitigation['status'] | null {
  if (ticked !== null) return ticked ? 'implemented' : 'planned'
  return /^[✅☑✔]/u.test(head.text) ? 'implemented' : null
}

/** `- Status: Implemented` nested below a control. */
function statusBelow(entry: Entry): Mitigation['status'] {
  const words = /\bstatus:\s*(implemented|done|planned|todo|in progress)\b/i.exec(
    bodyOfEntry(entry),
  )?.[1]
  if (words === undefined) return 'unstated'
  return /^(?:implemented|done)$/i.test(words) ? 'implemented' : 'planned'
}

function controlsInText(line: Phrase, value: FieldValue): Control[] {
  const cited = citedControls(line)
  if (cited.length > 0) return cited
  const span = value.lines.length > 1 ? line.span : value.span
  return namedIn(line).map(({ title, writtenId }) => citation(writtenId, title, span))
}

/** The controls that a text names, in its words. */
const namedIn = rememberingBy(
  (line: Phrase) => allOf([line.text, ...line.codes.map((code) => code.text)]),
  (line): readonly Readonly<Titled>[] =>
    pieces(line.text, line.codes)
      .filter((piece) => !saysNothing(piece) && !isRemark(piece) && !/[::]$/.test(piece))
      .map((piece) => {
        // "16 MiB of input": a number that counts is no ordinal.
        const name = /^\d+ /.test(piece) ? { title: piece, writtenId: null } : titled(piece)
        return { title: titleOf(name.title), writtenId: name.writtenId }
      }),
)

/** A cell of nothing but ids ("M-001, M-002") or of links to headings with ids. */
function citedControls(line: Phrase): Control[] {
  const ids = onlyIds(line.text)
  if (ids.length > 0) return ids.map((id) => citation(id, id, line.span))
  const links = line.links.filter((link) => link.url.startsWith('#'))
  if (links.length === 0 || links.map((l) => l.text).join('').length * 2 < line.text.length)
    return []
  return links.map((link) => {
    const name = titled(link.text)
    return citation(name.writtenId, name.title, line.span)
  })
}

/** The ids of a text that has nothing else; none otherwise. */
const onlyIds = remembering((text): readonly string[] => {
  const parts = text.split(/\s*(?:[,;/&+]|\band\b)\s*/).filter((part) => part !== '')
  const ids = parts.flatMap((part) => idOf(part) ?? [])
  return ids.length === parts.length && ids.every((id) => !/^\d+$/.test(id)) ? ids : []
})

export function citation(writtenId: string | null, text: string, span: Span): Control {
  return { text, writtenId, span, status: 'unstated' }
}

const remarkStart = pattern(
  '',
  '^(?:note|however|but|residual|see|this (?:does not|is not|risk|means|aligns)|but note',
  '|this (?:is|remains) (?:the |an? )(?:\\S+ ){0,4}(?:gap|risk|limitation|weakness)',
  '|this (?:\\w+ )?is (?:described|explained|discussed|documented)|not implemented, ',
  '|for (?:more|further|details|guidance|background)|traced|investigated',
  String.raw`|unfortunately|still|the residual|for example|e\.g)\b`,
)

/** Sentences that speak of what is left rather than of a control. */
export function isRemark(piece: string): boolean {
  const plain = piece.toLowerCase()
  if (
    saysLacking(piece) ||
    remarkStart.test(plain) ||
    bracketed.test(plain) ||
    noWay.test(plain) ||
    /^(?:partial (?:mitigation|protection|coverage)|(?:intentionally|deliberately) \w+)\W*$/.test(
      plain,
    )
  )
    return true
  // "Do not share the key" is a control, "it does not help" none.
  if (/^\W*(?:do not|don't|never)\b/.test(plain)) return false
  return denies.test(plain) && controlWords(plain) === 0
}

/** "No way in remains." is what was found, by whatever control. */
const noWay = pattern(
  '',
  String.raw`^\W*no (?:[\w-]+ ){0,4}(?:vectors?|paths?|ways? in|impact)`,
  String.raw`(?: (?:exists?|remains?|found|left))?\W*$`,
)

/** "(Implemented in week 3.)" tells of the control before it. */
const bracketed = /^\((?:implemented|done|shipped|landed|added|completed|see|tested)\b[^()]*\)\.?$/

/** "Raises the cost, but does not prevent it" tells of a control first. */
const denies = pattern(
  '',
  String.raw`^(?:(?:it|this|that)\b.*|(?:(?!\b(?:but|though|although|while)\b).)*)`,
  String.raw`\b(?:(?:does|do|is|are) not|cannot)\b`,
)

function statusOf(text: string, otherwise: Mitigation['status']): Mitigation['status'] {
  if (/\b(?:not yet implemented|todo|planned|future|roadmap)\b/i.test(text)) return 'planned'
  if (otherwise !== 'unstated') return otherwise
  return /\b(?:implemented|shipped|✅)\b/i.test(text) ? 'implemented' : 'unstated'
}

export function titleOf(text: string): string {
  const words = fold(withoutEnd(text, /[\s.;,]/))
  if (words.length <= titleLength) return words
  const space = words.lastIndexOf(' ', titleLength)
  return words.slice(0, space > 40 ? space : titleLength)
}

function unique(controls: Control[]): Control[] {
  const seen = new Set<string>()
  return controls
    .filter((control) => {
      const key = (control.writtenId ?? control.text).toLowerCase()
      if (seen.has(key)) return false
      seen.add(key)
      return true
    })
    .slice(0, maxControls)
}

export function mentionsOf(
  controls: readonly Control[],
  tie: Tie,
  category: string | null = null,
): MitigationMention[] {
  return controls.map((control) => ({
    title: control.text,
    writtenId: control.writtenId,
    span: control.span,
    tie: control.writtenId === null ? tie : 'id',
    status: control.status,
    category,
    code: [],
  }))
}
