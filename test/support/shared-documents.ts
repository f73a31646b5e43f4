import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'

export interface SharedDocument {
  name: string
  text: string
}

/** Real threat models beside the checkout, where there are some; none elsewhere. */
export function sharedDocuments(): SharedDocument[] {
  const shared = join(import.meta.dirname, '../../../shared')
  const corpus = join(shared, 'corpus/documents')
  const seed = join(shared, 'seed/THREAT_MODEL.md')
  const paths = existsSync(corpus) ? readdirSync(corpus).map((name) => join(corpus, name)) : []
  return [...paths, ...(existsSync(seed) ? [seed] : [])].map((path) => ({
    name: path.slice(shared.length + 1),
    text: readFileSync(path, 'utf8'),
  }))
}
