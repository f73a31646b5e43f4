import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from '@jest/globals'
import type { Threat, ThreatModel } from '../../src/threat-model/model.ts'
import { read } from '../../src/threat-model/read.ts'

/*
 * The document the project started from, read exactly: every asset, adversary, attack, written
 * threat, line and problem. It lies beside the repository; a plain clone has golden cases of the
 * same shape (cases/read/attack-lists-*.txt) instead.
 */

const folder = join(import.meta.dirname, '..', '..', '..', 'shared', 'seed')
const there = existsSync(join(folder, 'expected.json'))

interface Named {
  title: string
  line: number
  variant_of?: string
}

interface Expected {
  assets: Named[]
  adversaries: Named[]
  attacks: Named[]
  threats: {
    universal: { adversary: string; line: number }[]
    direct: { attack: string; by: { adversary: string; line: number }[] }[]
    shared: { line: number; adversaries: string[]; attacks: Named[] }
    by_reference: { attack: string; line: number; same_adversaries_as: string }[]
    no_adversary_stated: Named[]
    against_mitigations: { attack: string; line: number; adversaries: string[] }[]
  }
  mitigations: unknown[]
  problems: { rule: string; line: number; first?: number }[]
}

const when = there ? describe : describe.skip

when('the seed', () => {
  const expected: Expected = there
    ? JSON.parse(readFileSync(join(folder, 'expected.json'), 'utf8'))
    : { threats: {} }
  const text = there ? readFileSync(join(folder, 'THREAT_MODEL.md'), 'utf8') : ''
  const { model, problems, unreadable } = read(text)
  const { threats: wanted } = expected

  test('assets, adversaries, attacks and mitigations', () => {
    expect(unreadable).toBeNull()
    expect(model.assets.map(named)).toEqual(expected.assets.map((a) => [a.title, a.line]))
    expect(stated(model).map(named)).toEqual(expected.adversaries.map((a) => [a.title, a.line]))
    const attacks = model.attacks.map((a) => [...named(a), attackTitle(model, a.variantOf)])
    expect(attacks).toEqual(expected.attacks.map((a) => [a.title, a.line, a.variant_of ?? null]))
    expect(model.mitigations).toEqual(expected.mitigations)
  })

  test('universal threats', () => {
    const got = scoped(model, 'universal').map((t) => [...named(t), t.attacks, by(model, t)])
    expect(got).toEqual(wanted.universal.map((t) => [t.adversary, t.line, [], [t.adversary]]))
  })

  test('direct threats', () => {
    const direct = scoped(model, 'direct').filter((t) => t.adversaries.length > 0)
    const got = direct.map((t) => [...named(t), attacksOf(model, t), by(model, t)])
    const want = wanted.direct.flatMap(({ attack, by: leaves }) =>
      leaves.map((leaf) => [
        `${attack} / ${leaf.adversary}`,
        leaf.line,
        [attack],
        [leaf.adversary],
      ]),
    )
    expect(got).toEqual(want)
  })

  test('threats without an adversary, and by reference', () => {
    const bare = scoped(model, 'direct').filter((t) => t.adversaries.length === 0)
    expect(bare.map(named)).toEqual(wanted.no_adversary_stated.map((t) => [t.title, t.line]))
    const got = scoped(model, 'by-reference').map((t) => [...named(t), by(model, t)])
    const want = wanted.by_reference.map((t) => {
      const same = wanted.direct.find((other) => other.attack === t.same_adversaries_as)
      return [t.attack, t.line, same?.by.map((leaf) => leaf.adversary)]
    })
    expect(got).toEqual(want)
  })

  test('shared threats, and threats against mitigations', () => {
    const got = scoped(model, 'shared').map((t) => [lineOf(t), by(model, t), attacksOf(model, t)])
    const attacks = wanted.shared.attacks.map((attack) => attack.title)
    const want = wanted.shared.adversaries.map((name) => [wanted.shared.line, [name], attacks])
    expect(got).toEqual(want)
    const against = scoped(model, 'against-mitigation')
    expect(against.map((t) => [lineOf(t), attacksOf(model, t), by(model, t)])).toEqual(
      wanted.against_mitigations.flatMap((t) =>
        t.adversaries.map((name) => [t.line, [t.attack], [name]]),
      ),
    )
  })

  test('problems, and no other', () => {
    const got = problems.map((p) => [p.code, p.span.start.line, p.related?.start.line ?? null])
    const want = expected.problems.map((p) => [p.rule, p.line, p.first ?? null])
    expect(got.sort(inOrder)).toEqual(want.sort(inOrder))
  })
})

function named(element: { title: string; span: Threat['span'] }): [string, number] {
  return [element.title, lineOf(element)]
}

function lineOf(element: { span: Threat['span'] }): number {
  return element.span.start.line
}

function stated(model: ThreatModel) {
  return model.adversaries.filter((adversary) => adversary.certainty === 'stated')
}

function scoped(model: ThreatModel, scope: Threat['scope']): Threat[] {
  return model.threats.filter((threat) => threat.scope === scope)
}

function attackTitle(model: ThreatModel, id: string | null): string | null {
  return model.attacks.find((attack) => attack.id === id)?.title ?? null
}

function attacksOf(model: ThreatModel, threat: Threat) {
  return threat.attacks.map((id) => attackTitle(model, id))
}

function by(model: ThreatModel, threat: Threat) {
  return threat.adversaries.map((id) => model.adversaries.find((a) => a.id === id)?.title)
}

function inOrder(a: (string | number | null)[], b: (string | number | null)[]): number {
  return String(a[0]).localeCompare(String(b[0])) || Number(a[1]) - Number(b[1])
}
