import { pattern } from './pattern.ts'

/*
 * How a sentence of running text is tied to others, and where its clauses end. A catalogue of words
 * for draft/namings.ts.
 */

/** Words that join a sentence to the one before. */
export const linkWords = pattern(
  'i',
  '^(?:(?:for (?:example|instance)|in other words|in general',
  '|generally(?: speaking)?|note that|lastly|finally|also|however|furthermore',
  '|moreover|in particular|in addition|additionally|in practice|similarly|likewise',
  '|second(?:ly)?|first(?:ly)?|third(?:ly)?|thus|therefore|that said|of course|but',
  '|and)[,:]? )+',
)

/** The sentences of a text as its marks part them: "e.g. a lamp" is two. */
export function plainSentences(text: string): string[] {
  return text.split(/(?<=[.!?])\s+/)
}

/** The last sentence of an introduction, which says what it opens. */
export function lastSentence(text: string): string {
  return plainSentences(text).at(-1) ?? text
}

/** Enumerates: what follows is beside what was named, and no explanation of it. */
export const goesOn = pattern(
  'i',
  '^(?:another|a (?:second|third|further)|second(?:ly)?|third(?:ly)?|lastly|finally|also|moreover',
  String.raw`|furthermore|in addition|additionally|similarly|likewise)\b`,
)

/** Before the name of a product that is written small: "… is read. shelfd does not hide it." */
export const smallStart = pattern(
  '',
  String.raw`(?<=[a-z)]{3}[.!?])\s+(?=[a-z][\w-]{2,20} (?:is|does|has|makes?|uses|will|can|cannot`,
  String.raw`|never|only|attempts|tries|protects|provides|relies|assumes|trusts)\b)`,
)

/** Between the clauses of a long sentence; "can therefore" and the like stay with what follows. */
export const joints = pattern(
  'i',
  '(?:,? and so |; |, so | [—–-] |, meaning (?:that )?|, which means (?:that )?',
  String.raw`|,? and (?=(?:can|could|may|might) (?:therefore|thus|hence)\b)`,
  '|,? (?:as|since|because) (?=(?:it|they|this|that) (?:can|could|may|might',
  String.raw`|would) otherwise\b))`,
)

/** What stands before the main clause of a sentence, up to its comma. */
export const opener = pattern(
  'i',
  '^(?:if|when|while|although|though|even|without|in|as|because|since|given|due to|despite|for',
  String.raw`|with|by|once|after|before|until|unless|under|on|during)\b[^,()]{3,200},\s+`,
)

/** "Although thieves cannot see it, …": what is granted before what is meant. */
export const concedes = /^(?:although|though|while|even though|whereas)\b/i
