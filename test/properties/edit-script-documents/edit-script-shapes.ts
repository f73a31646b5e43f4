import { describe, expect, test } from '@jest/globals'
import { compare } from '../../../src/diff/compare.ts'
import { read } from '../../../src/threat-model/read.ts'
import { judge } from '../../support/edit-script.ts'
import { applyEdits } from '../../support/edits.ts'
import { effort } from '../../support/effort.ts'
import { type Shape, shapes } from '../../support/generate-markdown.ts'
import { randomFrom } from '../../support/random.ts'
import { type Sketch, sketchOf } from '../../support/sketch.ts'

/*
 * Random edits on generated documents, through the real reader: the same promises as for models,
 * for every shape that authors use. The last test turns one shape into another, which is no
 * change.
 */

const scripts = effort(22, 66)
/** Least share recognised, of 100, over all kinds of a shape. */
const floor = 97

function sketchFor(shape: Shape, seed: number): Sketch {
  const random = randomFrom(seed * 7919 + 13)
  const threats = random.pick([6, 15])
  return sketchOf(random, { threats, form: shape.form, ids: random.chance(0.5) })
}

function flawsOf(shape: Shape, seed: number): string[] {
  const random = randomFrom(seed)
  const kind = shape.tells[seed % shape.tells.length] ?? 'reorder'
  const edited = applyEdits([kind], sketchFor(shape, seed), random)
  const texts = { before: shape.write(edited.base), after: shape.write(edited.head) }
  const [before, after] = [read(texts.before).model, read(texts.after).model]
  expect(before.threats.length).toBeGreaterThanOrEqual(edited.base.threats.length)
  return judge(edited, compare(before, after, texts)).edits.map(({ edit, flaws }) => {
    return flaws.length === 0 ? '' : `seed ${seed}, ${edit.kind}: ${flaws.join('; ').slice(0, 300)}`
  })
}

describe('edit scripts on generated documents', () => {
  for (const shape of shapes) {
    test(`${shape.name}: edits are recognised`, () => {
      const all = Array.from({ length: scripts }, (_, seed) => flawsOf(shape, seed)).flat()
      const flaws = all.filter((flaw) => flaw !== '')
      console.info(`${shape.name}: ${all.length - flaws.length} of ${all.length}`)
      const share = (100 * (all.length - flaws.length)) / all.length
      expect({ asked: all.length > scripts / 2, flaws: share >= floor ? [] : flaws }).toEqual({
        asked: true,
        flaws: [],
      })
    })
  }

  test('headings with fields become a register table: no threat comes or goes', () => {
    const [headings, register] = shapes
    if (headings === undefined || register === undefined) throw new Error('shapes are missing')
    for (let seed = 0; seed < 10; seed++) {
      const sketch = sketchFor(register, seed)
      const texts = { before: headings.write(sketch), after: register.write(sketch) }
      const { changes } = compare(read(texts.before).model, read(texts.after).model, texts)
      const wrong = changes.filter((c) => c.field !== 'body' && c.field !== 'section')
      expect({ seed, wrong: wrong.map((c) => `${c.kind} ${c.field} ${c.title}`) }).toEqual({
        seed,
        wrong: [],
      })
    }
  })
})
