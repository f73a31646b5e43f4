/** One measured figure beside the reference measured in the same run, and the goal for the two. */
export interface BenchLine {
  case: string
  value: number
  unit: string
  /** What it is compared with, and that figure. */
  reference: string
  /** `value` by the reference's figure, or null when there is none. */
  ratio: number | null
  goal: string
  met: boolean
}

/** For people: columns as wide as their longest cell. */
export function tableOf(lines: BenchLine[]): string {
  const rows = lines.map((line) => [
    line.case,
    `${shown(line.value)} ${line.unit}`,
    line.ratio === null ? '' : `× ${shown(line.ratio)}`,
    line.reference,
    line.goal,
    line.met ? 'met' : 'MISSED',
  ])
  const all = [['case', 'value', 'ratio', 'reference', 'goal', ''], ...rows]
  const widths = all[0]?.map((_, i) => Math.max(...all.map((row) => row[i]?.length ?? 0))) ?? []
  return all
    .map((row) =>
      row
        .map((cell, i) => cell.padEnd(widths[i] ?? 0))
        .join('  ')
        .trimEnd(),
    )
    .join('\n')
}

export function shown(figure: number): string {
  return figure >= 100 ? figure.toFixed(0) : figure.toPrecision(3)
}

/** To two digits after the point. */
export function rounded(figure: number): number {
  return Math.round(figure * 100) / 100
}
