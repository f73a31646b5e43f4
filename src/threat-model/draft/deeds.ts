import type { Entry, List, Section } from '../outline/types.ts'
import { pattern } from '../vocabulary/pattern.ts'

/*
 * What somebody hostile is able to do, told as deeds: "Reading the log", "Send stale frames". A
 * list of them under "Attacker capabilities" names no adversaries.
 */

/** "Attacker capabilities", "Capabilities of the adversary" and no words of what answers them. */
export function namesPowers({ kind, heading }: Section): boolean {
  return kind === 'heading' && powers.test(heading.text)
}

const powers = pattern(
  'i',
  String.raw`^[\W\d]*(?:(?:assumed )?(?:attackers?|adversar(?:y|ies)|threat actors?)(?:['’]s?)?`,
  ' (?:capabilities|powers|abilities)|(?:capabilities|powers|abilities) of',
  String.raw` (?:(?:the|an?|our) )?(?:attackers?|adversar(?:y|ies)|threat actors?))\W*$`,
)

/** Most entries begin with a verb. */
export function tellsDeeds({ entries }: List): boolean {
  const told = entries.filter(({ head }) => deed.test(head.text))
  return entries.length >= fewestDeeds && told.length * 3 >= entries.length * 2
}

const fewestDeeds = 2

const deed = pattern(
  'i',
  String.raw`^\W*(?:(?:can|could|may|able to|passively|actively|arbitrarily) )?`,
  String.raw`(?:\w{2,}ing (?:\S+ )`,
  '(?!attackers?|adversar)|(?:read|write|send|see|view|learn|observe|watch|modify|change',
  '|alter|edit|rewrite|intercept|inject|insert|replay|drop|delay|submit|create|control|access',
  '|run|execute|steal|forge|fake|spoof|impersonate|perform|attempt|try|use|obtain|gain|craft',
  '|compromise|supply|provide|operate|open|upload|download|install|serve|record|measure',
  '|manipulate|tamper|exploit|collude|guess|deploy|publish|register|join|flood|exhaust|crash',
  '|trigger|cause|make|delete|destroy|remove|block|reorder|analy[sz]e|correlate|copy|extract',
  '|dump|redirect|call|issue|race|mount|generate|enumerate|escalate|swap|replace|substitute',
  '|break|bribe|take|move|hold|host|sign|withhold|censor|sniff|capture|tap|decrypt|query|spam',
  '|phish|trick|lure|coerce|plant|connect|listen|scan|probe|fuzz|poison|abuse|bypass|load',
  String.raw`|inspect|patch|reverse)\s\S)`,
)

/** The finest deeds: what is nested below one entry tells how, each a deed of its own. */
export function finestDeeds({ entries }: List): Entry[] {
  return entries.flatMap((entry) => {
    const below = entry.blocks.filter((block): block is List => block.type === 'list')
    const finer = below.filter(tellsDeeds).flatMap((list) => list.entries)
    return finer.length > 0 ? finer : [entry]
  })
}
