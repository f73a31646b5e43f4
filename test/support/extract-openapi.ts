import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'

/*
 * Run by hand: cuts the operations of our concern out of GitHub's OpenAPI descriptions and writes
 * src/simulator/openapi.json. The package that holds the descriptions unpacks to 385 MB, so it is
 * no dependency; fetch it for the occasion:
 *
 *   npm pack @octokit/openapi@23.0.2 && tar xzf octokit-openapi-23.0.2.tgz
 *   node test/support/extract-openapi.ts package/generated
 *
 * To cover one more operation add its id below, run this again, and write its route.
 *
 * What is changed on the way: prose is dropped; `nullable` becomes a type of null, which Ajv
 * understands; a request body may hold no field that is not described, so that a misspelt field is
 * found. The Enterprise Server descriptions keep requests only, and only where they differ.
 */
const operationIds = [
  'apps/get-authenticated',
  'apps/list-installations',
  'apps/get-installation',
  'apps/create-installation-access-token',
  'apps/get-repo-installation',
  'apps/list-repos-accessible-to-installation',
  'apps/list-webhook-deliveries',
  'apps/get-webhook-delivery',
  'apps/redeliver-webhook-delivery',
  'rate-limit/get',
  'repos/get',
  'repos/compare-commits',
  'repos/compare-commits-with-basehead',
  'repos/get-content',
  'repos/get-commit',
  'repos/list-pull-requests-associated-with-commit',
  'repos/get-collaborator-permission-level',
  'git/get-tree',
  'git/get-blob',
  'git/get-ref',
  'pulls/list',
  'pulls/get',
  'pulls/list-files',
  'pulls/list-commits',
  'pulls/list-reviews',
  'pulls/create-review',
  'pulls/list-review-comments',
  'pulls/create-review-comment',
  'pulls/create-reply-for-review-comment',
  'pulls/update-review-comment',
  'checks/create',
  'checks/update',
  'checks/get',
  'checks/list-annotations',
  'checks/list-for-ref',
  'checks/list-suites-for-ref',
  'issues/list-comments',
  'issues/get-comment',
  'issues/create-comment',
  'issues/update-comment',
  'reactions/create-for-issue-comment',
  'reactions/list-for-issue-comment',
  'reactions/create-for-pull-request-review-comment',
  'teams/get-membership-for-user-in-org',
]

/** Webhooks whose payloads are checked, by GitHub's names for them. */
const webhookNames = [
  'check-run-completed',
  'check-run-created',
  'check-run-requested-action',
  'check-run-rerequested',
  'check-suite-completed',
  'check-suite-requested',
  'check-suite-rerequested',
  'installation-created',
  'installation-deleted',
  'installation-repositories-added',
  'installation-repositories-removed',
  'issue-comment-created',
  'issue-comment-deleted',
  'issue-comment-edited',
  'merge-group-checks-requested',
  'merge-group-destroyed',
  'pull-request-closed',
  'pull-request-converted-to-draft',
  'pull-request-edited',
  'pull-request-opened',
  'pull-request-ready-for-review',
  'pull-request-reopened',
  'pull-request-review-comment-created',
  'pull-request-review-comment-edited',
  'pull-request-review-submitted',
  'pull-request-synchronize',
  'push',
]

/**
 * Fields that GitHub answers with null against its own description: a comment whose line is gone
 * has no line. The description of the same object in webhooks says so.
 */
const nullAfterAll = {
  'pull-request-review-comment': ['line', 'original_line', 'position', 'original_position'],
}

/** Shorter schemas are not worth a name. */
const sharedLengthMin = 120

const enterpriseVersions = ['ghes-3.17', 'ghes-3.18', 'ghes-3.19']
const prose = new Set(['description', 'example', 'examples', 'externalDocs', 'title', 'deprecated'])

type Json = null | boolean | number | string | Json[] | { [key: string]: Json }
type Fields = { [key: string]: Json }

interface Operation {
  id: string
  method: string
  path: string
  /** GitHub says that it creates content and notifies people. */
  notifies: boolean
  parameters: Json[]
  body: Json
  bodyRequired: boolean
  responses: Fields
}

