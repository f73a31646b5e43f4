import type { Parsed } from './command.ts'
import { typed } from './help.ts'
import { shown } from './shown.ts'
import type { Word } from './words.ts'

/*
 * `link <path> <asset>`. The path is a pattern of the policy file; whether it matches anything and
 * whether there is such an asset is for those who answer to find out.
 */

const pathLengthMax = 300
const assetLengthMax = 300
const between = new Set(['to', 'with', 'as', 'for', '->', '=>', '→', '=', ':'])

export function readLink(words: readonly Word[]): Parsed {
  const [first, ...rest] = words
  if (!first) return refused('`link` needs a path and an asset.', 'link src/roster/** <asset>')
  const named = rest[0] && !rest[0].quoted && between.has(rest[0].text) ? rest.slice(1) : rest
  const asset = named
    .map((word) => word.text)
    .join(' ')
    .slice(0, assetLengthMax)
  const last = words.at(-1)
  if (last && words.length > 1 && !isPath(first.text) && isPath(last.text)) {
    const title = words.slice(0, -1).map((word) => word.text)
    const plain = title.filter((word) => !between.has(word)).join(' ')
    return refused('The path comes first.', `link ${last.text} "${plain}"`)
  }
  const path = unescaped(first.text).replace(/^(\.?\/)+/, '')
  const flaw = pathFlaw(path)
  if (flaw) return refused(flaw, null)
  return { ok: true, command: { name: 'link', path, asset: asset === '' ? null : asset } }
}

function refused(message: string, say: string | null): Parsed {
  return { ok: false, message, say: say === null ? null : typed(say) }
}

function isPath(text: string): boolean {
  return /[/*.]/.test(text)
}

/** `src/\*\*`: in Markdown people write the stars with a backslash. */
function unescaped(text: string): string {
  return text.replace(/\\([*_[\]()#~])/g, '$1')
}

function pathFlaw(path: string): string | null {
  if (path === '') return 'The path is empty.'
  if (path.length > pathLengthMax) return `The path is longer than ${pathLengthMax} characters.`
  if (path.split('/').includes('..')) return 'The path may not leave the repository.'
  if (/[\p{Cc}\p{Cf}]/u.test(path)) return 'The path holds invisible characters.'
  return /^<.*>$/.test(path) ? `Put a path in place of \`${shown(path)}\`.` : null
}
