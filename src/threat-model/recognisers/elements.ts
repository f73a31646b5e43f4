import type { Span } from '../../shared/span.ts'
import { pathsIn, phrasesOf } from '../code-references.ts'
import { actorOf, adversaryTitle } from '../draft/adversaries.ts'
import { namesPowers, tellsDeeds } from '../draft/deeds.ts'
import {
  type Document,
  type Draft,
  nothing,
  type Recogniser,
  sectionTrail,
} from '../draft/draft.ts'
import { bodyOfEntry, nameOf, trimmed } from '../draft/names.ts'
import { defendedColumn } from '../draft/numbered.ts'
import { actorsIn, protectedIn } from '../draft/protected.ts'
import { roleAmongActors } from '../draft/roles.ts'
import { isTrait, opensWithTrait, tellsTraits, traits } from '../draft/traits.ts'
import { idOf, titled } from '../identity.ts'
import { fold, type Phrase, plainPhrase } from '../outline/phrase.ts'
import type { Block, Entry, List, Row, Section, Table } from '../outline/types.ts'
import { statusOfRole } from '../status/status.ts'
import { verdictOfLead } from '../status/verdict-leads.ts'
import { columnsOf } from '../tables/columns.ts'
import { asksOfPowers, isDeed } from '../tables/columns-forms.ts'
import { isDocumentTitle } from '../units/form.ts'
import { isAttackModel } from '../units/sorts.ts'
import { endsInColon, roleOfIntro } from '../vocabulary/intro.ts'
import { fieldOf, plainHeading, type Role, roleOf } from '../vocabulary/vocabulary.ts'
import { saysWhatIsDone } from '../vocabulary/words.ts'

/*
 * Assets, adversaries, trust boundaries and assumptions, from the parts of a document that list
 * them:
 *
 *   ## Assets                   ## Threat actors            We consider these attackers:
 *   - The roster                ### 3.1 A careless admin    ## Network attacker
 *   - Passwords (…)             | Actor | Goal |            - can replay packets
 *   ### A01: The roster         **Thief.** Has the disk.
 *
 * Entries of a list or table, or headings below, never both of one section: headings count when no
 * list stands above them. What they can do or cost is their body, not further elements.
 */

export const elements: Recogniser = { name: 'elements', read }

type Kind = 'asset' | 'adversary' | 'boundary' | 'assumption'

const kinds: Partial<Record<Role, Kind>> = {
  assets: 'asset',
  adversaries: 'adversary',
  boundaries: 'boundary',
  assumptions: 'assumption',
}

function read(document: Document) {
  const found = nothing()
  for (const section of [document.outline.root, ...document.outline.sections]) {
    const kind = kindOf(section)
    const before = found.drafts.length
    if (kind !== null) readSection(section, kind, found.drafts)
    else readIntroduced(section, found.drafts)
    if (found.drafts.length === before || kind === 'boundary')
      readSentences(section, kind, found.drafts)
  }
  return found
}

function isOpening(section: Section): boolean {
  return section.kind === 'root' || isDocumentTitle(section)
}

function kindOf(section: Section): Kind | null {
  if (isOpening(section)) return null
  const role = roleAmongActors(section)
  if (role === null || isOneAdversary(section)) return null
  return kinds[role] ?? null
}

/** "The adversary" describes one, unless headings below name several. */
function isOneAdversary(section: Section): boolean {
  if (!/^(?:the )?(?:adversary|attacker)$/.test(plainHeading(section.title))) return false
  return !section.children.some((child) => child.kind === 'heading')
}

/** Below "Adversaries", those whom the model looks at and those whom it leaves out. */
const sides = /^\W*(?:explicitly )?(?:in|out[- ]of)[- ]scope\W*$/i

/** "Actor and threat mapping" among actors is none. */
const sumsUp = /\b(?:mapping|matrix|summary|overview|comparison)\W*$/i

/** "Asset criticality" below assets rates them, and is none. */
const rates =
  /^\W*assets? (?:criticality|sensitivity|values?|ratings?|priorit(?:y|ies)|owners?)\W*$/i

