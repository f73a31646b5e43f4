/*
 * Loaded before a program (`node --import`): the wall clock of the process, in all its threads,
 * jumps to and fro by up to an hour, every 0.7 s. What measures time by the steady clock is not
 * touched, as when somebody sets the clock of a machine.
 */
const everyMs = 700
const jumpsMs = [0, 1_000, -1_000, 45_000, -45_000, 300_000, -300_000, 3_600_000, -3_600_000]

const real = Date.now

function offMs(): number {
  // From the real time, so that threads and processes of one machine agree.
  const turn = Math.floor(real() / everyMs)
  return jumpsMs[(turn * 7919) % jumpsMs.length] ?? 0
}

Date.now = () => real() + offMs()
Object.defineProperty(performance, 'timeOrigin', { value: performance.timeOrigin + offMs() })

export {}
