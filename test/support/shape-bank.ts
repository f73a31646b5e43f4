import type { Random } from './random.ts'

/*
 * An invented bank of threats to parcel lockers, and the words people use around threats. Shapes
 * (shapes.ts, shape-tables.ts) write some of the bank the way people write, with words drawn here.
 */

export interface Threat {
  name: string
  /** A sentence without its full stop: who does what. */
  act: string
  fixes: string[]
  kind: string
  asset: string
  actor: string
  part: string
  remains: string
}

/** Lines of a document, and the titles that a reader must find in it. */
export interface Shaped {
  lines: string[]
  titles: string[]
}

export type Shape = (words: Words, threats: Threat[]) => Shaped

const facts: [name: string, act: string, fixes: string, about: string][] = [
  [
    'Stolen pickup codes',
    'Somebody who reads a courier’s phone learns the codes of a whole street',
    'Codes are valid for ten minutes/The phone shows one code at a time',
    'Information disclosure/Pickup codes/Rival courier/Courier app/One code can be seen',
  ],
  [
    'Replayed open commands',
    'A recorded command opens the same locker a second time',
    'Every command carries a counter/Old counters are refused',
    'Tampering/Locker doors/Radio eavesdropper/Lock controller/None known',
  ],
  [
    'Forged delivery receipts',
    'A courier signs for a parcel that was never delivered',
    'Receipts are countersigned by the station',
    'Repudiation/Delivery history/Dishonest courier/Receipt service/Contents are not seen',
  ],
  [
    'Flooding of the reservation service',
    'A script reserves every compartment of a station for hours',
    'Reservations are limited per account/Idle reservations expire/New accounts wait a day',
    'Denial of service/Free compartments/Competitor/Reservation service/Many accounts together',
  ],
  [
    'Impersonated technician',
    'Someone with a cloned badge enters the maintenance menu',
    'Badges answer a challenge/The menu asks for a code as well',
    'Spoofing/Maintenance menu/Former technician/Maintenance port/A coerced technician',
  ],
  [
    'Escaping the kiosk browser',
    'A visitor leaves the kiosk page and starts a shell with the rights of the station',
    'The browser runs as its own user/The keyboard has no function keys',
    'Elevation of privilege/Station computer/Passer-by/Kiosk/Unknown flaws of the browser',
  ],
  [
    'Malicious firmware update',
    'An attacker replaces the update file on the mirror',
    'Updates are signed/The lock checks the signature before it writes',
    'Tampering/Lock firmware/Supplier/Updater/A stolen signing key defeats this',
  ],
  [
    'SQL injection in the search form',
    'Crafted search terms read other people’s deliveries from the database',
    'Queries are prepared',
    'Information disclosure/Delivery database/Anonymous user/Web portal/Reports by hand',
  ],
  [
    'Key leakage through logs',
    'Session keys end up in the debug log and are shipped to the vendor',
    'Keys are redacted before logging/Debug logs stay on the station',
    'Information disclosure/Session keys/Vendor employee/Log shipper/Core dumps may hold keys',
  ],
  [
    'Account takeover by recycled numbers',
    'The new owner of a telephone number receives the old owner’s codes',
    'Numbers are confirmed every quarter',
    'Spoofing/Customer accounts/Owner of a recycled number/SMS gateway/Three months remain',
  ],
  [
    'Jamming of the radio link',
    'A transmitter near the station blocks all commands',
    'Doors can be opened by cable/Operators are alerted after a minute',
    'Denial of service/Radio link/Vandal/Radio module/Customers wait until somebody comes',
  ],
  [
    'Poisoned address suggestions',
    'A sender plants a false address that others accept by accident',
    'Suggestions come from confirmed deliveries only',
    'Tampering/Address book/Malicious sender/Address service/Small risk for new addresses',
  ],
]

export const bank: Threat[] = facts.map(([name, act, fixes, about]) => {
  const [kind = '', asset = '', actor = '', part = '', remains = ''] = about.split('/')
  return { name, act, fixes: fixes.split('/'), kind, asset, actor, part, remains }
})

