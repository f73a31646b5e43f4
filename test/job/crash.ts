import { whyNoMounts } from '../support/crash-disk.ts'
import { type ServiceVerdict, serviceTrial } from '../support/crash-service.ts'
import { type DiskFault, serviceDiskTrial } from '../support/crash-service-disk.ts'
import {
  clockTrial,
  everyWriteTrial,
  fullDiskTrial,
  killTrial,
  powerTrial,
  readOnlyTrial,
  serverTrial,
  sharingTrial,
  type Verdict,
} from '../support/crash-trials.ts'
import {
  findPostgres,
  type PostgresServer,
  startPostgres,
  whyNoPostgres,
} from '../support/postgres-server.ts'

/*
 * Run by hand, minutes long: the trials of the job stores, with figures.
 *
 *   npm run crash                all, 200 kills and 20 power cuts; half an hour
 *   npm run crash -- kill 50     one of them: kill, writes, clock, share, power, full, read-only,
 *                                postgres, service (the whole service on a simulated GitHub)
 */
const [only = 'all', times] = process.argv.slice(2)
const count = (usual: number) => Number(times ?? usual)
let failures = 0

if (wanted('kill')) show('kill -9, embedded', await killTrial(count(200), null))
if (wanted('writes')) show('kill at every write, embedded', await everyWriteTrial(() => null))
if (wanted('clock')) show('clock jumps, embedded', await clockTrial(count(20), null))
if (wanted('share')) {
  show('2 processes, embedded', await sharingTrial(2, 2_000, null))
  show('4 processes, embedded', await sharingTrial(4, 2_000, null))
}
const noMounts = whyNoMounts()
if (noMounts === null) {
  if (wanted('power')) show('power cut, embedded', await powerTrial(count(20)))
  if (wanted('full')) show('disk full, embedded', await fullDiskTrial())
  if (wanted('read-only')) show('read-only disk, embedded', await readOnlyTrial())
  if (wanted('full')) await showDisk('full')
  if (wanted('read-only')) await showDisk('read-only')
} else {
  console.log(`power, full, read-only: skipped, ${noMounts}`)
}
if (wanted('postgres')) await postgresTrials()
if (wanted('service')) {
  showService('one process', await serviceTrial({ kills: count(200) }))
  showService('its clock jumps', await serviceTrial({ kills: count(20), clockJumps: true }))
}
process.exitCode = failures === 0 ? 0 : 1

async function postgresTrials(): Promise<void> {
  const bin = findPostgres()
  if (bin === null) return console.log(`postgres: skipped, ${whyNoPostgres}`)
  await onServer(bin, async (server) => {
    show('kill -9, PostgreSQL', await killTrial(count(100), server.createDatabase()))
    show('clock jumps, PostgreSQL', await clockTrial(count(20), server.createDatabase()))
    for (const processes of [2, 4]) {
      const url = server.createDatabase()
      show(`${processes} processes, PostgreSQL`, await sharingTrial(processes, 2_000, url))
    }
    show('PostgreSQL stopped and started', await serverTrial(server, 5))
    for (const processes of [2, 4]) {
      const databaseUrl = server.createDatabase()
      const verdict = await serviceTrial({ kills: count(20), processes, databaseUrl })
      showService(`${processes} processes, PostgreSQL`, verdict)
    }
  })
  // With a database for each write, a server would take long to start again.
  await onServer(bin, async (server) => {
    const everyWrite = await everyWriteTrial(() => server.createDatabase())
    show('kill at every write, PostgreSQL', everyWrite)
  })
}

async function onServer(
  bin: string,
  work: (server: PostgresServer) => Promise<void>,
): Promise<void> {
  const server = startPostgres(bin)
  try {
    await work(server)
  } finally {
    server.remove()
  }
}

function showService(name: string, verdict: ServiceVerdict): void {
  const { kills, acked, refused, comments, checks } = verdict
  const { unconcluded, doubled, sound, violations } = verdict
  const wrong = [...unconcluded, ...doubled, ...violations]
  // Without a comment nothing could have been said twice.
  const passed = wrong.length === 0 && sound === 'ok' && acked > 0 && comments > 0
  if (!passed) failures += 1
  console.log(
    `${passed ? 'passed' : 'FAILED'}  kill -9, whole service, ${name} × ${kills}: ` +
      `${acked} acknowledged, ` +
      `${refused} not; ${unconcluded.length} pull requests without their conclusion, ` +
      `${doubled.length} of ${comments} comments twice, ${checks} check runs, store ${sound}. ` +
      wrong.slice(0, 5).join(', '),
  )
}

async function showDisk(fault: DiskFault): Promise<void> {
  const { answers, ready, strange, ...verdict } = await serviceDiskTrial(fault)
  const refused = /\b5\d\d ×/.test(answers)
  if (strange > 0 || !refused || ready.join() !== '503,200') {
    failures += 1
    verdict.violations.push('not refused as it should')
  }
  const said = `answers meanwhile ${answers}; /readyz ${ready.join(', then ')}`
  showService(`disk ${fault}: ${said}`, verdict)
}

function wanted(name: string): boolean {
  return only === 'all' || only === name
}

function show(name: string, verdict: Verdict): void {
  const { trials, acked, unkept, twice, sound, notes } = verdict
  const shared = notes.startsWith('shares')
  const passed = unkept === 0 && sound === 'ok' && acked > 0 && !(shared && twice > 0)
  if (!passed) failures += 1
  const figures = `${acked} acknowledged, ${unkept} lost, ${twice} evaluated twice, store ${sound}`
  console.log(`${passed ? 'passed' : 'FAILED'}  ${name} × ${trials}: ${figures}. ${notes}`)
}
