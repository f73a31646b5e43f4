import { emptyModel } from '../../src/coverage/reviewed-model.ts'
import type {
  Adversary,
  Asset,
  Attack,
  ElementBase,
  Mitigation,
  Threat,
  ThreatModel,
} from '../../src/threat-model/model.ts'

/** Small models as values, so that tests of coverage do not rest on the reader. */

export function model(parts: Partial<ThreatModel>): ThreatModel {
  return { ...emptyModel, title: 'Threat model', ...parts }
}

function base<K extends string>(kind: K, id: string, title: string): ElementBase<K> {
  const point = { line: 1, column: 1, offset: 0 }
  const span = { start: point, end: point }
  return {
    kind,
    id,
    title,
    span,
    writtenId: null,
    places: [span],
    section: [],
    certainty: 'stated',
    body: '',
    origins: [],
  }
}

export function asset(id: string, title = id): Asset {
  return { ...base('asset', id, title), code: [] }
}

export function adversary(id: string, title = id): Adversary {
  return base('adversary', id, title)
}

export function attack(id: string, title = id): Attack {
  return { ...base('attack', id, title), variantOf: null, categories: [] }
}

export function threat(id: string, parts: Partial<Threat> = {}): Threat {
  return {
    ...base('threat', id, id),
    scope: 'direct',
    attacks: [],
    adversaries: [],
    assets: [],
    categories: [],
    severity: null,
    likelihood: null,
    impact: null,
    status: 'unstated',
    statusBasis: 'none',
    statusEvidence: '',
    acceptance: null,
    mitigations: [],
    code: [],
    ...parts,
  }
}

export function mitigation(id: string, parts: Partial<Mitigation> = {}): Mitigation {
  return {
    ...base('mitigation', id, id),
    status: 'unstated',
    answers: [],
    category: null,
    code: [],
    ...parts,
  }
}
