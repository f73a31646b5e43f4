import { dirname, join } from 'node:path'
import { parse } from '@babel/parser'

/*
 * One source file measured by its syntax tree: imports, functions with their size, and what the
 * project bans. Used by tidy.test.ts only. Babel reads the tree because the compiler in use is
 * native and offers no tree to programs.
 */
export interface CodeFile {
  path: string
  text: string
  /** The text with comments blanked. */
  code: string
  lines: number
  /** Local imports as `src/…` paths, packages by name. */
  imports: string[]
  /** The local ones among them that exist at run time. */
  valueImports: string[]
  functions: MeasuredFunction[]
  banned: string[]
  hasDesignComment: boolean
}

export interface MeasuredFunction {
  at: string
  lines: number
  parameters: number
  nesting: number
}

interface TreeNode {
  type: string
  start?: number | null
  loc?: { start: { line: number }; end: { line: number } } | null
  [key: string]: unknown
}

const nestingTypes = new Set([
  'IfStatement',
  'ForStatement',
  'ForOfStatement',
  'ForInStatement',
  'WhileStatement',
  'DoWhileStatement',
  'SwitchStatement',
  'TryStatement',
])

const functionTypes = new Set([
  'FunctionDeclaration',
  'FunctionExpression',
  'ArrowFunctionExpression',
  'ObjectMethod',
  'ClassMethod',
])

export function readCodeFile(path: string, text: string): CodeFile {
  const tree = parse(text, { sourceType: 'module', plugins: ['typescript'], attachComment: false })
  const file: CodeFile = {
    path,
    text,
    code: blankComments(text, tree.comments ?? []),
    lines: text.split('\n').length - 1,
    imports: [],
    valueImports: [],
    functions: [],
    banned: [],
    hasDesignComment: opensWithComment(tree.program.body, tree.comments ?? []),
  }
  walk(tree.program as unknown as TreeNode, file)
  if (/\b(TODO|FIXME|XXX|HACK)\b/.test(commentText(tree.comments ?? []))) {
    file.banned.push(`${path}: unfinished note`)
  }
  return file
}

function walk(node: TreeNode, file: CodeFile): void {
  noteImport(node, file)
  noteFunction(node, file)
  noteBanned(node, file)
  for (const child of childrenOf(node)) walk(child, file)
}

function noteImport(node: TreeNode, file: CodeFile): void {
  const isModule = ['ImportDeclaration', 'ExportNamedDeclaration', 'ExportAllDeclaration']
  if (!isModule.includes(node.type)) return
  const source = node.source as { value?: string } | null | undefined
  if (!source?.value) return
  const name = source.value.startsWith('.') ? join(dirname(file.path), source.value) : source.value
  file.imports.push(name)
  const typeOnly = node.importKind === 'type' || node.exportKind === 'type'
  if (!typeOnly && name.startsWith('src/')) file.valueImports.push(name)
}

function noteFunction(node: TreeNode, file: CodeFile): void {
  if (!functionTypes.has(node.type)) return
  const loc = node.loc
  if (!loc) return
  const name = (node.id as { name?: string } | null | undefined)?.name ?? ''
  file.functions.push({
    at: `${file.path}:${loc.start.line} ${name}`.trim(),
    lines: loc.end.line - loc.start.line + 1,
    parameters: (node.params as unknown[]).length,
    nesting: depthBelow(node.body as TreeNode),
  })
}

/** `else if` continues its `if`; a function inside starts again from zero. */
function depthBelow(node: TreeNode): number {
  let deepest = 0
  for (const child of childrenOf(node)) {
    if (/Function|Method/.test(child.type)) continue
    const chained = node.type === 'IfStatement' && child.type === 'IfStatement'
    const step = nestingTypes.has(child.type) && !chained ? 1 : 0
    deepest = Math.max(deepest, step + depthBelow(child))
  }
  return deepest
}

function noteBanned(node: TreeNode, file: CodeFile): void {
  const names: Record<string, string> = {
    TSAnyKeyword: 'any',
    TSEnumDeclaration: 'enum',
    TSNonNullExpression: '!',
    ExportDefaultDeclaration: 'default export',
  }
  const name = names[node.type]
  if (name) file.banned.push(`${file.path}:${node.loc?.start.line} ${name}`)
}

function childrenOf(node: TreeNode): TreeNode[] {
  const children: TreeNode[] = []
  for (const key in node) {
    const value = node[key]
    if (typeof value !== 'object' || value === null || key === 'loc') continue
    for (const item of Array.isArray(value) ? value : [value]) {
      if (typeof item?.type === 'string') children.push(item)
    }
  }
  return children
}

interface CommentNode {
  type: string
  value: string
  start?: number | null
  end?: number | null
}

/** A block comment above the first declaration that is not an import. */
function opensWithComment(body: readonly unknown[], comments: readonly CommentNode[]): boolean {
  const first = (body as TreeNode[]).find((node) => node.type !== 'ImportDeclaration')
  const limit = first?.start ?? Number.POSITIVE_INFINITY
  return comments.some((c) => (c.start ?? 0) < limit && c.value.trim().length > 40)
}

function commentText(comments: readonly CommentNode[]): string {
  return comments.map((comment) => comment.value).join('\n')
}

function blankComments(text: string, comments: readonly CommentNode[]): string {
  let code = text
  for (const { start, end } of comments) {
    if (typeof start !== 'number' || typeof end !== 'number') continue
    code = code.slice(0, start) + code.slice(start, end).replace(/[^\n]/g, ' ') + code.slice(end)
  }
  return code
}
