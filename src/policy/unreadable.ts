import type { DocumentVersion, UnreadableReason } from '../pull-request/facts.ts'
import type { Reading } from '../threat-model/model.ts'

const words: Record<UnreadableReason, string> = {
  'too-large': 'it is too large',
  'not-text': 'it is not text',
  'symbolic-link': 'it is a symbolic link',
  submodule: 'it is a submodule',
  directory: 'it is a folder',
  'large-file-pointer': 'it is a pointer to a large file (Git LFS)',
  'not-fetched': 'it could not be fetched',
  'too-costly': 'it takes too long to read',
}

/** Why a version of a document could not be read, as a clause. */
export function unreadableWords(version: DocumentVersion, reading: Reading | null): string {
  if (version.state === 'unreadable') return words[version.reason]
  return reading?.unreadable?.message ?? 'it could not be read'
}
