import { normal } from '../diff/normal.ts'
import type { Adversary, Attack, Threat, ThreatModel } from '../threat-model/model.ts'
import { type Answer, answersOf } from './answer.ts'

/*
 * Who can do what: attack × adversary. A written threat covers one cell, or many:
 *
 *                    │ server │ network │ thief │
 *   reading the list │   ●    │    ●    │   ■   │   ● written for this pair
 *   changing it      │   ●    │         │   ■   │   ■ "all attacks can be executed by a thief"
 *
 * Entries for a whole row or column are kept as such and expanded when a cell is asked for, so that
 * the size stays that of the document. Attacks listed twice are one row.
 */

export interface Matrix {
  attacks: Attack[]
  /** Adversaries that somebody is written for, without those in `universal`. */
  adversaries: Adversary[]
  /** Adversaries who can carry out every attack, with what answers that. */
  universal: { adversary: Adversary; answer: Answer }[]
  /** Attacks, and threats without an attack, for which no adversary is named. */
  nobody: { title: string; answer: Answer }[]
  /** The answer for a pair, universal entries included; null when the document says nothing. */
  cell(attackId: string, adversaryId: string): Answer | null
  /** How many pairs the written threats cover. */
  cells: number
}

/** Threats against the mitigations are a level of their own, and not in here. */
export function matrixOf(model: ThreatModel, today: string): Matrix {
  return build(model, today, (threat) => threat.scope !== 'against-mitigation')
}

/** What can be done against the mitigations themselves; null when nothing is written. */
export function secondLevel(model: ThreatModel, today: string): Matrix | null {
  if (!model.threats.some((threat) => threat.scope === 'against-mitigation')) return null
  return build(model, today, (threat) => threat.scope === 'against-mitigation')
}

function build(model: ThreatModel, today: string, wanted: (threat: Threat) => boolean): Matrix {
  const answers = answersOf(model, today)
  const rows = distinctAttacks(model.attacks)
  const threats = model.threats.filter(wanted)
  const everyAttack = new Map<string, Answer>()
  const pairs = new Map<string, Answer>()
  for (const threat of threats) {
    const answer = answers(threat)
    if (threat.scope === 'universal') {
      for (const id of threat.adversaries) put(everyAttack, id, answer)
      continue
    }
    for (const attack of threat.attacks) {
      const row = rows.of(attack)
      for (const adversary of threat.adversaries) put(pairs, key(row, adversary), answer)
    }
  }
  const named = new Set(threats.flatMap((threat) => threat.adversaries))
  const attacks = rowsWith(rows.attacks, threats, rows.of, everyAttack.size > 0)
  return {
    attacks,
    adversaries: model.adversaries.filter(({ id }) => named.has(id) && !everyAttack.has(id)),
    universal: model.adversaries.flatMap((adversary) => {
      const answer = everyAttack.get(adversary.id)
      return answer === undefined ? [] : [{ adversary, answer }]
    }),
    nobody: threats
      .filter((threat) => threat.adversaries.length === 0)
      .map((threat) => ({ title: threat.title, answer: answers(threat) })),
    cell: (attack, adversary) =>
      pairs.get(key(rows.of(attack), adversary)) ?? everyAttack.get(adversary) ?? null,
    cells: countCells(attacks, pairs, everyAttack),
  }
}

/** An attack stands in the table when someone can carry it out. */
function rowsWith(
  attacks: Attack[],
  threats: readonly Threat[],
  rowOf: (id: string) => string,
  all: boolean,
): Attack[] {
  if (all) return attacks
  const used = new Set(threats.filter((t) => t.adversaries.length > 0).flatMap((t) => t.attacks))
  const rows = new Set([...used].map(rowOf))
  return attacks.filter((attack) => rows.has(attack.id))
}

function distinctAttacks(attacks: readonly Attack[]): {
  attacks: Attack[]
  of(id: string): string
} {
  const first = new Map<string, Attack>()
  const rows = new Map<string, string>()
  for (const attack of attacks) {
    const name = `${attack.variantOf ?? ''}\n${normal(attack.title)}`
    const known = first.get(name) ?? attack
    first.set(name, known)
    rows.set(attack.id, known.id)
  }
  return { attacks: [...first.values()], of: (id) => rows.get(id) ?? id }
}

/** Open beats answered: one way in is enough. */
function put(answers: Map<string, Answer>, name: string, answer: Answer): void {
  const rank: Answer[] = ['out-of-scope', 'answered', 'unanswered']
  const known = answers.get(name)
  if (known === undefined || rank.indexOf(answer) > rank.indexOf(known)) answers.set(name, answer)
}

function key(attack: string, adversary: string): string {
  return `${attack}\n${adversary}`
}

function countCells(
  attacks: readonly Attack[],
  pairs: ReadonlyMap<string, Answer>,
  everyAttack: ReadonlyMap<string, Answer>,
): number {
  const own = [...pairs.keys()].filter((pair) => !everyAttack.has(pair.split('\n')[1] ?? ''))
  return own.length + attacks.length * everyAttack.size
}
