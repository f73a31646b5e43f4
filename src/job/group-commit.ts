/*
 * One commit for everything that arrives in one turn of the event loop. A durable commit waits for
 * the disk; with one per delivery an embedded store reaches 28 % of a bare server's rate, with one
 * per turn 99 % (docs/OPERATIONS.md has the measurement of this code).
 *
 * While a batch is being committed the next one gathers. If a batch of several fails for a reason
 * of its own and not of the world, each member is tried alone once, so that one that can never
 * succeed does not take its neighbours along.
 */
export interface GroupCommit<In, Out> {
  /** Resolves after the commit, rejects when it failed: then nothing was done. */
  submit(member: In): Promise<Out>
  /** Resolves when nothing is under way any more. */
  idle(): Promise<void>
}

interface Member<In, Out> {
  input: In
  resolve(output: Out): void
  reject(error: unknown): void
}

/** More than this in one transaction would keep the event loop, or a row lock, for too long. */
const batchMax = 500

export function createGroupCommit<In, Out>(
  commit: (inputs: In[]) => Promise<Out[]>,
  isWorld: (error: unknown) => boolean,
): GroupCommit<In, Out> {
  let gathering: Member<In, Out>[] = []
  let running: Promise<void> | null = null

  function start(): void {
    running ??= new Promise<void>((resolve) => setImmediate(resolve)).then(drain)
  }

  async function drain(): Promise<void> {
    while (gathering.length > 0) {
      const batch = gathering.slice(0, batchMax)
      gathering = gathering.slice(batchMax)
      await settle(batch)
    }
    running = null
  }

  async function settle(batch: Member<In, Out>[]): Promise<void> {
    try {
      const outputs = await commit(batch.map((member) => member.input))
      batch.forEach((member, i) => {
        member.resolve(outputs[i] as Out)
      })
    } catch (error) {
      if (batch.length === 1 || isWorld(error)) for (const member of batch) member.reject(error)
      else for (const member of batch) await settle([member])
    }
  }

  return {
    submit: (input) =>
      new Promise<Out>((resolve, reject) => {
        gathering.push({ input, resolve, reject })
        start()
      }),
    idle: () => running ?? Promise.resolve(),
  }
}
