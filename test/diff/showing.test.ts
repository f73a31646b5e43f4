import { describe, expect, test } from '@jest/globals'
import { compare } from '../../src/diff/compare.ts'
import { changesJson } from '../../src/report/changes-json.ts'
import { changesMarkdown } from '../../src/report/changes-markdown.ts'
import { changesText } from '../../src/report/changes-text.ts'
import { read } from '../../src/threat-model/read.ts'

const before = `# Tool library

## Threats

### Copying a member card

A copied card opens the door at night.

**Status:** mitigated

**Mitigation:** The door must refuse cards without a signature

### Invoice fraud

A forged invoice is paid.
`

const after = `# Tool library

## Threats

### Copying a member card

A copied card opens the door at night.

**Status:** accepted

**Mitigation:** The door should refuse cards without a signature

### Reading the list @everyone <b>now</b>\u0007

A volunteer can read it.
`

function comparison(from = before, to = after) {
  return compare(read(from).model, read(to).model, { before: from, after: to })
}

const register = `# Tool library

| Threat | Mitigation |
|--------|------------|
| A copied card opens the door | Cards are signed; Lost cards are blocked |
| An invoice is forged | Two people sign |
`

describe('changes for people and programs', () => {
  test('as text, without colour', () => {
    expect(changesText(comparison(), { color: false })).toBe(
      `4 changes of meaning: 3 weaker, 1 stronger

Threats
  ↓ Copying a member card  line 5
      status changed  weaker
        - mitigated
        + accepted
  − Invoice fraud  line 13 before
      removed
  + Reading the list @everyone now  line 13

Mitigations
  ↓ The door should refuse cards without a signature  line 11
      reworded  weaker
        - The door must refuse cards without a signature
        + The door should refuse cards without a signature
`,
    )
  })

  test('of a mitigation that came or went, the threats it answers', () => {
    const less = register
      .replace('; Lost cards are blocked', '')
      .replace('sign |', 'sign; Stamps |')
    const changed = comparison(register, less)
    expect(changesText(changed, { color: false })).toContain(
      '      answered: A copied card opens the door\n',
    )
    expect(changesMarkdown(changed)).toContain('  - answers: An invoice is forged')
  })

  test('colour is only added, nothing else changes', () => {
    const colored = changesText(comparison(), { color: true })
    const start = String.fromCharCode(27)
    expect(colored).toContain(`${start}[31m`)
    const bare = colored.split(start).map((part) => part.replace(/^\[\d+m/, ''))
    expect(bare.join('')).toBe(changesText(comparison(), { color: false }))
  })

  test('words of the document cannot steer a terminal', () => {
    const evil = after.replace('Reading the list', 'Reading \u001b[31mthe list')
    const text = changesText(comparison(before, evil), { color: false })
    expect(text).not.toContain('\u001b')
    expect(text).toContain('Reading [31mthe list')
  })

  test('as Markdown, words of the document stay words', () => {
    const markdown = changesMarkdown(comparison())
    expect(markdown).toContain('**4 changes of meaning: 3 weaker, 1 stronger.**')
    expect(markdown).toContain('🔻 **Copying a member card** (line 5)')
    expect(markdown).toContain('    - ~~The door must refuse cards without a signature~~')
    expect(markdown).not.toMatch(/(?<!`)@everyone/)
    expect(markdown).not.toContain('<b>')
  })

  test('as JSON: what does not apply is left out', () => {
    const { schema, changes, notes } = changesJson(comparison()) as {
      schema: string
      changes: Record<string, unknown>[]
      notes: string[]
    }
    expect({ schema, notes }).toEqual({ schema: 'threat-model-diff/1', notes: [] })
    expect(changes.find((change) => change.kind === 'removed')).toEqual({
      kind: 'removed',
      element: 'threat',
      id: 'invoice-fraud',
      title: 'Invoice fraud',
      before: 'Invoice fraud\nA forged invoice is paid.',
      beforeLine: 13,
      direction: 'weaker',
      reason: expect.any(String),
      confidence: expect.any(Number),
    })
    expect(changes.find((change) => change.element === 'mitigation')).toMatchObject({
      kind: 'reworded',
      field: 'title',
      previousTitle: 'The door must refuse cards without a signature',
      beforeLine: 11,
      afterLine: 11,
      direction: 'weaker',
      phrases: { before: 'The door must refuse cards …', after: 'The door should refuse cards …' },
    })
  })

  test('a heading that one reading missed is not new, unless other words stand below it', () => {
    const missed = (head: string) => {
      const model = read(before).model
      const threats = model.threats.filter((threat) => threat.title !== 'Invoice fraud')
      const texts = { before, after: head }
      return compare({ ...model, threats }, read(head).model, texts).changes.map(({ kind }) => kind)
    }
    const polished = before.replace('A forged invoice is paid.', 'Forged invoices get paid.')
    const rewritten = before.replace('A forged invoice is paid.', 'Whoever has the stamp can sign.')
    expect([missed(polished), missed(rewritten)]).toEqual([[], ['added']])
  })

  test('a document that was written anew is said to be', () => {
    const list = (things: string[]) => `# Rink\n\n## Threats\n\n- ${things.join('\n- ')}\n`
    const old = list(['Forged tickets', 'Salt', 'Fire', 'Wet stairs', 'Broken blades', 'Lost bags'])
    expect(comparison(old, list(['Moths eat the curtains', 'Salt'])).notes).toEqual([
      'Most threats were written anew or dropped: of 6 before, 1 found again among the 2 now.',
    ])
    expect(comparison(old, old.replace('- Salt\n', '')).notes).toEqual([])
  })

  test('the same exchange of words in many elements is told once', () => {
    const cells = `# Monastery

## Threats

- A lost key opens the northern cell by night
- Rain comes through the roof of a cell
- Mice eat the books that lie in the cells
- The lamp burns down
`
    const chambers = cells.replaceAll('cell', 'chamber').replace('The lamp', 'Wax')
    const renamed = comparison(cells, chambers)
    const text = changesText(renamed, { color: false })
    expect(text).toContain(`  · “cell” → “chamber”  3 elements
      A lost key opens the northern chamber by night · Rain comes through the roof of a chamber ·`)
    expect(text.match(/reworded|renamed/g)).toHaveLength(1)
    expect(changesMarkdown(renamed)).toContain('- ✏️ “cell” → “chamber” (3 elements)\n  - A lost')
    expect(renamed.changes).toHaveLength(4)
  })

  test('ratings that a whole table lost are told once', () => {
    const rated = `# Halls

## Threats

| Threat | Likelihood | Mitigation |
|---|---|---|
| Fire in the hall | 2 | Sprinklers |
| Flood in the yard | 3 | A wall |
| Frost on the steps | 5 | Sand |
`
    const lost = comparison(rated, rated.replace(/\|[^|\n]*\|([^|\n]*\|\n)/g, '|$1'))
    expect(changesText(lost, { color: false })).toContain(
      '  ↓ likelihood no longer given  3 elements\n',
    )
  })

  test('nothing to say is said in every form', () => {
    const same = comparison(before, before)
    expect(changesText(same, { color: false })).toBe('No change of meaning\n')
    expect(changesMarkdown(same)).toBe('**No change of meaning.**')
    expect(changesJson(same)).toEqual({ schema: 'threat-model-diff/1', changes: [], notes: [] })
  })
})
