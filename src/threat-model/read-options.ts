/** What a caller may know beside the text. All optional: a bare text reads too. */
export interface ReadOptions {
  /** Path of the document in its repository, for messages and the fallback title. */
  path?: string
  /** Whether a path exists in the tree of that commit; without it no code reference is judged. */
  tree?: PathLookup
  /** Corrections of the reading from the policy file's `reading:`. */
  reading?: ReadingHints
}

/** The files and folders of one commit's tree, prepared for look-ups. */
export interface PathLookup {
  has(path: string): boolean
  /** The only path that ends in `/suffix`, or null when none or several do. */
  uniqueBySuffix(suffix: string): string | null
}

export interface ReadingHints {
  /** Further column names, by what they mean. */
  columns?: Partial<Record<ColumnMeaning, string[]>>
  /** Depth (1 to 6) of the headings that are threats. */
  threatHeadingLevel?: number
  /** A regular expression's source is never accepted: a prefix such as `T-` or `RISK-`. */
  idPrefixes?: string[]
}

export type ColumnMeaning =
  | 'id'
  | 'threat'
  | 'description'
  | 'asset'
  | 'adversary'
  | 'category'
  | 'severity'
  | 'likelihood'
  | 'impact'
  | 'mitigation'
  | 'status'
  | 'code'
  | 'residual'
