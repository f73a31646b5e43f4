import { bullets, groupedBy, names, type Shape, type Threat, type Words } from './shape-bank.ts'

/*
 * Threats in the shapes that people write without tables: series of headings and of bold lines,
 * lists, labels, lists of what is in and out of scope, what an attacker can and cannot do.
 */

/** A section of threats with some lines for each. */
function entries(of: (words: Words) => (threat: Threat, i: number) => string[]): Shape {
  return (words, threats) => ({
    lines: [...words.section(), ...threats.flatMap(of(words)), ''],
    titles: names(threats),
  })
}

const joined = (threat: Threat) => threat.fixes.join('; ')

const headingShapes: Record<string, Shape> = {
  'headings, labels and bullets': entries((w) => {
    const [before, mark, act, answer] = [
      w.series(),
      w.pick(['', '', '🔴 ', '🎯 ']),
      w.act(),
      w.answer(),
    ]
    const form = w.pick(['**X:**', '**X**:', '*X:*', 'X:', '**X**'])
    const label = (word: string) => form.replace('X', word)
    const inList = w.chance(0.6)
    return (t, i) => [
      `### ${mark}${before(i)}${t.name}`,
      '',
      `${label(act)} ${t.act}.`,
      '',
      ...(inList
        ? [label(answer), '', ...bullets(t.fixes)]
        : [`${label(answer)} ${t.fixes.join('. ')}.`]),
      '',
    ]
  }),
  'headings, labels as list items': entries((w) => {
    const [before, act, answer] = [w.series(), w.act(), w.answer()]
    return (t, i) => [
      `### ${before(i)}${t.name}`,
      '',
      `- **${act}:** ${t.act}.`,
      `- **Likelihood:** ${w.level()}`,
      `- **Impact:** ${w.level()}`,
      `- **${answer}:** ${joined(t)}.`,
      '',
    ]
  }),
  'headings and prose': entries((w) => {
    const before = w.series()
    return (t, i) => [`### ${before(i)}${t.name}`, '', `${t.act}. ${t.fixes.join('. ')}.`, '']
  }),
  'headings of level 2, no section': (w, threats) => {
    const before = w.series(['T# — ', 'Threat #: ', 'Threat @: ', 'Attack #: ', 'Risk # - '])
    const label = w.answer()
    const lines = threats.flatMap((t, i) => [
      `## ${before(i)}${t.name}`,
      '',
      `${t.act}.`,
      '',
      `**${label}:** ${t.fixes.join('. ')}.`,
      '',
    ])
    return { lines, titles: names(threats) }
  },
  'headings with headings below': entries((w) => {
    const [before, act, answer] = [w.series(), w.act(), w.answer()]
    return (t, i) => [
      `### ${before(i)}${t.name}`,
      '',
      `#### ${act}`,
      '',
      `${t.act}.`,
      '',
      `#### ${answer}`,
      '',
      ...bullets(t.fixes),
      '',
    ]
  }),
  'abuse cases with steps': (w, threats) => {
    const lines = threats.flatMap((t, i) => [
      `### Abuse case ${i + 1}: ${t.name}`,
      '',
      `**Actor:** ${t.actor}`,
      '',
      '**Steps:**',
      '',
      '1. The actor comes near the station.',
      `2. ${t.act}.`,
      '',
      '**Mitigations:**',
      '',
      ...bullets(t.fixes),
      '',
    ])
    const section = `## ${w.one('Abuse cases/Misuse cases/Attack scenarios')}`
    return { lines: [section, '', ...lines], titles: names(threats) }
  },
  'questions and answers': (w, threats) => {
    const titles = threats.map((t) => `What if ${lower(t.act)}?`)
    const lines = threats.flatMap((t, i) => [`### ${titles[i]}`, '', `${joined(t)}.`, ''])
    return { lines: [...w.section(), ...lines], titles }
  },
  'details blocks': entries((w) => {
    const before = w.series()
    return (t, i) => [
      '<details>',
      `<summary>${before(i)}${t.name}</summary>`,
      '',
      `${t.act}.`,
      '',
      `**Mitigation:** ${joined(t)}.`,
      '',
      '</details>',
      '',
    ]
  }),
}

