import type { ReviewedModel } from '../../coverage/reviewed-model.ts'
import { hasContent } from '../../coverage/reviewed-model.ts'
import { normal } from '../../diff/normal.ts'
import { isSecurityPolicy } from '../../threat-model/discovery.ts'
import type { Draft, Rule } from '../rule.ts'
import { isEmptied } from '../subjects.ts'
import { unreadableWords } from '../unreadable.ts'

/** The document as a whole: gone, emptied, or not readable. */

export const modelDeleted: Rule = {
  id: 'model-deleted',
  reason: 'Without its threat model nothing of this is checked any more.',
  noun: ['threat model deleted', 'threat models deleted'],
  advice:
    'Put the document back. If it moved, let git see the move (`git mv`), or name its new path ' +
    'in the policy. A permitted person can accept that it goes.',
  mirror: { none: 'A new threat model is only shown: nobody should pay for writing one.' },
  acceptable: true,
  find(evidence) {
    return evidence.models.filter(isGone).map((model) => {
      const home = newHome(model, evidence.models)
      if (home !== null) return moved(model, home)
      const count = model.before?.threats.length ?? 0
      const threats = count === 1 ? '1 threat' : `${count} threats`
      const verb = model.state === 'deleted' ? 'is deleted' : 'is emptied'
      return {
        ...whole(model),
        message: `${nameOf(model)} ${verb}; it held ${threats}.`,
        why: 'No change of the code would be looked at with them in mind any more.',
        next:
          'Put it back; if it moved, name its new path, and if it should go, ask a maintainer ' +
          'to accept that.',
      }
    })
  },
}

/** Of a SECURITY.md only a section goes, or all of it. */
function nameOf({ path }: ReviewedModel): string {
  return isSecurityPolicy(path) ? `The threat model in ${path}` : path
}

/** Share of its threats that another document must have taken over. */
const takenMin = 0.8

/** The document that took over the threats of one that is gone, or null. */
function newHome(gone: ReviewedModel, models: readonly ReviewedModel[]): ReviewedModel | null {
  const titles = (gone.before?.threats ?? []).map((threat) => normal(threat.title))
  const takes = (model: ReviewedModel) => {
    const has = new Set((model.after?.threats ?? []).map((threat) => normal(threat.title)))
    return titles.filter((title) => has.has(title)).length >= takenMin * titles.length
  }
  if (titles.length === 0) return null
  return models.find((model) => model !== gone && takes(model)) ?? null
}

function moved(model: ReviewedModel, home: ReviewedModel): Draft {
  return {
    ...whole(model),
    message: `${nameOf(model)} is deleted; its threats are in ${home.path} now.`,
    why: 'Links to the old document lead nowhere.',
    next: 'Look whether everything came along: mitigations, limitations and links to code.',
    levelMax: 'warning',
  }
}

function isGone(model: ReviewedModel): boolean {
  return (model.state === 'deleted' && hasContent(model.before)) || isEmptied(model)
}

export const modelUnreadable: Rule = {
  id: 'model-unreadable',
  reason: 'A threat model that cannot be read cannot be checked.',
  noun: ['threat model that cannot be read', 'threat models that cannot be read'],
  advice:
    'Save the document as a plain UTF-8 Markdown file of moderate size. A pull request that ' +
    'mends one that could not be read needs a permitted person’s agreement, because nobody can ' +
    'tell what it changed.',
  mirror: { none: 'A document that can be read again is looked at like any other.' },
  acceptable: true,
  find(evidence) {
    return evidence.models.flatMap((model): Draft[] => {
      if (model.after === null && model.before !== null) return [broken(model)]
      return model.before === null && model.after !== null ? [mended(model)] : []
    })
  },
}

function broken(model: ReviewedModel): Draft {
  return {
    ...whole(model),
    message:
      `${model.path} cannot be read${model.base.state === 'absent' ? '' : ' any more'}: ` +
      `${unreadableWords(model.head, model.afterReading)}.`,
    why: 'What it says about threats cannot be checked.',
    next: 'Save it as a plain Markdown file again.',
  }
}

/** The base is the flaw, the pull request its cure: a person looks, because we cannot compare. */
function mended(model: ReviewedModel): Draft {
  return {
    ...whole(model),
    message:
      `${model.path} can be read again; before it could not ` +
      `(${unreadableWords(model.base, model.beforeReading)}).`,
    why:
      'What this pull request changed in it cannot be told, because the old text cannot be ' +
      'read.',
    next: 'Ask a maintainer to look at the whole document and to accept it.',
    levelMax: 'acceptance',
  }
}

function whole(model: ReviewedModel): Pick<Draft, 'element' | 'identity' | 'content' | 'place'> {
  const text = model.head.state === 'present' ? model.head.text : model.head.state
  const before = model.base.state === 'present' ? model.base.text : model.base.state
  const place = { path: model.path, side: 'RIGHT' as const, line: 1, endLine: 1 }
  const gone = model.state === 'deleted'
  return {
    element: null,
    identity: [model.previousPath ?? model.path],
    content: [before, text],
    place: gone ? { ...place, side: 'LEFT' } : place,
  }
}
