import type { Random } from './random.ts'
import { copyOf, idOf, type Sketch, type SketchThreat, statuses } from './sketch.ts'
import { categories, spareWords } from './sketch-words.ts'

/*
 * What authors do to a threat model, one function per deed. An edit changes a sketch in place and
 * returns the keys it touched, or null when this sketch has nothing to do it to. Keys tell the test
 * what every element became.
 */

export interface Edit {
  kind: EditKind
  /** Keys of the elements that changed in meaning; of new ones too. */
  keys: string[]
}

export const editKinds = [
  'reword',
  'reword mitigation',
  'rename',
  'move',
  'reorder',
  'renumber',
  'split',
  'merge',
  'reflow',
  'duplicate',
  'remove threat',
  'remove mitigation',
  'remove limitation',
  'change status',
  'change severity',
  'move mitigation',
  'add threat',
] as const

export type EditKind = (typeof editKinds)[number]

/** A base, a head, and all that was done to get from one to the other. */
export interface Edited {
  base: Sketch
  head: Sketch
  edits: Edit[]
}

/** How often an edit is tried when it hits an element that was edited before. */
const attempts = 12

/**
 * Does the deeds to a sketch, each to other elements; those that find nothing to be done to are
 * left out. The base may differ from the one given: a merge needs two that can be merged.
 */
export function applyEdits(kinds: readonly EditKind[], start: Sketch, random: Random): Edited {
  let base = start
  const edits: Edit[] = []
  if (kinds.includes('merge')) {
    const apart = copyOf(start)
    const keys = deeds.split(apart, random)
    if (keys !== null) edits.push({ kind: 'merge', keys })
    if (keys !== null) base = apart
  }
  let head = edits.length > 0 ? copyOf(start) : copyOf(base)
  for (const kind of kinds) {
    const done = kind === 'merge' ? null : attempt(kind, head, edits, random)
    if (done === null) continue
    head = done.head
    edits.push(done.edit)
  }
  return { base, head, edits }
}

function attempt(kind: Exclude<EditKind, 'merge'>, head: Sketch, edits: Edit[], random: Random) {
  const used = new Set(edits.flatMap((edit) => edit.keys))
  for (let i = 0; i < attempts; i++) {
    const next = copyOf(head)
    const keys = deeds[kind](next, random)
    if (keys === null) continue
    if (keys.every((key) => !used.has(key))) return { head: next, edit: { kind, keys } }
  }
  return null
}

type Deed = (sketch: Sketch, random: Random) => string[] | null

