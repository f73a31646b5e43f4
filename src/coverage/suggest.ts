import MiniSearch from 'minisearch'
import type { Element, Threat, ThreatModel } from '../threat-model/model.ts'
import { codeWords, symbolsAndComments } from './code-words.ts'
import { holdsTests } from './test-path.ts'

/*
 * Which code an element of the model probably is, from names alone: path, folder and package names,
 * names of definitions, comments. The order comes from BM25 as MiniSearch computes it, so that a
 * word weighs by how rare it is in the repository. The element is asked for by its title first and
 * by its own text second.
 *
 * A suggestion is never a link: it is shown to be confirmed, with the words that made it.
 */

export interface CodeFile {
  path: string
  /** Null when only the path is known. */
  text: string | null
}

export interface CodeIndex {
  /** Best first, at most `count`. */
  suggest(query: CodeQuery, count: number): CodeSuggestion[]
}

export interface CodeQuery {
  title: string
  /** What else the model says about it; weighs less. */
  body: string
}

export interface CodeSuggestion {
  path: string
  score: number
  /** 0 to 1: which part of the title's telling words the names of the file have, by rarity. */
  confidence: number
  /** Its score as a multiple of the next one's. */
  lead: number
  /** Words of the query that the file has, stemmed. */
  words: string[]
}

/** Larger repositories are indexed by paths alone beyond this many texts. */
const textsMax = 20_000
const filesMax = 200_000
const bodyWordsMax = 60

/** Files that are no code of anything. */
const noCode = new RegExp(
  '\\.(?:md|mdx|markdown|txt|rst|adoc|png|jpe?g|gif|svg|ico|webp|pdf|woff2?|ttf|eot|mp[34]|zip|' +
    'gz|jar|lock|sum|map|snap|csv|po|pot|drawio|excalidraw|license)$',
  'i',
)
const noCodeName = /(?:^|\/)(?:licen[cs]e|notice|changelog|authors|codeowners|\.gitignore)[^/]*$/i

const boost = { name: 4, folders: 2, symbols: 2, comments: 1 }
const testWeight = 0.35
const bodyWeight = 0.25

/** Lead of a file that nothing comes after. */
const leadMax = 10
const leadMin = 1.6
const namedMin = 0.3
/** Of 33 first suggestions that this holds for, 23 were right; of all 190, 86. */
export const confidentShare = 0.7

/** Well ahead of the next one, and not by its comments alone. See test/bench/suggest.ts. */
export function isConfident({ lead, confidence }: CodeSuggestion): boolean {
  return lead >= leadMin && confidence >= namedMin
}

/** Built once for a commit. `isGenerated` files are left out. */
export function indexCode(
  files: readonly CodeFile[],
  isGenerated: (path: string) => boolean = () => false,
): CodeIndex {
  const search = new MiniSearch<IndexedFile>({
    fields: ['name', 'folders', 'symbols', 'comments'],
    tokenize: (text) => (text === '' ? [] : text.split(' ')),
    processTerm: (term) => term,
  })
  const wanted = files
    .filter(({ path }) => !noCode.test(path) && !noCodeName.test(path) && !isGenerated(path))
    .slice(0, filesMax)
  const documents = wanted.map((file, index) => indexed(file, index))
  search.addAll(documents)
  const frequency = documentFrequency(documents)
  return {
    suggest(query, count) {
      const title = new Set(codeWords(query.title))
      const body = codeWords(query.body).slice(0, bodyWordsMax)
      const words = [...new Set([...title, ...body])]
      if (words.length === 0) return []
      const results = search.search(words.join(' '), {
        boost,
        boostTerm: (term) => (title.has(term) ? 1 : bodyWeight),
        boostDocument: (id) => (holdsTests(wanted[Number(id)]?.path ?? '') ? testWeight : 1),
      })
      const weigh = rarity(frequency, documents.length)
      return results.slice(0, count).map((result, rank) => ({
        path: wanted[Number(result.id)]?.path ?? '',
        score: result.score,
        lead: result.score / (results[rank + 1]?.score ?? result.score / leadMax),
        confidence: namedShare([...title], documents[Number(result.id)], weigh),
        words: result.queryTerms,
      }))
    },
  }
}

interface IndexedFile {
  id: number
  name: string
  folders: string
  symbols: string
  comments: string
}

function indexed({ path, text }: CodeFile, index: number): IndexedFile {
  const segments = path.split('/')
  const name = (segments.pop() ?? '').replace(/\.[^.]*$/, '')
  const found = text === null || index >= textsMax ? null : symbolsAndComments(text)
  return {
    id: index,
    name: codeWords(name).join(' '),
    folders: codeWords(segments.join(' ')).join(' '),
    symbols: codeWords(found?.symbols.join(' ') ?? '').join(' '),
    comments: codeWords(found?.comments.join(' ') ?? '').join(' '),
  }
}

function documentFrequency(documents: readonly IndexedFile[]): Map<string, number> {
  const frequency = new Map<string, number>()
  for (const { name, folders, symbols } of documents) {
    for (const word of new Set(`${name} ${folders} ${symbols}`.split(' '))) {
      frequency.set(word, (frequency.get(word) ?? 0) + 1)
    }
  }
  return frequency
}

type Weigh = (word: string) => number

function rarity(frequency: ReadonlyMap<string, number>, count: number): Weigh {
  return (word) => Math.log(1 + count / (1 + (frequency.get(word) ?? 0)))
}

function namedShare(title: readonly string[], file: IndexedFile | undefined, weigh: Weigh): number {
  if (file === undefined || title.length === 0) return 0
  const has = new Set(`${file.name} ${file.folders} ${file.symbols}`.split(' '))
  const whole = title.reduce((sum, word) => sum + weigh(word), 0)
  const found = title.filter((word) => has.has(word)).reduce((sum, word) => sum + weigh(word), 0)
  return whole === 0 ? 0 : found / whole
}

/** What is asked for an element: its own words, and those of the attacks on it. */
export function queryFor(element: Element, model: ThreatModel): CodeQuery {
  if (element.kind !== 'threat') return { title: element.title, body: element.body }
  const names = [...namesOf(element, model)]
  return { title: element.title, body: [element.body, ...names].join(' ') }
}

function namesOf(threat: Threat, model: ThreatModel): string[] {
  const ids = new Set([...threat.attacks, ...threat.assets, ...threat.mitigations.map((m) => m.id)])
  return [...model.attacks, ...model.assets, ...model.mitigations]
    .filter((element) => ids.has(element.id))
    .map((element) => `${element.title} ${element.body}`)
}
