import { type Files, type Folder, makeFolder, makeRepository } from './program.ts'

/*
 * The examples of docs/FORMAT.md. A fence that names a file is that file; a fence `console` holds
 * commands, and below each what the program answers in a folder with the files above it:
 *
 *     ## Ids                             an empty folder for each heading
 *     ```markdown THREAT_MODEL.md        the file
 *     ```console
 *     $ threat-model parse …             the command
 *     Threat model of …                  its answer, written by `UPDATE=1 npm test -- …`
 *
 * For `check`, the last of the files is what has changed. A fence `sh` only shows a command. A file
 * that no command follows is told as untested.
 */

interface Fence {
  kind: string
  file: string
  lines: string[]
}

export interface FormatPage {
  /** The page with every answer as the program gives it today. */
  text: string
  /** Files that are shown and never read. */
  untested: string[]
}

export async function formatPage(page: string): Promise<FormatPage> {
  const out: string[] = []
  let files: Files = {}
  let waiting: string[] = []
  const untested: string[] = []
  for (const part of partsOf(page)) {
    if (typeof part === 'string') {
      out.push(part)
      if (!/^#+ /.test(part)) continue
      untested.push(...waiting)
      files = {}
      waiting = []
      continue
    }
    if (part.kind === 'console') {
      part.lines = await answered(part.lines, files)
      waiting = []
    } else if (part.kind !== 'sh') {
      files[part.file] = `${part.lines.join('\n')}\n`
      waiting.push(part.file || part.kind)
    }
    out.push(`\`\`\`${part.kind} ${part.file}`.trimEnd(), ...part.lines, '```')
  }
  return { text: out.join('\n'), untested: [...untested, ...waiting] }
}

/** The lines of the page, with each fence as one. */
function partsOf(page: string): (string | Fence)[] {
  const parts: (string | Fence)[] = []
  let fence: Fence | null = null
  for (const line of page.split('\n')) {
    const [, kind = '', file = ''] = /^```(\w*) ?(.*)$/.exec(line) ?? []
    if (fence === null && line.startsWith('```')) fence = { kind, file, lines: [] }
    else if (fence === null) parts.push(line)
    else if (line === '```') {
      parts.push(fence)
      fence = null
    } else fence.lines.push(line)
  }
  return parts
}

async function answered(lines: readonly string[], files: Files): Promise<string[]> {
  const commands = lines.filter((line) => line.startsWith('$ threat-model '))
  const isReviewed = commands.some((command) => command.startsWith('$ threat-model check'))
  const folder = isReviewed ? changedRepository(files) : makeFolder(files)
  try {
    const answers: string[] = []
    for (const command of commands) answers.push(command, ...(await answer(command, folder)))
    return answers
  } finally {
    folder.remove()
  }
}

/** The last file is what changed since the main branch. */
function changedRepository(files: Files): Folder {
  const folder = makeRepository(Object.fromEntries(Object.entries(files).slice(0, -1)))
  folder.write(files)
  return folder
}

async function answer(command: string, folder: Folder): Promise<string[]> {
  const { out, err } = await folder.run(...command.split(' ').slice(2))
  // Which commits were compared, by their names, is another each time.
  const told = err.replace(/^main \(.*\n/m, '')
  return `${out}${told}`.trimEnd().split('\n')
}
