import type {
  Element,
  MitigationTie,
  Status,
  Threat,
  ThreatModel,
} from '../../src/threat-model/model.ts'
import type { Sketch, SketchElement, SketchThreat } from './sketch.ts'

/*
 * A sketch as a model, as a perfect reader would give it. Ids are made of titles, as the real
 * reader makes them, so they change with the wording.
 */
export function modelOf(sketch: Sketch): ThreatModel {
  const ids = new Map<string, string>()
  for (const list of listsOf(sketch)) for (const { key, title } of list) ids.set(key, idFor(title))
  for (const threat of sketch.threats) ids.set(threat.key, idFor(threatTitle(sketch, threat)))
  const made = new Maker(sketch, uniqueIds(ids))
  return {
    title: sketch.title,
    assets: sketch.assets.map((a) => ({ ...made.element('asset', a, 'Assets'), code: [] })),
    adversaries: sketch.adversaries.map((a) => made.element('adversary', a, 'Adversaries')),
    attacks: sketch.attacks.map((a) => ({
      ...made.element('attack', a, 'Attacks'),
      variantOf: null,
      categories: [],
    })),
    threats: sketch.threats.map((threat) => made.threat(threat)),
    mitigations: sketch.mitigations.map((m) => ({
      ...made.element('mitigation', m, 'Mitigations'),
      status: 'unstated',
      answers: made.answers(m),
      category: null,
      code: [],
    })),
    boundaries: [],
    assumptions: sketch.assumptions.map((a) => made.element('assumption', a, 'Assumptions')),
    scopeNotes: sketch.limitations.map((note) => ({
      ...made.element('scope-note', note, 'Known limitations'),
      scope: 'limitation',
    })),
  }
}

function listsOf(sketch: Sketch): SketchElement[][] {
  const { assets, adversaries, attacks, mitigations, assumptions, limitations } = sketch
  return [assets, adversaries, attacks, mitigations, assumptions, limitations]
}

/** A nested threat is called by its attack and its adversary. */
export function threatTitle(sketch: Sketch, threat: SketchThreat): string {
  const attack = sketch.attacks.find((a) => a.key === threat.attack)
  return attack === undefined ? threat.title : `${attack.title} / ${threat.title}`
}

/**
 * White space is form, and every reader folds it. Emphasis is left for the comparison to see
 * through.
 */
function folded(text: string): string {
  return text.replace(/\s+/g, ' ')
}

function idFor(title: string): string {
  return title
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '-')
    .slice(0, 60)
}

function uniqueIds(wanted: Map<string, string>): Map<string, string> {
  const used = new Map<string, number>()
  const unique = new Map<string, string>()
  for (const [key, id] of wanted) {
    const times = (used.get(id) ?? 0) + 1
    used.set(id, times)
    unique.set(key, times === 1 ? id : `${id}-${times}`)
  }
  return unique
}

class Maker {
  private line = 1
  private readonly sketch: Sketch
  private readonly ids: Map<string, string>

  constructor(sketch: Sketch, ids: Map<string, string>) {
    this.sketch = sketch
    this.ids = ids
  }

  element<K extends Element['kind']>(kind: K, { key, title }: SketchElement, section: string) {
    const point = { line: ++this.line, column: 1, offset: this.line * 100 }
    const span = { start: point, end: point }
    const places = [span]
    const trail = [this.sketch.title, section]
    const base = { id: this.ids.get(key) ?? key, writtenId: null, span, places }
    return {
      kind,
      ...base,
      title: folded(title),
      section: trail,
      certainty: 'stated' as const,
      body: '',
      origins: [],
    }
  }

  threat(threat: SketchThreat): Threat {
    const title = threatTitle(this.sketch, threat)
    const element = this.element('threat', { key: threat.key, title }, 'Threats')
    return {
      ...element,
      writtenId: threat.id,
      section: threat.attack === null ? [...element.section, threat.category] : element.section,
      body: folded(threat.sentences.join(' ')),
      scope: 'direct',
      attacks: this.idsOf(threat.attack),
      adversaries: this.idsOf(threat.adversary),
      assets: this.idsOf(threat.asset),
      categories: [threat.category.toLowerCase()],
      severity: threat.severity,
      likelihood: null,
      impact: null,
      status: threat.status satisfies Status,
      statusBasis: 'explicit',
      statusEvidence: threat.status,
      acceptance: null,
      mitigations: threat.mitigations.map((key): MitigationTie => {
        return { id: this.ids.get(key) ?? key, tie: 'id' }
      }),
      code: threat.code.map((path) => ({ path, lines: null, exists: null, span: element.span })),
    }
  }

  answers(mitigation: SketchElement): string[] {
    return this.sketch.threats
      .filter((threat) => threat.mitigations.includes(mitigation.key))
      .map((threat) => this.ids.get(threat.key) ?? threat.key)
  }

  private idsOf(key: string | null): string[] {
    const id = key === null ? undefined : this.ids.get(key)
    return id === undefined ? [] : [id]
  }
}