const sections = `
  Threats/Threat analysis/Threats and mitigations/Identified threats/Attack scenarios
  /Threat scenarios & mitigations/Risks/Risk analysis/What can go wrong/Threat catalogue/Threat list
  /Threats we mitigate/Attack surface and threats/Main threats/Threats considered/Known threats
  /Attacks and defenses/Security risks/Threat model/Abuse cases/Attack vectors/Key threats
  /Threat register/STRIDE analysis/Relevant threats/Potential attacks/Threat assessment/Top threats`
const answers = `
  Mitigation/Mitigations/Countermeasures/Controls/Defense/Defenses/Safeguards/Protection
  /How we address it/Response/What we do/Prevention/Current controls/Security measures/Solution`
const acts = `
  Description/Scenario/Attack/Risk/Threat/What happens/Attack scenario/How/Details/Example
  /Vector/Impact`

/** What stands before the names of a series; `#` is the number, `@` the letter of an entry. */
const series = ['T#: ', 'T# — ', 'T-#. ', 'Threat #: ', 'Threat @: ', '#. ', '#) ', 'THR-0#: ']
series.push('[T#] ', 'Attack # – ', 'TM-# ', '')

export type Words = ReturnType<typeof wordsFrom>

export function wordsFrom(random: Random) {
  /** One of the words of a list written with slashes. */
  const one = (list: string) => random.pick(list.split('/')).trim()
  const several = (list: readonly string[]) => {
    const chosen = random.pick(list)
    return (i: number) =>
      chosen.replace('#', String(i + 1)).replace('@', String.fromCharCode(65 + i))
  }
  return {
    ...random,
    one,
    answer: () => one(answers),
    act: () => one(acts),
    level: () => one('High/Medium/Low'),
    /** The heading of a section of threats, with an empty line after it. */
    section: () => [
      `## ${random.pick(['', '', '', '2. ', '4 ', '§3 '])}${one(sections)}`,
      '',
      ...(random.chance(0.3) ? ['Each entry says who acts, how, and what answers it.', ''] : []),
    ],
    series: (list: readonly string[] = series) => several(list),
  }
}

/** Groups of threats in the order of their first, by a word of theirs. */
export function groupedBy(threats: Threat[], key: 'kind' | 'part'): [string, Threat[]][] {
  return [...Map.groupBy(threats, (threat) => threat[key])]
}

/** The names that most shapes give to their entries. */
export const names = (threats: Threat[]) => threats.map((threat) => threat.name)

export const bullets = (list: string[], indent = '') => list.map((text) => `${indent}- ${text}`)

/** A whole document: what stands before and after the threats varies, and holds none. */
export function documentOf(shape: Shape, random: Random): { text: string; titles: string[] } {
  const words = wordsFrom(random)
  const threats = random.shuffled(bank).slice(0, 3 + random.below(6))
  const { lines, titles } = shape(words, threats)
  const text = [...opening(words), ...lines, ...ending(words)].join('\n')
  return { text: `${text}\n`, titles }
}

function opening({ one, chance }: Words): string[] {
  const lines = [
    `# ${one('Threat Model/Parcel lockers: threat model/Threat Model — Parcelway/Security model')}`,
    '',
    one('Version 1.2, last reviewed in May./Parcelway runs parcel lockers in three cities.'),
    '',
  ]
  if (chance(0.5)) {
    lines.push(`## ${one('System overview/Overview/Scope/Architecture/Introduction/Background')}`)
    lines.push('', 'A station has forty compartments, a kiosk and a radio module.', '')
  }
  if (chance(0.4)) {
    lines.push(`## ${one('Assets/What we protect/Protected assets')}`, '')
    lines.push(...bullets(['Pickup codes', 'Delivery history', 'Lock firmware']), '')
  }
  if (chance(0.3)) {
    lines.push(`## ${one('Trust boundaries/Security boundaries')}`, '')
    lines.push(...bullets(['Between kiosk and computer', 'Between station and portal']), '')
  }
  return lines
}

function ending({ one, chance, pick }: Words): string[] {
  if (chance(0.4)) return []
  const heading = one('References/Change log/Next steps/Review/Reporting/Conclusion/Assumptions')
  const todo = '1. Finish the audit of the updater\n2. Write down how badges are revoked'
  const texts = ['- The handbook of the stations', 'This model is reviewed twice a year.', todo]
  return [`## ${heading}`, '', pick(texts)]
}
