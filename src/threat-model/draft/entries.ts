import { phrasesOf } from '../code-references.ts'
import { idKey, idOf, idsIn, keyOf, titled } from '../identity.ts'
import { fold, type Phrase, plainPhrase } from '../outline/phrase.ts'
import type { Block, Entry, List, Paragraph } from '../outline/types.ts'
import { rememberingIn } from '../remember.ts'
import type { Legend, StatusReading } from '../status/status.ts'
import { statusInTitle } from '../status/titles.ts'
import { pattern } from '../vocabulary/pattern.ts'
import { fieldOf } from '../vocabulary/vocabulary.ts'
import { soundsLikeAttack, soundsLikeControl } from '../vocabulary/words.ts'
import { aboutDocument } from './about-document.ts'
import type { MitigationMention, Rank, ThreatDraft } from './draft.ts'
import { type Fields, type FieldValue, fieldsOfBlocks } from './fields.ts'
import { labelOf } from './labels.ts'
import { bodyOfEntry, firstClause, isCatalogued, nameOf, trimmed } from './names.ts'
import { isRatedStart, ratedWords } from './rated.ts'
import { saysIfFlaw } from './status-field.ts'
import { threatDraft } from './threat.ts'
import { bracketed, saysOnlyHow, verdictAlone, verdictBehind, withoutVerdict } from './verdicts.ts'

/*
 * A bullet, or a paragraph with a bold start, as a threat. Its answer may stand anywhere in it:
 *
 *   - **Replay of links**: a link works twice. *Mitigation*: links are used once.
 *   - Replay of links
 *     - Links are used once                       sub-bullets that sound like controls
 *     - Mitigation: links are used once           labelled sub-bullets
 */

export interface EntryParts {
  recogniser: string
  reason: string
  rank: Rank
  section: string[]
  legend: Legend
  categories: string[]
  heading: StatusReading | null
  group?: MitigationMention[]
  adversary?: string | null
  readsBody?: boolean
}

export function threatOfEntry(entry: Entry, parts: EntryParts): ThreatDraft | null {
  const fields = fieldsOfEntry(entry)
  return threatOfPhrase(entry.head, entry.span, fields, { ...parts, body: bodyOfEntry(entry) })
}

/** A paragraph whose bold start is the title, with the fields that follow it. */
export function threatOfPhrase(
  phrase: Phrase,
  span: Entry['span'],
  fields: Fields,
  parts: EntryParts & { body?: string },
): ThreatDraft | null {
  const { words: unsaid, before } = withoutVerdict(withoutLabel(phrase))
  const rated = ratedWords(unsaid)
  const { words, values } = inlineFields(rated.words, parts.heading)
  values.push(...rated.values)
  const name = nameOfEntry(words)
  const behind = verdictBehind(name.title, words)
  const verdict = statusInTitle(name.title) ?? behind
  const title = verdict?.title ?? name.title
  if (!/\p{L}{2}/u.test(title) || namesNone.test(title)) return null
  const after = words.text.slice(Math.max(0, words.text.indexOf(name.title)) + name.title.length)
  const behindName = behind === null ? after : after.replace(bracketed, '')
  const told = behindName.replace(/^[\s:.,;—–-]+/, '')
  const body = fold(`${told} ${parts.body ?? ''}`)
  return threatDraft({
    ...parts,
    title,
    writtenId: name.writtenId,
    span,
    fields: { values: [...fields.values, ...values], loose: fields.loose },
    tie: 'label',
    verdict: verdict?.reading ?? before ?? verdictAlone(told),
    body,
    phrases: [phrase, ...phrasesOf(fields.loose)],
  })
}

/** "**Not applicable.** Nobody signs here" names no threat of the class above it. */
export const namesNone = pattern(
  'i',
  String.raw`^\W*(?:n\/?a|not applicable|none(?: (?:identified|known))?`,
  '|no (?:known |specific |relevant )?(?:threats?|risks?)|see (?:above|below)',
  '(?: (?:identified|known|here))?',
  String.raw`|we (?:are not|are(?:n['’]t)?) (?:currently )?aware of any)\W*$`,
)

