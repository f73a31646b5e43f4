import type { Status } from '../../src/threat-model/model.ts'
import { factsFrom } from './fact-bank.ts'
import type { Place, Written } from './fact-places.ts'

/*
 * Sentences that say how all entries of a list or a table stand, above or below it, and some that
 * only seem to; and answers that take back a part of what they promise.
 */

const sentences: Record<Status, string[]> = {
  mitigated: ['All of these are mitigated.', 'These threats are fully mitigated.'],
  partial: ['These are only partially mitigated.', 'All of these are partly addressed.'],
  accepted: [
    'These are intentional trade-offs.',
    'All of these risks are accepted.',
    'These are consciously accepted limits.',
  ],
  transferred: ['These are left to the operator.'],
  planned: ['All of these are planned.', 'These threats are still to be addressed.'],
  unmitigated: ['None of these threats is mitigated today.', 'These are not mitigated.'],
  'out-of-scope': [
    'The following threats are out of scope.',
    'These are acknowledged but outside the scope of this text.',
  ],
  unstated: [
    'Some of these are accepted.',
    'These should be mitigated.',
    'These are mitigated only if the station is locked.',
    'The risk is mitigated by a lock in other towns.',
    'These could be accepted by the operator.',
    'Most of these are mitigated.',
  ],
}

export const wholes: Place = (random) => {
  const statuses = Object.keys(sentences) as Status[]
  const told: Written['facts'] = []
  const all = factsFrom(random)
  const lines = random
    .shuffled(statuses)
    .slice(0, 3)
    .flatMap((status, at) => {
      const facts = all.slice(at * 2, at * 2 + 2).map((fact) => ({ ...fact, status }))
      const wording = random.pick(sentences[status])
      told.push(...facts.map((fact) => ({ fact, wording: `${status}: ${wording}` })))
      const list = random.chance(0.5)
        ? facts.map(({ name, act }) => `- **${name}**: ${act}.`)
        : ['| Threat | Description |', '|---|---|', ...facts.map((f) => `| ${f.name} | ${f.act} |`)]
      const isAbove = wording.includes('following') || random.chance(0.5)
      const parts = isAbove ? [wording, '', ...list] : [...list, '', wording]
      return [`### Threats of part ${'ABC'.charAt(at)}`, '', ...parts, '']
    })
  return {
    text: `# Threat model of the lockers\n\n## Threats\n\n${lines.join('\n')}\n`,
    facts: told,
  }
}

const backs = [
  'It does not protect against a guest with a key.',
  'However, this cannot be fully prevented.',
  'This is a partial mitigation, not a guarantee.',
  'Thieves can still wait outside.',
  'It reduces the loss but does not prevent it.',
]

/** "Every door is checked … It does not protect against …" is half of an answer. */
export const takenBack: Place = (random) => {
  const facts = factsFrom(random)
    .slice(0, 5)
    .map((fact) => ({ ...fact, status: 'partial' as const }))
  const told = facts.map((fact) => ({ fact, wording: random.pick(backs) }))
  const form = random.pick(['table', 'label', 'bullets'])
  const first = 'Every door is checked by the station and every entry is logged.'
  const lines = told.flatMap(({ fact, wording }) => {
    if (form === 'table') return [`| ${fact.name} | ${first} ${wording} |`]
    const start = [`### ${fact.name}`, '', `${fact.act}.`, '']
    if (form === 'label') return [...start, `**Mitigation:** ${first} ${wording}`, '']
    return [...start, '**Mitigations:**', '', `- ${first}`, `- ${wording}`, '']
  })
  const header = form === 'table' ? ['| Threat | Mitigation |', '|---|---|'] : []
  const text = ['# Threat model of the lockers', '', '## Threats', '', ...header, ...lines].join(
    '\n',
  )
  return { text: `${text}\n`, facts: told }
}
