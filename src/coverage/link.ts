import type { ElementKind } from '../threat-model/model.ts'

/** Why a piece of code belongs to an element of the model. In order of precedence. */
export type LinkSource = 'policy' | 'document' | 'marker' | 'suggestion'

export interface CodeLink {
  /** The asset, mitigation or threat the code belongs to. */
  element: { kind: ElementKind; id: string; title: string }
  source: LinkSource
  /** The pattern or path as written. */
  pattern: string
  /** For people: "because `src/a/**` is mapped to … in .github/threat-model.yml line 12". */
  because: string
  /** 0 to 1; 1 for everything but suggestions. */
  confidence: number
}

/** A changed file and the link that claims it. */
export interface LinkedFile {
  path: string
  link: CodeLink
  /** First changed line that can be commented, on the head side; null when none can. */
  line: number | null
}

/** An element of the model whose code the pull request changes; most often an asset. */
export interface AffectedAsset {
  /** The document that states it. */
  modelPath: string
  kind: 'asset' | 'mitigation' | 'threat'
  assetId: string
  title: string
  files: LinkedFile[]
  /** Threats of the asset without an answer, by id, and all of its threats. */
  unanswered: string[]
  threats: string[]
  /** The unanswered ones for people: a name and the line of `modelPath`. */
  open: { title: string; line: number }[]
}

/** A path written in the model or the policy that does not exist in the head commit. */
export interface DeadLink {
  path: string
  element: { kind: ElementKind; id: string; title: string }
  /** The file and the line that name the path. */
  writtenIn: string
  line: number
  /** False for one that was dead before: shown, never held against the pull request. */
  isNew: boolean
  /** Where the file went, when this pull request renamed it. */
  movedTo: string | null
}

/** Answered ÷ in scope, over a set of threats. `inScope` 0 means nothing to answer. */
export interface Ratio {
  answered: number
  inScope: number
}
