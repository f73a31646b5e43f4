import type { AffectedAsset, DeadLink } from '../../coverage/link.ts'
import { readMarkerLine } from '../../coverage/markers.ts'
import { readPatch } from '../../coverage/patch-lines.ts'
import type { ReviewedModel } from '../../coverage/reviewed-model.ts'
import { holdsTests } from '../../coverage/test-path.ts'
import type { ChangedFile } from '../../pull-request/facts.ts'
import { meaningOf } from '../fingerprint.ts'
import type { Draft, Evidence, Rule } from '../rule.ts'
import { elementIdentity, patchesOf, withCap } from '../subjects.ts'
import { answeredInModel } from './answered.ts'

/** Code that belongs to the model, and the links between the two. */

/** Threats named in one sentence; the others are counted. */
const threatsNamedMax = 3

export const codeTouchesAsset: Rule = {
  id: 'code-touches-asset',
  reason: 'Code of an asset with open threats changed, and the threat model says nothing about it.',
  noun: ['changed asset with open threats', 'changed assets with open threats'],
  advice:
    'Look whether the change makes one of the open threats easier or answers one. If so, say it ' +
    'in the threat model; a change of meaning there settles this finding, reformatting does not. ' +
    'If not, a permitted person can say “no effect”.',
  mirror: { none: 'A model that changes without code is what the other rules look at.' },
  acceptable: true,
  find(evidence) {
    return evidence.coverage.affected.flatMap((asset) => {
      const model = evidence.models.find((candidate) => candidate.path === asset.modelPath)
      if (!model || asset.unanswered.length === 0 || answeredInModel(asset, model)) return []
      const finding = touched(asset, model, evidence)
      return [isFirm(asset, model) ? finding : withCap(finding, 'notice')]
    })
  },
}

/**
 * A file that a threat merely mentions is a weak tie, and "open" that is only implied a weak
 * statement; both together are told and no more. So is a change of tests alone.
 */
function isFirm(asset: AffectedAsset, model: ReviewedModel): boolean {
  if (asset.files.every(({ path }) => holdsTests(path))) return false
  if (asset.kind !== 'threat') return true
  if (asset.files.some(({ link }) => link.source !== 'document')) return true
  const threat = model.after?.threats.find(({ id }) => id === asset.assetId)
  return threat?.statusBasis === 'explicit'
}

function touched(asset: AffectedAsset, model: ReviewedModel, evidence: Evidence): Draft {
  const threats = (model.after?.threats ?? []).filter((t) => asset.unanswered.includes(t.id))
  const [file] = asset.files
  const paths = asset.files.map((linked) => linked.path)
  const meaning = threats.flatMap((t) => (model.after ? meaningOf(t, model.after) : []))
  return {
    element: { kind: asset.kind, id: asset.assetId, title: asset.title },
    identity: [...identityOf(asset, model)],
    content: [...meaning, ...patchesOf(paths, evidence)],
    message: `${subjectOf(asset, paths)}; ${openText(asset)}.`,
    why: `The change touches the code that would have to resist: ${openNames(asset)}.`,
    next:
      'Ask whether it makes one of these easier. If it does, or if it answers one, say so in ' +
      `${asset.modelPath}.`,
    place: file?.line ? placeIn(file.path, file.line) : null,
  }
}

function subjectOf(asset: AffectedAsset, paths: readonly string[]): string {
  const [first] = paths
  const more = paths.length > 1 ? ` and ${paths.length - 1} more` : ''
  const verb = paths.length > 1 ? 'belong' : 'belongs'
  return `${first}${more} ${verb} to “${asset.title}”`
}

function openText(asset: AffectedAsset): string {
  const open = asset.unanswered.length
  if (asset.kind === 'threat') return 'it has no answer in the threat model'
  if (asset.threats.length === 1) return 'its only threat has no answer'
  if (open === asset.threats.length) return `none of its ${open} threats has an answer`
  const verb = open === 1 ? 'has' : 'have'
  return `${open} of its ${asset.threats.length} threats ${verb} no answer`
}

function openNames(asset: AffectedAsset): string {
  const named = asset.open.slice(0, threatsNamedMax).map((threat) => `“${threat.title}”`)
  const more = asset.open.length - named.length
  return more > 0 ? `${named.join(', ')} and ${more} more` : named.join(', ')
}

