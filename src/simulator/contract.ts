import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { Ajv, type ValidateFunction } from 'ajv'
import formats from 'ajv-formats'
import { assert } from '../shared/assert.ts'

/*
 * GitHub's own description of its API as a judge of what is asked and what is answered. The
 * description of our operations stands in openapi.json (made by test/support/extract-openapi.ts).
 * A request that it forbids is a defect of the App; an answer that it forbids is one of the
 * simulator.
 *
 * What it cannot express (a line outside the diff, a conclusion that must come with `completed`)
 * the routes know.
 */
export interface Operation {
  id: string
  method: string
  path: string
  /** GitHub says that it creates content and notifies people. */
  notifies: boolean
  parameters: Parameter[]
  body: object | null
  bodyRequired: boolean
  responses: Record<string, object | null>
}

interface Parameter {
  name: string
  in: 'path' | 'query' | 'header'
  required: boolean
  schema: object
}

/** An operation and the values of its path's placeholders, decoded. */
export interface Match {
  operation: Operation
  params: Record<string, string>
}

interface Description {
  operations: Operation[]
  webhooks: Record<string, object>
  schemas: Record<string, object>
  enterprise: Record<string, Record<string, Pick<Operation, 'parameters' | 'body'> | null>>
}

interface Contract {
  routes: { operation: Operation; pattern: RegExp; literals: number }[]
  ajv: Ajv
  /** Reads numbers and booleans out of texts, as query parameters need. */
  lenient: Ajv
  validators: Map<object, ValidateFunction>
  webhooks: Description['webhooks']
  enterprise: Description['enterprise']
}

/** Placeholders whose value may hold slashes. */
const longPlaceholders = new Set(['path', 'ref', 'basehead', 'base', 'head'])
const problemsMax = 5

let loaded: Contract | null = null

/** The operation for a method and a path, the most literal path first. */
export function findOperation(method: string, path: string): Match | null {
  for (const { operation, pattern } of contract().routes) {
    if (operation.method !== method) continue
    const found = pattern.exec(path)
    if (found === null) continue
    const params = Object.entries(found.groups ?? {}).map(([name, text]) => [name, decoded(text)])
    return { operation, params: Object.fromEntries(params) }
  }
  return null
}

/** A text that is not encoded well is taken as it stands. */
function decoded(text: string): string {
  try {
    return decodeURIComponent(text)
  } catch {
    return text
  }
}

export interface AskedRequest {
  match: Match
  query: URLSearchParams
  body: unknown
}

/** Every way in which a request breaks the description; empty when it keeps it. */
export function requestProblems(asked: AskedRequest): string[] {
  const { operation } = asked.match
  return [
    ...parameterProblems(operation.parameters, asked),
    ...bodyProblems(operation.body, operation.bodyRequired, asked.body),
    ...enterpriseProblems(asked),
  ]
}

/** Statuses that are not described (limits, faults) are let through. */
export function answerProblems(operation: Operation, status: number, body: unknown): string[] {
  const schema = operation.responses[status]
  if (schema === undefined) {
    return status >= 400 || status === 304 ? [] : [`status ${status} is not described`]
  }
  if (schema === null) return []
  return problemsOf(contract().ajv, schema, body, 'answer')
}

/** A webhook's payload; null when the description of that event was not extracted. */
export function payloadProblems(
  event: string,
  action: string | null,
  payload: unknown,
): string[] | null {
  const schema = contract().webhooks[action === null ? event : `${event}.${action}`]
  return schema ? problemsOf(contract().ajv, schema, payload, event) : null
}

function enterpriseProblems(asked: AskedRequest): string[] {
  return Object.entries(contract().enterprise).flatMap(([version, changed]) => {
    const theirs = changed[asked.match.operation.id]
    if (theirs === undefined) return []
    if (theirs === null) return [`${version} has no such operation`]
    const found = [
      ...parameterProblems(theirs.parameters, asked),
      ...bodyProblems(theirs.body, false, asked.body),
    ]
    return found.map((problem) => `${version}: ${problem}`)
  })
}

