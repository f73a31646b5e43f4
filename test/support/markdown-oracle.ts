import MarkdownIt from 'markdown-it'

/*
 * What GitHub would make of Markdown that we wrote, by another parser than ours: everything in the
 * rendered text that is more than text. GitHub looks for mentions, references and the like in the
 * finished text, so that is where they are looked for here.
 */

export const markdown = new MarkdownIt({ html: true, linkify: false })

/** Mentions, addresses, references, commits, pictures, formulas, direction marks. */
const githubReads = new RegExp(
  [
    '@[\\w-]|https?://|www\\.|mailto:|#\\d|gh-\\d',
    '\\b[\\da-f]{7,40}\\b|:[a-z\\d_+-]+:|\\$|[\u202a-\u202e]',
  ].join('|'),
  'giu',
)

type Token = ReturnType<typeof markdown.parse>[number]

/** The names of the blocks that are opened. */
export function blocksOf(tokens: Token[]): string[] {
  return tokens.filter((token) => token.nesting === 1).map((token) => token.type)
}

/** Everything in the rendered text that is more than text. */
export function aliveIn(tokens: Token[]): string[] {
  const types = [...tokens, ...inlineOf(tokens)].map((token) => token.type)
  const grown = types.filter((type) =>
    /^(link|image|html|strong|em_|s_|fence|code_block|hr|softbreak)/.test(type),
  )
  return [...grown, ...readByGitHub(tokens)]
}

/**
 * The same for a whole text of ours, where our own stress, fences and folds are meant, and links to
 * the comments of the pull request.
 */
export function aliveInOurs(text: string, comments: readonly string[] = []): string[] {
  const tokens = markdown.parse(text, {})
  const all = [...tokens, ...inlineOf(tokens)]
  const grown = all
    .filter(({ type }) => /^(link_open|image)/.test(type))
    .map((token) => String(token.attrGet('href') ?? token.type))
    .filter((address) => !comments.includes(address))
  const html = all
    .filter(({ type }) => type.startsWith('html'))
    .flatMap(({ content }) => content.match(/<[^>]*>?/g) ?? [])
    .filter((tag) => !/^<\/?(?:details|summary|sub)>$/.test(tag))
  return [...grown, ...html, ...readByGitHub(tokens)]
}

function inlineOf(tokens: Token[]): Token[] {
  return tokens.flatMap((token) => token.children ?? [])
}

/**
 * Text of neighbours is joined: GitHub sees one run of text where Markdown had two. Cells and
 * paragraphs are no neighbours: "abc" above "0000" is no commit.
 */
function readByGitHub(tokens: Token[]): string[] {
  const runs = tokens.map(({ children }) =>
    (children ?? []).map(({ type, content }) => (type === 'text' ? content : '\u0001')).join(''),
  )
  const text = runs.join('\u0001')
  return text.match(githubReads) ?? []
}
