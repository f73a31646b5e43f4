import { readFileSync } from 'node:fs'

/*
 * Fails when the reader's score on the labelled documents beside the checkout falls below a floor.
 *
 *     score-corpus … --json FILE -- threat-model parse --format json
 *     node test/support/score-floor.ts FILE
 *
 * Shares of 0 to 1, as score-corpus writes them. The floors lie a little under what was reached, so
 * that a real loss is caught and a better reading of one document may cost a point elsewhere.
 */

interface Total {
  threatF1: number
  explicitStatus: number
  overclaim: number
  mitigationsWithinOne: number
  assetF1: number
  adversaryF1: number
  failed: number
}

const floors: [keyof Total, 'at least' | 'at most', number][] = [
  ['threatF1', 'at least', 0.95],
  ['explicitStatus', 'at least', 0.9],
  ['overclaim', 'at most', 0.06],
  ['mitigationsWithinOne', 'at least', 0.92],
  ['assetF1', 'at least', 0.95],
  ['adversaryF1', 'at least', 0.95],
  ['failed', 'at most', 0],
]

const [file = ''] = process.argv.slice(2)
const { total } = JSON.parse(readFileSync(file, 'utf8')) as { total: Total }
const fallen = floors.filter(([name, bound, floor]) =>
  bound === 'at least' ? !(total[name] >= floor) : !(total[name] <= floor),
)
for (const [name, bound, floor] of fallen) {
  console.error(`${name} is ${total[name]}; it must be ${bound} ${floor}`)
}
process.exitCode = fallen.length > 0 ? 1 : 0
