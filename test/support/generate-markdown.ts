import type { EditKind } from './edits.ts'
import type { Sketch, SketchElement, SketchThreat } from './sketch.ts'

/*
 * A sketch as a document, in the shapes that authors use. Not every shape can say everything a
 * sketch holds: `tells` lists the edits that leave a trace in it.
 */

export interface Shape {
  name: string
  /** The form of sketch that it shows. */
  form: 'register' | 'nested'
  tells: EditKind[]
  write(sketch: Sketch): string
}

const always: EditKind[] = ['reword', 'reorder', 'reflow', 'remove threat', 'remove limitation']

const ofNamedThreats: EditKind[] = [
  ...always,
  'rename',
  'renumber',
  'split',
  'merge',
  'duplicate',
  'add threat',
]

const ofFields: EditKind[] = [
  ...ofNamedThreats,
  'reword mitigation',
  'remove mitigation',
  'move mitigation',
  'change status',
  'change severity',
]

/** The reader does not take a row's description for its text yet. */
const ofRows = ofFields.filter((kind) => !['reword', 'split', 'merge'].includes(kind))

export const shapes: Shape[] = [
  { name: 'headings with fields', form: 'register', tells: [...ofFields, 'move'], write: headings },
  { name: 'register table', form: 'register', tells: ofRows, write: register },
  { name: 'STRIDE sections', form: 'register', tells: [...ofNamedThreats, 'move'], write: stride },
  { name: 'nested list', form: 'nested', tells: always, write: nested },
]

function headings(sketch: Sketch): string {
  const parts = [...new Set(sketch.threats.map((threat) => threat.category))].sort()
  return document(sketch, [
    ...preamble(sketch),
    '## Threats',
    ...parts.flatMap((category) => [
      `### ${category}`,
      ...sketch.threats.filter((t) => t.category === category).map((t) => heading(t, sketch)),
    ]),
    ...controls(sketch),
  ])
}

function heading(threat: SketchThreat, sketch: Sketch): string {
  const fields = [
    `- **Severity:** ${threat.severity}`,
    `- **Status:** ${threat.status}`,
    `- **Mitigations:** ${idsOf(threat, sketch).join(', ') || 'none'}`,
  ]
  const id = threat.id === null ? '' : `${threat.id}: `
  return [`#### ${id}${line(threat.title)}`, threat.sentences.join(' '), fields.join('\n')].join(
    '\n\n',
  )
}

function register(sketch: Sketch): string {
  const numbered = sketch.threats.some((threat) => threat.id !== null)
  const header = ['Threat', 'Description', 'Category', 'Severity', 'Status', 'Mitigations']
  const rows = sketch.threats.map((threat) => {
    const cells = [
      line(threat.title),
      line(threat.sentences.join(' ')),
      threat.category,
      threat.severity,
      threat.status,
      idsOf(threat, sketch).join(', '),
    ]
    return numbered ? [threat.id ?? '', ...cells] : cells
  })
  return document(sketch, [
    ...preamble(sketch),
    '## Threat register',
    table(numbered ? ['ID', ...header] : header, rows),
    ...controls(sketch),
  ])
}

function stride(sketch: Sketch): string {
  const parts = [...new Set(sketch.threats.map((threat) => threat.category))].sort()
  return document(sketch, [
    ...preamble(sketch),
    ...parts.flatMap((category) => {
      const threats = sketch.threats.filter((threat) => threat.category === category)
      const entries = threats.map((t) => `- **${line(t.title)}**: ${line(t.sentences.join(' '))}`)
      return [`## ${category}`, 'Threats:', entries.join('\n')]
    }),
    ...limitations(sketch),
  ])
}

function nested(sketch: Sketch): string {
  const entries = sketch.attacks.flatMap((attack) => {
    const threats = sketch.threats.filter((threat) => threat.attack === attack.key)
    if (threats.length === 0) return []
    const below = threats.map((t) => `  - ${line(t.title)}\n      ${t.sentences.join('\n      ')}`)
    return [`- ${line(attack.title)}`, ...below]
  })
  return document(sketch, [
    ...preamble(sketch),
    '## Attacks',
    bullets(sketch.attacks),
    '## Threats',
    entries.join('\n'),
    ...limitations(sketch),
  ])
}

function document(sketch: Sketch, blocks: string[]): string {
  return `# ${sketch.title}\n\n${blocks.join('\n\n')}\n`
}

function preamble(sketch: Sketch): string[] {
  return [
    '## Assets',
    bullets(sketch.assets),
    '## Adversaries',
    bullets(sketch.adversaries),
    '## Assumptions',
    bullets(sketch.assumptions),
  ]
}

function controls(sketch: Sketch): string[] {
  const rows = sketch.mitigations.map((m) => [controlId(m), line(m.title)])
  return ['## Mitigations', table(['ID', 'Mitigation'], rows), ...limitations(sketch)]
}

function limitations(sketch: Sketch): string[] {
  return sketch.limitations.length === 0
    ? []
    : ['## Known limitations', bullets(sketch.limitations)]
}

/** A control keeps its number, whatever becomes of the others. */
function controlId({ key }: SketchElement): string {
  return `M-${key.replace(/\D+/g, '').padStart(2, '0')}`
}

function idsOf(threat: SketchThreat, sketch: Sketch): string[] {
  const tied = sketch.mitigations.filter(({ key }) => threat.mitigations.includes(key))
  return tied.map(controlId).sort()
}

function bullets(elements: readonly SketchElement[]): string {
  return elements.map(({ title }) => `- ${line(title)}`).join('\n')
}

function table(header: string[], rows: string[][]): string {
  const rule = header.map(() => '---')
  return [header, rule, ...rows].map((cells) => `| ${cells.join(' | ')} |`).join('\n')
}

function line(text: string): string {
  return text.replace(/\s+/g, ' ')
}