function identityOf(asset: AffectedAsset, model: ReviewedModel): string[] {
  const elements = [
    ...(model.after?.assets ?? []),
    ...(model.after?.mitigations ?? []),
    ...(model.after?.threats ?? []),
  ]
  const element = elements.find((e) => e.kind === asset.kind && e.id === asset.assetId)
  const match = model.comparison?.matches.find((candidate) => candidate.after === element)
  const known = match?.before ?? element
  return known ? elementIdentity(model, known) : [model.path, asset.kind, asset.assetId]
}

function placeIn(path: string, line: number): Draft['place'] {
  return { path, side: 'RIGHT', line, endLine: line }
}

export const codeLinkDead: Rule = {
  id: 'code-link-dead',
  reason: 'A threat model that names code which is not there proves nothing.',
  noun: ['dead link to code', 'dead links to code'],
  advice: 'Name the new place of the code, or remove the path. If a mitigation went, say so.',
  mirror: { none: 'A path that starts to exist is a link that works.' },
  acceptable: true,
  find(evidence) {
    return evidence.coverage.deadLinks
      .filter((link) => link.isNew)
      .map((link) => ({
        element: link.element,
        identity: [link.writtenIn, link.element.kind, link.element.id, link.path],
        content: [link.path, link.movedTo ?? ''],
        message:
          `“${link.element.title}” names ${link.path} in ${link.writtenIn}, and this pull ` +
          'request leaves no such file.',
        why: whyDead(link),
        next: link.movedTo
          ? `The file moved: write ${link.movedTo} there.`
          : 'Name the code that does it now, or say that it is gone.',
        place: placeIn(link.writtenIn, link.line),
        suggestion: movedSuggestion(link, evidence),
      }))
  },
}

function whyDead(link: DeadLink): string {
  return link.element.kind === 'mitigation'
    ? 'The mitigation claims to be done there; now nobody can see that it is done.'
    : 'Changes to the code will not be seen in connection with it any more.'
}

function movedSuggestion(link: DeadLink, evidence: Evidence): Draft['suggestion'] {
  const model = evidence.models.find((candidate) => candidate.path === link.writtenIn)
  if (link.movedTo === null || model?.head.state !== 'present') return null
  const line = model.head.text.split('\n')[link.line - 1]?.replace(/\r$/, '')
  if (!line?.includes(link.path)) return null
  const replacement = line.split(link.path).join(link.movedTo)
  return { path: model.path, startLine: link.line, endLine: link.line, replacement }
}

export const markRemoved: Rule = {
  id: 'mark-removed',
  reason: 'A mark in the code said that it answers a threat; the mark is gone.',
  noun: ['mark in code removed', 'marks in code removed'],
  advice: 'Put the mark where the code is now, or say in the threat model what answers the threat.',
  mirror: { none: 'A mark that is added links more code.' },
  acceptable: true,
  find(evidence) {
    const { files } = evidence.facts
    const kept = new Set(files.flatMap((file) => marksIn(file, 'added').map(markKey)))
    return files.flatMap((file) =>
      marksIn(file, 'removed')
        .filter((mark) => !kept.has(markKey(mark)))
        .map((mark) => ({
          element: null,
          identity: [file.previousPath ?? file.path, markKey(mark)],
          content: patchesOf([file.path], evidence),
          message: `The mark “${mark.names.join(', ')}” is removed from ${file.path}.`,
          why: 'It said that this code answers a threat or belongs to an asset.',
          next:
            'If the code moved, move the mark with it; if it is gone, say in the threat model ' +
            'what answers the threat now.',
          place: { path: file.path, side: 'LEFT' as const, line: mark.line, endLine: mark.line },
        })),
    )
  },
}

interface Mark {
  names: string[]
  line: number
}

function marksIn(file: ChangedFile, which: 'added' | 'removed'): Mark[] {
  const patch = readPatch(file.patch)
  if (patch === null || !file.patch?.includes('threat-model:')) return []
  const lines =
    which === 'removed' ? patch.removedText : patch.addedText.map((text) => ({ line: 1, text }))
  return lines.flatMap(({ line, text }) => {
    const mark = readMarkerLine(text, line)
    if (mark === null) return []
    return [{ line, names: [...mark.asset, ...mark.mitigation, ...mark.mitigates] }]
  })
}

function markKey(mark: Mark): string {
  return mark.names
    .map((name) => name.toLowerCase())
    .sort()
    .join('\n')
}