/** "⚠️ **Threat:** the key is copied": the sign hides the label. */
const signedLabel =
  /^(?:\p{Extended_Pictographic}|\u{fe0f}|\s)+(?:threat|risk|attack)s?\s*[::]\s*(\S.*)$/iu

/** "**Threat:** the key is copied" is named by what stands behind the label. */
function withoutLabel(phrase: Phrase): Phrase {
  const signed = signedLabel.exec(phrase.text)?.[1]
  if (signed !== undefined) return { ...phrase, text: signed, lead: '', afterLead: signed }
  const text = phrase.afterLead.replace(/^[\s::—–-]+/, '')
  const isLabel = /^(?:threat|risk|attack)s?(?: \d{1,2})?\s*[::]?$/i.test(phrase.lead)
  return isLabel && text !== '' ? { ...phrase, text, lead: '', afterLead: text } : phrase
}

/**
 * "**AV3** — out of scope" names a threat of elsewhere by its id; the rest is about it. "**T-3** —
 * Replay of links" has its name behind the id.
 */
function nameOfEntry(words: Phrase): { writtenId: string | null; title: string } {
  const name = titled(nameOf(words))
  const id = idOf(name.title.replace(/\s*\([^()]*\)$/, ''))
  if (id === null || /^\d+$/.test(id)) return name
  const whole = titled(words.text)
  if (whole.writtenId === null || idOf(whole.title) !== null || saysOnlyHow(whole.title))
    return { writtenId: id, title: name.title }
  return { writtenId: whole.writtenId, title: trimmed(firstClause(whole.title)) }
}

/** Labelled sub-bullets, or plain ones that sound like controls as its mitigations. */
export const fieldsOfEntry = rememberingIn((entry: Entry): Fields => {
  const rest = entry.restLines.length === 0 ? [] : [paragraphOf(entry)]
  const fields = fieldsOfBlocks([...rest, ...entry.blocks])
  if (fields.values.some((value) => value.field === 'mitigation')) return fields
  if (saysIfFlaw(fields)) return fields
  const lists = fields.loose.filter((block): block is List => block.type === 'list')
  const values = [...fields.values]
  for (const list of lists) {
    const controls = list.entries.filter((inner) => soundsLikeControl(inner.head.text))
    if (controls.length * 2 <= list.entries.length) continue
    values.push({
      field: 'mitigation',
      label: '',
      lines: [],
      entries: [...list.entries],
      span: list.span,
    })
  }
  return { ...fields, values }
})

function paragraphOf(entry: Entry): Block {
  const span = entry.restLines[0]?.span ?? entry.span
  return { type: 'paragraph', phrase: plainPhrase(entry.rest, span), lines: entry.restLines, span }
}

const inlineLabel = pattern(
  'gi',
  String.raw`(?:^|[\s.;)(—–-])\s*(mitigations?|mitigated by|controls?|countermeasures?`,
  '|defen[cs]es?|fix|residual risks?|residual|status|impact|likelihood|severity',
  String.raw`|response)\s*(?:[::]|include)\s+|(?<=[.;→—–-]\s{0,3})(mitigated(?: by|(?=:)))[:\s]+`,
  String.raw`|(?<=[.;]\s{1,3})((?:known |remaining )?(?:gaps?|limitations?))\s*[::]\s+`,
)

/** True where a bullet has its own answer behind its name: "A lost key. Mitigation: two locks." */
export function isAnsweredInline({ head, rest }: Entry): boolean {
  const text = `${head.text} ${rest}`.slice(0, answeredWithin)
  const labels = /[::]|include|mitigated/i.test(text) ? [...text.matchAll(inlineLabel)] : []
  return labels.some(({ 1: label = '', index }) => index > 0 && fieldOf(label) === 'mitigation')
}

const answeredWithin = 600

