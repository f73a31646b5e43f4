import type { Status } from '../../src/threat-model/model.ts'
import { type Fact, factsFrom, statuses, type Tone, wordsFor } from './fact-bank.ts'
import { type Field, frames, type Row } from './fact-frames.ts'
import {
  type About,
  controlNames,
  residualWords,
  sectionNames,
  sentenceList,
  signSets,
  statusNames,
  titleWords,
  wordsOfLegend,
} from './fact-words.ts'
import type { Random } from './random.ts'
import { wordsFrom } from './shape-bank.ts'

/*
 * Where people write how a threat stands and what answers it: in a column or label of many names,
 * in the title, in the heading of a section, in a sentence, with signs that a legend explains, in
 * boxes. Each place writes documents and tells for every threat in which words.
 */

export interface Written {
  text: string
  /** The threats, and the wording whose reading is asked for. */
  facts: { fact: Fact; wording: string }[]
}

export type Place = (random: Random) => Written

const slashed = (list: string) => list.split('/').map((word) => word.trim())

export const statusColumns = slashed(statusNames)
export const controlColumns = slashed(controlNames)

function documentIn(random: Random, rows: Row[], frame: string): string {
  const words = wordsFrom(random)
  const write = frames[frame]
  if (write === undefined) throw new Error(`no frame ${frame}`)
  return document(['## Threats', '', ...write(rows, words)])
}

function document(lines: string[]): string {
  const start = ['# Threat model of the parcel lockers', '', 'Parcelway runs parcel lockers.', '']
  return `${[...start, ...lines].join('\n')}\n`
}

/** How each threat stands, under a word for status, beside what answers it. */
export function statusField(frame: string, name?: string): Place {
  return (random) => {
    const facts = factsFrom(random, random.pick<Tone>(['nouns', 'advice']))
    const word = name ?? 'Status'
    const told = facts.slice(0, 8).map((fact) => {
      const wording = random.pick(wordsFor(fact.status))
      return { fact, wording: `${fact.status}: ${wording}`, value: wording }
    })
    const first = random.chance(0.3)
    const rows = told.map(({ fact, value }): Row => {
      const answer: Field = { word: 'Mitigation', values: fact.controls }
      const status: Field = { word, values: [value] }
      return { fact, id: null, fields: first ? [status, answer] : [answer, status] }
    })
    return { text: documentIn(random, rows, frame), facts: told }
  }
}

/** What answers each threat, under many words, and no status. */
export function controlField(frame: string, name: string, tone: Tone): Place {
  return (random) => {
    const facts = factsFrom(random, tone).slice(0, 6)
    const rows = facts.map((fact): Row => {
      const none = random.pick(['', '—', 'None', 'N/A', '-', 'None today', 'No mitigation'])
      const values = fact.controls.length > 0 ? fact.controls : [none]
      return { fact, id: null, fields: [{ word: name, values }] }
    })
    const text = documentIn(random, rows, frame)
    return { text, facts: facts.map((fact) => ({ fact, wording: name })) }
  }
}

/** The title says it: "Name (mitigated)". */
export function titled(form: string): Place {
  return (random) => {
    const facts = factsFrom(random).slice(0, 7)
    const told = facts.map((fact) => {
      const word = random.pick(titleWords[fact.status].split('|')).trim()
      const isSaid = fact.status !== 'unstated'
      const title = isSaid ? form.replace('N', fact.name).replace('X', word) : fact.name
      return { fact, wording: `${fact.status}: ${word}`, title }
    })
    const isList = random.chance(0.5)
    const lines = told.flatMap(({ fact, title }) =>
      isList ? [`- ${title}`] : [`### ${title}`, '', `${fact.act}.`, ''],
    )
    return { text: document(['## Threats', '', ...lines]), facts: told }
  }
}

/** The heading of a section says it of all that stands below. */
export const sections: Place = (random) => {
  const facts = factsFrom(random).filter((fact) => fact.status !== 'unstated')
  const groups = Map.groupBy(facts, (fact) => fact.status)
  const level = random.pick(['##', '###'])
  const form = random.pick(['list', 'list', 'headings', 'bold'])
  const told: Written['facts'] = []
  const lines = [...groups].flatMap(([status, of]) => {
    const heading = random.pick(slashed(sectionNames[status]))
    told.push(...of.map((fact) => ({ fact, wording: `${status}: ${heading}` })))
    return [`${level} ${heading}`, '', ...of.flatMap((fact) => entry(fact, form, level)), '']
  })
  const above = level === '###' ? ['## Threats', ''] : []
  return { text: document([...above, ...lines]), facts: told }
}

function entry({ name, act }: Fact, form: string, level: string): string[] {
  if (form === 'list') return [`- **${name}**: ${act}.`]
  if (form === 'bold') return [`**${name}.** ${act}.`, '']
  return [`${level}# ${name}`, '', `${act}.`, '']
}

