import type { Problem } from '../../shared/problem.ts'
import { settledCode } from '../code-references.ts'
import type { Draft, Mention } from '../draft/draft.ts'
import { idRegister, slugOf } from '../identity.ts'
import { plainSpan } from '../markdown/place.ts'
import type { Merged } from '../merge/merge.ts'
import type { Adversary, Asset, ElementBase, Threat, ThreatModel } from '../model.ts'
import { attackIds, attacksOf, withoutThreat } from './attacks.ts'
import { base, type Ids } from './base.ts'
import { mitigationsOf } from './mitigations.ts'
import { type Directory, directoryOf } from './names.ts'

/*
 * Names → ids. Every merged draft becomes an element with an id; the names by which threats call
 * assets, adversaries and attacks are looked up by written id first, then by name. A name that no
 * list states becomes an element of its own with `certainty: inferred`.
 *
 * Mitigations have two sides and their own file: references/mitigations.ts.
 */

export interface Resolved {
  model: ThreatModel
  problems: Problem[]
}

export function resolve(all: readonly Merged[], title: string): Resolved {
  const merged: ByKind = Map.groupBy(all, ({ draft }) => draft.kind)
  const ids = idRegister()
  const assets = ofKind(merged, 'asset').map(
    (m): Asset => ({ ...base(m, ids), code: m.draft.code.map(settledCode) }),
  )
  const adversaries = ofKind(merged, 'adversary').map((m): Adversary => base(m, ids))
  const attacks = attacksOf(ofKind(merged, 'attack'), ids)
  const directories = {
    assets: directoryOf(assets),
    adversaries: directoryOf(adversaries),
    attacks: directoryOf(attacks),
  }
  const drafts = ofKind(merged, 'threat')
  const threats = drafts.map((m) => threatOf(m, ids, directories))
  const controls = mitigationsOf({
    threats: threats.map((threat, index) => ({
      threat,
      mentions: drafts[index]?.draft.mitigations ?? [],
    })),
    stated: ofKind(merged, 'mitigation').map((m) => ({ draft: m.draft, base: base(m, ids) })),
    ids,
  })
  const unnamed = inferredElements(directories, ids)
  const model: ThreatModel = {
    title,
    assets: [...assets, ...unnamed.assets],
    adversaries: [...adversaries, ...unnamed.adversaries],
    attacks,
    threats: unnamed.settle(threats),
    mitigations: controls.mitigations,
    boundaries: ofKind(merged, 'boundary').map((m) => base(m, ids)),
    assumptions: ofKind(merged, 'assumption').map((m) => base(m, ids)),
    scopeNotes: ofKind(merged, 'scope-note').map((m) => ({
      ...base(m, ids),
      scope: m.draft.scope,
    })),
  }
  return { model, problems: [...controls.problems, ...withoutThreat(model)] }
}

type ByKind = ReadonlyMap<Draft['kind'], readonly Merged[]>

function ofKind<K extends Draft['kind']>(merged: ByKind, kind: K) {
  // They were put together by their kind, which the type of a map cannot tell.
  return (merged.get(kind) ?? []) as readonly Merged<Extract<Draft, { kind: K }>>[]
}

interface Directories {
  assets: Directory
  adversaries: Directory
  attacks: Directory
}

function threatOf(
  merged: Merged<Extract<Draft, { kind: 'threat' }>>,
  ids: Ids,
  directories: Directories,
): Threat {
  const { draft } = merged
  const { kind, id, writtenId, title, span, places, section, certainty, body, origins } = base(
    merged,
    ids,
  )
  // Written out: adding to a copy of the base takes longer than all the rest.
  return {
    kind,
    id,
    writtenId,
    title,
    span,
    places,
    section,
    certainty,
    body,
    origins,
    scope: draft.scope,
    attacks: attackIds(directories.attacks, draft.attacks),
    adversaries: idsOf(directories.adversaries, draft.adversaries),
    assets: idsOf(directories.assets, draft.assets),
    categories: [...draft.categories],
    severity: draft.severity,
    likelihood: draft.likelihood,
    impact: draft.impact,
    status: draft.status.status,
    statusBasis: draft.status.basis,
    statusEvidence: draft.status.evidence,
    acceptance: draft.acceptance && { ...draft.acceptance, span: plainSpan(draft.acceptance.span) },
    mitigations: [],
    code: draft.code.map(settledCode),
  }
}

function idsOf(directory: Directory, names: readonly Mention[]): string[] {
  const ids = names.map((name) => idOf(directory, name, names))
  return ids.length < 2 ? ids : [...new Set(ids)]
}

/**
 * "Health and safety" is one name where a list states it, or where no list states either half.
 */
function idOf(directory: Directory, name: Mention, names: readonly Mention[]): string {
  if (name.within === undefined) return directory.find(name) ?? directory.infer(name)
  const whole = { title: name.within, writtenId: null, span: name.span }
  const stated = directory.find(whole)
  if (stated !== null) return stated
  const halves = names.filter((other) => other.within === name.within)
  const isKnown = halves.some((half) => directory.find(half) !== null)
  return isKnown ? (directory.find(name) ?? directory.infer(name)) : directory.infer(whole)
}

/**
 * Elements that threats name and no list states. Their ids are settled last, to clash with none.
 */
function inferredElements(directories: Directories, ids: Ids) {
  const final = new Map<string, string>()
  const elements = <K extends 'asset' | 'adversary'>(kind: K, directory: Directory) =>
    directory.inferred().map(({ key, mention }): ElementBase<K> => {
      const id = ids(slugOf(mention.writtenId ?? mention.title))
      const span = plainSpan(mention.span)
      final.set(key, id)
      return {
        kind,
        id,
        writtenId: mention.writtenId,
        title: mention.title,
        span,
        places: [span],
        section: [],
        certainty: 'inferred',
        body: '',
        origins: [{ recogniser: 'references', reason: 'named by a threat', line: span.start.line }],
      }
    })
  const settle = (ids: string[]) =>
    ids.forEach((key, at) => {
      ids[at] = final.get(key) ?? key
    })
  return {
    assets: elements('asset', directories.assets).map(
      (element): Asset => ({ ...element, code: [] }),
    ),
    adversaries: elements('adversary', directories.adversaries),
    settle: (threats: Threat[]) => {
      if (final.size === 0) return threats
      for (const threat of threats) {
        settle(threat.assets)
        settle(threat.adversaries)
      }
      return threats
    },
  }
}
