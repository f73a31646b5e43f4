import {
  type DocumentNode,
  type FieldNode,
  type FragmentDefinitionNode,
  Kind,
  type SelectionSetNode,
} from 'graphql'

/*
 * What a query costs by GitHub's formula (docs.github.com, "Rate limits and query limits for the
 * GraphQL API"): each connection is asked for once per node above it; the sum of these requests,
 * divided by 100, at least 1, are the points, and the sum of nodes may not exceed 500,000.
 */
export interface Cost {
  points: number
  nodes: number
}

export const nodesMax = 500_000

export function costOf(document: DocumentNode, variables: Record<string, unknown>): Cost {
  const fragments = new Map(
    document.definitions
      .filter((one): one is FragmentDefinitionNode => one.kind === Kind.FRAGMENT_DEFINITION)
      .map((one) => [one.name.value, one]),
  )
  let requests = 0
  let nodes = 0
  const walk = (set: SelectionSetNode | undefined, parents: number): void => {
    for (const selection of set?.selections ?? []) {
      if (selection.kind === Kind.INLINE_FRAGMENT) walk(selection.selectionSet, parents)
      else if (selection.kind === Kind.FRAGMENT_SPREAD) {
        walk(fragments.get(selection.name.value)?.selectionSet, parents)
      } else {
        const size = pageSize(selection, variables)
        if (size !== null) {
          requests += parents
          nodes += parents * size
        }
        walk(selection.selectionSet, parents * (size ?? 1))
      }
    }
  }
  for (const definition of document.definitions) {
    if (definition.kind === Kind.OPERATION_DEFINITION) walk(definition.selectionSet, 1)
  }
  return { points: Math.max(1, Math.round(requests / 100)), nodes }
}

/** The `first` or `last` of a connection; null for a field that is none. */
function pageSize(field: FieldNode, variables: Record<string, unknown>): number | null {
  const argument = field.arguments?.find(({ name }) => ['first', 'last'].includes(name.value))
  if (argument?.value.kind === Kind.INT) return Number(argument.value.value)
  if (argument?.value.kind !== Kind.VARIABLE) return null
  return Number(variables[argument.value.name.value] ?? 0)
}
