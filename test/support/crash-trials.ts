import { execFileSync } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { breakDisk, makeDisk, mount, repairDisk } from './crash-disk.ts'
import { integrity, newStory, pause, type Story, startChild, unkept } from './crash-parent.ts'
import { places, type Place as WritePlace } from './faulty-database.ts'
import type { PostgresServer } from './postgres-server.ts'

/*
 * The trials a job store has to pass, as functions of how often. The jest tests run each a few
 * times; `test/job/crash.ts` runs them at length, by hand, and prints what it found.
 */
export interface Verdict {
  trials: number
  acked: number
  /** Acknowledged, and no evaluation that knew of it ever ended: must be 0. */
  unkept: number
  /** Evaluated more than once: allowed after a kill, because "look again" may be repeated. */
  twice: number
  /** What the store said of itself afterwards; `ok` when it is sound. */
  sound: string
  notes: string
}

interface Place {
  path: string
  databaseUrl: string | null
}

/**
 * Kills the process at random moments while it adds and works; then one life to finish the rest.
 */
export async function killTrial(kills: number, databaseUrl: string | null): Promise<Verdict> {
  return inFolder(async (folder) => {
    const place = { path: join(folder, 'jobs.sqlite'), databaseUrl }
    const story = newStory()
    for (let i = 0; i < kills; i += 1) {
      const orders = { ...place, prefix: `p${i}`, add: 100_000, work: true, evaluateMs: 5 }
      const child = startChild({ orders, story })
      await child.opened
      await pause(Math.random() * 400)
      child.process.kill('SIGKILL')
      await child.ended
    }
    await finishRest(place, story)
    return verdict(story, place, kills, 'kill -9')
  })
}

/**
 * Kills itself at its first write, in a fresh store at its second, and so on until a life ends
 * untouched; each followed by a life that finishes the rest. So for each of the three places.
 */
export async function everyWriteTrial(database: () => string | null): Promise<Verdict> {
  const total: Verdict = { trials: 0, acked: 0, unkept: 0, twice: 0, sound: 'ok', notes: '' }
  const reached: number[] = []
  for (const place of places) {
    let write = 1
    while (await diedAt({ write, place }, database(), total)) write += 1
    reached.push(write - 1)
    total.trials += write - 1
  }
  return { ...total, notes: `writes ${reached.join(' + ')}: before them, their commit, after it` }
}

/** False when the life ended before it came to that write. */
async function diedAt(
  dieAt: { write: number; place: WritePlace },
  databaseUrl: string | null,
  total: Verdict,
): Promise<boolean> {
  return inFolder(async (folder) => {
    const place = { path: join(folder, 'jobs.sqlite'), databaseUrl }
    const story = newStory()
    const life = { add: 24, inFlight: 3, work: true, concurrency: 2, untilEmpty: true, dieAt }
    const code = await startChild({ orders: { ...place, ...life }, story }).ended
    await finishRest(place, story)
    const one = await verdict(story, place, 1, '')
    total.acked += one.acked
    total.unkept += one.unkept
    total.twice += one.twice
    if (one.sound !== 'ok') total.sound = one.sound
    return code === null
  })
}

/** Killed again and again while its clock jumps; the last life has the right time. */
export async function clockTrial(kills: number, databaseUrl: string | null): Promise<Verdict> {
  return inFolder(async (folder) => {
    const place = { path: join(folder, 'jobs.sqlite'), databaseUrl }
    const story = newStory()
    for (let i = 0; i < kills; i += 1) {
      const life = { prefix: `p${i}`, add: 3_000, work: true, evaluateMs: 5, clockJumps: true }
      const child = startChild({ orders: { ...place, ...life }, story })
      await child.opened
      await pause(200 + Math.random() * 400)
      child.process.kill('SIGKILL')
      await child.ended
    }
    await finishRest(place, story)
    return verdict(story, place, kills, 'jumps of 1 s to 10 days, both ways, every 70 ms')
  })
}

/** Several processes on one database: every job is done, none twice, everybody has a share. */
export async function sharingTrial(
  processes: number,
  jobs: number,
  databaseUrl: string | null,
): Promise<Verdict> {
  return inFolder(async (folder) => {
    const place = { path: join(folder, 'jobs.sqlite'), databaseUrl }
    const whole = newStory()
    const filler = startChild({ orders: { ...place, add: jobs }, story: whole })
    await filler.ended
    const stories = Array.from({ length: processes }, newStory)
    const orders = { ...place, work: true, evaluateMs: 5, leaseMs: 30_000, untilEmpty: true }
    const workers = stories.map((story) =>
      startChild({ orders: { ...orders, concurrency: 4 }, story }),
    )
    await Promise.all(workers.map((worker) => worker.ended))
    for (const story of stories) merge(whole, story)
    const shares = stories.map((story) => story.runs).join(' + ')
    return verdict(whole, place, processes, `shares ${shares}`)
  })
}

/** The server goes down in the middle as in a power cut, and comes back. */
export async function serverTrial(server: PostgresServer, times: number): Promise<Verdict> {
  return inFolder(async (folder) => {
    const place = { path: join(folder, 'unused'), databaseUrl: server.createDatabase() }
    const story = newStory()
    const orders = { ...place, add: times * 1_500, work: true, evaluateMs: 5, untilEmpty: true }
    const child = startChild({ orders, story })
    await child.opened
    for (let i = 0; i < times; i += 1) {
      await pause(200 + Math.random() * 300)
      server.stop()
      await pause(Math.random() * 300)
      server.start()
    }
    const code = await child.ended
    if (code !== 0) throw new Error(`the process ended with ${code}: ${child.complaints()}`)
    return verdict(story, place, times, `${story.refused} refused meanwhile`)
  })
}

