import { type FlawKind, flawKinds } from './decisions-names.ts'

/*
 * What a reply of ours remembers about the comment it answers, in its last line, where people do
 * not see it:
 *
 *   <!-- threat-model-bot reply c=conversation:17 t=9c… s=41… r=+1 b=0:f3a9…;2:77… f= e= -->
 *
 * `b` says which findings each command meant when it was first read, with the whole digest of
 * what they were about: that is what binds "all", "#2", a title or a short id to one content for
 * good, without any store. `f` says which names led nowhere (command, target, why); they are not
 * looked up again. `e` says which findings' decisions have been taken back, so that deleting the
 * comment that took them back revives nothing; `r` is the face that we have shown. The line is only
 * believed in a reply that GitHub says is ours and that nobody else has edited (OwnReplyFacts); if
 * it is lost, people are asked again.
 */

export interface Memory {
  /** The comment: where it stands and its number. */
  comment: string
  /** Digest of the commands that were read in it. */
  text: string
  /** Digest of what was said about them. */
  state: string
  /** What each command meant, in the order of the commands. */
  bound: Bound[][]
  flaws: RememberedFlaw[]
  /** Fingerprints of findings whose decision was taken back. */
  ended: string[]
  /** The reaction that stands at the comment. */
  face: Face
}

/** All was done, or something was refused or not understood. GitHub's words. */
export type Face = '+1' | 'confused'

/** A name that led nowhere: which command, which of its targets, why. */
export interface RememberedFlaw {
  command: number
  target: number
  why: FlawKind
}

/** A finding as it was when it was decided on. */
export interface Bound {
  fingerprint: string
  content: string
}

/** Findings that one comment can decide on; a reply has to fit into one GitHub comment. */
export const boundMax = 300

const fingerprintDigits = 16
const form = new RegExp(
  [
    '(?:^|\\n)<!-- threat-model-bot reply c=([a-z]{1,20}:\\d{1,20}) t=([0-9a-f]{16})',
    's=([0-9a-f]{16})(?: r=(\\+1|confused))? b=([0-9a-f:;,]*) f=([0-9a-z.;-]*)',
    'e=([0-9a-f,]*) -->\\s{0,8}$',
  ].join(' '),
)
/** Longer than `boundMax` findings, as many flaws and as many ends. */
const tailLengthMax = 40_000

export function writeMemory(memory: Memory): string {
  const bound = memory.bound
    .map((list, index) => `${index}:${list.map((b) => b.fingerprint + b.content).join(',')}`)
    .filter((entry) => !entry.endsWith(':'))
    .join(';')
  const flaws = memory.flaws
    .slice(0, boundMax)
    .map(({ command, target, why }) => `${command}.${target}.${why}`)
  const { comment, text, state, ended, face } = memory
  const fields = `c=${comment} t=${text} s=${state} r=${face} b=${bound} f=${flaws.join(';')}`
  return `<!-- threat-model-bot reply ${fields} e=${ended.join(',')} -->`
}

/** Null when the text is no reply of the kind. Only ask it about our own, unedited replies. */
export function readMemory(body: string): Memory | null {
  const match = form.exec(body.slice(-tailLengthMax).replaceAll('\r', ''))
  if (!match) return null
  const [, comment = '', text = '', state = '', face, bound = '', flaws = '', ended = ''] = match
  return {
    comment,
    text,
    state,
    bound: readBound(bound),
    flaws: flaws.split(';').flatMap(readFlaw),
    ended: ended.split(',').filter(Boolean),
    face: face === 'confused' ? 'confused' : '+1',
  }
}

function readFlaw(text: string): RememberedFlaw[] {
  const [command = '', target = '', word = ''] = text.split('.')
  const why = flawKinds.find((kind) => kind === word)
  return why ? [{ command: Number(command), target: Number(target), why }] : []
}

function readBound(text: string): Bound[][] {
  const lists: Bound[][] = []
  for (const entry of text.split(';').filter(Boolean)) {
    const [index = '', names = ''] = entry.split(':')
    const at = Number.parseInt(index, 10)
    if (!(at >= 0 && at < boundMax)) continue
    lists[at] = names
      .split(',')
      .filter((name) => name.length > fingerprintDigits)
      .map((name) => ({
        fingerprint: name.slice(0, fingerprintDigits),
        content: name.slice(fingerprintDigits),
      }))
  }
  return Array.from(lists, (list) => list ?? [])
}
