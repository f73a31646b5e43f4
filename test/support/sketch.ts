import type { Random } from './random.ts'
import {
  actors,
  assets,
  assumptions,
  categories,
  channels,
  circumstances,
  codePaths,
  controls,
  facts,
  limitations,
  objects,
  severities,
  verbs,
} from './sketch-words.ts'

/*
 * A sketch is what the author of a generated threat model had in mind: every element with a key
 * that no edit changes. A sketch becomes a model (generate.ts) or a document (generate-
 * markdown.ts), and edits work on sketches, so a test knows what each element became whatever the
 * comparison says.
 */

export interface Sketch {
  title: string
  assets: SketchElement[]
  adversaries: SketchElement[]
  /** Only in sketches of the nested form: threats are attack × adversary. */
  attacks: SketchElement[]
  threats: SketchThreat[]
  mitigations: SketchElement[]
  assumptions: SketchElement[]
  limitations: SketchElement[]
}

export interface SketchElement {
  key: string
  title: string
}

export type SketchStatus = 'mitigated' | 'partial' | 'accepted' | 'planned' | 'unmitigated'

export interface SketchThreat extends SketchElement {
  /** Written id, or null. */
  id: string | null
  sentences: string[]
  category: string
  severity: string
  status: SketchStatus
  attack: string | null
  adversary: string | null
  asset: string | null
  /** Keys of mitigations. */
  mitigations: string[]
  code: string[]
}

export const statuses: SketchStatus[] = [
  'mitigated',
  'partial',
  'accepted',
  'planned',
  'unmitigated',
]

export interface SketchSize {
  threats: number
  /** `nested`: each threat is an attack by an adversary, and titles repeat each other. */
  form: 'register' | 'nested'
  ids: boolean
}

export function sketchOf(random: Random, size: SketchSize): Sketch {
  const sketch: Sketch = {
    title: 'Threat model of the parcel lockers',
    assets: elements('asset', random.some(assets, 5)),
    adversaries: elements('adversary', random.some(actors, 6)),
    attacks: [],
    threats: [],
    mitigations: elements('mitigation', random.some(controls, 10)),
    assumptions: elements('assumption', random.some(assumptions, 3)),
    limitations: elements('limitation', random.some(limitations, 3)),
  }
  if (size.form === 'nested') addNested(sketch, random, size.threats)
  else addRegister(sketch, random, size)
  return sketch
}

function elements(kind: string, titles: readonly string[]): SketchElement[] {
  return titles.map((title, i) => ({ key: `${kind}-${i}`, title }))
}

function addRegister(sketch: Sketch, random: Random, size: SketchSize): void {
  titlesOf(random, size.threats).forEach((title, i) => {
    sketch.threats.push({
      ...threat(sketch, random, `threat-${i}`, title),
      id: size.ids ? idOf(i) : null,
    })
  })
}

export function idOf(index: number): string {
  return `T-${String(index + 1).padStart(3, '0')}`
}

function titlesOf(random: Random, count: number): string[] {
  const titles = new Set<string>()
  while (titles.size < count) {
    titles.add(`${random.pick(verbs)} ${random.pick(objects)} ${random.pick(channels)}`)
  }
  return [...titles]
}

function addNested(sketch: Sketch, random: Random, count: number): void {
  const attacks = new Set<string>()
  while (attacks.size < Math.ceil(count / 3)) {
    attacks.add(`${random.pick(verbs)} ${random.pick(objects)}`)
  }
  sketch.attacks = elements('attack', [...attacks])
  for (const attack of sketch.attacks) {
    for (const adversary of random.some(sketch.adversaries, 3)) {
      const made = threat(sketch, random, `${attack.key}/${adversary.key}`, adversary.title)
      sketch.threats.push({ ...made, attack: attack.key, adversary: adversary.key, asset: null })
    }
  }
}

function threat(sketch: Sketch, random: Random, key: string, title: string): SketchThreat {
  return {
    key,
    title,
    id: null,
    sentences: sentencesOf(random),
    category: random.pick(categories),
    severity: random.pick(severities),
    status: random.pick(statuses),
    attack: null,
    adversary: random.pick(sketch.adversaries).key,
    asset: random.pick(sketch.assets).key,
    mitigations: random.some(sketch.mitigations, random.below(3)).map((m) => m.key),
    code: random.chance(0.2) ? [random.pick(codePaths)] : [],
  }
}

function sentencesOf(random: Random): string[] {
  const some = random.some(facts, 1 + random.below(4))
  return some.map((fact) => `${fact} ${random.pick(circumstances)}.`)
}

export function copyOf(sketch: Sketch): Sketch {
  return structuredClone(sketch)
}
