import type { Draft } from '../draft/draft.ts'
import { idKey, keyOf, slugOf } from '../identity.ts'
import { remembering, rememberingIn } from '../remember.ts'

/** What a draft is compared by. */
export interface Keys {
  id: string | null
  /** Within which equal names are one element. */
  space: string
  name: string | null
  /** "XSS" of "Cross-site scripting (XSS)". */
  short: string | null
  /** The name without "attack" and the like at its end. */
  loose: string | null
  /** The id of the threat it tells more of. */
  cited: string | null
  /** What its id is made of. */
  slug: string
}

/** Remembered: of what did not change, base and head have the same drafts. */
export const keysOf = rememberingIn((draft: Draft): Readonly<Keys> => {
  const { kind, title, writtenId } = draft
  const isDirect = draft.kind === 'threat' && draft.scope === 'direct'
  return {
    id: writtenId === null ? null : idKey(writtenId),
    space: draft.kind === 'threat' && !isDirect ? `${draft.scope} threat` : kind,
    name: kind === 'attack' ? null : keyOf(title),
    short: kind === 'threat' && title.endsWith(')') ? shortName(title) : null,
    loose: isDirect ? looseName(title) : null,
    cited: kind === 'threat' && writtenId === null ? citedIn(draft) : null,
    slug: slugOf(writtenId ?? title),
  }
})

/** "No log of visits (R-1)" tells more of R-1, wherever it stands. */
function citedIn({ title, body }: Draft): string | null {
  if (!title.includes('(') && !body.startsWith('(')) return null
  const id = (cited.exec(title) ?? citedBehind.exec(body))?.[1]
  return id === undefined ? null : idKey(id)
}

const citedBehind = /^\(([A-Z]{1,8}[-.]?\d{1,3})\)/
const cited = /^[^()]{3,120}\(([A-Z]{1,8}[-.]?\d{1,3})\)(?=$|\s*[::.,;—–-])/

/** "Cross-site scripting (XSS)" is called "XSS", too. */
function shortName(title: string): string | null {
  const initials = /\(([A-Z][A-Z0-9]{1,7})\)$/.exec(title)?.[1]
  return initials === undefined ? null : keyOf(initials)
}

const looseName = remembering((title): string | null => {
  const words = keyOf(title.endsWith(')') ? title.replace(/\s*\([^()]{1,60}\)$/, '') : title)
  const short = words.replace(/ (?:attacks?|threats?|risks?|vulnerabilit(?:y|ies))$/, '')
  return short.length < shortestName ? null : short
})

/** Shorter names say the same of different things. */
const shortestName = 6