const paragraphShapes: Record<string, Shape> = {
  'bold names before sentences': entries((w) => {
    const [before, answer] = [w.series(['T#: ', 'Threat #: ', '#. ', '']), w.answer()]
    return (t, i) => [`**${before(i)}${t.name}.** ${t.act}.`, '', `*${answer}:* ${joined(t)}.`, '']
  }),
  'bold lines with lists': entries((w) => {
    const [before, answer] = [w.series(['T#: ', 'Threat #: ', '#. ', 'Threat S#: ']), w.answer()]
    return (t, i) => [
      `**${before(i)}${t.name}**`,
      '',
      `${t.act}.`,
      '',
      `${answer}:`,
      '',
      ...bullets(t.fixes),
      '',
    ]
  }),
  'paragraphs with ids under classes': (w, threats) => {
    const answer = w.answer()
    const entry = (t: Threat, i: number) => [
      `Threat ${t.kind.charAt(0)}${i + 1}: ${t.name}.`,
      '',
      `${answer}:`,
      '',
      ...bullets(t.fixes),
      '',
    ]
    return underClasses('STRIDE analysis', threats, (of) => of.flatMap(entry))
  },
  'labels in paragraphs': entries((w) => {
    const rule = w.chance(0.5) ? ['---', ''] : []
    return (t) => [`**Threat:** ${t.name}`, '', `**Mitigation:** ${joined(t)}`, '', ...rule]
  }),
  'labels in lines': entries((w) => (t, i) => [
    `**ID:** T${i + 1}  `,
    `**Threat:** ${t.name}  `,
    `**Impact:** ${w.level()}  `,
    `**Mitigation:** ${joined(t)}`,
    '',
  ]),
}

const listShapes: Record<string, Shape> = {
  'bullets: name and sentence': entries((w) => {
    const [between, answered] = [w.pick([': ', ' — ', ' - ', '. ']), w.chance(0.5)]
    return (t) => [
      `- **${t.name}**${between}${t.act}.${answered ? ` Mitigation: ${joined(t)}.` : ''}`,
    ]
  }),
  'bullets with labels below': entries((w) => {
    const [numbered, act, answer] = [w.chance(0.5), w.act(), w.answer()]
    const indent = numbered ? '   ' : '  '
    return (t, i) => [
      `${numbered ? `${i + 1}.` : '-'} **${t.name}**`,
      ...bullets([`${act}: ${t.act}`, `${answer}: ${joined(t)}`], indent),
    ]
  }),
  'bullets, then a list of answers': (w, threats) => {
    const answers = bullets(threats.flatMap((t) => t.fixes))
    const heading = `## ${w.one('Mitigations/Countermeasures/Controls/Defenses/Safeguards')}`
    const list = bullets(names(threats))
    return {
      lines: [...w.section(), ...list, '', heading, '', ...answers, ''],
      titles: names(threats),
    }
  },
  'bullets with a verdict': entries((w) => {
    const form = w.pick([' (X)', ' — X', ': **X**'])
    return (t, i) => [`- ${t.name}${form.replace('X', i % 3 ? 'mitigated' : 'accepted')}`]
  }),
  'bullets with answers below': entries(() => (t) => [`- ${t.name}`, ...bullets(t.fixes, '  ')]),
  'bullets with an arrow to the answer': entries((w) => (t) => [
    `- ${t.name} ${w.pick(['→', '->', '=>'])} ${joined(t)}`,
  ]),
  'bullets in turn, under classes': (_, threats) =>
    underClasses('STRIDE', threats, (of) =>
      of.flatMap((t) => [`- **Threat:** ${t.name}`, `- **Mitigation:** ${joined(t)}`]),
    ),
  'bullets with labelled answers below, under classes': (_, threats) =>
    underClasses('STRIDE', threats, (of) =>
      of.flatMap((t) => [
        `- **Threat:** ${t.name}`,
        ...bullets(
          t.fixes.map((fix) => `**Mitigation:** ${fix}`),
          '  ',
        ),
      ]),
    ),
  'residual risks': (w, threats) => ({
    lines: [
      `## ${w.one('Residual risks/Known limitations/Known gaps/Accepted risks/Remaining risks')}`,
      '',
      ...threats.map((t) => `- **${t.name}.** ${t.act}.`),
      '',
    ],
    titles: names(threats),
  }),
  'two lists for each component': (w, threats) => {
    const form = w.pick(['**X:**', '#### X', 'X:'])
    const list = (word: string, texts: string[]) => [
      form.replace('X', word),
      '',
      ...bullets(texts),
      '',
    ]
    const lines = groupedBy(threats, 'part').flatMap(([part, of]) => [
      `### ${part}`,
      '',
      ...list('Threats', names(of)),
      ...list(
        'Mitigations',
        of.flatMap((t) => t.fixes),
      ),
    ])
    const section = `## ${w.one('Threats by component/Per-component analysis/Threat analysis')}`
    return { lines: [section, '', ...lines], titles: names(threats) }
  },
}

