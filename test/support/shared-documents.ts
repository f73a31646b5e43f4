import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { effort } from './effort.ts'

export interface SharedDocument {
  name: string
  text: string
}

/** Longer documents wait for the whole effort. The seed is always there. */
const bytesMax = effort(6_000, Number.POSITIVE_INFINITY)

/** Real threat models beside the checkout, where there are some; none elsewhere. */
export function sharedDocuments(): SharedDocument[] {
  const shared = join(import.meta.dirname, '../../../shared')
  const corpus = join(shared, 'corpus/documents')
  const seed = join(shared, 'seed/THREAT_MODEL.md')
  const paths = existsSync(corpus) ? readdirSync(corpus).map((name) => join(corpus, name)) : []
  const short = paths.filter((path) => statSync(path).size <= bytesMax)
  return [...short, ...(existsSync(seed) ? [seed] : [])].map((path) => ({
    name: path.slice(shared.length + 1),
    text: readFileSync(path, 'utf8'),
  }))
}
