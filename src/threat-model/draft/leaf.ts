import { pathsIn, phrasesOf } from '../code-references.ts'
import { plainPhrase } from '../outline/phrase.ts'
import type { Block, Entry } from '../outline/types.ts'
import { unstated } from '../status/status.ts'
import { acceptanceIn } from './acceptance.ts'
import type { ThreatDraft } from './draft.ts'
import { type Fields, fieldsOfBlocks } from './fields.ts'
import { ownMitigations } from './own-controls.ts'
import { statusOfFields } from './status.ts'
import { namesIn } from './threat.ts'

/*
 * What stands under labels below an entry of nested lists: what the threat is to, how it stands,
 * its answers.
 *
 *   - Reading the roster
 *     - The host
 *         It stores the roster.                            explanation: says nothing of an answer
 *         Status: accepted until 2027-06-30 by @ann because it has to
 *
 * Only labels count. The sentences of such an entry tell how an attack goes, and what sounds like a
 * control in them ("if the connection is not protected") is a condition.
 */
type Labelled = Pick<ThreatDraft, 'assets' | 'status' | 'acceptance' | 'mitigations' | 'code'>

const counted = new Set(['asset', 'status', 'mitigation', 'planned', 'recommended', 'acceptance'])

export function labelledParts(entry: Entry): Labelled {
  const rest = entry.restLines.length === 0 ? [] : [explanation(entry)]
  const all = fieldsOfBlocks([...rest, ...entry.blocks])
  const fields: Fields = {
    values: all.values.filter(({ field }) => field !== null && counted.has(field)),
    loose: [],
  }
  if (fields.values.length === 0) {
    return { assets: [], status: unstated, acceptance: null, mitigations: [], code: [] }
  }
  const mitigations = ownMitigations(fields, 'label')
  const status = statusOfFields({
    fields,
    body: '',
    answered: mitigations.length > 0,
    legend: new Map(),
    heading: null,
    verdict: null,
  })
  return {
    assets: namesIn(fields, 'asset'),
    status,
    acceptance: status.status === 'accepted' ? acceptanceIn(fields, entry.span) : null,
    mitigations,
    code: pathsIn([...entry.restLines, ...phrasesOf(entry.blocks)]),
  }
}

function explanation(entry: Entry): Block {
  const span = entry.restLines[0]?.span ?? entry.span
  return { type: 'paragraph', phrase: plainPhrase(entry.rest, span), lines: entry.restLines, span }
}