const scopes: [inside: string, outside: string][] = [
  ['What we protect against', 'What we do not protect against'],
  ['In scope', 'Out of scope'],
  ['Protected against', 'NOT protected against'],
  ['Threats we mitigate', 'Threats we do NOT mitigate'],
  ['Defended', 'Not defended'],
  ['Covered', 'Not covered'],
  ['In-scope threats', 'Out-of-scope threats'],
  ['Protects against', 'Does not protect against'],
  ['Attacks we defend against', 'Non-goals'],
  ['Mitigated threats', 'Unmitigated threats'],
]

const scopeShapes: Record<string, Shape> = {
  'lists of what is in and out of scope': (w, threats) =>
    scopeLists(w, threats, (heading) => `## ${heading}`),
  'lists of what is in and out of scope, under bold lines': (w, threats) =>
    scopeLists(w, threats, (heading) => `**${heading}**`),
  'headings under what is in and out of scope': (w, threats) => {
    const [inside, outside] = w.pick(scopes.filter(([, word]) => /not|threats$/i.test(word)))
    const before = w.series()
    const entry = (t: Threat, i: number) => [
      `#### ${before(i)}${t.name}`,
      '',
      `**Threat**: ${t.act}.`,
      '',
    ]
    const [first, second] = halves(threats)
    const why = w.one('**Why not**:/**Rationale**:/**Why not protected**:/**Reason**:')
    const lines = [
      `### ${inside}`,
      '',
      ...first.flatMap((t, i) => [...entry(t, i), '**Mitigation**:', '', ...bullets(t.fixes), '']),
      `### ${outside}`,
      '',
      ...second.flatMap((t, i) => [...entry(t, i), why, '', '- No software can do this', '']),
    ]
    return { lines: ['## Threat categories', '', ...lines], titles: names(threats) }
  },
  'what an attacker can and cannot do': (w, threats) => {
    const not = w.pick(['cannot', 'can’t', "can't", 'can not', 'should not be able to'])
    const can = w.pick(['can:', 'Can:', '**Can:**', 'They can:', 'This attacker can:'])
    const cannot = w.pick([`${not}:`, `They ${not}:`, `**${upper(not)}:**`])
    const section = `## ${w.one('Adversaries/Attacker capabilities/Attackers')}`
    const lines = abilities(threats, '###', { can, cannot, entry: (t) => `- ${lower(t.act)}` })
    return { lines: [section, '', ...lines], titles: threats.map((t) => t.act) }
  },
  'kinds of attackers, what they can and cannot do': (w, threats) => {
    const [can, cannot] = w.pick([
      ['An attacker of this kind can:', "An attacker of this kind can't:"],
      ['Such an adversary *can*:', 'Such an adversary *cannot*:'],
      ['What they can do:', 'What they cannot do:'],
    ])
    const words = { can: can ?? '', cannot: cannot ?? '', entry: (t: Threat) => `* ${t.act}.` }
    return { lines: abilities(threats, '##', words), titles: threats.map((t) => t.act) }
  },
}

export const shapes: Record<string, Shape> = {
  ...headingShapes,
  ...paragraphShapes,
  ...listShapes,
  ...scopeShapes,
}

function underClasses(section: string, threats: Threat[], of: (of: Threat[]) => string[]) {
  const groups = groupedBy(threats, 'kind')
  const lines = groups.flatMap(([kind, own]) => [`### ${kind}`, '', ...of(own), ''])
  return { lines: [`## ${section}`, '', ...lines], titles: names(threats) }
}

function scopeLists(words: Words, threats: Threat[], heading: (text: string) => string) {
  const [inside, outside] = words.pick(scopes)
  const explained = words.chance(0.5)
  const entry = (t: Threat) => (explained ? `- **${t.name}**: ${t.act}.` : `- ${t.name}`)
  const [first, second] = halves(threats)
  const list = (text: string, of: Threat[]) => [heading(text), '', ...of.map(entry), '']
  return { lines: [...list(inside, first), ...list(outside, second)], titles: names(threats) }
}

function abilities(
  threats: Threat[],
  depth: string,
  words: { can: string; cannot: string; entry: (threat: Threat) => string },
): string[] {
  const kinds = ['Thief with a phone', 'Network attacker']
  return halves(threats).flatMap((half, k) => {
    const [first, second] = halves(half)
    const list = (label: string, of: Threat[]) =>
      of.length > 0 ? [label, '', ...of.map(words.entry), ''] : []
    return [`${depth} ${kinds[k]}`, '', ...list(words.can, first), ...list(words.cannot, second)]
  })
}

function halves<T>(list: T[]): [T[], T[]] {
  const middle = Math.ceil(list.length / 2)
  return [list.slice(0, middle), list.slice(middle)]
}

const lower = (text: string) => text.charAt(0).toLowerCase() + text.slice(1)
const upper = (text: string) => text.charAt(0).toUpperCase() + text.slice(1)