/** Cuts "… *Mitigation*: links are used once." out of a running text. */
function inlineFields(
  phrase: Phrase,
  heading: StatusReading | null,
): { words: Phrase; values: FieldValue[] } {
  const labels = [...phrase.text.matchAll(inlineLabel)].filter((match) => match.index > 0)
  const first = labels[0]
  if (first === undefined) return { words: phrase, values: [] }
  const values = labels.map((match, at): FieldValue => {
    const from = match.index + match[0].length
    const text = phrase.text.slice(from, labels[at + 1]?.index ?? phrase.text.length)
    const label = match[1] ?? match[3] ?? 'mitigated by'
    const lines = [plainPhrase(text, phrase.span)]
    return { field: fieldOf(label), label, lines, entries: [], span: phrase.span }
  })
  // "… Mitigated by nonces." says how it stands, too, where no heading does; among what remains,
  // that it is met in part.
  if (heading?.basis !== 'explicit' && labels.some((match) => match[2] !== undefined)) {
    const said = heading?.status === 'accepted' ? 'Partially mitigated' : 'Mitigated'
    const lines = [plainPhrase(said, phrase.span)]
    values.push({ field: 'status', label: 'Status', lines, entries: [], span: phrase.span })
  }
  const text = phrase.text.slice(0, first.index).trim()
  const cut = phrase.text.length - first.index
  const afterLead = phrase.afterLead.slice(0, Math.max(0, phrase.afterLead.length - cut)).trim()
  return { words: { ...phrase, text, afterLead }, values }
}

/** True for a table of contents: every bullet is a link within the document, or to others. */
export function isContents(list: List): boolean {
  const isWithin = list.entries.every((entry) => {
    const link = entry.head.links[0]
    return link?.url.startsWith('#') === true && link.text.length + 4 >= entry.head.text.length
  })
  return isWithin || isIndex(list)
}

/** "- **[The cellar](cellar.md)**: mice, damp": most names are no attacks; they are told there. */
function isIndex({ entries }: List): boolean {
  const isLinked = entries.every(({ head }) => {
    const [link] = head.links
    if (link === undefined || link.text === '' || !head.text.startsWith(link.text)) return false
    return !isCatalogued(head)
  })
  if (!isLinked) return false
  const attacks = entries.filter(({ head }) => soundsLikeAttack(head.links[0]?.text ?? ''))
  return attacks.length * 2 < entries.length
}

/**
 * Controls of a group that cite the id of a threat, or whose first words are its title, answer that
 * threat; the others answer the group.
 */
export function tieByName(threats: ThreatDraft[], group: readonly MitigationMention[]): void {
  const byTitle = new Map(threats.map((threat) => [keyOf(threat.title), threat]))
  const byId = new Map(
    threats.flatMap((one) =>
      one.writtenId === null ? [] : [[idKey(one.writtenId), one] as const],
    ),
  )
  const shared = group.filter((mention) => {
    const cited = idsIn(mention.title).flatMap((id) => byId.get(idKey(id)) ?? [])
    for (const one of new Set(cited))
      one.mitigations.push({ ...mention, tie: 'id', category: null })
    if (cited.length > 0) return false
    const start = /^(.{3,100}?)(?:\s*(?:[::—–]|->|→)|\s-)\s/.exec(mention.title)?.[1]
    const threat = start === undefined ? undefined : byTitle.get(keyOf(start))
    if (threat === undefined) return true
    const title = mention.title.slice(start?.length ?? 0).replace(/^\s*(?:[::—–-]|->|→)\s*/, '')
    threat.mitigations.push({ ...mention, title, tie: 'label', category: null })
    return false
  })
  for (const threat of threats) threat.mitigations.push(...shared)
}

/** "**Vaultix** keeps your secrets": a stressed subject of a sentence is no name. */
function isSubject({ lead, afterLead }: Phrase): boolean {
  return !/[.::。!?]$/.test(lead) && /^\s?[a-z]/.test(afterLead) && !soundsLikeAttack(lead)
}

/** A paragraph that begins with a bold name rather than a label. */
export function isBoldStart(block: Block): block is Paragraph {
  if (block.type !== 'paragraph') return false
  if (isRatedStart(block)) return true
  const { lead } = block.phrase
  if (lead === '' || lead.length > 140 || fieldOf(lead) !== null) return false
  if (aboutDocument.test(lead) || isSubject(block.phrase)) return false
  const label = labelOf(block.lines[0] ?? block.phrase)
  return label === null || label.field === null
}