const folder = process.argv[2]
if (folder === undefined) throw new Error('which folder holds api.github.com.json?')
const source = readDescription(folder, 'api.github.com')
const schemas: Fields = {}
const operations = operationsOf(source)
collect(source, operations as unknown as Json, schemas)
const enterprise = Object.fromEntries(
  enterpriseVersions.map((version) => [version, differences(readDescription(folder, version))]),
)
const webhooks = webhooksOf(source)
collect(source, webhooks, schemas)
correct(schemas, operations)
const missing = operationIds.filter((id) => !operations.some((found) => found.id === id))
if (missing.length > 0) throw new Error(`not described: ${missing.join(', ')}`)
const version = JSON.parse(readFileSync(join(folder, '../package.json'), 'utf8')).version
const target = join(import.meta.dirname, '../../src/simulator/openapi.json')
const whole = { operations, webhooks, schemas, enterprise } as unknown as Fields
const out = { source: `@octokit/openapi ${version}`, ...shared(whole) }
writeFileSync(target, `${JSON.stringify(out)}\n`)
console.log(`${operations.length} operations, ${Object.keys(schemas).length} schemas → ${target}`)

function readDescription(from: string, name: string): Fields {
  return JSON.parse(readFileSync(join(from, `${name}.json`), 'utf8'))
}

function operationsOf(description: Fields): Operation[] {
  const found: Operation[] = []
  for (const [path, methods] of Object.entries(description.paths as Fields)) {
    for (const [method, value] of Object.entries(methods as Fields)) {
      const operation = value as Fields
      if (!operationIds.includes(operation.operationId as string)) continue
      found.push(readOperation(description, { method, path, operation }))
    }
  }
  return found
}

interface Found {
  method: string
  path: string
  operation: Fields
}

function readOperation(description: Fields, { method, path, operation }: Found): Operation {
  const body = operation.requestBody as Fields | undefined
  const parameters = ((operation.parameters as Json[]) ?? []).map((parameter) => {
    const { name, in: place, required, schema } = resolve(description, parameter) as Fields
    return { name, in: place, required: required === true, schema: simple(schema ?? {}) } as Json
  })
  return {
    id: operation.operationId as string,
    method: method.toUpperCase(),
    path,
    notifies: (operation['x-github'] as Fields)?.triggersNotification === true,
    parameters,
    body: body ? closed(jsonSchema(body)) : null,
    bodyRequired: body?.required === true,
    responses: responsesOf(description, operation.responses as Fields),
  }
}

/** Payload schemas by event and action: `pull_request.opened`, `push`. */
function webhooksOf(description: Fields): Fields {
  const described = description['x-webhooks'] as Fields
  return Object.fromEntries(
    webhookNames.map((name) => {
      const post = (described[name] as Fields | undefined)?.post as Fields | undefined
      if (!post) throw new Error(`no webhook ${name}`)
      const event = (post['x-github'] as Fields).subcategory as string
      const action = name.slice(event.length + 1).replaceAll('-', '_')
      const key = action === '' ? event : `${event.replaceAll('-', '_')}.${action}`
      return [key, jsonSchema(post.requestBody as Fields)]
    }),
  )
}

/** Brings schemas that stand in several places to one place: a third of the size. */
function shared(value: Fields): Fields {
  const seen = new Map<string, number>()
  count(value)
  const names = new Map<string, string>()
  const into: Fields = {}
  const copy = replaced(value, true) as Fields
  return { ...copy, schemas: { ...(copy.schemas as Fields), ...into } }

  function count(at: Json): void {
    if (at === null || typeof at !== 'object') return
    const text = isSchema(at) ? JSON.stringify(at) : ''
    if (text.length >= sharedLengthMin) seen.set(text, (seen.get(text) ?? 0) + 1)
    for (const inner of Object.values(at)) count(inner as Json)
  }

  function replaced(at: Json, top = false): Json {
    if (at === null || typeof at !== 'object') return at
    if (Array.isArray(at)) return at.map((inner) => replaced(inner))
    const text = top || !isSchema(at) ? '' : JSON.stringify(at)
    if ((seen.get(text) ?? 0) > 1) return { $ref: `#/components/schemas/${nameOf(text, at)}` }
    return Object.fromEntries(Object.entries(at).map(([key, inner]) => [key, replaced(inner)]))
  }

  function nameOf(text: string, at: Fields): string {
    const known = names.get(text)
    if (known !== undefined) return known
    const name = `shared-${names.size + 1}`
    names.set(text, name)
    const inner = Object.entries(at).map(([key, one]) => [key, replaced(one)])
    into[name] = Object.fromEntries(inner)
    return name
  }
}

function isSchema(value: Json): value is Fields {
  if (value === null || typeof value !== 'object' || Array.isArray(value)) return false
  return (
    (value.type !== undefined && typeof value.properties === 'object') || Array.isArray(value.enum)
  )
}

