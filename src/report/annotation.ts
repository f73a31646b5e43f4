/** A note at lines of a file, in the words of GitHub's check runs. 1-based lines of the head. */
export interface Annotation {
  path: string
  startLine: number
  endLine: number
  /** Only when start and end line are equal: GitHub's rule. 1-based. */
  columns: { start: number; end: number } | null
  level: 'notice' | 'warning' | 'failure'
  title: string
  message: string
}