/**
 * Power cuts: the store lies in a file system of its own inside an image file. The process is
 * stopped at a random moment and the image copied: the copy holds what had reached the disk, and
 * nothing of what the kernel still kept in memory. The copy is then mounted and worked on to the
 * end.
 */
export async function powerTrial(cuts: number): Promise<Verdict> {
  return inFolder(async (folder) => {
    const total: Verdict = { trials: cuts, acked: 0, unkept: 0, twice: 0, sound: 'ok', notes: '' }
    for (let i = 0; i < cuts; i += 1) {
      const one = await powerCut(folder)
      total.acked += one.acked
      total.unkept += one.unkept
      if (one.sound !== 'ok') total.sound = one.sound
    }
    return { ...total, notes: 'loop image, ext4' }
  })
}

async function powerCut(folder: string): Promise<Verdict> {
  const image = join(folder, 'disk.img')
  const copy = join(folder, 'copy.img')
  const disk = join(folder, 'disk')
  makeDisk(image, 64)
  const story = newStory()
  mount(image, disk)
  try {
    const orders = { path: join(disk, 'jobs.sqlite'), add: 1_000_000, work: true }
    const child = startChild({ orders, story })
    await child.opened
    await pause(100 + Math.random() * 900)
    child.process.kill('SIGSTOP')
    execFileSync('cp', ['--sparse=always', image, copy])
    child.process.kill('SIGKILL')
    await child.ended
  } finally {
    execFileSync('umount', [disk])
  }
  mount(copy, disk)
  try {
    const place = { path: join(disk, 'jobs.sqlite'), databaseUrl: null }
    await finishRest(place, story)
    return await verdict(story, place, 1, '')
  } finally {
    execFileSync('umount', [disk])
    rmSync(copy)
  }
}

/**
 * The disk fills up, and after 300 refusals is given room: the same process goes on, and nothing
 * acknowledged before or after is missing.
 */
export async function fullDiskTrial(): Promise<Verdict> {
  return inFolder(async (folder) => {
    const disk = join(folder, 'disk')
    makeDisk(join(folder, 'disk.img'), 40)
    mount(join(folder, 'disk.img'), disk, { ballastMb: 16 })
    try {
      const path = join(disk, 'jobs.sqlite')
      const story = newStory()
      const child = startChild({ orders: { path, add: 1_000_000 }, story })
      const isOver = () => child.process.exitCode !== null
      while (story.refused < 300 && !isOver()) await pause(20)
      const full = { refused: story.refused, acked: story.acked.size }
      rmSync(join(disk, 'ballast'))
      while (story.acked.size < full.acked + 500 && !isOver()) await pause(20)
      const after = story.acked.size - full.acked
      child.process.kill('SIGKILL')
      await child.ended
      const place = { path, databaseUrl: null }
      await finishRest(place, story)
      const notes = `${full.refused} refused while the disk was full, ${after} taken after`
      return await verdict(story, place, 1, notes)
    } finally {
      execFileSync('umount', [disk])
    }
  })
}

/**
 * The kernel makes the file system read-only under the running process, as after a disk error.
 * The process stands still for that moment: an `fdatasync` under way while ext4 gives up its
 * journal may succeed for what is lost (one in twelve with a program that does nothing else).
 * What the service makes of that is the trial of crash-service-disk.ts: recovery finds it.
 */
export async function readOnlyTrial(): Promise<Verdict> {
  return inFolder(async (folder) => {
    const disk = join(folder, 'disk')
    makeDisk(join(folder, 'disk.img'), 64)
    mount(join(folder, 'disk.img'), disk, { options: 'loop,errors=remount-ro' })
    const story = newStory()
    const place = { path: join(disk, 'jobs.sqlite'), databaseUrl: null }
    try {
      const child = startChild({ orders: { ...place, add: 100_000 }, story })
      await child.opened
      await pause(300)
      child.process.kill('SIGSTOP')
      await pause(200)
      breakDisk(disk)
      child.process.kill('SIGCONT')
      while (story.refused < 100 && child.process.exitCode === null) await pause(20)
      child.process.kill('SIGKILL')
      const code = await child.ended
      if (code !== null) throw new Error(`the process ended with ${code}: ${child.complaints()}`)
    } finally {
      execFileSync('umount', [disk])
    }
    const { refused } = story
    repairDisk(join(folder, 'disk.img'))
    mount(join(folder, 'disk.img'), disk)
    try {
      await finishRest(place, story)
      return await verdict(story, place, 1, `${refused} refused while it was read-only`)
    } finally {
      execFileSync('umount', [disk])
    }
  })
}

/** One more life that adds nothing and ends when nothing is left. */
async function finishRest(place: Place, story: Story): Promise<void> {
  const orders = { ...place, work: true, untilEmpty: true, concurrency: 64 }
  const last = startChild({ orders, story })
  const code = await last.ended
  if (code !== 0) throw new Error(`the last life ended with ${code}: ${last.complaints()}`)
}

async function verdict(
  story: Story,
  { path, databaseUrl }: Place,
  trials: number,
  notes: string,
): Promise<Verdict> {
  return {
    trials,
    acked: story.acked.size,
    unkept: unkept(story).length,
    twice: story.repeated,
    sound: databaseUrl === null ? integrity(path) : 'ok',
    notes,
  }
}

function merge(into: Story, other: Story): void {
  const again = [...other.seen].filter((delivery) => into.seen.has(delivery))
  into.repeated += other.repeated + again.length
  for (const delivery of other.seen) into.seen.add(delivery)
  into.lost += other.lost
}

async function inFolder<T>(work: (folder: string) => Promise<T>): Promise<T> {
  const folder = mkdtempSync(join(tmpdir(), 'threat-model-crash-'))
  try {
    return await work(folder)
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}
