import { names, type Shape, type Threat, type Words } from './shape-bank.ts'

/*
 * Tables of threats: columns in the orders and with the names that people give them. The column
 * with the name (or the act) of a threat is what a reader must take as the title.
 */

type Cell = (threat: Threat, i: number) => string
type Column = [heading: string, cell: Cell]

const threatColumns = `
  Threat/Attack/Risk/Threat scenario/Attack scenario/Scenario/Abuse case/Concern
  /Attack vector/Vulnerability/What could go wrong/Failure mode/Exposure/Hazard/Threats`
const answerColumns = `
  Mitigation/Mitigations/Control/Controls/Countermeasure/Defense/Defence/Response
  /Safeguard/Our answer/Protection/How it is handled/Prevented by/Stopped by/Treatment
  /Current mitigation/Required control/Implementation/Action/Resolution/Mitigated by`

const named: Cell = (threat) => threat.name
const acted: Cell = (threat) => threat.act
const threat = ({ one }: Words): Column => [one(threatColumns), named]
const answer = ({ one }: Words): Column => [one(answerColumns), (t) => t.fixes.join('; ')]

export function tableOf(columns: Column[], threats: Threat[]): string[] {
  return [
    row(columns.map(([heading]) => heading)),
    `|${columns.map(() => '---').join('|')}|`,
    ...threats.map((threat, i) => row(columns.map(([, cell]) => cell(threat, i)))),
    '',
  ]
}

function row(cells: string[]): string {
  return `| ${cells.join(' | ')} |`
}

function table(columns: (words: Words) => Column[], title: 'name' | 'act' = 'name'): Shape {
  return (words, threats) => ({
    lines: [...words.section(), ...tableOf(columns(words), threats)],
    titles: threats.map((threat) => threat[title]),
  })
}

export const tableShapes: Record<string, Shape> = {
  'table: threat, answer': table((w) => [threat(w), answer(w)]),
  'table: threat, answer, outside a section of threats': (w, threats) => {
    const columns: Column[] = [[w.one('Threat/Attack/Risk/Threat scenario'), named], answer(w)]
    const heading = `## ${w.one('Analysis/Overview of findings/Details')}`
    return { lines: [heading, '', ...tableOf(columns, threats)], titles: names(threats) }
  },
  'table: number, threat, example, answer': table((w) => [
    ['#', (_, i) => String(i + 1)],
    threat(w),
    [w.one('Example/Description/Details/How'), acted],
    answer(w),
  ]),
  'table: id, description, likelihood, impact, answer': table((w) => [
    ['ID', (_, i) => `R-${i + 1}`],
    [w.one('Description/Risk/Threat/Scenario/Title/Name'), named],
    ['Likelihood', w.level],
    ['Impact', w.level],
    answer(w),
  ]),
  'table: attacker, scenario, answer': table((w) => attackers(w).slice(0, 3), 'act'),
  'table: attacker, scenario, answer, residual': table(attackers, 'act'),
  'table: class, threat, answer': table((w) => [
    [w.one('STRIDE/Category/Class/Type'), (t) => t.kind],
    threat(w),
    answer(w),
  ]),
  'table: letter of a class, threat, answer, status': table((w) => [
    ['Cat.', (t) => t.kind.slice(0, 1)],
    [w.one('Threat/Attack/Scenario'), named],
    answer(w),
    [w.one('Status/State/Verdict'), (_, i) => (i % 2 ? 'Mitigated' : 'Partial')],
  ]),
  'table: class as the threat, scenario, answer': table((w) => {
    const classes = w.one('Threat/STRIDE/Category/Threat type')
    // Beside a column of threats, an example or a description only tells of them.
    const told =
      classes === 'Threat'
        ? 'Scenario/Attack'
        : 'Scenario/Example/Description/Attack/How it applies/Concern'
    return [[classes, (t) => t.kind], [w.one(told), acted], answer(w)]
  }, 'act'),
  'table: asset, threat, answer': table((w) => [
    [w.one('Asset/Target/What'), (t) => t.asset],
    threat(w),
    answer(w),
  ]),
  'table: component, threat, answer, residual': table((w) => [
    [w.one('Component/Surface/Area/Entry point/Boundary/Module/Channel'), (t) => t.part],
    threat(w),
    answer(w),
    [w.one('Residual/Residual risk/Remaining risk'), (t) => t.remains],
  ]),
  'table: threat, likelihood, impact, risk, answer': table((w) => [
    [w.one('Threat/Attack/Threat scenario/Scenario/Abuse case/Vulnerability'), named],
    [w.one('Likelihood/L/Probability'), w.level],
    [w.one('Impact/I/Severity'), w.level],
    [w.one('Risk/Rating/Priority'), w.level],
    answer(w),
  ]),
  'table: threat, status, notes': table((w) => [
    threat(w),
    [w.one('Status/Covered?/Mitigated?/Handled/Protected?'), (_, i) => (i % 2 ? '✅' : '❌')],
    [w.one('Notes/Comment/How/Details'), (t) => t.fixes.join('; ')],
  ]),
  'table: vector, impact, answer': table((w) => [
    [w.one('Vector/Attack vector/Attack path/Technique'), named],
    ['Impact', acted],
    answer(w),
  ]),
  'table: many columns in any order': table((w) =>
    w.shuffled<Column>([
      [w.one('Threat/Attack/Risk'), named],
      answer(w),
      ['Owner', () => 'Platform'],
      ['Reference', () => '#12'],
      ['Test', () => '`lock.test.ts`'],
      ['Affected', (t) => t.part],
    ]),
  ),
  'table: one of fields and values for each heading': (w, threats) => {
    const before = w.series()
    const lines = threats.flatMap((t, i) => [
      `### ${before(i)}${t.name}`,
      '',
      '| Field | Value |',
      '|---|---|',
      row(['Description', t.act]),
      row(['Severity', w.level()]),
      row(['Mitigation', t.fixes.join('; ')]),
      row(['Status', 'Mitigated']),
      '',
    ])
    return { lines: [...w.section(), ...lines], titles: names(threats) }
  },
  'table: HTML': (w, threats) => {
    const rows = threats.map((t) => `<tr><td>${t.name}</td><td>${t.fixes.join('; ')}</td></tr>`)
    const head = '<tr><th>Threat</th><th>Mitigation</th></tr>'
    const lines = [...w.section(), '<table>', head, ...rows, '</table>', '']
    return { lines, titles: names(threats) }
  },
}

function attackers(words: Words): Column[] {
  return [
    [words.one('Attacker/Adversary/Threat actor/Actor/Who'), (t) => t.actor],
    [words.one('Scenario/Attack/Goal/Threat/What they do/Action/Capability'), acted],
    answer(words),
    ['Residual risk', (t) => t.remains],
  ]
}
