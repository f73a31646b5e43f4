import { type Problem, problem } from '../shared/problem.ts'
import type { Mitigation, Threat, ThreatModel } from './model.ts'
import { remembering } from './remember.ts'

/*
 * Flaws that show only in the whole model: a threat stated twice in one list, an acceptance without
 * an end or an owner, an answer that is still to be done under a threat that is called mitigated,
 * paths that the tree does not have, and threats that only running text names.
 */

export function modelProblems(model: ThreatModel): Problem[] {
  return [
    ...repeatedThreats(model),
    ...model.threats.flatMap(incompleteAcceptance),
    ...contradictions(model),
    ...deadPaths(model),
    ...guesses(model),
  ]
}

/** Recognisers that read running text, where no form says what a threat is. */
const ofProse: ReadonlySet<string> = new Set(['paragraphs', 'prose', 'quotes'])

/** Where most threats are guesses, their author has to know, and how to leave no doubt. */
function guesses(model: ThreatModel): Problem[] {
  const guessed = model.threats.filter(({ origins }) =>
    origins.every(({ recogniser }) => ofProse.has(recogniser)),
  )
  const [first] = guessed
  if (first === undefined || guessed.length * 2 <= model.threats.length) return []
  const count = guessed.length === 1 ? 'One threat is' : `${guessed.length} threats are`
  const message = `${count} guessed from running text, the first here; others may be overlooked`
  return [problem('read-from-prose', message, first.span)]
}

/** Equal titles under one heading. Under different headings they are different threats. */
function repeatedThreats(model: ThreatModel): Problem[] {
  const first = new Map<string, Threat>()
  const problems: Problem[] = []
  for (const threat of ofEqualTitles(model.threats.filter(({ scope }) => scope === 'direct'))) {
    const key = [...threat.section, threat.title.toLowerCase()].join('\n')
    const earlier = first.get(key)
    if (earlier === undefined) first.set(key, threat)
    else {
      const line = earlier.span.start.line
      const message = `"${threat.title}" is stated twice, first on line ${line}`
      const subject = threat.title
      problems.push(
        problem('duplicate-threat', message, threat.span, { related: earlier.span, subject }),
      )
    }
  }
  return problems
}

/** The few threats whose title another has, too. */
function ofEqualTitles(threats: readonly Threat[]): Threat[] {
  const once = new Set<string>()
  const again = new Set<string>()
  for (const { title } of threats) {
    const key = lowered(title)
    if (once.has(key)) again.add(key)
    else once.add(key)
  }
  if (again.size === 0) return []
  return threats.filter(({ title }) => again.has(lowered(title)))
}

/** Kept, as nearly all titles of a head are those of its base. */
const lowered = remembering((title) => title.toLowerCase())

/** Whoever writes one part of an acceptance means all of it: until when, by whom, why. */
function incompleteAcceptance(threat: Threat): Problem[] {
  const acceptance = threat.acceptance
  if (acceptance === null || (acceptance.until === null && acceptance.owner === null)) return []
  const missing = [
    acceptance.until === null ? 'a date' : '',
    acceptance.owner === null ? 'an owner' : '',
    acceptance.reason === null ? 'a reason' : '',
  ].filter((part) => part !== '')
  if (missing.length === 0) return []
  const message = `The acceptance of "${threat.title}" lacks ${missing.join(' and ')}`
  return [problem('acceptance-incomplete', message, acceptance.span, { subject: threat.title })]
}

const undone = /\b(?:todo|tbd|not yet implemented|to be implemented|not implemented yet)\b/i

function isUndone(mitigation: Mitigation | undefined): mitigation is Mitigation {
  if (mitigation === undefined) return false
  return mitigation.status === 'planned' || undone.test(mitigation.title)
}

/** "Mitigated" above, "to do" below. */
function contradictions(model: ThreatModel): Problem[] {
  const byId = new Map(model.mitigations.map((mitigation) => [mitigation.id, mitigation]))
  return model.threats
    .filter((threat) => threat.status === 'mitigated' && threat.statusBasis === 'explicit')
    .flatMap((threat) => {
      const note = threat.mitigations.map((tie) => byId.get(tie.id)).find(isUndone)
      if (note === undefined) return []
      const message = `"${threat.title}" is called mitigated, but "${note.title}" is not done`
      const related = threat.span
      return [problem('note-contradicts', message, note.span, { related, subject: threat.title })]
    })
}

function deadPaths(model: ThreatModel): Problem[] {
  const elements = [...model.assets, ...model.threats, ...model.mitigations]
  const told = new Set<string>()
  return elements
    .flatMap((element) => element.code)
    .filter((code) => code.exists === false)
    .flatMap((code) => {
      const key = `${code.path} ${code.span.start.offset}`
      if (told.has(key)) return []
      told.add(key)
      const message = `There is no file ${code.path} in this commit`
      return [problem('dead-path', message, code.span, { subject: code.path })]
    })
}
