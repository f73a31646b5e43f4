import type { Io } from './io.ts'

const barWidth = 30

/** A bar on the terminal's error output for work of known length; silent elsewhere. */
export interface Progress {
  step(): void
  end(): void
}

export function startProgress(io: Io, total: number, what: string): Progress {
  let done = 0
  function draw(): void {
    const filled = Math.round((done / Math.max(total, 1)) * barWidth)
    const bar = '█'.repeat(filled) + '░'.repeat(barWidth - filled)
    io.stderr(`\r${bar} ${done}/${total} ${what}`)
  }
  return {
    step() {
      done++
      if (io.progress) draw()
    },
    end() {
      if (io.progress) io.stderr('\r\u001b[K')
    },
  }
}
