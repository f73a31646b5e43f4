import type { Span } from '../../shared/span.ts'
import { phrasesOf } from '../code-references.ts'
import { startsIn } from '../draft/claims.ts'
import { contextOf, isScopeRole } from '../draft/context.ts'
import type { Document, Found, Recogniser, ThreatDraft } from '../draft/draft.ts'
import { nothing, sectionTrail } from '../draft/draft.ts'
import { blocksBelow } from '../draft/fields.ts'
import { bodyOfEntry, trimmed } from '../draft/names.ts'
import { type Naming, namingsIn } from '../draft/namings.ts'
import { deniedIn } from '../draft/scope-lines.ts'
import { threatDraft } from '../draft/threat.ts'
import { titled } from '../identity.ts'
import { rememberingEntries } from '../outline/keep.ts'
import { fold, type Phrase } from '../outline/phrase.ts'
import type { Block, Outline, Paragraph, Section } from '../outline/types.ts'
import { remembering, rememberingOf } from '../remember.ts'
import { closed } from '../units/evidence.ts'
import { isDocumentTitle } from '../units/form.ts'
import { isGeneric } from '../units/generic.ts'
import { isOfHandling } from '../units/handling.ts'
import { type Units, unitsOf } from '../units/units.ts'
import { pattern } from '../vocabulary/pattern.ts'
import { plainHeading, type Role, roleOf } from '../vocabulary/vocabulary.ts'
import { soundsLikeControl } from '../vocabulary/words.ts'

/*
 * The last resort: the running text of an essay, read paragraph by paragraph.
 *
 *   ## The shelf                                  one paragraph here names a threat, as under most
 *   Books stand open. Whoever passes could        headings of the essay: the heading is its title
 *   take one, if nobody looks.
 *
 *   ## The catalogue                              several do: each is a threat, and its title the
 *   An attacker on the line may drop the answer.  clause that names it
 *
 *   If the key leaks, everybody can lend.
 *
 * `inferred`, of the lowest rank: they stand only where nothing else was found. Not read: the parts
 * that hold assets, actors, boundaries or controls; and what introduces the document, unless there
 * is nothing else, or it says outright what is not protected.
 */

export const paragraphs: Recogniser = { name: 'paragraphs', isLastResort: true, read }

/** More than these are no list of threats any more. */
const mostNamings = 40
/** A document of more paragraphs and bullets is no essay; the first ones are read. */
const mostTexts = 500

interface Placed extends Naming {
  span: Span
}

interface Named extends Placed {
  section: Section
}

function read(document: Document): Found {
  const { outline, isListed } = document
  if (isListed && !outline.sections.some(isOutright)) return nothing()
  const units = unitsOf(outline)
  const isPart = (section: Section) => {
    const role = units.roleOf(section)
    if (/^mitigations?\s*:/i.test(section.heading.text) || isOfHandling(section)) return false
    return role === null || role === 'assumptions' || !closed.has(role)
  }
  const all = namedIn(outline, isPart)
  const main = all.filter(({ section }) => !introduces(section))
  const named = main.length > 0 ? all.filter((one) => one.isGap || !introduces(one.section)) : all
  const free = underHeadings(named).filter((one) => !startsIn(spanOf(one), document.claimed))
  return { ...nothing(), drafts: free.map((one) => ofOne(document, units, one)) }
}

/** One sentence above headings below which more is told introduces them, unless many tell one. */
function withoutIntroductions(named: readonly Named[]): readonly Named[] {
  const above = new Set(named.flatMap(({ section }) => ancestorsOf(section)))
  const bySection = Map.groupBy(named, ({ section }) => section)
  const single = [...bySection].filter(([section, { length }]) => length === 1 && isTitle(section))
  if (single.length > fewestHeaded) return named
  return named.filter(
    ({ section }) => !above.has(section) || (bySection.get(section)?.length ?? 0) > 1,
  )
}

const fewestHeaded = 3

function ancestorsOf(section: Section): Section[] {
  const above: Section[] = []
  for (let at = section.parent; at !== null; at = at.parent) above.push(at)
  return above
}

/** What stands before the first heading of a divided text, and headings such as "Overview". */
function introduces(section: Section): boolean {
  if (section.kind === 'root' || isDocumentTitle(section)) return section.children.length > 1
  return isIntroducing(section.title)
}

const introducing = pattern(
  '',
  '^(?:(?:.{1,30} )?(?:overview|introduction|intro|background|summary|architecture|design)',
  '|purpose|scope|security(?: in .{1,40})?|context|motivation|rationale|about(?: .{1,40})?',
  '|status|history',
  '|(?:our )?approach',
  '|(?:our |the |design |security |main |project )?(?:goals?|objectives?|principles|requirements)',
  '|(?:goals|objectives|principles) .{1,40}|how .{1,40}|what is .{1,40}|conclusions?',
  '|future .{1,40}|alternatives(?: .{1,60})?|methodology|terms|definitions|notation)$',
)

