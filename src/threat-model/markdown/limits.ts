import type { Construct, SyntaxExtension } from './definitions.ts'

/*
 * Limits the parser keeps while it works. Its cost is quadratic, or worse, in a few counts, and no
 * look at the text beforehand can tell which marks share a paragraph. So the parser counts: the
 * constructs below stand beside its own, never match anything, and give up when a count is too
 * high. The tree of a document within the limits does not change.
 *
 *     a **b** [c]      text       emphasis, brackets, tags and backticks, per paragraph or cell
 *     [a]: b "c        content    definitions, per run of lines that may be some
 *     > a              flow       lines like the next, which go on with a paragraph of a container
 *     lazy                        without its mark, per block quote or entry
 *     - - - - a        document   containers opened in one line
 *
 * Real threat models stay far below. `test/threat-model/hostile.test.ts` holds what goes over.
 */

/** What is thrown out of the parser. `line` is 1-based in the piece that was being parsed. */
export interface OverLimit {
  overLimit: string
  line: number
}

type Context = ThisParameterType<Construct['tokenize']>
type State = ReturnType<Construct['tokenize']>

/** Marks in one text, by code. */
const marksMax = 500
const markWeights: [code: number, weight: number][] = [
  [91, 1], // [
  [93, 1], // ]
  [-5, 0.125], // CR, LF and CRLF
  [-4, 0.125],
  [-3, 0.125],
]
/**
 * Marks that turn out to start nothing weigh more: their end was looked for, for some of them up to
 * the end of the text.
 */
const failedCodeWeight = 16
const failedTagWeight = 2
const failedDeclarationWeight = 8
/** A longer run of `*` or `_` is no emphasis that anybody wrote. */
const runMax = 256
const definitionsMax = 1000
const lazyLinesMax = 400
/** Containers opened in one line, where `> - *` and digits may open one. */
const containersMax = 32
const containerCodes = [42, 43, 45, 48, 49, 50, 51, 52, 53, 54, 55, 56, 57, 62]
/** A container that opens behind this column is in too many others. */
const containerColumnMax = 256

const marks = 'too many marks (emphasis, brackets, tags, code) in one paragraph'
const definitions = 'too many link definitions in a row'
const lazyLines = 'too many lines that go on with a list entry or quote without its mark'
const containers = 'too many list and quote marks in one line'
const nesting = 'nested too deeply'

/** What was counted so far, by tokenizer: micromark makes one for each text, content and flow. */
const counts = new WeakMap<object, { line: number; count: number }>()

export const limits: SyntaxExtension = {
  document: Object.fromEntries(containerCodes.map((code) => [code, silent(countContainer)])),
  flow: { null: silent(countLazyLine) },
  contentInitial: { 91: silent((context) => add(context, 1, definitionsMax, definitions)) },
  text: {
    42: runOf(42),
    60: failedTag(),
    95: runOf(95),
    96: failedCode(),
    ...Object.fromEntries(
      markWeights.map(([code, weight]) => [
        code,
        silent((context) => add(context, weight, marksMax, marks)),
      ]),
    ),
  },
}

/**
 * Whether the parser could count too high in a text. It cannot in most pieces, and not to count
 * there saves a tenth of the parsing. Every mark is taken for one that weighs most.
 */
export function mayGoOver(text: string): boolean {
  let weight = 0
  for (let i = 0; i < text.length; i++) weight += weightsMost[text.charCodeAt(i)] ?? 0
  return weight > runMax || manyContainers.test(text)
}

/** By character code. A line is looked at up to twice, and so few lines have few lazy ones. */
const weightsMost = new Float64Array(128)
for (const mark of '[]*_') weightsMost[mark.charCodeAt(0)] = 1
weightsMost[60] = failedTagWeight + failedDeclarationWeight
weightsMost[96] = failedCodeWeight
weightsMost[10] = (2 * runMax) / lazyLinesMax
weightsMost[13] = (2 * runMax) / lazyLinesMax

/** What containers start with, as far as it takes to open too many or to reach too far. */
const manyContainers = /^[ \t>*+\-\d.)]{32}/m

export function isOverLimit(error: unknown): error is OverLimit {
  return typeof error === 'object' && error !== null && 'overLimit' in error
}

/** A construct that looks and never matches. */
function silent(look: (context: Context) => void): Construct {
  return {
    partial: true,
    tokenize(_effects, _ok, nok) {
      look(this)
      return nok
    },
  }
}

/** Looks at a whole run of emphasis marks, which the parser takes in one go. */
function runOf(mark: number): Construct {
  return {
    partial: true,
    tokenize(effects, _ok, nok) {
      const context = this
      let length = 0
      return inside

      function inside(code: number | null): State | undefined {
        if (code === mark) {
          length++
          effects.consume(code)
          return inside
        }
        add(context, length > runMax ? marksMax + 1 : length, marksMax, marks)
        return nok(code)
      }
    },
  }
}

/** Looks at a run of backticks that starts no code. */
function failedCode(): Construct {
  return {
    ...silent((context) => add(context, failedCodeWeight, marksMax, marks)),
    add: 'after',
    // As the parser's own: else each backtick of the run would be tried.
    previous(code) {
      return code !== 96 || this.events.at(-1)?.[1].type === 'characterEscape'
    },
  }
}

/** Looks at a `<` that starts no tag, and at the mark behind it. */
function failedTag(): Construct {
  return {
    partial: true,
    add: 'after',
    tokenize(effects, _ok, nok) {
      return (code) => {
        effects.consume(code)
        return (behind) => {
          const isDeclaration = behind === 33 || behind === 63
          add(this, isDeclaration ? failedDeclarationWeight : failedTagWeight, marksMax, marks)
          return nok(behind)
        }
      }
    },
  }
}

function countLazyLine(context: Context): void {
  if (context.parser.lazy[context.now().line]) add(context, 1, lazyLinesMax, lazyLines)
}

/** Called wherever a container may open, at the first place of a line up to twice. */
function countContainer(context: Context): void {
  const { line, column } = context.now()
  if (counts.get(own(context))?.line !== line) counts.delete(own(context))
  add(context, 1, containersMax + 2, containers)
  if (column > containerColumnMax) throw { overLimit: nesting, line } satisfies OverLimit
}

function add(context: Context, weight: number, max: number, what: string): void {
  const { line } = context.now()
  const count = (counts.get(own(context))?.count ?? 0) + weight
  if (count > max) throw { overLimit: what, line } satisfies OverLimit
  counts.set(own(context), { line, count })
}

/** The tokenizer itself; while it interrupts, `this` is an object made from it. */
function own(context: Context): object {
  return Object.hasOwn(context, 'parser') ? context : Object.getPrototypeOf(context)
}
