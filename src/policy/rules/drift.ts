import type { Drift } from '../../coverage/drift.ts'
import type { Draft, Evidence, Rule } from '../rule.ts'
import { answeredInModel } from './answered.ts'

/** Code that changed a lot while its threat model stood still. */

/** Fewer changed lines than this leave most of the code as it was. */
const linesMin = 300

export const codeDrifted: Rule = {
  id: 'code-drifted',
  reason: 'A model that stood still while its code moved on may no longer be true.',
  noun: ['asset whose code moved on', 'assets whose code moved on'],
  advice:
    'Read the entry again with the code of today in mind, and change it or say that it still ' +
    'holds. It is told only where the history of the repository is at hand, as on the command ' +
    'line.',
  mirror: { none: 'A model that changes with its code is as it should be.' },
  acceptable: true,
  find(evidence) {
    return evidence.coverage.drift
      .filter((drift) => drift.lines >= linesMin && !isSpokenOf(drift, evidence))
      .map(drifted)
  },
}

function isSpokenOf({ asset }: Drift, evidence: Evidence): boolean {
  const model = evidence.models.find(({ path }) => path === asset.modelPath)
  return model !== undefined && answeredInModel(asset, model)
}

function drifted({ asset, lines, files, since }: Drift): Draft {
  const where = files === 1 ? '1 file' : `${files} files`
  return {
    element: { kind: asset.kind, id: asset.assetId, title: asset.title },
    identity: [asset.modelPath, asset.kind, asset.assetId],
    content: [since],
    message:
      `${lines} lines in ${where} of “${asset.title}” changed since ${asset.modelPath} did, ` +
      `on ${since}.`,
    why: 'What it says about this code may no longer be true.',
    next: 'Read the entry again with the code of today in mind.',
    place: null,
  }
}
