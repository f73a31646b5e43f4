import {
  type DocumentNode,
  execute,
  type FieldNode,
  type GraphQLError,
  type GraphQLFieldResolver,
  Kind,
  type OperationDefinitionNode,
  parse,
  validate,
} from 'graphql'
import { type Answer, Refusal } from '../answer.ts'
import { ContractViolation, type GraphqlCall } from '../exchange.ts'
import { allowed, exhaustedGraphql, limitHeaders, resetAt, spendContent } from '../limits.ts'
import type { Token } from '../state.ts'
import { costOf, nodesMax } from './cost.ts'
import { showCommit } from './git.ts'
import { showPull } from './pull.ts'
import { contentMutations, rootValue, type Spent } from './root.ts'
import { githubSchema } from './schema.ts'
import { refuse, type Viewer } from './viewer.ts'

/*
 * POST /graphql: the document is held against GitHub's schema, paid for, and run over the state. An
 * error has status 200, a type and a path, and comes beside the data that could be had.
 *
 * A document that the schema forbids is a defect of the App (or a field that has to be added to the
 * extracted schema) and is reported as a violation.
 */
export async function answerGraphql(call: GraphqlCall): Promise<Answer> {
  const { exchange, caller, entry } = call
  if (caller.kind !== 'token') throw new Refusal(401, 'Bad credentials')
  const { document, variables } = readBody(call)
  const operation = document.definitions.find((one) => one.kind === Kind.OPERATION_DEFINITION)
  const fields = topFields(operation)
  entry.detail = fields
  const isMutation = operation?.operation === 'mutation'
  const creates = fields.filter((name) => isMutation && contentMutations.has(name)).length
  entry.kind = isMutation ? (creates > 0 ? 'content' : 'write') : 'read'
  const cost = costOf(document, variables)
  if (cost.nodes > nodesMax) throw new Refusal(200, `exceeds ${nodesMax} nodes`)
  const { token } = caller
  const spent = pay(call, token, cost.points)
  if (spent === null) return exhaustedGraphql()
  for (let i = 0; i < creates; i++) spendContent(exchange.state, exchange.limits, token)
  const links = { commit: showCommit, pull: showPull }
  const viewer: Viewer = { state: exchange.state, caller, links }
  const result = await execute({
    schema: githubSchema(),
    document,
    variableValues: variables,
    rootValue: rootValue(viewer, spent),
    fieldResolver: resolverFor(call),
  })
  const wrong = result.errors?.find((error) => error.originalError instanceof ContractViolation)
  if (wrong?.originalError) throw wrong.originalError
  const errors = result.errors?.map(showError)
  const headers = limitHeaders(exchange.state, exchange.limits, token, 'graphql')
  return {
    status: 200,
    headers,
    body: { data: result.data ?? null, ...(errors ? { errors } : {}) },
  }
}

interface Asked {
  document: DocumentNode
  variables: Record<string, unknown>
}

function readBody({ body, report }: GraphqlCall): Asked {
  const { query, variables } = (body ?? {}) as { query?: unknown; variables?: unknown }
  if (typeof query !== 'string') throw new Refusal(400, 'A query attribute must be specified')
  const document = checked.get(query) ?? check(query, report)
  return { document, variables: (variables ?? {}) as Record<string, unknown> }
}

/**
 * Documents that the schema allows, by their text: the App asks the same few again and again, and
 * holding one against the schema takes longer than answering it.
 */
const checked = new Map<string, DocumentNode>()
const checkedMax = 100

function check(query: string, report: GraphqlCall['report']): DocumentNode {
  const document = parsed(query, report)
  const wrong = validate(githubSchema(), document)
  if (wrong.length > 0) throw report(`graphql: ${wrong.map((one) => one.message).join('; ')}`)
  if (checked.size >= checkedMax) checked.clear()
  checked.set(query, document)
  return document
}

function parsed(query: string, report: GraphqlCall['report']): DocumentNode {
  try {
    return parse(query)
  } catch (error) {
    throw report(`graphql: ${error instanceof Error ? error.message : String(error)}`)
  }
}

function topFields(operation: OperationDefinitionNode | undefined): string[] {
  const selections = operation?.selectionSet.selections ?? []
  return selections
    .filter((one): one is FieldNode => one.kind === Kind.FIELD)
    .map((field) => field.name.value)
}

/** Null when the hour's points are used up. */
function pay({ exchange }: GraphqlCall, token: Token, points: number): Spent | null {
  const { state, limits } = exchange
  const limit = allowed(limits, 'graphql')
  limitHeaders(state, limits, token, 'graphql')
  if (token.usage.graphql + points > limit) return null
  token.usage.graphql += points
  return { cost: points, limit, used: token.usage.graphql, resetAtSeconds: resetAt(token.usage) }
}

/** Fields are properties or functions of what was shown; one that is neither is our own defect. */
function resolverFor({ report, failing }: GraphqlCall): GraphQLFieldResolver<unknown, unknown> {
  return (source, args, _context, info) => {
    if (info.path.key === failing && info.path.prev === undefined) throw broken()
    const value = (source as Record<string, unknown>)[info.fieldName]
    if (value === undefined) {
      throw report(`graphql: no resolver for ${info.parentType.name}.${info.fieldName}`)
    }
    try {
      return typeof value === 'function' ? value(args) : value
    } catch (error) {
      if (!(error instanceof Refusal)) throw error
      const details = (error.errors ?? []).map((one) => JSON.stringify(one)).join(' ')
      throw refuse('UNPROCESSABLE', `${error.message} ${details}`.trim())
    }
  }
}

function broken(): Error {
  return refuse('INTERNAL', 'Something went wrong while executing your query.')
}

function showError(error: GraphQLError): Record<string, unknown> {
  const { message, path, locations, extensions } = error
  return { type: extensions.type ?? 'INTERNAL', path, locations, message }
}