/** A sentence in the text below a heading says it. `C` is a control, in the words of a fact. */
export const sentences: Place = (random) => {
  const facts = factsFrom(random, 'facts').slice(0, 7)
  const told = facts.map((fact) => {
    const sentence = random.pick(sentencesFor(fact.status))
    return { fact, wording: `${fact.status}: ${sentence}`, sentence }
  })
  const form = random.pick(['heading', 'heading', 'bullet', 'bold', 'label'])
  const lines = told.flatMap(({ fact, sentence }) => {
    const [noun = 'A lock'] = factsFrom(random, 'nouns').map(({ controls }) => controls[0])
    const said = sentence.replace('C', noun.charAt(0).toLowerCase() + noun.slice(1))
    if (form === 'heading') return [`### ${fact.name}`, '', `${fact.act}. ${said}`, '']
    if (form === 'label')
      return [`### ${fact.name}`, '', `${fact.act}.`, '', `**Mitigation:** ${said}`, '']
    if (form === 'bullet') return [`- **${fact.name}**: ${fact.act}. ${said}`]
    return [`**${fact.name}.** ${fact.act}.`, '', said, '']
  })
  return { text: document(['## Threats', '', ...lines]), facts: told }
}

export function sentencesFor(status: Status): string[] {
  return sentenceList[status].split('|').map((text) => text.replace(/\s+/g, ' ').trim())
}

/** What remains, beside what answers a threat. */
export function residual(frame: string, name: string): Place {
  return (random) => {
    const known = ['mitigated', 'partial', 'accepted', 'transferred', 'out-of-scope']
    const facts = factsFrom(random).filter((fact) => known.includes(fact.status))
    const told = facts.map((fact) => {
      const value = random.pick(residualWords[fact.status].split('|')).trim()
      return { fact, wording: `${fact.status}: ${value}`, value }
    })
    const rows = told.map(({ fact, value }): Row => {
      const answer: Field = { word: 'Mitigation', values: fact.controls }
      return { fact, id: null, fields: [answer, { word: name, values: [value] }] }
    })
    return { text: documentIn(random, rows, frame), facts: told }
  }
}

/** Signs alone, explained by a legend above or below; the signs are drawn for each document. */
export const legends: Place = (random) => {
  const facts = factsFrom(random).filter((fact) => fact.status !== 'unstated')
  const signs = random.pick(signSets)
  const meanings: [Status, string][] = statuses.flatMap((status) =>
    status === 'unstated' ? [] : [[status, wordsOfLegend[status]]],
  )
  const signOf = (status: Status) => signs[statuses.indexOf(status)] ?? ''
  const between = random.pick([' = ', ' ', ': ', ' — ', ' - '])
  const explained = meanings.map(([status, word]) => `${signOf(status)}${between}${word}`)
  const legend = random.pick([
    [`**Legend:** ${explained.join(' · ')}`, ''],
    [`Legend: ${explained.join(', ')}`, ''],
    ['Legend:', '', ...explained.map((text) => `- ${text}`), ''],
    ['### Legend', '', ...explained.map((text) => `- ${text}`), ''],
    [
      '| Symbol | Meaning |',
      '|---|---|',
      ...meanings.map(([s, w]) => `| ${signOf(s)} | ${w} |`),
      '',
    ],
  ])
  const table = [
    '| Threat | Mitigation | Status |',
    '|---|---|---|',
    ...facts.map((f) => `| ${f.name} | ${f.controls.join('; ')} | ${signOf(f.status)} |`),
    '',
  ]
  const lines = random.chance(0.5) ? [...legend, ...table] : [...table, ...legend]
  const told = facts.map((fact) => ({ fact, wording: `${fact.status}: ${signOf(fact.status)}` }))
  return { text: document(['## Threats', '', ...lines]), facts: told }
}

/** What answers is ticked or not, in bullets below a heading or a label. */
export const boxes: Place = (random) => {
  const facts = factsFrom(random).filter(
    ({ status, controls }) =>
      ['mitigated', 'partial', 'planned'].includes(status) && controls.length > 0,
  )
  const told = facts.flatMap((fact) => {
    const nouns = fact.controls.length > 1 ? fact.controls : [...fact.controls, 'A guard']
    return [{ fact: { ...fact, controls: nouns }, wording: `${fact.status}: boxes` }]
  })
  const lines = told.flatMap(({ fact }) => [
    `### ${fact.name}`,
    '',
    `${fact.act}.`,
    '',
    '**Mitigations:**',
    '',
    ...fact.controls.map(
      (control, at) => `- [${isTicked(fact.status, at) ? 'x' : ' '}] ${control}`,
    ),
    '',
  ])
  return { text: document(['## Threats', '', ...lines]), facts: told }
}

function isTicked(status: Status, at: number): boolean {
  return status === 'mitigated' || (status === 'partial' && at === 0)
}

/** Facts with an id, an asset, an actor and a class, under many words. */
export function aboutField(frame: string, names: About): Place {
  return (random) => {
    const facts = factsFrom(random).slice(0, 6)
    const order = random.shuffled([0, 1, 2, 3, 4])
    const rows = facts.map((fact): Row => {
      const fields: Field[] = [
        { word: names.asset, values: [fact.part] },
        { word: names.adversary, values: [fact.actor] },
        { word: names.category, values: [fact.kind] },
        { word: 'Mitigation', values: fact.controls },
      ]
      const isColumn = names.id !== '' && (names.id !== '#' || frame === 'table')
      if (isColumn) fields.unshift({ word: names.id, values: [fact.id] })
      return {
        fact,
        id: isColumn ? null : fact.id,
        fields: order.flatMap((at) => fields[at] ?? []),
      }
    })
    return {
      text: documentIn(random, rows, frame),
      facts: facts.map((fact) => ({ fact, wording: '' })),
    }
  }
}
