import { Minimatch } from 'minimatch'

/*
 * Patterns of paths, as the policy file writes them (`roster/**`, `xmpp/roster*.go`, `LICENSE`).
 *
 * A pattern may come from a pull request, so it is bounded before it is compiled: length, segments
 * and wild cards. Braces and extended forms (`@(a|b)`) are not understood: they are what makes glob
 * libraries hang. Most patterns need no matcher at all: a plain path means the file or everything
 * in the folder, and `folder/**` is a comparison of prefixes. Matching looks at letters as they
 * are; paths are relative to the root of the repository and use `/`.
 */

export interface PathPattern {
  /** As written. */
  source: string
  matches(path: string): boolean
}

export type PatternReading = { ok: true; pattern: PathPattern } | { ok: false; mistake: string }

const patternLengthMax = 256
const segmentsMax = 32
const starsPerSegmentMax = 4
const globstarsMax = 3
const bracketsMax = 4
/** Longest path that a wild card is tried on; no file system has longer ones. */
const pathLengthMax = 4096

const wild = /[*?[\]\\]/

/** Reads one pattern. A mistake is a short clause for people: "is empty". */
export function readPattern(source: string): PatternReading {
  const text = source.replace(/^(?:\.?\/)+/, '').replace(/\/+$/, '/**')
  const mistake = mistakeIn(source, text)
  if (mistake) return { ok: false, mistake }
  return { ok: true, pattern: { source, matches: matcher(text) } }
}

/** The patterns that read well; the others are the business of whoever reported them. */
export function readPatterns(sources: readonly string[]): PathPattern[] {
  return sources.flatMap((source) => {
    const reading = readPattern(source)
    return reading.ok ? [reading.pattern] : []
  })
}

/** The first pattern that matches, or null. */
export function firstMatch(patterns: readonly PathPattern[], path: string): PathPattern | null {
  return patterns.find((pattern) => pattern.matches(path)) ?? null
}

/** What is wrong with a path of one file inside the repository, or null. */
export function pathMistake(path: string): string | null {
  if (path.trim() === '') return 'is empty'
  if (path.length > pathLengthMax) return `is longer than ${pathLengthMax} characters`
  if (path.startsWith('/') || /^[A-Za-z]:[\\/]/.test(path)) return 'is absolute'
  if (path.split(/[\\/]/).includes('..')) return 'leaves the repository'
  return null
}

function mistakeIn(source: string, text: string): string | null {
  if (text.trim() === '') return 'is empty'
  if (source.length > patternLengthMax) return `is longer than ${patternLengthMax} characters`
  if (source.startsWith('!')) return 'starts with "!"; patterns cannot be turned round'
  if (/[{}]/.test(source)) return 'has braces; write one pattern for each alternative'
  if (/[@+!?*]\(/.test(source)) return 'has a form like @(a|b); write one pattern for each'
  const segments = text.split('/')
  if (segments.includes('..')) return 'leaves the repository'
  if (segments.length > segmentsMax) return `has more than ${segmentsMax} segments`
  return wildMistake(segments)
}

function wildMistake(segments: string[]): string | null {
  if (segments.filter((segment) => segment === '**').length > globstarsMax) {
    return `has "**" more than ${globstarsMax} times`
  }
  const crowded = segments.some((s) => (s.match(/[*?]/g) ?? []).length > starsPerSegmentMax)
  if (crowded) return `has more than ${starsPerSegmentMax} wild cards in one segment`
  const brackets = segments.join('/').split('[').length - 1
  return brackets > bracketsMax ? `has "[" more than ${bracketsMax} times` : null
}

function matcher(text: string): (path: string) => boolean {
  if (!wild.test(text)) return (path) => path === text || path.startsWith(`${text}/`)
  if (text === '**') return () => true
  const folder = text.endsWith('/**') ? text.slice(0, -'**'.length) : null
  if (folder !== null && !wild.test(folder)) return (path) => path.startsWith(folder)
  const compiled = new Minimatch(text, {
    dot: true,
    nobrace: true,
    noext: true,
    nocomment: true,
    nonegate: true,
    platform: 'linux',
  })
  const prefix = text.slice(0, text.search(wild))
  return (path) => path.startsWith(prefix) && path.length <= pathLengthMax && compiled.match(path)
}
