import type { DocumentVersion, UnreadableReason } from '../pull-request/facts.ts'
import { type Outcome, ok } from '../shared/outcome.ts'
import type { RepositoryRef } from '../shared/refs.ts'
import type { Api } from './api.ts'
import { documentBytesMax } from './limits.ts'
import type { FileAnswer } from './look-answer.ts'

/*
 * A file as GraphQL answers it, as the document it is: text, absent, or unreadable and why. A
 * symbolic link is never followed: what it points to is not what people review.
 */

const symbolicLink = 0o120000
const submodule = 0o160000

/** What a git mode, as REST writes it, says about a file; null for an ordinary one. */
export function reasonOfMode(mode: string): UnreadableReason | null {
  if (mode === symbolicLink.toString(8)) return 'symbolic-link'
  return mode === submodule.toString(8) ? 'submodule' : null
}

export function absent(): DocumentVersion {
  return { state: 'absent' }
}

export function unreadable(reason: UnreadableReason): DocumentVersion {
  return { state: 'unreadable', reason }
}

export function presentText(text: string): DocumentVersion {
  return isLargeFilePointer(text) ? unreadable('large-file-pointer') : { state: 'present', text }
}

/** `cut`: GitHub gave only the beginning; the blob has to be read by itself. */
export type FileReading = { version: DocumentVersion; cut: boolean }

export function readFileAnswer(file: FileAnswer | null | undefined): FileReading {
  const version = versionOf(file)
  return { version, cut: version.state === 'present' && file?.object?.isTruncated === true }
}

function versionOf(file: FileAnswer | null | undefined): DocumentVersion {
  if (!file) return absent()
  if (file.mode === symbolicLink) return unreadable('symbolic-link')
  if (file.mode === submodule || file.type === 'commit') return unreadable('submodule')
  if (file.type === 'tree') return unreadable('directory')
  const blob = file.object
  if (!blob) return unreadable('not-fetched')
  if ((blob.byteSize ?? 0) > documentBytesMax) return unreadable('too-large')
  if (blob.isBinary || typeof blob.text !== 'string') return unreadable('not-text')
  return presentText(blob.text)
}

/** Git LFS keeps a short text in the place of the file; git-lfs docs/spec.md. */
function isLargeFilePointer(text: string): boolean {
  return text.length < 1024 && text.startsWith('version https://git-lfs.github.com/spec/')
}

/** A whole blob through REST, for texts that GraphQL cuts. */
export async function readBlob(
  api: Api,
  repository: RepositoryRef,
  sha: string,
): Promise<Outcome<DocumentVersion>> {
  const doing = `read a document of ${repository.owner}/${repository.name}`
  const answer = await api.rest(doing, (client, request) =>
    client.request('GET /repos/{owner}/{repo}/git/blobs/{file_sha}', {
      owner: repository.owner,
      repo: repository.name,
      file_sha: sha,
      request,
    }),
  )
  if (!answer.ok) return answer
  const { size, encoding, content } = answer.value
  if ((size ?? 0) > documentBytesMax) return ok(unreadable('too-large'))
  const bytes = Buffer.from(content, encoding === 'base64' ? 'base64' : 'utf8')
  return ok(bytes.includes(0) ? unreadable('not-text') : presentText(bytes.toString('utf8')))
}
