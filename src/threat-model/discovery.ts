/*
 * Which files are threat models, by their name alone. Counted over public repositories, nine of ten
 * are `THREAT_MODEL.md` in some spelling, at the root or in `docs`; then a folder of that name with
 * a README or one file for each part. Any folder counts, any letter case does. What has another
 * name has to be named in the policy file. A SECURITY.md may have a section with the model; whether
 * it has says only its text (part.ts).
 */

/** Longer names are no names that a person gave. */
const pathCharsMax = 1024

const extension = /\.(?:md|mdx|markdown)$/
/** The words as a whole, alone or beside others: `api-threat-model`, `threat_model_v2`. */
const modelWords = /(?:^|[-_ .])threat[-_ ]?models?(?:$|[-_ .])/
const modelFolder = /^threat[-_ ]?models?$/
/** More words beside those are the title of a text about threat models. */
const otherWordsMax = 3
/** Forms to fill in, and how to make a model. */
const formWords = new Set(
  'template templates guide howto checklist prompt personas persona'.split(' '),
)
/** Copies of other projects, forms to fill in, words for programs, and what is told in passing. */
const foreignFolders = new Set(
  (
    'node_modules vendor third_party issue_template template templates skills prompts blog ' +
    'decisions adr adrs'
  ).split(' '),
)

/** Where GitHub shows a SECURITY.md from. */
export const securityPolicies = ['SECURITY.md', '.github/SECURITY.md', 'docs/SECURITY.md']
const shownPolicies = new Set(securityPolicies.map((path) => path.toLowerCase()))

/** Whether the file at `path` is a threat model by its name, or may have a section with one. */
export function mayHoldModel(path: string): boolean {
  return isModelPath(path) || shownPolicies.has(path.slice(0, pathCharsMax).toLowerCase())
}

/** Whether the file is about more than its threat model, wherever it stands. */
export function isSecurityPolicy(path: string): boolean {
  return /(?:^|\/)security\.md$/i.test(path)
}

/** Whether the file at `path` (relative to the root, with `/`) is a threat model by its name. */
export function isModelPath(path: string): boolean {
  if (path.length > pathCharsMax) return false
  const parts = path.toLowerCase().split('/')
  const name = parts.pop() ?? ''
  if (!extension.test(name) || parts.some(isForeign)) return false
  const stem = name.replace(extension, '')
  return stem === 'threats' || isModelName(stem) || modelFolder.test(parts.at(-1) ?? '')
}

/** Folders with a dot are for programs, but for the one where GitHub looks for documents. */
function isForeign(folder: string): boolean {
  return foreignFolders.has(folder) || (folder.startsWith('.') && folder !== '.github')
}

function isModelName(stem: string): boolean {
  if (!modelWords.test(stem)) return false
  const others = stem
    .replace(modelWords, ' ')
    .split(/[-_ .]+/)
    .filter((word) => word !== '')
  return others.length <= otherWordsMax && !others.some((word) => formWords.has(word))
}
