/**
 * Epoch ms that never jump: the wall clock at the start of the process plus what has passed since.
 * If somebody sets the machine's clock, leases and waits of this process keep their length.
 */
export function steadyClock(): () => number {
  return () => Math.floor(performance.timeOrigin + performance.now())
}
