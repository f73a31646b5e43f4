import type { Document, Draft, Found, Recogniser, ThreatDraft } from '../draft/draft.ts'
import { nothing, sectionTrail } from '../draft/draft.ts'
import type { FieldValue } from '../draft/fields.ts'
import { threatDraft } from '../draft/threat.ts'
import { rememberingBlocks, rememberingEntries } from '../outline/keep.ts'
import { fold, type Phrase } from '../outline/phrase.ts'
import type { Block, Entry, List, Section } from '../outline/types.ts'
import { statusOfStory } from '../status/stories.ts'
import { pattern } from '../vocabulary/pattern.ts'

/*
 * Security stories: a wish of an attacker, and below it what stands against it.
 *
 *   > As an attacker I want to read somebody else's roster
 *
 *     - every request carries the owner's token
 *     - to do: limit the number of requests
 *
 *   Man-in-the-middle attacks             a plain line among the stories, if bullets follow it
 *   - TLS everywhere
 *
 * The story is the threat, its teller the adversary, and each bullet below it one answer.
 */

export const stories: Recogniser = { name: 'stories', read }

/** One such sentence may be an example; several are the form of the document. */
const fewest = 3

function read(document: Document): Found {
  const found = nothing()
  for (const section of [document.outline.root, ...document.outline.sections]) {
    if (storiesIn(section) < fewest) continue
    const steps = stepsOf(section.blocks)
    const threats = steps.flatMap((step) => threatOf(document, section, step) ?? [])
    found.drafts.push(...threats, ...tellersOf(threats))
  }
  return found
}

const storiesIn = rememberingBlocks(
  (blocks) => stepsOf(blocks).filter((step) => tellerOf(step.phrase) !== null).length,
)

interface Step {
  phrase: Phrase
  span: Block['span']
  /** What stands below, up to the next line of the kind. */
  answers: Entry[]
}

function stepsOf(blocks: readonly Block[]): Step[] {
  const steps: Step[] = []
  for (const block of blocks) {
    const phrase = phraseOf(block)
    if (phrase !== null) steps.push({ phrase, span: block.span, answers: [] })
    else if (block.type === 'list') {
      steps.push(...storiesInList(block))
      const last = steps.at(-1)
      if (last !== undefined && !areStories(block).includes(true)) {
        last.answers.push(...block.entries)
        last.span = { start: last.span.start, end: block.span.end }
      }
    }
  }
  return steps
}

function phraseOf(block: Block): Phrase | null {
  if (block.type === 'paragraph') return block.phrase
  const first = block.type === 'quote' ? block.blocks[0] : undefined
  return first?.type === 'paragraph' ? first.phrase : null
}

const areStories = rememberingEntries(({ head }) => tellerOf(head) !== null)

function storiesInList(list: List): Step[] {
  const told = areStories(list)
  const entries = list.entries.filter((_, at) => told[at])
  return entries.map((entry) => ({
    phrase: entry.head,
    span: entry.span,
    answers: entry.blocks.flatMap((block) => (block.type === 'list' ? block.entries : [])),
  }))
}

const story = pattern(
  'i',
  String.raw`^["“']?as (an? [^,]{2,80}?|the [^,]{2,60}?),?\s+(?:who\b[^,]{0,80},?\s*)?(?:i`,
  String.raw`|we)(?:['’]d| would)?\s+(?:want|like|wish|can|could|try|attempt|need)\b`,
)

function tellerOf(phrase: Phrase): string | null {
  return story.exec(phrase.text)?.[1] ?? null
}

function threatOf(document: Document, section: Section, step: Step): ThreatDraft | null {
  const teller = tellerOf(step.phrase)
  const plain = teller === null && isPlainTitle(step)
  if (teller === null && !plain) return null
  const value: FieldValue = {
    field: 'mitigation',
    label: '',
    lines: [],
    entries: step.answers.filter((entry) => entry.head.text !== ''),
    span: step.span,
  }
  const fields = { values: [value], loose: [] }
  const answers = step.answers.map((entry) => entry.head.text)
  const draft = threatDraft({
    recogniser: stories.name,
    reason: teller === null ? 'a line among security stories' : `a story of "${teller}"`,
    rank: 3,
    title: titleOf(step.phrase.text),
    writtenId: null,
    span: step.span,
    section: sectionTrail(section),
    fields,
    tie: 'label',
    legend: document.legend,
    body: '',
    heading: null,
    verdict: statusOfStory(answers),
    adversary: teller === null || /\bdefender\b/i.test(teller) ? null : teller.replace(/\/.*$/, ''),
  })
  return draft
}

/** Whoever tells a story is an adversary of the model. */
function tellersOf(threats: readonly ThreatDraft[]): Draft[] {
  return threats.flatMap((threat) =>
    threat.adversaries.map(
      (teller): Draft => ({
        kind: 'adversary',
        title: teller.title,
        writtenId: null,
        span: threat.span,
        places: [threat.span],
        section: threat.section,
        certainty: 'stated',
        body: '',
        recogniser: stories.name,
        reason: 'tells a story',
        rank: 2,
      }),
    ),
  )
}

/** A short line with bullets below it, such as the name of an attack. */
function isPlainTitle(step: Step): boolean {
  const words = step.phrase.text.split(' ').length
  return step.answers.length > 0 && words <= 8 && /\b(?:attacks?|threats?)$/i.test(step.phrase.text)
}

/** Up to the first bracket or "e.g.", which only give examples. */
function titleOf(text: string): string {
  return fold(text.split(/,?\s+(?:e\.g\.|for example)\s/i, 1)[0] ?? text)
}
