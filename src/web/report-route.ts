import { createHash } from 'node:crypto'
import { createCache } from '../github/cache.ts'
import { pageStyle } from '../report/page-style.ts'
import type { Report } from '../report/report.ts'
import { noticePage, reportPage } from '../report/report-page.ts'
import { type Failure, failed, type Outcome } from '../shared/outcome.ts'
import { repositoryName } from '../shared/refs.ts'
import type { Answer } from './answer.ts'
import { type Seal, type SealedReport, sealedDays } from './sealed.ts'

/*
 * Where the check run's details lead: `/report/<sealed>`. The page is made anew when somebody opens
 * it, from GitHub as it is then, and only if the pull request still stands at the commit the check
 * is about. So no text of a repository is kept anywhere, a restart loses no page, and an App that
 * was taken out of a repository shows nothing of it any more.
 *
 * Who has an address may read the report: GitHub shows it to those who may see the check run, which
 * are those who may read the repository. It cannot be guessed, it ends after `sealedDays`, and it
 * is kept out of caches, search engines, referrers and frames. To open a page costs requests to
 * GitHub, so one that was just made is shown again, few are made at once, and each installation has
 * a number for an hour.
 */
export interface ReportRouteParts {
  seal: Seal
  /** Reads and judges; writes nothing. `moved-on` when the head is another. */
  look(report: SealedReport): Promise<Outcome<{ title: string; report: Report }>>
  log: { warn(fields: object, message: string): void }
  /** Epoch ms. */
  now(): number
}

/** Null: not one of these addresses. */
export type ReportRoute = (path: string) => Promise<Answer> | null

const form = /\/report\/([A-Za-z0-9_-]{1,1000})$/
const keptMs = 60_000
const keptCharsMax = 16 * 1024 * 1024
const atOnceMax = 4
const perHourMax = 240
const hourMs = 3_600_000
const installationsMax = 5_000
const retrySeconds = 10

export function createReportRoute(parts: ReportRouteParts): ReportRoute {
  const { seal, now } = parts
  const kept = createCache<{ at: number; answer: Answer }>(keptCharsMax)
  const underWay = new Map<string, Promise<Answer>>()
  const hours = createCache<{ since: number; count: number }>(installationsMax)

  function mayLook({ installationId }: SealedReport): boolean {
    const key = String(installationId)
    const known = hours.get(key)
    const hour = known && now() - known.since < hourMs ? known : { since: now(), count: 0 }
    if (hour.count >= perHourMax) return false
    hours.set(key, { ...hour, count: hour.count + 1 }, 1)
    return true
  }

  async function make(sealed: string, report: SealedReport): Promise<Answer> {
    const looked = await parts.look(report).catch((error: unknown) => {
      parts.log.warn({ reason: String(error) }, 'A report page failed by a defect')
      return failed('unavailable', 'internal error')
    })
    if (!looked.ok) return refusal(looked.failure)
    const { repository, number } = report.pull
    const name = repositoryName(repository)
    const body = reportPage({ repository: name, number, footer, ...looked.value })
    const answer = page(200, body)
    kept.set(sealed, { at: now(), answer }, body.length)
    return answer
  }

  async function open(sealed: string): Promise<Answer> {
    const report = seal.open(sealed)
    if (report === null) return notKept
    const known = kept.get(sealed)
    if (known && now() - known.at < keptMs) return known.answer
    const same = underWay.get(sealed)
    if (same) return same
    if (underWay.size >= atOnceMax || !mayLook(report)) return busy(retrySeconds)
    const making = make(sealed, report).finally(() => underWay.delete(sealed))
    underWay.set(sealed, making)
    return making
  }

  return (path) => {
    const sealed = form.exec(path)?.[1]
    return sealed === undefined ? null : open(sealed)
  }
}

/** The one style sheet, by its digest; nothing else is loaded, sent, framed or followed. */
const pageHeaders = {
  'cache-control': 'private, no-store',
  'content-security-policy': [
    "default-src 'none'",
    `style-src 'sha256-${createHash('sha256').update(pageStyle).digest('base64')}'`,
    "base-uri 'none'",
    "form-action 'none'",
    "frame-ancestors 'none'",
  ].join('; '),
  'cross-origin-opener-policy': 'same-origin',
  'cross-origin-resource-policy': 'same-origin',
  'referrer-policy': 'no-referrer',
  'x-robots-tag': 'noindex, nofollow, noarchive',
}

const footer =
  'Made when this page was opened, from what GitHub showed then. Who has this address can read ' +
  `the report for ${sealedDays} days after the check ran: pass it on only to people who may read ` +
  'the repository.'

const again =
  'To have it made again, press “Re-run” or “Check again” on the check of the pull request; its ' +
  'details then lead to the new report.'

/** The same for what ran out, what was never there, and what the App may no longer see. */
const notKept = page(410, noticePage('This report is no longer kept', [again]))

const moved = page(
  410,
  noticePage('The pull request has moved on', [
    'This was the report about an earlier commit. The check on the newest commit has its own.',
  ]),
)

function refusal({ kind, retryAfterMs }: Failure): Answer {
  if (kind === 'moved-on') return moved
  if (kind === 'gone' || kind === 'forbidden') return notKept
  return busy(Math.max(retrySeconds, Math.ceil((retryAfterMs ?? 0) / 1_000)))
}

function busy(seconds: number): Answer {
  const text = `GitHub cannot be asked just now. Open this page again in ${seconds} seconds.`
  const answer = page(503, noticePage('Not now', [text]))
  return { ...answer, headers: { ...answer.headers, 'retry-after': String(seconds) } }
}

function page(status: number, body: string): Answer {
  return { status, type: 'text/html; charset=utf-8', body, headers: pageHeaders }
}
