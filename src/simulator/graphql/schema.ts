import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { buildSchema, GraphQLError, type GraphQLSchema, isScalarType } from 'graphql'

/*
 * The part of GitHub's public schema that our documents use (test/support/extract-schema.ts widens
 * it). Types and nullability are GitHub's, so a document that is valid here is valid there.
 */

let built: GraphQLSchema | null = null

export function githubSchema(): GraphQLSchema {
  if (built) return built
  const text = readFileSync(join(import.meta.dirname, '../schema.graphql'), 'utf8')
  built = buildSchema(text, { assumeValidSDL: true })
  const oid = built.getType('GitObjectID')
  if (isScalarType(oid)) {
    oid.parseValue = readObjectId
    oid.parseLiteral = (node) => readObjectId('value' in node ? node.value : null)
  }
  const base64 = built.getType('Base64String')
  if (isScalarType(base64)) base64.parseValue = readBase64
  return built
}

function readBase64(value: unknown): string {
  if (typeof value === 'string' && /^[A-Za-z0-9+/]*={0,2}$/.test(value) && value.length % 4 === 0) {
    return value
  }
  throw new GraphQLError('Could not coerce value to Base64String')
}

/** GitHub takes whole hashes only where it asks for one. */
function readObjectId(value: unknown): string {
  if (typeof value === 'string' && /^[0-9a-f]{40}$/.test(value)) return value
  throw new GraphQLError(`Could not coerce value ${JSON.stringify(value)} to GitObjectID`)
}
