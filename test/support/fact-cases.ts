import type { Threat as Read, ThreatModel } from '../../src/threat-model/model.ts'
import { read } from '../../src/threat-model/read.ts'
import type { Fact } from './fact-bank.ts'
import { frames } from './fact-frames.ts'
import type { Written } from './fact-places.ts'
import * as places from './fact-places.ts'
import { takenBack, wholes } from './fact-wholes.ts'
import { aboutNames, residualNames, titleForms } from './fact-words.ts'

/*
 * What is asked of the documents of fact-places.ts: whether each fact about each threat is read as
 * it was written. A threat that is not read at all has no fact right.
 */

export type Facet = keyof typeof readings

/** What is read of a threat, in the words in which `wanted` says what was written. */
const readings = {
  status: (threat: Read) => threat.status as string,
  /** Where nothing is said of a status: what is stated is nothing, or that nothing answers. */
  silence: (threat: Read) =>
    threat.statusBasis === 'explicit' && threat.status !== 'unmitigated' ? threat.status : '',
  controls: (threat: Read) => String(threat.mitigations.length),
  id: (threat: Read) => threat.writtenId ?? '',
  asset: (threat: Read, model: ThreatModel) => titlesIn(threat.assets, model.assets),
  adversary: (threat: Read, model: ThreatModel) => titlesIn(threat.adversaries, model.adversaries),
  category: (threat: Read) => threat.categories.join(),
}

/** "Mitigated by" is a status, too. */
const saysMet = /^(?:mitigated|prevented|stopped|blocked) by$/i

const wanted: Record<Facet, (fact: Fact) => string> = {
  status: (fact) => fact.status,
  silence: () => '',
  controls: (fact) => String(fact.controls.length),
  id: (fact) => fact.id,
  asset: (fact) => fact.part,
  adversary: (fact) => fact.actor,
  category: (fact) => fact.kind.toLowerCase().replaceAll(' ', '-'),
}

function titlesIn(ids: string[], elements: { id: string; title: string }[]): string {
  return ids.map((id) => elements.find((element) => element.id === id)?.title).join()
}

export interface Faults {
  /** What is read otherwise than it was written. */
  wrong: string[]
  /** Of these, where a threat is called mitigated that is not: the worst of faults. */
  claims: string[]
  asked: number
}

export function faultsIn({ text, facts }: Written, facets: readonly Facet[]): Faults {
  const { model } = read(text, { path: 'THREAT_MODEL.md' })
  const faults: Faults = { wrong: [], claims: [], asked: facts.length * facets.length }
  for (const { fact, wording } of facts) {
    const threat = model.threats.find(({ title }) => title.startsWith(fact.name))
    for (const facet of facets) {
      const got = threat === undefined ? 'no such threat' : readings[facet](threat, model)
      const due = wanted[facet](fact)
      if (got === due) continue
      const fault = `${fact.name}: ${facet} "${got}" for "${due}" (${wording})\n\n${text}`
      faults.wrong.push(fault)
      if (facet === 'status' && got === 'mitigated') faults.claims.push(fault)
    }
  }
  const names = facts.map(({ fact }) => fact.name)
  for (const { title } of model.threats) {
    if (!names.some((name) => title.startsWith(name)))
      faults.wrong.push(`added: ${title}\n\n${text}`)
  }
  return faults
}

export interface Case {
  name: string
  facets: readonly Facet[]
  places: places.Place[]
  /** The share that must be read right, where it is not all. */
  floor?: number
}

const everyFrame = Object.keys(frames)
const times = (count: number, place: places.Place) => Array.from({ length: count }, () => place)
const tones = ['facts', 'nouns', 'advice'] as const

const about = (frame: string) =>
  Array.from({ length: 12 }, (_, at) => {
    const nth = (list: readonly string[]) => list[at % list.length] ?? ''
    const { id, asset, adversary, category } = aboutNames
    const names = {
      id: nth(id),
      asset: nth(asset),
      adversary: nth(adversary),
      category: nth(category),
    }
    return places.aboutField(frame, names)
  })

export const cases: Case[] = [
  ...everyFrame.flatMap((frame): Case[] => [
    {
      name: `words for a status (${frame})`,
      facets: ['status'],
      places: times(8, places.statusField(frame)),
    },
    {
      name: `columns and labels for a status (${frame})`,
      facets: ['status'],
      places: places.statusColumns.map((name) => places.statusField(frame, name)),
      // "Decision: None" decides nothing.
      floor: 0.97,
    },
    {
      name: `what remains (${frame})`,
      facets: ['status'],
      places: residualNames.map((name) => places.residual(frame, name)),
      // "A transmitter blocks all commands" is taken for a control, which leaves the rest.
      floor: 0.96,
    },
    {
      name: `columns and labels for controls (${frame})`,
      facets: ['controls', 'silence'],
      places: places.controlColumns
        .filter((name) => !saysMet.test(name))
        .map((name, at) => places.controlField(frame, name, tones[at % 3] ?? 'nouns')),
    },
    {
      name: `columns and labels that say they meet it (${frame})`,
      facets: ['controls'],
      places: places.controlColumns
        .filter((name) => saysMet.test(name))
        .map((name) => places.controlField(frame, name, 'nouns')),
    },
    {
      name: `ids, assets, adversaries and classes (${frame})`,
      facets: ['id', 'asset', 'adversary', 'category'],
      places: about(frame),
    },
  ]),
  {
    name: 'verdicts beside a name',
    facets: ['status'],
    places: titleForms.map(places.titled),
    // "✅ Name" and "[✅] Name" decorate as often as they say something.
    floor: 0.97,
  },
  { name: 'headings that say it', facets: ['status'], places: times(16, places.sections) },
  {
    name: 'sentences that say it',
    facets: ['status'],
    places: times(30, places.sentences),
    // Behind a label, a sentence about a control ("A lock cannot fully prevent this") says less.
    floor: 0.95,
  },
  { name: 'sentences about all of a list', facets: ['status'], places: times(16, wholes) },
  { name: 'answers that take back a part', facets: ['status'], places: times(9, takenBack) },
  { name: 'legends', facets: ['status'], places: times(12, places.legends) },
  { name: 'boxes', facets: ['controls'], places: times(4, places.boxes) },
]