function parameterProblems(parameters: readonly Parameter[], asked: AskedRequest): string[] {
  const inQuery = parameters.filter((parameter) => parameter.in === 'query')
  const query = Object.fromEntries(asked.query)
  const unknown = Object.keys(query).filter((name) => !inQuery.some((one) => one.name === name))
  const places: [string, Parameter[], Record<string, string>][] = [
    ['query', inQuery, query],
    ['path', parameters.filter((one) => one.in === 'path'), asked.match.params],
  ]
  const wrong = places.flatMap(([place, described, values]) =>
    described.flatMap(({ name, required, schema }) => {
      if (values[name] === undefined) return required ? [`${place} needs ${name}`] : []
      return valueProblems(schema, values[name], `${place} ${name}`)
    }),
  )
  return [...unknown.map((name) => `query parameter ${name} is not described`), ...wrong]
}

/** Coercion happens in place, so the value needs a holder; one per schema, for it is compiled. */
function valueProblems(schema: object, value: string, place: string): string[] {
  const holder = holders.get(schema) ?? { type: 'object', properties: { value: schema } }
  holders.set(schema, holder)
  return problemsOf(contract().lenient, holder, { value }, place)
}

const holders = new WeakMap<object, object>()

function bodyProblems(schema: object | null, required: boolean, body: unknown): string[] {
  if (schema === null) return body === undefined ? [] : ['a body is not described']
  if (body === undefined) return required ? ['a body is needed'] : []
  return problemsOf(contract().ajv, schema, body, 'body')
}

function problemsOf(ajv: Ajv, schema: object, value: unknown, place: string): string[] {
  const { validators } = contract()
  const validate = validators.get(schema) ?? ajv.compile(schema)
  validators.set(schema, validate)
  if (validate(value)) return []
  return (validate.errors ?? [])
    .slice(0, problemsMax)
    .map((error) =>
      `${place}${error.instancePath} ${error.message} ${namesIn(error.params)}`.trim(),
    )
}

function namesIn(params: Record<string, unknown>): string {
  const words = ['additionalProperty', 'allowedValues', 'missingProperty', 'limit']
  return words.flatMap((word) => (word in params ? [JSON.stringify(params[word])] : [])).join(' ')
}

function contract(): Contract {
  if (loaded) return loaded
  const text = readFileSync(join(import.meta.dirname, 'openapi.json'), 'utf8')
  const named = text.replaceAll('"#/components/schemas/', '"github#/schemas/')
  const description = JSON.parse(named) as Description
  const routes = description.operations.map((operation) => ({
    operation,
    pattern: patternOf(operation.path),
    literals: operation.path.replace(/\{[a-z_]+\}/g, '').length,
  }))
  routes.sort((a, b) => b.literals - a.literals)
  loaded = {
    routes,
    ajv: createAjv(description, false),
    lenient: createAjv(description, true),
    validators: new Map(),
    webhooks: description.webhooks,
    enterprise: description.enterprise,
  }
  return loaded
}

/** A schema is used a few times in a process, so what counts is the time to compile it: a third. */
const quickToCompile = { inlineRefs: false, code: { optimize: false } } as const

function createAjv(description: Description, coerceTypes: boolean): Ajv {
  const ajv = new Ajv({ ...quickToCompile, strict: false, coerceTypes, allErrors: true })
  formats.default(ajv)
  for (const name of ['repo.nwo', 'ssh-url', 'timestamp']) ajv.addFormat(name, true)
  ajv.addSchema({ $id: 'github', schemas: description.schemas })
  return ajv
}

function patternOf(path: string): RegExp {
  const source = path.split(/(\{[a-z_]+\})/).map((part) => {
    const name = /^\{([a-z_]+)\}$/.exec(part)?.[1]
    if (name === undefined) return part.replace(/[.*+?^${}()|[\]\\]/g, '\\$&')
    return longPlaceholders.has(name) ? `(?<${name}>.+?)` : `(?<${name}>[^/]+)`
  })
  return new RegExp(`^${source.join('')}$`)
}

/** The operation with this id; our mistake when it is not extracted. */
export function operationNamed(id: string): Operation {
  const found = contract().routes.find(({ operation }) => operation.id === id)
  assert(found !== undefined, `operation ${id} is in openapi.json`)
  return found.operation
}
