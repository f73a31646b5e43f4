import type {
  CodeReference,
  Element,
  ElementBase,
  ElementKind,
  Reading,
  ThreatModel,
} from './model.ts'

/*
 * The contract `threat-model/1` that programs read (`threat-model parse --format json`). Fields are
 * added, never renamed. Lists hold what the document states; elements that threats only name stand
 * in `mentioned`, so that a list of assets is the document's own.
 */

export function toJson(reading: Reading): object {
  const { model, problems, unreadable } = reading
  return {
    schema: 'threat-model/1',
    title: model.title,
    assets: stated(model.assets).map((asset) => ({ ...common(asset), code: codeOf(asset.code) })),
    adversaries: stated(model.adversaries).map(common),
    attacks: model.attacks.map(({ variantOf, categories, ...attack }) => ({
      ...common(attack),
      variantOf,
      categories,
    })),
    threats: model.threats.map(threatJson),
    mitigations: model.mitigations.map((mitigation) => ({
      ...common(mitigation),
      status: mitigation.status,
      answers: mitigation.answers,
      category: mitigation.category,
      code: codeOf(mitigation.code),
    })),
    boundaries: model.boundaries.map(common),
    assumptions: model.assumptions.map(common),
    scopeNotes: model.scopeNotes.map((note) => ({ ...common(note), scope: note.scope })),
    mentioned: mentioned(model),
    problems: problems.map(({ code, message, hint, span, related, subject }) => ({
      code,
      line: span.start.line,
      message,
      hint,
      ...(related === undefined ? {} : { relatedLine: related.start.line }),
      ...(subject === undefined ? {} : { subject }),
    })),
    ...(unreadable === null
      ? {}
      : { unreadable: { message: unreadable.message, line: unreadable.span.start.line } }),
  }
}

function common(element: ElementBase<ElementKind>) {
  return {
    id: element.id,
    writtenId: element.writtenId,
    title: element.title,
    line: element.span.start.line,
    lines: element.places.map((place) => place.start.line),
    section: element.section,
    certainty: element.certainty,
  }
}

function threatJson(threat: ThreatModel['threats'][number]) {
  return {
    ...common(threat),
    scope: threat.scope,
    attacks: threat.attacks,
    adversaries: threat.adversaries,
    assets: threat.assets,
    categories: threat.categories,
    severity: threat.severity,
    likelihood: threat.likelihood,
    impact: threat.impact,
    status: threat.status,
    statusBasis: threat.statusBasis,
    statusEvidence: threat.statusEvidence,
    acceptance:
      threat.acceptance === null
        ? null
        : { ...threat.acceptance, span: undefined, line: threat.acceptance.span.start.line },
    mitigations: threat.mitigations.map((tie) => tie.id),
    ties: threat.mitigations,
    code: codeOf(threat.code),
  }
}

function codeOf(code: readonly CodeReference[]) {
  return code.map(({ path, lines, exists, span }) => ({
    path,
    lines,
    exists,
    line: span.start.line,
  }))
}

function stated<E extends Element>(elements: readonly E[]): E[] {
  return elements.filter((element) => element.certainty === 'stated')
}

function mentioned(model: ThreatModel) {
  return [...model.assets, ...model.adversaries]
    .filter((element) => element.certainty === 'inferred')
    .map((element) => ({ kind: element.kind, ...common(element) }))
}
