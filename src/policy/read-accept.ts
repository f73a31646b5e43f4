import { defaultPolicy } from './defaults.ts'
import type { AcceptRule } from './policy.ts'
import {
  booleanOf,
  knownEntries,
  oneOf,
  textsOf,
  type YamlNode,
  type YamlReader,
} from './yaml-node.ts'

/*
 * `accept:` — who may accept. Naming users or teams without a permission means these alone, not
 * these and every maintainer. Permissions that outsiders have cannot be named.
 */

const permissions = ['write', 'maintain', 'admin'] as const
const namesMax = 100

export function readAccept(node: YamlNode, reader: YamlReader): AcceptRule {
  const rule: AcceptRule = { ...defaultPolicy().accept, permission: null }
  let named = false
  for (const { key, value } of knownEntries(node, acceptKeys, reader)) {
    named ||= key !== 'author'
    if (key === 'permission') rule.permission = oneOf(value, permissions, reader) ?? 'maintain'
    else if (key === 'author') rule.author = booleanOf(value, reader) ?? false
    else rule[key === 'users' ? 'users' : 'teams'] = names(value, reader)
  }
  if (!named) rule.permission = 'maintain'
  return rule
}

const acceptKeys = ['permission', 'users', 'teams', 'author'] as const

/** Logins and team slugs, with or without "@" and organisation. */
function names(node: YamlNode, reader: YamlReader): string[] {
  const found = textsOf(node, reader)
  if (found.length > namesMax) {
    reader.mistake(node.at, `more than ${namesMax} names`, 'Name a team instead.')
  }
  return found.slice(0, namesMax).flatMap(({ text, at }) => {
    const name = text.replace(/^@/, '').replace(/^[^/]{1,60}\//, '')
    if (/^[A-Za-z0-9][A-Za-z0-9_-]{0,99}$/.test(name)) return [name]
    reader.mistake(at, `"${text.slice(0, 40)}" is no name of a user or team`, 'Write its login.')
    return []
  })
}