function readSection(section: Section, kind: Kind, drafts: Draft[]): void {
  if (section.parent !== null && isOneOf(section.parent, section)) return
  const before = drafts.length
  for (const block of section.blocks) readBlock(block, kind, section, drafts)
  if (drafts.length > before && !section.children.some(hasId)) return
  for (const child of section.children) {
    if (kind === 'adversary' && sides.test(child.heading.text)) {
      for (const block of child.blocks) readBlock(block, kind, child, drafts)
      continue
    }
    if (roleOf(child.title) !== null && !hasId(child) && !isOneOf(section, child)) continue
    if (fieldOf(child.title) !== null || traits.test(`${child.heading.text}:`)) continue
    if (kind === 'asset' && child.blocks.some(isOfAssets)) continue
    if (sumsUp.test(child.heading.text) || rates.test(child.heading.text)) continue
    if (kind === 'adversary' && isAttackModel(child, 'adversaries')) continue
    drafts.push(draftOfSection(child, kind))
  }
}

/** "The shop aims to protect its till, its stock, and the order book."; "Actors include …" */
function readSentences(section: Section, around: Kind | null, drafts: Draft[]): void {
  for (const kind of ['asset', 'adversary'] as const) {
    const namesIn = kind === 'asset' ? protectedIn : actorsIn
    const place = kind === around ? 'own' : isOpening(section) ? 'opening' : 'elsewhere'
    for (const block of section.blocks) {
      const listed = block.type === 'paragraph' ? namesIn(block.phrase.text, place) : []
      for (const title of listed) {
        const { span } = block
        const trail = sectionTrail(section)
        const name = { title, writtenId: null, span, section: trail, body: '', code: [] }
        drafts.push(draft({ kind, ...name, from: section }))
      }
      if (listed.length > 0) break
    }
  }
}

/** "Opportunistic attackers" among actors, with labels below, is one actor and no list of them. */
function isOneOf(parent: Section, section: Section): boolean {
  if (roleOf(parent.title) !== 'adversaries') return false
  if (hasId(section) && !section.children.some(hasId)) return true
  const entries = section.blocks.flatMap((block) => (block.type === 'list' ? block.entries : []))
  const labels = entries.filter((entry) => traits.test(entry.head.text))
  if (entries.length > 0 && labels.length * 2 >= entries.length) return true
  if (section.blocks.some(opensWithTrait) || section.children.some(isTrait)) return true
  return section.blocks.some((block) => block.type === 'list' && tellsTraits(block))
}

function hasId(section: Section): boolean {
  return titled(section.title).writtenId !== null
}

/** Lists under a sentence, and headings under one: "We consider the following attackers:". */
function readIntroduced(section: Section, drafts: Draft[]): void {
  for (const block of section.blocks) {
    if (block.type !== 'list' && block.type !== 'table') continue
    const kind = isOfAssets(block)
      ? 'asset'
      : block.intro === null
        ? null
        : kindOfIntro(block.intro)
    if (kind !== null && kind !== 'assumption') readBlock(block, kind, section, drafts)
  }
  const last = section.blocks.at(-1)
  if (last?.type !== 'paragraph' || !/[::]$/.test(last.phrase.text)) return
  const kind = kindOfIntro(last.phrase)
  if (kind === null) return
  for (const child of section.children) {
    if (roleOf(child.title) !== null && !namesActor(child.heading.text)) return
    drafts.push(draftOfSection(child, kind))
  }
}

/** "| Asset | Where it lives |" says what its rows are, under any heading but of threats. */
function isOfAssets(block: Block): boolean {
  if (block.type !== 'table') return false
  const header = block.header.map((cell) => cell.phrase.text)
  const [first, second] =
    header[0] !== undefined && fieldOf(header[0]) === 'id' ? header.slice(1) : header
  if (second === undefined || !/^\W*(?:key |critical |protected )?assets?\W*$/i.test(first ?? ''))
    return false
  return header.every((text) => fieldOf(text) !== 'threat' && fieldOf(text) !== 'mitigation')
}

function kindOfIntro(intro: Phrase): Kind | null {
  if (!/[::]$/.test(intro.text)) return null
  const role = roleOfIntro(intro.text)
  return role === null ? null : (kinds[role] ?? null)
}

/** "What an attacker is after:" among assets introduces assets. */
function kindWithin(kind: Kind, intro: Phrase): Kind | null {
  const isWanted = kind === 'asset' && /\bwhat\b.*\b(?:attackers?|adversar\w+)\b/i.test(intro.text)
  // "Three attackers are in scope:" tells who, though it says where they stand.
  const isInScope =
    kind === 'adversary' && /\b(?:attackers|adversaries|actors)\b.*\bin scope\W*$/i.test(intro.text)
  return isWanted || isInScope ? kind : kindOfIntro(intro)
}

