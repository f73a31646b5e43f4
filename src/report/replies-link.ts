import { findElement, nearestTitle } from '../coverage/element.ts'
import { linkableKinds } from '../coverage/links.ts'
import type { Policy } from '../policy/policy.ts'
import { readPolicy } from '../policy/read.ts'
import type { Evidence } from '../policy/rule.ts'
import type { Finding } from '../policy/verdict.ts'
import type { CommentFacts } from '../pull-request/facts.ts'
import { safeCode, safeFence, safeText } from '../shared/markdown.ts'
import { readPattern } from '../shared/paths.ts'
import { isFaithful, knowsHeadPolicy, type Order } from './replies-commit.ts'
import { changeText, type Edit, edited } from './replies-patch.ts'

/*
 * `link <path> <asset>`: the change of the policy file that maps code to an asset, as a patch.
 * It is made on the text of the pull request's own policy and offered only when the edited text
 * reads as wanted, with no mistake that was not there before.
 */

export interface Linking {
  path: string
  asset: string | null
  /** Fingerprint of the finding whose comment was answered. */
  replyTo: string | null
  findings: readonly Finding[]
  evidence: Evidence
  /** Where the answer will stand. */
  threadLines: CommentFacts['threadLines']
}

export interface LinkAnswer {
  text: string
  done: boolean
  order?: Order
}

const exampleFilesMax = 3

export function linkAnswer(linking: Linking): LinkAnswer {
  const { evidence, path } = linking
  const name = linking.asset ?? assetOfReply(linking)
  if (name === null) {
    return refused('Which asset? `/threat-model link <path> <asset>`')
  }
  const found = findElement(name, evidence.models, linkableKinds)
  if (!found) return refused(unknownText(name, evidence))
  const pattern = readPattern(path)
  if (!pattern.ok) return refused(`The path ${safeCode(path)} ${safeText(pattern.mistake)}.`)
  const title = found.element.title
  const edit = mapEdit(title, path, evidence)
  const matched = matchText(path, evidence)
  const lead = `To tie ${safeCode(path)} to **${safeText(title)}**${matched}, commit this change:`
  if (edit === 'there') {
    return { text: `${safeCode(path)} is tied to **${safeText(title)}** already.`, done: true }
  }
  const file = evidence.facts.policy.path
  const change = edit
    ? changeText(edit, linking.threadLines)
    : `In ${safeCode(file)}, under \`code:\`:\n\n${safeFence(entry(title, path), 'yaml')}${
        hasOnlyOrganisations(evidence) ? `\n\n${organisationNote}` : ''
      }`
  const answer = { text: `${lead}\n\n${change}`, done: true }
  if (!edit || !knowsHeadPolicy(evidence) || !isFaithful(edited(edit))) return answer
  const done =
    `${safeCode(path)} is tied to **${safeText(title)}**${matched} now: I committed that to ` +
    `${safeCode(file)} on this branch. It counts once it is merged.`
  const files = [{ path: file, text: edited(edit) }]
  return { ...answer, order: { files, headline: 'Say which code belongs to an asset', done } }
}

function refused(text: string): LinkAnswer {
  return { text, done: false }
}

/** In the answer to a comment about an asset the asset needs no name. */
function assetOfReply({ replyTo, findings }: Linking): string | null {
  return findings.find((finding) => finding.fingerprint === replyTo)?.element?.title ?? null
}

function unknownText(name: string, evidence: Evidence): string {
  const near = nearestTitle(name, evidence.models, linkableKinds)
  const offer = near ? ` Did you mean ${safeCode(near)}?` : ''
  return `The threat model has no asset called ${safeCode(name, 120)}.${offer}`
}

function matchText(path: string, { facts }: Evidence): string {
  const reading = readPattern(path)
  if (facts.tree === null || !reading.ok) return ''
  const files = facts.tree.filter((file) => reading.pattern.matches(file))
  if (files.length === 0) return ' (no file is there now)'
  const names = files.slice(0, exampleFilesMax).map((file) => safeCode(file))
  return ` (${files.length} ${files.length === 1 ? 'file' : 'files'}: ${names.join(', ')}${
    files.length > names.length ? ', …' : ''
  })`
}

function entry(title: string, path: string): string {
  return `  ${JSON.stringify(title)}: [${JSON.stringify(path)}]`
}

/** The edit, or `there` when it is mapped already, or null when we cannot make it safely. */
function mapEdit(title: string, path: string, evidence: Evidence): Edit | 'there' | null {
  const { policy } = evidence.facts
  const text = policy.head.state === 'present' ? policy.head.text : null
  if (policy.head.state === 'unreadable' || hasOnlyOrganisations(evidence)) return null
  const before = text === null ? null : readPolicy(text)
  if (before && isMapped(before.policy, title, path)) return 'there'
  const edit = placeEntry(policy.path, text, title, path)
  const after = readPolicy(edited(edit))
  const worse = after.problems.length > (before?.problems.length ?? 0)
  const kept = before === null || keepsAll(before.policy, after.policy)
  return !worse && kept && isMapped(after.policy, title, path) ? edit : null
}

/** A first file of its own would switch off what the organisation says, which may be private. */
function hasOnlyOrganisations({ facts: { policy } }: Evidence): boolean {
  return policy.head.state === 'absent' && policy.organisation.state !== 'absent'
}

const organisationNote =
  'So far the policy of the organisation holds here, and a file of this repository takes its ' +
  'place as a whole: start from a copy of it.'

function isMapped(policy: Policy, title: string, path: string): boolean {
  return policy.code.some((mapping) => mapping.element === title && mapping.patterns.includes(path))
}

function keepsAll(before: Policy, after: Policy): boolean {
  return before.code.every((old) =>
    after.code.some(
      (now) => now.element === old.element && old.patterns.every((p) => now.patterns.includes(p)),
    ),
  )
}

/** Into the asset's own line, else under `code:`, else at the end. */
function placeEntry(path: string, text: string | null, title: string, pattern: string): Edit {
  const added = entry(title, pattern)
  if (text === null) {
    return { path, text, at: 0, removes: 0, lines: ['version: 1', 'code:', added] }
  }
  const lines = text.replace(/\n$/, '').split('\n')
  const own = readPolicy(text).policy.code.find((mapping) => mapping.element === title)
  const line = own ? lines[own.line - 1] : undefined
  if (own && line?.trimEnd().endsWith(']')) {
    const end = line.trimEnd().slice(0, -1)
    const more = `${end}, ${JSON.stringify(pattern)}]`
    return { path, text, at: own.line - 1, removes: 1, lines: [more] }
  }
  const key = lines.findIndex((each) => /^code: *(#.*)?$/.test(each))
  if (key < 0) return { path, text, at: lines.length, removes: 0, lines: ['code:', added] }
  const indent = /^ +/.exec(lines[key + 1] ?? '')?.[0] ?? '  '
  return { path, text, at: key + 1, removes: 0, lines: [indent + added.trimStart()] }
}
