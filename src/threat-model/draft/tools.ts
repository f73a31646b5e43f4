import { titled } from '../identity.ts'
import type { Status } from '../model.ts'
import { remembering, type Text } from '../remember.ts'
import { explicit, type StatusReading, statusInWords } from '../status/status.ts'

/*
 * Headings as tools write them, taken apart. One place, so that the decision which headings are
 * threats (units/units.ts) and the recogniser of tool output agree.
 */

export interface ToolTitle {
  title: string
  writtenId: string | null
  status: StatusReading | null
  severity: string | null
  asset: string | null
  control: string | null
  location: string
}

const none = { status: null, severity: null, asset: null, control: null, location: '' }

export function toolTitle(heading: Text): Readonly<ToolTitle> | null {
  return rememberedTitle(heading)
}

const rememberedTitle = remembering((heading): Readonly<ToolTitle> | null =>
  heading.length > 400 ? null : (bracketed(heading) ?? arrow(heading) ?? sentence(heading)),
)

/** `12. Spoofing of X [State: Mitigated] [Priority: High]`. */
function bracketed(heading: string): ToolTitle | null {
  const state = /\[state:\s*([^\]]{1,40})\]/i.exec(heading)
  const priority = /\[priority:\s*([^\]]{1,20})\]/i.exec(heading)
  if (state === null && priority === null) return null
  const name = titled(heading.slice(0, heading.indexOf('[')).trim())
  const words = state?.[1] ?? ''
  const status = /^needs investigation/i.test(words) ? null : statusInWords(words)
  return { ...none, ...name, status, severity: priority?.[1]?.toLowerCase() ?? null }
}

/** `#asset → #threat [HIGH]`. */
function arrow(heading: string): ToolTitle | null {
  const match =
    /^(#[\w-]{2,40})\s*(?:→|->)\s*(#[\w-]{2,40})\s*(?:[[(]\s*(\w{2,12})\s*[\])])?\s*$/.exec(heading)
  if (match === null) return null
  const severity = match[3]?.toLowerCase() ?? null
  return {
    ...none,
    title: `${match[1]} → ${match[2]}`,
    writtenId: null,
    severity,
    asset: match[1] ?? null,
  }
}

const sentences: readonly { pattern: RegExp; status: Status | null }[] = [
  { pattern: /^exposure of (?<asset>.{2,80}?) to (?<title>.{2,120})$/i, status: 'unmitigated' },
  {
    pattern: /^acceptance of (?<title>.{2,120}?) (?:to|by|in) (?<asset>.{2,80})$/i,
    status: 'accepted',
  },
  {
    pattern: /^transfer of (?<title>.{2,120}?) from (?<asset>.{2,80}?) to .{2,80}$/i,
    status: 'transferred',
  },
  {
    pattern: /^(?<title>[^:]{2,120}?) (?:against|to) (?<asset>\w[\w.-]{1,40}:\w[\w.:-]{1,80})$/i,
    status: null,
  },
  {
    pattern: /^(?<title>.{2,120}?) against (?<asset>.{2,80}?) mitigated by (?<control>.{2,120})$/i,
    status: 'mitigated',
  },
]

/** `Exposure of A to T`, `T against A mitigated by C`; `T against A:B` where the part says how. */
function sentence(heading: string): ToolTitle | null {
  for (const { pattern, status } of sentences) {
    const groups = pattern.exec(heading.trim())?.groups
    if (groups === undefined) continue
    return {
      ...none,
      title: groups.title ?? heading,
      writtenId: null,
      status: status === null ? null : explicit(status, heading),
      asset: groups.asset ?? null,
      control: groups.control ?? null,
    }
  }
  return null
}
