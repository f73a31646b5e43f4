import { execFileSync } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { listen } from '../../src/simulator/server.ts'
import { createSimulator } from '../../src/simulator/simulator.ts'
import { breakDisk, fillDisk, makeDisk, mount, repairDisk } from './crash-disk.ts'
import { integrity, pause } from './crash-parent.ts'
import {
  judge,
  lastLife,
  livesOf,
  peopleAtWork,
  type ServiceVerdict,
  type Stage,
  stageOf,
  webhookUrlOf,
} from './crash-service.ts'
import { type ServiceProcess, startProcess } from './service-process.ts'

/*
 * The disk of the whole service fills up, or turns read-only, while people work. What could not be
 * stored is answered with 5xx, so that GitHub keeps it; `/readyz` says no; what was acknowledged
 * is concluded in the end. A full disk is given room under the running process; a read-only one
 * is repaired and the service started anew.
 */
export interface DiskVerdict extends ServiceVerdict {
  /** Answers while the disk was not to be written: `503 × 12`. */
  answers: string
  /** Of `/readyz` meanwhile, and in the end. */
  ready: number[]
  /** Other answers to deliveries than 2xx and 5xx: must be 0. */
  strange: number
}

export type DiskFault = 'full' | 'read-only'

const diskMb = 64
const workMs = 2_500

export async function serviceDiskTrial(fault: DiskFault): Promise<DiskVerdict> {
  const folder = mkdtempSync(join(tmpdir(), 'threat-model-disk-'))
  const disk = join(folder, 'disk')
  const image = join(folder, 'disk.img')
  makeDisk(image, diskMb)
  mount(image, disk, { options: 'loop,errors=remount-ro' })
  const github = createSimulator({ latencyMs: 20 })
  const server = await listen(github)
  const [life] = await livesOf({ kills: 0 }, github, { apiUrl: server.apiUrl, folder: disk })
  if (!life) throw new Error('no process')
  const stage = stageOf(github, [webhookUrlOf(life.environment)])
  let service = await startProcess(life.environment)
  try {
    await workFor(stage)
    stage.statuses.clear()
    const filler = fault === 'full' ? fillDisk(disk) : breakDisk(disk)
    await workFor(stage)
    const meanwhile = new Map(stage.statuses)
    const ready = [await readiness(service)]
    if (filler) for (const file of [filler, `${filler}.rest`]) rmSync(file)
    else service = await repaired(service, { image, disk, environment: life.environment })
    await workFor(stage)
    ready.push(await readiness(service))
    service.process.kill('SIGTERM')
    await service.ended
    await lastLife(stage, life)
    const sound = integrity(join(disk, 'jobs.sqlite'))
    return { ...judge(stage, 0, sound), ...told(meanwhile), ready }
  } finally {
    service.process.kill('SIGKILL')
    await service.ended
    execFileSync('umount', [disk])
    await server.close()
    rmSync(folder, { recursive: true, force: true })
  }
}

async function workFor(stage: Stage): Promise<void> {
  let working = true
  const people = peopleAtWork(stage, () => working)
  await pause(workMs)
  working = false
  await people
}

async function readiness({ webhookUrl }: ServiceProcess): Promise<number> {
  // An answer is kept for a second.
  await pause(1_100)
  const response = await fetch(new URL('/readyz', webhookUrl))
  return response.status
}

interface Broken {
  image: string
  disk: string
  environment: Record<string, string>
}

async function repaired(service: ServiceProcess, { image, disk, environment }: Broken) {
  service.process.kill('SIGKILL')
  await service.ended
  execFileSync('umount', [disk])
  repairDisk(image)
  mount(image, disk)
  return startProcess(environment)
}

function told(statuses: Map<number, number>): Pick<DiskVerdict, 'answers' | 'strange'> {
  const list = [...statuses].sort(([a], [b]) => a - b)
  const isOwn = (status: number) => (status >= 200 && status < 300) || status >= 500
  const strange = list.filter(([status]) => !isOwn(status)).reduce((sum, [, n]) => sum + n, 0)
  return { answers: list.map(([status, n]) => `${status} × ${n}`).join(', '), strange }
}
