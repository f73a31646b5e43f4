import { pathsInText, phrasesOf } from '../code-references.ts'
import { contextOf } from '../draft/context.ts'
import type { Document, Found, Recogniser, ThreatDraft } from '../draft/draft.ts'
import { nothing } from '../draft/draft.ts'
import { blocksBelow, fieldsOfSection } from '../draft/fields.ts'
import { threatDraft } from '../draft/threat.ts'
import { type ToolTitle, toolTitle } from '../draft/tools.ts'
import type { Section } from '../outline/types.ts'
import { explicit } from '../status/status.ts'

/*
 * Reports of threat-modelling tools. Their headings carry the fields:
 *
 *   ### 12. Spoofing of the web server  [State: Mitigated]  [Priority: High]
 *   #### `#parser` → `#arbitrary-write` [CRITICAL]
 *   ## Exposure of The API to Injection                       (and Acceptance of, Transfer of)
 *   ## Replay against The API mitigated by Nonces
 *   # Exposures
 *   ## Replay against Shop:Till                                (below Acceptances, Transfers, too)
 *
 * Labels below them (Category:, Description:, Location:) are read as everywhere. Reports that are
 * plain tables need no recogniser of their own.
 */

export const toolOutput: Recogniser = { name: 'tool-output', read }

function read(document: Document): Found {
  const found = nothing()
  for (const section of document.outline.sections) {
    const title = toolTitle(section.title)
    if (title !== null) found.drafts.push(threatOf(document, section, title))
  }
  return found
}

function threatOf(document: Document, section: Section, title: ToolTitle): ThreatDraft {
  const fields = fieldsOfSection(section)
  const context = contextOf(section.parent ?? section)
  const above = section.trail.at(-1) ?? ''
  const draft = threatDraft({
    recogniser: toolOutput.name,
    reason: 'a heading in the form of a tool',
    rank: 3,
    title: title.title,
    writtenId: title.writtenId,
    span: section.span,
    section: section.trail,
    fields,
    tie: 'label',
    legend: document.legend,
    heading: context.status,
    verdict: title.status ?? (isExposure(section) ? explicit('unmitigated', above) : null),
    phrases: phrasesOf(blocksBelow(section)),
  })
  const span = section.headingSpan
  const asset = title.asset === null ? [] : [{ title: title.asset, writtenId: null, span }]
  const control = title.control === null ? [] : [controlOf(title.control, section)]
  return {
    ...draft,
    severity: title.severity ?? draft.severity,
    assets: [...draft.assets, ...asset],
    mitigations: [...control, ...draft.mitigations],
    code: [...draft.code, ...pathsInText(title.location, span)],
  }
}

function isExposure({ trail }: Section): boolean {
  return /^\W*exposures\W*$/i.test(trail.at(-1) ?? '')
}

function controlOf(title: string, section: Section): ThreatDraft['mitigations'][number] {
  const span = section.headingSpan
  return {
    title,
    writtenId: null,
    span,
    tie: 'label',
    status: 'implemented',
    category: null,
    code: [],
  }
}