function responsesOf(description: Fields, responses: Fields): Fields {
  const read = Object.entries(responses).map(([status, value]) => [
    status,
    jsonSchema(resolve(description, value) as Fields),
  ])
  return Object.fromEntries(read)
}

function jsonSchema(holder: Fields): Json {
  const content = holder.content as Fields | undefined
  const media = content?.['application/json'] as Fields | undefined
  return media ? simple(media.schema ?? {}) : null
}

function resolve(description: Fields, value: Json): Json {
  const ref = (value as Fields | null)?.$ref
  if (typeof ref !== 'string') return value
  const parts = ref.slice(2).split('/')
  return parts.reduce<Json>((at, part) => (at as Fields)[part] ?? null, description)
}

/** Prose dropped, `nullable` rewritten; what stands below a `properties` key is a name. */
function simple(value: Json, names = false): Json {
  if (Array.isArray(value)) return value.map((entry) => simple(entry))
  if (value === null || typeof value !== 'object') return value
  const kept = Object.entries(value).filter(
    ([key]) => names || !(prose.has(key) || key.startsWith('x-') || key === 'discriminator'),
  )
  const copy: Fields = Object.fromEntries(
    kept.map(([key, inner]) => [
      key,
      key === 'default' && !names ? inner : simple(inner, key === 'properties' && !names),
    ]),
  )
  return names ? copy : withNull(copy)
}

function withNull(schema: Fields): Json {
  if (schema.nullable !== true) return schema
  const { nullable: _, ...rest } = schema
  if (Array.isArray(rest.enum) && !rest.enum.includes(null)) rest.enum = [...rest.enum, null]
  if (typeof rest.type === 'string') return { ...rest, type: [rest.type, 'null'] }
  return { anyOf: [rest, { type: 'null' }] }
}

/** A request body may hold only what is described. */
function closed(schema: Json): Json {
  if (Array.isArray(schema)) return schema.map(closed)
  if (schema === null || typeof schema !== 'object') return schema
  const copy: Fields = Object.fromEntries(Object.entries(schema).map(([k, v]) => [k, closed(v)]))
  const described = typeof copy.properties === 'object' && copy.type === 'object'
  return described && copy.additionalProperties === undefined
    ? { ...copy, additionalProperties: false }
    : copy
}

/** Brings every schema that is referred to, and rewrites the references to their short names. */
function collect(description: Fields, value: Json, into: Fields): void {
  if (value === null || typeof value !== 'object') return
  for (const [key, inner] of Object.entries(value)) {
    if (key !== '$ref' || typeof inner !== 'string') {
      collect(description, inner as Json, into)
      continue
    }
    const name = inner.replace('#/components/schemas/', '')
    if (into[name] !== undefined) continue
    const schema = simple(resolve(description, { $ref: inner }))
    into[name] = schema
    collect(description, schema, into)
  }
}

/** Sets right what the description is known to say wrongly. */
function correct(into: Fields, all: readonly Operation[]): void {
  // The list asks of an account to be a user and an enterprise at once; one installation does not.
  const list = all.find(({ id }) => id === 'apps/list-installations')
  const one = { $ref: '#/components/schemas/installation' }
  if (list) list.responses['200'] = { type: 'array', items: one }
  for (const [name, fields] of Object.entries(nullAfterAll)) {
    const properties = (into[name] as Fields).properties as Record<string, Fields>
    for (const field of fields)
      properties[field] = { ...properties[field], type: ['integer', 'null'] }
  }
}

/** Requests of another description that are not as in the first: operation id → what it takes. */
function differences(description: Fields): Fields {
  const changed: Fields = {}
  const theirs = new Map(operationsOf(description).map((operation) => [operation.id, operation]))
  for (const ours of operations) {
    const other = theirs.get(ours.id)
    if (other === undefined) changed[ours.id] = null
    else if (requestOf(description, other) !== requestOf(source, ours)) {
      changed[ours.id] = JSON.parse(requestOf(description, other))
    }
  }
  return changed
}

function requestOf(description: Fields, operation: Operation): string {
  const { parameters, body, bodyRequired } = operation
  return JSON.stringify(expanded(description, { parameters, body, bodyRequired }))
}

/** References written out; requests have few and no rings. */
function expanded(description: Fields, value: Json): Json {
  if (Array.isArray(value)) return value.map((inner) => expanded(description, inner))
  if (value === null || typeof value !== 'object') return value
  if (typeof value.$ref === 'string') {
    return expanded(description, closed(simple(resolve(description, value))))
  }
  const inner = Object.entries(value).map(([key, one]) => [key, expanded(description, one)])
  return Object.fromEntries(inner)
}