/** "Network adversary" is one adversary and has the role of the word at once. */
function namesActor(title: string): boolean {
  return /\b(?:adversary|attacker|actor|insider)\b/i.test(title)
}

function readBlock(block: Block, kind: Kind, section: Section, drafts: Draft[]): void {
  if (block.type === 'list') {
    // "The following actors are considered:" in a section that begins with the assets.
    const named = block.intro === null ? null : kindWithin(kind, block.intro)
    if (named === null && isAboutOther(block, kind)) return
    if (kind === 'adversary' && namesPowers(section) && tellsDeeds(block)) return
    for (const entry of block.entries) {
      pushEntry(entry, named ?? kind, section, drafts)
      for (const inner of entriesBelow(entry)) pushEntry(inner, named ?? kind, section, drafts)
    }
  } else if (block.type === 'table') {
    if (defendedColumn(block) < 0 && !saysThreats(block.intro))
      readTable(block, kind, section, drafts)
  } else if (block.type === 'paragraph') readBoldLead(block.phrase, kind, section, drafts)
  else if (block.type === 'quote') {
    for (const inner of block.blocks) readBlock(inner, kind, section, drafts)
  }
}

/** "Risks:" right above a table among trust levels. */
function saysThreats(intro: Phrase | null): boolean {
  return intro !== null && /[::]$/.test(intro.text) && roleOfIntro(intro.text) === 'threats'
}

/** "Secrets in the device:" with a list of them below. */
function entriesBelow(entry: Entry): Entry[] {
  if (!/[::]$/.test(entry.head.text)) return []
  const below = entry.blocks.flatMap((block) => (block.type === 'list' ? block.entries : []))
  return saysWhatIsDone(below.map((inner) => inner.head.text)) ? [] : below
}

/** "It does not defend against:" among adversaries introduces something else. */
function isAboutOther(list: List, kind: Kind): boolean {
  const text = list.intro?.text ?? ''
  if (!endsInColon(text)) return false
  if (tellsTraits(list)) return true
  const role = roleOfIntro(text)
  if (/\b(?:ability|power) to\W*$|\bcapable of\W*$/.test(text)) return true
  if (/\b(?:attackers?|adversar(?:y|ies)) (?:who|that|which)\W*$/i.test(text)) return true
  if (role === null) return able.test(text) || (kind !== 'asset' && being.test(text))
  return kinds[role] !== kind
}

const able = /\b(?:can|cannot|may|will)\W*$/i
/** "The guard is:" tells of the guard, "What we protect is:" of assets. */
const being = /(?<!\bthese )\b(?:is|are)\W*$/i

function pushEntry(entry: Entry, kind: Kind, section: Section, drafts: Draft[]): void {
  const several = kind === 'adversary' ? actorsOfLine(entry.head) : []
  for (const head of several) pushEntry({ ...entry, head }, kind, section, drafts)
  if (several.length > 0 || isLabelOfOther(entry.head, kind)) return
  const actor = kind === 'adversary' ? actorOf(entry.head) : null
  const short = titled(actor ?? nameOf(entry.head))
  // "**A1** — The roster" has its name behind the id.
  const name = idOf(short.title) === null ? short : titled(trimmed(entry.head.text))
  if (kind === 'asset' && secrecy.test(name.title)) return
  if (name.title === '' || statusOfRole(roleOf(name.title), '') !== null) return
  const body = fold(`${afterName(entry.head, name.title)} ${bodyOfEntry(entry)}`)
  const code = pathsIn([entry.head, ...phrasesOf(entry.blocks)])
  drafts.push(
    draft({
      kind,
      ...name,
      span: entry.span,
      section: sectionTrail(section),
      body,
      code,
      from: section,
    }),
  )
}

/** "**Threats:** he reads along" below one adversary tells of it. */
function isLabelOfOther({ lead, afterLead }: Phrase, kind: Kind): boolean {
  const field = afterLead === '' ? null : fieldOf(lead)
  return (field === 'threat' || field === 'mitigation') && kind === 'adversary'
}

/** "**In scope:** a guest with a key; a passer-by" lists them in a line. */
function actorsOfLine({ lead, afterLead, span }: Phrase): Phrase[] {
  if (roleOf(lead) !== 'in-scope') return []
  const names = afterLead.replace(/^[\s::]+|[\s.]+$/g, '').split(/;\s+(?:and\s+|or\s+)?/)
  return names.filter((name) => name !== '').map((name) => plainPhrase(name, span))
}