const deeds: Record<Exclude<EditKind, 'merge'>, Deed> = {
  reword(sketch, random) {
    const threat = someThreat(sketch, random)
    if (threat === null) return null
    const inTitle = threat.attack === null && random.chance(0.6)
    if (inTitle) threat.title = reworded(threat.title, random, 1 / 3)
    if (!inTitle || random.chance(0.5)) {
      threat.sentences = threat.sentences.map((text) => reworded(text, random, 1 / 3))
    }
    return [threat.key]
  },
  'reword mitigation'(sketch, random) {
    if (sketch.mitigations.length === 0) return null
    const mitigation = random.pick(sketch.mitigations)
    mitigation.title = reworded(mitigation.title, random, 1 / 3)
    return [mitigation.key]
  },
  rename(sketch, random) {
    const threat = someThreat(sketch, random)
    if (threat === null || threat.attack !== null) return null
    threat.title = reworded(threat.title, random, 0.6)
    return [threat.key]
  },
  move(sketch, random) {
    const threat = someThreat(sketch, random)
    if (threat === null || threat.attack !== null) return null
    const [from, to] = [threat.category, random.pick(categories)]
    if (from === to || sketch.threats.filter((t) => t.category === from).length < 3) return null
    if (!sketch.threats.some((t) => t.category === to)) return null
    threat.category = to
    return [threat.key]
  },
  reorder(sketch, random) {
    sketch.threats = random.shuffled(sketch.threats)
    sketch.mitigations = random.shuffled(sketch.mitigations)
    sketch.assets = random.shuffled(sketch.assets)
    return []
  },
  renumber(sketch, random) {
    if (sketch.threats.every((threat) => threat.id === null)) return null
    // Either one was inserted or dropped above, or the author numbered everything anew.
    const order = sketch.threats.map((_, i) => i)
    const numbers = random.chance(0.5) ? order.map((i) => i + 1) : random.shuffled(order)
    sketch.threats.forEach((threat, i) => {
      threat.id = idOf(numbers[i] ?? i)
    })
    return []
  },
  split(sketch, random) {
    const wide = sketch.threats.filter((t) => t.attack === null && t.sentences.length >= 2)
    if (wide.length === 0) return null
    const threat = random.pick(wide)
    const middle = Math.ceil(threat.sentences.length / 2)
    const words = threat.title.split(/\s+/)
    const part: SketchThreat = {
      ...structuredClone(threat),
      key: `${threat.key}-part`,
      id: threat.id === null ? null : idOf(sketch.threats.length + 40),
      title: [capital(random.pick(spareWords)), ...words.slice(1)].join(' '),
      sentences: threat.sentences.slice(middle),
    }
    threat.sentences = threat.sentences.slice(0, middle)
    sketch.threats.splice(sketch.threats.indexOf(threat) + 1, 0, part)
    return [threat.key, part.key]
  },
  reflow(sketch, random) {
    const turned = (text: string) => reflowed(text, random)
    for (const threat of sketch.threats) {
      if (threat.attack === null) threat.title = turned(threat.title)
      threat.sentences = threat.sentences.map(turned)
      threat.sentences = withoutLastStop(threat.sentences, random)
    }
    for (const list of [sketch.mitigations, sketch.assets, sketch.assumptions]) {
      for (const element of list) element.title = turned(element.title)
    }
    return []
  },
  duplicate(sketch, random) {
    const threat = someThreat(sketch, random)
    if (threat === null) return null
    const copy = { ...structuredClone(threat), key: `${threat.key}-copy`, id: null }
    sketch.threats.splice(random.below(sketch.threats.length + 1), 0, copy)
    return [threat.key, copy.key]
  },
  'remove threat'(sketch, random) {
    const threat = someThreat(sketch, random)
    if (threat === null) return null
    sketch.threats = sketch.threats.filter((t) => t !== threat)
    return [threat.key]
  },
  'remove mitigation'(sketch, random) {
    if (sketch.mitigations.length < 2) return null
    const { key } = random.pick(sketch.mitigations)
    sketch.mitigations = sketch.mitigations.filter((m) => m.key !== key)
    for (const threat of sketch.threats) {
      threat.mitigations = threat.mitigations.filter((tied) => tied !== key)
    }
    return [key]
  },
  'remove limitation'(sketch, random) {
    if (sketch.limitations.length === 0) return null
    const { key } = random.pick(sketch.limitations)
    sketch.limitations = sketch.limitations.filter((note) => note.key !== key)
    return [key]
  },
  'change status'(sketch, random) {
    const threat = someThreat(sketch, random)
    if (threat === null) return null
    threat.status = random.pick(statuses.filter((status) => status !== threat.status))
    return [threat.key]
  },
  'change severity'(sketch, random) {
    const threat = someThreat(sketch, random)
    if (threat === null) return null
    threat.severity = random.pick(['Low', 'High'].filter((word) => word !== threat.severity))
    return [threat.key]
  },
  'move mitigation'(sketch, random) {
    const tied = sketch.threats.filter((threat) => threat.mitigations.length > 0)
    if (tied.length === 0) return null
    const from = random.pick(tied)
    const key = random.pick(from.mitigations)
    const free = sketch.threats.filter((threat) => !threat.mitigations.includes(key))
    if (free.length === 0) return null
    const to = random.pick(free)
    from.mitigations = from.mitigations.filter((other) => other !== key)
    to.mitigations = [...to.mitigations, key]
    return [key, from.key, to.key]
  },
  'add threat'(sketch, random) {
    const like = someThreat(sketch, random)
    if (like === null || like.attack !== null) return null
    // Half its words are those of an old one: being alike must not make it the same.
    const title = `${capital(random.pick(spareWords))} ${like.title.split(' ').slice(1).join(' ')}`
    const fresh = {
      ...structuredClone(like),
      key: `${like.key}-like`,
      id: null,
      title,
      mitigations: [],
    }
    fresh.sentences = [spareSentence(random), spareSentence(random)]
    sketch.threats.splice(random.below(sketch.threats.length + 1), 0, fresh)
    return [fresh.key, like.key]
  },
}

function someThreat(sketch: Sketch, random: Random): SketchThreat | null {
  return sketch.threats.length === 0 ? null : random.pick(sketch.threats)
}

/** Exchanges `share` of the words, at least one, for words that occur nowhere else. */
export function reworded(text: string, random: Random, share: number): string {
  const list = text.split(/\s+/)
  const count = Math.max(1, Math.floor(list.length * share))
  const places = new Set(random.shuffled(list.map((_, i) => i)).slice(0, count))
  return list.map((word, i) => (places.has(i) ? exchanged(word, random) : word)).join(' ')
}

/** A spare word in the dress of the one it replaces: readers go by capitals and full stops. */
function exchanged(word: string, random: Random): string {
  const spare = random.pick(spareWords)
  const end = /[.,:;]$/.exec(word)?.[0] ?? ''
  return (/^\p{Lu}/u.test(word) ? capital(spare) : spare) + end
}

function spareSentence(random: Random): string {
  const list = Array.from({ length: 9 }, () => random.pick(spareWords))
  return `${capital(list.join(' '))}.`
}

function capital(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1)
}

/** The same words in another dress. */
function reflowed(text: string, random: Random): string {
  const list = text.split(' ')
  const at = random.below(list.length)
  const dressed = list.map((word, i) => {
    if (i !== at || !/^[a-z]+$/i.test(word)) return word
    return random.pick([`*${word}*`, `**${word}**`, `\`${word}\``, word.toUpperCase()])
  })
  return dressed.join(random.pick([' ', '  ', '\n']))
}

function withoutLastStop(sentences: readonly string[], random: Random): string[] {
  const last = sentences.length - 1
  if (random.chance(0.5)) return [...sentences]
  return sentences.map((text, i) => (i === last ? text.replace(/\.$/, '') : text))
}