const isIntroducing = remembering((title) => introducing.test(plainHeading(title)))

/** Behind the most texts no more sections are looked at. */
function namedIn(outline: Outline, isPart: (section: Section) => boolean): Named[] {
  const named: Named[] = []
  let texts = 0
  for (const section of [outline.root, ...outline.sections]) {
    if (!isPart(section)) continue
    for (const block of section.blocks) {
      texts += block.type === 'list' ? block.entries.length : 1
      if (named.length >= mostNamings || texts > mostTexts) return named
      named.push(...placedIn(block).map((naming) => ({ ...naming, section })))
    }
  }
  return named
}

/** Those of a paragraph's running text, or of that of each bullet. */
function placedIn(block: Block): readonly Placed[] {
  if (block.type === 'paragraph') return ofParagraph(block)
  return block.type === 'list' ? ofEntries(block).flat() : []
}

const ofParagraph = rememberingOf(({ phrase, lines }: Paragraph) => withPlaces(phrase.text, lines))

const ofEntries = rememberingEntries((entry) =>
  withPlaces(`${entry.head.text} ${bodyOfEntry(entry)}`, [entry.head]),
)

function withPlaces(text: string, lines: readonly Phrase[]): Placed[] {
  return namingsIn(text).map((naming) => ({ ...naming, span: placeOf(lines, naming.sentence) }))
}

interface Titled {
  named: Named
  /** The heading gives the title. */
  isHeading: boolean
}

function spanOf({ named, isHeading }: Titled): Span {
  return isHeading ? named.section.span : named.span
}

/** Namings with what gives the title: their heading where it tells of one threat, or themselves. */
function underHeadings(all: readonly Named[]): Titled[] {
  const named = withoutIntroductions(all)
  const bySection = Map.groupBy(named, ({ section }) => section)
  const headed = [...bySection].filter(([section]) => isTitle(section))
  const single = headed.filter(([, group]) => group.length === 1)
  const isRule = single.length * 3 >= headed.length * 2 && single.length * 2 >= named.length
  const byHeading = single.length >= 2 && isRule
  return [...bySection].flatMap(([section, group]) =>
    group.map((one) => ({
      named: one,
      isHeading: byHeading && group.length === 1 && !one.isName && isTitle(section),
    })),
  )
}

function isTitle(section: Section): boolean {
  if (section.kind !== 'heading' || isDocumentTitle(section)) return false
  if (isGeneric(section.title) || roleOf(section.title) !== null) return false
  return !soundsLikeControl(section.heading.text) || isMissing(section)
}

/** "Sealing of letters" names what is done, unless it stands below "What we do not provide". */
function isMissing({ parent }: Section): boolean {
  return parent !== null && parent.kind !== 'root' && isScopeRole(roleOf(parent.title))
}

function ofOne(document: Document, units: Units, one: Titled): ThreatDraft {
  const { named, isHeading } = one
  const { section } = named
  const name = titled(section.title)
  return threatDraft({
    recogniser: paragraphs.name,
    reason: `its words say what could go wrong, under "${section.heading.text}"`,
    rank: isFirm(section, named, units) ? 2 : -2,
    title: isHeading ? trimmed(name.title) : named.title,
    writtenId: isHeading ? name.writtenId : null,
    span: spanOf(one),
    section: isHeading ? section.trail : sectionTrail(section),
    fields: { values: [], loose: [] },
    tie: 'label',
    legend: document.legend,
    heading: contextOf(section).status,
    body: isHeading ? toldIn(section) : named.body,
    readsBody: true,
  })
}

/** Names of its own in the sentence are read from it one by one. */
function isFirm(section: Section, { sentence }: Named, units: Units): boolean {
  if (units.unitOf(section) === 'threat' || !isOutright(section)) return false
  return deniedIn(sentence) === null
}

/**
 * Nothing but running text below "What it does not protect against": no list says it better, and no
 * bold words name what is told.
 */
const isOutright = rememberingOf(({ kind, title, blocks, children }: Section): boolean => {
  if (kind !== 'heading' || children.length > 0 || !isDenied(roleOf(title))) return false
  return blocks.every((block) => block.type === 'paragraph' && block.phrase.lead === '')
})

function isDenied(role: Role | null): boolean {
  return role === 'unprotected' || role === 'out-of-scope'
}

function toldIn(section: Section): string {
  return fold(
    phrasesOf(blocksBelow(section))
      .map((phrase) => phrase.text)
      .join(' '),
  )
}

/** The line the sentence begins on; sentences of one line share it. */
function placeOf(lines: readonly Phrase[], sentence: string): Span {
  const start = sentence.slice(0, 24)
  const first = lines.find(({ text }) => text.includes(start)) ?? lines[0]
  return first?.span ?? nowhere
}

const point = { line: 1, column: 1, offset: 0 }
const nowhere: Span = { start: point, end: point }