/** How secret the data of a classification is, and no data. */
const secrecy =
  /^(?:public|internal|sensitive|confidential|restricted|private|(?:top )?secret)(?: data)?$/i

function readTable(table: Table, role: Kind, section: Section, drafts: Draft[]): void {
  const header = table.header.map((cell) => cell.phrase.text)
  const names = header.map(fieldOf)
  const isOfDeeds = asksOfPowers(header) || isDeed(columnsOf(table, {}), section.heading.text)
  if (role === 'adversary' && isOfDeeds && !names.includes('adversary')) return
  // "Actors and trust boundaries" over a table of actors.
  const isOfActors = role === 'boundary' && fieldOf(header[0] ?? '') === 'adversary'
  const isMeant = role === 'boundary' && isOfAssets(table)
  const kind = isOfActors ? 'adversary' : isMeant ? 'asset' : role
  const ids = header.findIndex((text) => fieldOf(text) === 'id')
  const column = nameColumnOf(header, kind)
  if (column < 0) return
  for (const row of table.rows) pushRow({ row, column, ids, kind, section }, drafts)
}

/** The column named for the kind; else the first that is neither an id nor a known other field. */
function nameColumnOf(header: readonly string[], kind: Kind): number {
  const named = header.findIndex((text) => fieldOf(text) === kind)
  if (named >= 0) return named
  const plain = header.findIndex((text) =>
    /\bname\b|^(?:boundary|assumption|persona|principal|role|data)\b/i.test(text),
  )
  if (plain >= 0) return plain
  return header.findIndex((text) => fieldOf(text) !== 'id')
}

function pushRow(
  at: { row: Row; column: number; ids: number; kind: Kind; section: Section },
  drafts: Draft[],
): void {
  const cell = at.row.cells[at.column]
  if (cell === undefined || cell.phrase.text === '') return
  const name = titled(nameOf(cell.phrase))
  if (at.kind === 'asset' && secrecy.test(name.title)) return
  const writtenId = at.row.cells[at.ids]?.phrase.text ?? name.writtenId
  const others = at.row.cells.filter((_, index) => index !== at.column && index !== at.ids)
  drafts.push(
    draft({
      kind: at.kind,
      title: name.title,
      writtenId: writtenId === '' ? null : writtenId,
      span: at.row.span,
      section: sectionTrail(at.section),
      body: fold(others.map((other) => other.phrase.text).join(' — ')),
      code: pathsIn(at.row.cells.map((other) => other.phrase)),
      from: at.section,
    }),
  )
}

/** "**Thief.** Has the disk." is an entry without a bullet. */
function readBoldLead(phrase: Phrase, kind: Kind, section: Section, drafts: Draft[]): void {
  if (phrase.lead === '' || fieldOf(phrase.lead) !== null) return
  if (verdictOfLead(phrase.lead) !== null) return
  const name = titled(nameOf(phrase))
  if (name.title !== titled(phrase.lead.replace(/[\s:.:。—–-]+$/, '')).title) return
  const body = afterName(phrase, name.title)
  drafts.push(
    draft({
      kind,
      ...name,
      span: phrase.span,
      section: sectionTrail(section),
      body,
      code: pathsIn([phrase]),
      from: section,
    }),
  )
}

function draftOfSection(section: Section, kind: Kind): Draft {
  const title = kind === 'adversary' ? adversaryTitle(section.heading) : section.heading.text
  const name = titled(title)
  const phrases = phrasesOf(section.blocks)
  return draft({
    kind,
    writtenId: titled(section.title).writtenId,
    title: name.title,
    span: section.span,
    section: section.trail,
    body: fold(phrases.map((phrase) => phrase.text).join(' ')),
    code: pathsIn(phrases),
    from: section.parent ?? section,
  })
}

function afterName(phrase: Phrase, name: string): string {
  const at = phrase.text.indexOf(name)
  return at < 0 ? '' : phrase.text.slice(at + name.length).replace(/^[\s:.,;—–-]+/, '')
}

interface Parts {
  kind: Kind
  title: string
  writtenId: string | null
  span: Span
  section: string[]
  body: string
  code: ReturnType<typeof pathsIn>
  from: Section
}

function draft(parts: Parts): Draft {
  const { kind, from, code, ...rest } = parts
  const base = {
    ...rest,
    places: [rest.span],
    certainty: 'stated' as const,
    recogniser: elements.name,
    reason: `stands under "${from.heading.text}"`,
    rank: 2 as const,
  }
  return kind === 'asset' ? { kind, ...base, code } : { kind, ...base }
}
