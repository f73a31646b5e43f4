import { addCheckRun, type CheckFields, updateCheckRun } from '../actions/checks.ts'
import type { Annotation, CheckRun } from '../state.ts'
import type { Shown } from './accounts.ts'
import { showRun } from './checks.ts'
import type { Input } from './mutations.ts'
import { require } from './nodes.ts'
import { forbidden, refuse, type Viewer } from './viewer.ts'

/* Check runs by GraphQL: the same fields as in REST, in other words. */

const write = { permission: 'checks', level: 'write' } as const
const annotationsMax = 50
const actionsMax = 3

export function createCheckRun(viewer: Viewer, input: Input): Shown {
  const { repository } = require(viewer, String(input.repositoryId), ['R'], write)
  requireApp(viewer)
  const fields = { ...fieldsIn(input), name: String(input.name) }
  const run = addCheckRun(viewer.state, repository, String(input.headSha), fields)
  return { checkRun: showRun(viewer, repository, run) }
}

export function updateCheckRunMutation(viewer: Viewer, input: Input): Shown {
  const { repository, run } = require(viewer, String(input.checkRunId), ['CR'], write)
  requireApp(viewer)
  updateCheckRun(viewer.state, repository, run, fieldsIn(input))
  return { checkRun: showRun(viewer, repository, run) }
}

function requireApp({ caller }: Viewer): void {
  if (caller.kind !== 'token' || caller.token.installation === null) throw forbidden()
}

function fieldsIn(input: Input): CheckFields {
  const output = input.output as Input | null | undefined
  const actions = input.actions as CheckRun['actions'] | null | undefined
  if ((actions?.length ?? 0) > actionsMax) {
    throw refuse('UNPROCESSABLE', `Only ${actionsMax} actions are allowed`)
  }
  const wanted: Record<string, unknown> = {
    name: input.name,
    detailsUrl: input.detailsUrl,
    externalId: input.externalId,
    status: lower(input.status),
    conclusion: lower(input.conclusion),
    startedAt: timeIn(input.startedAt),
    completedAt: timeIn(input.completedAt),
    actions,
    output: output && outputIn(output),
  }
  const given = Object.entries(wanted).filter(([, value]) => value !== undefined && value !== null)
  return Object.fromEntries(given) as CheckFields
}

function outputIn(output: Input): CheckFields['output'] {
  const annotations = ((output.annotations ?? []) as Input[]).map(annotationIn)
  if (annotations.length > annotationsMax) {
    throw refuse('UNPROCESSABLE', `No more than ${annotationsMax} annotations per request`)
  }
  return {
    title: String(output.title),
    summary: String(output.summary),
    ...(typeof output.text === 'string' ? { text: output.text } : {}),
    annotations,
  }
}

function annotationIn(annotation: Input): Annotation {
  const location = annotation.location as Record<string, number | null | undefined>
  return {
    path: String(annotation.path),
    start_line: location.startLine ?? 0,
    end_line: location.endLine ?? 0,
    start_column: location.startColumn ?? null,
    end_column: location.endColumn ?? null,
    annotation_level: String(annotation.annotationLevel).toLowerCase(),
    title: (annotation.title ?? null) as string | null,
    message: String(annotation.message),
    raw_details: (annotation.rawDetails ?? null) as string | null,
  }
}

function lower(value: unknown): string | undefined {
  return typeof value === 'string' ? value.toLowerCase() : undefined
}

function timeIn(value: unknown): number | undefined {
  return typeof value === 'string' ? Date.parse(value) : undefined
}
