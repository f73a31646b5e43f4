import { answersOf, ratioOf } from './coverage/answer.ts'
import { cover } from './coverage/cover.ts'
import type { Ratio } from './coverage/link.ts'
import { type ReviewedModel, reviewModels } from './coverage/reviewed-model.ts'
import { policyInForce } from './policy/in-force.ts'
import { judge } from './policy/judge.ts'
import { modelsAmong } from './pull-request/documents.ts'
import type { PullRequestFacts } from './pull-request/facts.ts'
import { limitsOf } from './report/limits.ts'
import { repliesOf } from './report/replies.ts'
import type { ModelReport, Report } from './report/report.ts'
import { titleOf } from './report/title.ts'
import type { ThreatModel } from './threat-model/model.ts'

/*
 * The whole judgement in one function; start reading here.
 *
 *   facts ─ policy in force ─ models of both sides, compared ─ code they speak for ─ verdict
 *
 * It asks nobody and waits for nothing: the same facts give the same report, in the App, on the
 * command line, in a worker thread and in a test. What could not be learnt is among the facts, and
 * ends up in the report as a doubt.
 */
export function review(facts: PullRequestFacts): Report {
  const inForce = policyInForce(facts.policy)
  const { policy } = inForce
  const documents = modelsAmong(
    facts.models,
    policy.models.map(({ path }) => path),
  )
  const models = reviewModels({ ...facts, models: documents }, policy.reading)
  const coverage = cover({
    facts,
    models,
    map: policy.code,
    ignore: policy.ignore,
    scopes: new Map(policy.models.map(({ path, scope }) => [path, scope])),
  })
  const evidence = { facts, inForce, models, coverage }
  const judgement = judge(evidence)
  const report: Report = {
    schema: 'threat-model-report/1',
    verdict: judgement.verdict,
    mode: policy.mode,
    conclusion: judgement.conclusion,
    title: '',
    head: facts.head.sha,
    models: models.map((model) => modelReport(model, facts.today)),
    findings: judgement.findings,
    decisions: judgement.decisions,
    affected: coverage.affected,
    deadLinks: coverage.deadLinks,
    suggestions: coverage.suggestions,
    patchCoverage: coverage.patch,
    policyProblems: inForce.problems,
    limits: [...judgement.doubts.map((doubt) => doubt.text), ...limitsOf(evidence, judgement.left)],
    commentsMax: policy.comments.max,
    replies: [],
  }
  const titled = { ...report, title: titleOf(report, judgement.doubts, judgement.left) }
  return { ...titled, replies: repliesOf(titled, evidence) }
}

function modelReport(model: ReviewedModel, today: string): ModelReport {
  return {
    path: model.path,
    previousPath: model.previousPath,
    state: model.state,
    changes: model.comparison?.changes ?? [],
    coverageBefore: coverageOf(model.before, today),
    coverageAfter: coverageOf(model.after, today),
    threats: (model.after ?? model.before)?.threats.length ?? 0,
    problems: model.afterReading?.problems ?? [],
  }
}

function coverageOf(model: ThreatModel | null, today: string): Ratio {
  if (model === null) return { answered: 0, inScope: 0 }
  return ratioOf(model.threats, answersOf(model, today))
}
