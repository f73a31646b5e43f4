import { phrasesOf } from '../code-references.ts'
import type { Document, Found, Recogniser, ThreatDraft } from '../draft/draft.ts'
import { nothing, sectionTrail } from '../draft/draft.ts'
import { fieldsOfBlocks } from '../draft/fields.ts'
import { threatDraft } from '../draft/threat.ts'
import { titled } from '../identity.ts'
import { rememberingBlocks, rememberingEntries } from '../outline/keep.ts'
import type { Phrase } from '../outline/phrase.ts'
import type { Block, Section } from '../outline/types.ts'
import { type StatusReading, statusInWords } from '../status/status.ts'
import { unitsOf } from '../units/units.ts'
import { pattern } from '../vocabulary/pattern.ts'
import type { Role } from '../vocabulary/vocabulary.ts'
import { soundsLikeAttack, soundsLikeControl } from '../vocabulary/words.ts'

/*
 * Names with a verdict behind them, where paragraphs or bullets begin, under any heading:
 *
 *   ## Way in: the ticket window
 *   **Forged tickets — HANDLED (at this window).** The clerk …      a threat, mitigated
 *   **A bribed clerk — NOT MODELED.** …                             a threat, out of scope
 *   - **Crowds: partial.** …
 *
 * A name, a sign that separates, and a verdict that is the rest of the bold words. Three of them
 * in a document are its form; features with a state ("Logging: done") are none, so a third of the
 * names must tell of harm and few of controls.
 */

export const verdictNames: Recogniser = { name: 'verdict-names', read }

const fewest = 3
const closed: ReadonlySet<Role | null> = new Set<Role | null>([
  'assets',
  'adversaries',
  'mitigations',
  'assumptions',
  'boundaries',
  'other',
])

interface Named {
  section: Section
  phrase: Phrase
  title: string
  verdict: StatusReading
  blocks: Block[]
}

function read(document: Document): Found {
  const units = unitsOf(document.outline)
  const open = document.outline.sections.filter((section) => !closed.has(units.roleOf(section)))
  const named = open.flatMap((section) => namedIn(section, document))
  const harm = named.filter(({ title }) => soundsLikeAttack(title)).length
  const controls = named.filter(({ title }) => soundsLikeControl(title)).length
  if (named.length < fewest || harm * 3 < named.length || controls * 3 > named.length) {
    return nothing()
  }
  return { ...nothing(), drafts: named.map((one) => threatOf(document, one)) }
}

function namedIn(section: Section, document: Document): Named[] {
  if (!mayName(section)) return []
  const found: Named[] = []
  for (const block of section.blocks) {
    if (block.type === 'list') {
      for (const { head, blocks } of block.entries) add(head, [...blocks])
    } else if (block.type !== 'paragraph' || !add(block.phrase, [block])) {
      found.at(-1)?.blocks.push(block)
    }
  }
  return found

  function add(phrase: Phrase, blocks: Block[]): boolean {
    const name = nameAndVerdict(phrase, document)
    if (name !== null) found.push({ section, phrase, ...name, blocks })
    return name !== null
  }
}

/** Whether there is a name with such a word behind it at all, whatever the word says here. */
const mayName = rememberingBlocks((blocks) =>
  blocks.some((block) => {
    if (block.type === 'list') return haveVerdicts(block).includes(true)
    return block.type === 'paragraph' && withVerdict(block.phrase) !== null
  }),
)

const haveVerdicts = rememberingEntries(({ head }) => withVerdict(head) !== null)

const separated = pattern(
  '',
  String.raw`^(.{3,110}?)\s*(?:\s[—–-]+\s|[:(]\s*)([^—–:()]{2,40})`,
  String.raw`(?:\s\([^()]{1,80}\))?[.)\s]*$`,
)

const verdicts = pattern(
  'i',
  '^(?:(?:fully|partially|partly|mostly|largely|not(?: yet)?|un)[ -]?)?(?:handled|mitigated',
  '|defended|covered|addressed|prevented|blocked|protected|modell?ed|resolved|fixed|closed',
  '|accepted|planned|deferred|partial|open|stub|todo|out[- ]of[- ]scope|enforced|detected)',
  String.raw`\b(?:[ ,/].{0,30})?$`,
)

function nameAndVerdict(phrase: Phrase, { legend }: Document) {
  const found = withVerdict(phrase)
  const verdict = found === null ? null : statusInWords(found.words, legend)
  return found === null || verdict === null ? null : { title: found.title, verdict }
}

function withVerdict({ lead }: Phrase): { title: string; words: string } | null {
  const match = lead === '' ? null : separated.exec(lead.trim())
  const words = match?.[2]?.replace(/[.\s]+$/, '') ?? ''
  return match === null || !verdicts.test(words) ? null : { title: (match[1] ?? '').trim(), words }
}

function threatOf(document: Document, { section, phrase, title, verdict, blocks }: Named) {
  const [first, ...below] = blocks
  const isParagraph = first?.type === 'paragraph' && first.phrase === phrase
  const draft: ThreatDraft = threatDraft({
    recogniser: verdictNames.name,
    reason: `a name with a verdict behind it, under "${section.heading.text}"`,
    rank: 3,
    ...titled(title),
    span: { start: phrase.span.start, end: blocks.at(-1)?.span.end ?? phrase.span.end },
    section: sectionTrail(section),
    fields: fieldsOfBlocks(isParagraph ? below : blocks),
    tie: 'label',
    legend: document.legend,
    body: phrase.afterLead.trim(),
    verdict,
    readsBody: true,
    phrases: [phrase, ...phrasesOf(blocks)],
  })
  return draft
}
