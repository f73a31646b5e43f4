import type { Entrance } from './github/github.ts'
import type { Job } from './job/job.ts'
import type { MergeGroup } from './pull-request/reader.ts'
import type { Reviewer } from './reviewer.ts'
import { failed, ok } from './shared/outcome.ts'
import { createReportRoute, type ReportRoute } from './web/report-route.ts'
import { createSeal, type SealedReport } from './web/sealed.ts'

/** The addresses that check runs lead to, and what is answered there; without ours, nothing. */
export interface ReportPages {
  detailsUrl(job: Job, head: string, group: MergeGroup | null): string | null
  route: ReportRoute | null
}

export interface ReportPagesParts {
  publicUrl: string | null
  privateKey: string
  entrance(report: SealedReport): Promise<Entrance>
  reviewer: Reviewer
  /** ISO date. */
  today(): string
  log: { warn(fields: object, message: string): void }
  /** Epoch ms. */
  now(): number
}

export function createReportPages(parts: ReportPagesParts): ReportPages {
  const { publicUrl, now, log } = parts
  if (publicUrl === null) return { detailsUrl: () => null, route: null }
  const seal = createSeal(parts.privateKey, now)

  async function look(report: SealedReport) {
    const { reader } = await parts.entrance(report)
    const gathered = await reader.read(report.pull, parts.today(), report.group ?? undefined)
    if (!gathered.ok) return gathered
    const { facts } = gathered.value
    if (facts.head.sha !== report.head) return failed('moved-on', 'the head is another')
    const reviewed = await parts.reviewer.review(facts)
    return reviewed.ok ? ok({ title: facts.pull.title, report: reviewed.value }) : reviewed
  }

  return {
    detailsUrl({ installationId, pull }, head, group) {
      return `${publicUrl}/report/${seal.close({ installationId, pull, head, group })}`
    },
    route: createReportRoute({ seal, look, log, now }),
  }
}
