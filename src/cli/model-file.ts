import type { Dirent } from 'node:fs'
import { readdir } from 'node:fs/promises'
import { join, relative, resolve, sep } from 'node:path'
import { lookUpPaths } from '../coverage/tree.ts'
import { readPolicy } from '../policy/read.ts'
import { failed, type Outcome, ok } from '../shared/outcome.ts'
import { problemHints } from '../shared/problem.ts'
import type { Reading } from '../threat-model/model.ts'
import { read } from '../threat-model/read.ts'
import type { PathLookup, ReadOptions } from '../threat-model/read-options.ts'
import type { Args } from './command.ts'
import { readDocument } from './document.ts'
import type { Io } from './io.ts'

/* A threat model the user named, read with what `--policy` and `--tree` say. */

/** More files than this are not listed: code references are then not judged. */
const treeFilesMax = 500_000

/** Folders that hold no code of the project itself. */
const skippedFolders = new Set(['.git', 'node_modules'])

export async function readModelFile(
  path: string,
  options: ReadOptions,
  io: Io,
): Promise<Outcome<Reading>> {
  const document = await readDocument(path, io)
  return document.ok ? ok(read(document.value, { path, ...options })) : document
}

/** What is said of a document that was read and states no threat. */
export function noThreats(path: string): string {
  return `${path}: no threats in this file. ${problemHints['no-threats']}\n`
}

export async function readingOptions(args: Args, io: Io): Promise<Outcome<ReadOptions>> {
  const options: ReadOptions = {}
  const policyPath = args.text('policy')
  if (policyPath !== undefined) {
    const policy = await readPolicyFile(policyPath, io)
    if (!policy.ok) return policy
    options.reading = readPolicy(policy.value).policy.reading
  }
  const folder = args.text('tree')
  if (folder !== undefined) {
    const tree = await listFolder(resolve(io.cwd, folder))
    if (!tree.ok) return tree
    options.tree = tree.value
  }
  return ok(options)
}

/** The text of a policy file; its first mistake is told in one line. */
export async function readPolicyFile(path: string, io: Io): Promise<Outcome<string>> {
  const text = await readDocument(path, io)
  if (!text.ok) return text
  const [first] = readPolicy(text.value).problems
  if (!first) return text
  const at = `${path}:${first.line}:${first.column}`
  return failed('rejected', `${at}: ${first.message}. ${first.hint}`)
}

async function listFolder(root: string): Promise<Outcome<PathLookup>> {
  try {
    const found: string[] = []
    const waiting = [root]
    for (let folder = waiting.pop(); folder !== undefined; folder = waiting.pop()) {
      const entries = await readdir(folder, { withFileTypes: true })
      const paths = (list: Dirent[]) => list.map((entry) => join(entry.parentPath, entry.name))
      waiting.push(...paths(entries.filter((e) => e.isDirectory() && !skippedFolders.has(e.name))))
      found.push(...paths(entries.filter((e) => e.isFile())))
      if (found.length > treeFilesMax) return failed('rejected', `${root} has too many files`)
    }
    return ok(lookUpPaths(found.map((path) => relative(root, path).replaceAll(sep, '/'))))
  } catch {
    return failed('gone', `there is no folder ${root}. Check the path`)
  }
}
