import type { Section } from '../outline/types.ts'
import { remembering, type Text } from '../remember.ts'
import { explainsInLanguages } from '../vocabulary/generic-in-languages.ts'
import { pattern } from '../vocabulary/pattern.ts'
import { classOf, plainHeading, roleOf } from '../vocabulary/vocabulary.ts'
import { soundsLikeAttack } from '../vocabulary/words.ts'

/*
 * Headings by their words alone: those that explain, whatever stands below them, and whole
 * sentences of what an attacker has or does.
 */

/** Titles that head an explanation, never a threat. */
const generic = pattern(
  '',
  '^(?:with .{0,40}|using (?!.{1,30} to \\w).{0,40}',
  '|overview|introduction|intro|summary|background|description',
  '|discussion',
  '|(?:(?:vulnerability|security|reporting|policy|disclosure) )?scope(?: (?:and|&) .{3,30})?',
  '|purpose|context|notes?|conclusions?|details?|diagrams?|system|architecture',
  '|methodology|usage|prerequisites|what it does|how it works|goals?|key (?:takeaways',
  '|findings)|key insights?(?:\\W.{1,60})?',
  '|main takeaways|trust(?:ed)? (?!boundary (?:violation|confusion|bypass)).{0,30}',
  '|data flow.{0,20}|components?',
  '|design.{0,30}|rationale|status|history|appendix.{0,60}|.{0,20}checklist',
  '|questions?|results?|process|approach|legend|rating.{0,20}|scoring.{0,20}',
  '|risk (?:matrix|rating|scale|heat ?map).{0,20}|severity .{0,20}|additional considerations',
  '|what .{1,40} (?:is|does|is not|does not|are|means?(?: .{1,20})?)',
  '|how (?:it|we|this|to|[a-z]+ (?:works?',
  '|addresses|handles)) ?.{0,50}|.{0,40}(?:philosophy|architecture)',
  '|(?:vulnerability |responsible )?(?:handling|reporting|disclosures?)|disclose .{0,30}',
  '|(?:attack|fault|threat) trees? .{0,80}|.{0,30}(?:methodology|criteria|definitions?)',
  '|how .{1,40} (?:compares?|works?|differs?)(?: .{0,30})?|.{0,30}(?:treatment|risk) summary',
  '|(?:with )?(?:dread|stride)(?: .{0,20})?|(?:[a-z]+ )?scores? .{0,20}',
  '|why (?:this|it|that|we|conventional|existing|traditional)\\b.{0,80}',
  '|why .{1,60} (?:is|are) (?:in|not|used|needed|here|part|chosen|ours|bounded|safe|enough|limited',
  '|acceptable|sufficient)\\b.{0,60}|responding to .{1,80}',
  '|what to do (?:if|when|about|after) .{1,80}',
  '|(?:[a-z-]+ )?priorit(?:y|ies)(?: (?:for|of|list|order)\\b.{0,40})?',
  '|(?:(?:high|top|low)[- ])?priority (?:actions?|action items|steps|fixes|recommendations|work)',
  '|(?:immediate|(?:short|medium|long)[- ]term)(?: (?:actions?|steps?|fixes|work|goals))?',
  '|open (?:problems|questions|issues|points)|(?:the |our |[a-z]+ )?approach',
  '|(?:the )?(?:system|security|trust|operational|deployment) (?:model|context|goals?|objectives?)',
  '(?: in scope| in brief| at a glance)?',
  '|(?:[a-z]+ )?decisions|(?:[a-z]+ ){0,2}decision (?:record|log)s?',
  '|(?:revision|review|update) triggers|relationship (?:to|with) .{0,60}',
  '|(?:[a-z-]+ ){1,3}(?:overview|introduction|background|glossary|terminology|diagrams?)',
  "|(?:overall )?(?:risk|security) posture|overall .{0,20}|what we(?:'re| are) (?:building|doing",
  '|working on)|(?:cryptographic|security) primitives',
  '|(?:audit|release|launch|review|security|quality)(?: (?:and|&) [a-z]+)? gates?',
  '|open items?.{0,30}|release (?:blockers|notes)|.{0,30} reference|attack trees?',
  '|(?:in-scope |core |system |security )?invariants|inputs (?:and|&) outputs',
  '|guidance for .{0,40}',
  '|specifications?|proposals?|security (?:and|&) privacy(?: considerations)?',
  '|security considerations',
  '|privacy considerations|implementation(?: (?:details|notes|plan))?|requirements',
  '|(?:failure|error) (?:behaviou?rs?|handling|semantics|policy|posture)',
  '|motivation|abstract',
  '|alternatives(?: considered)?|references|glossary|terminology|changelog|faq',
  '|(?:[a-z]+ )?version|last (?:updated?|reviewed|modified)|(?:next|last) review(?: date)?',
  '|predisposing conditions|attack risks and effects|security degradation',
  '|expected attacker capabilities|compensating mechanisms|attacker motivations?',
  '|recommendations?|action items?|table of contents|(?:.{1,30} )?(?:outline|self-assessment)',
  '|self-assessment .{1,20}|.{1,40} specifics|risk prioriti[sz]ation',
  '|(?:exploitability|severity|risk|threat|impact|likelihood) (?:tiers|levels|scales?|ratings?',
  '|classifications?)',
  '|(?:very )?(?:critical|high|medium|moderate|low)[- ](?:risks?|severity|priority|impact))$',
)

/** True for a title that heads an explanation, never a threat. */
export function isGeneric(title: Text): boolean {
  return rememberedGeneric(title)
}

const rememberedGeneric = remembering((title): boolean => {
  const plain = plainHeading(title)
  if (plain === '' || explainsInLanguages(plain)) return true
  return generic.test(plain) && !harm.test(plain) && classOf(title) === null
})

/** "Rating manipulation", "Design flaw": whatever it begins with, the last word names harm. */
const harm = pattern(
  '',
  String.raw`\b(?:manipulation|tampering|spoofing|forgery|poisoning|theft|abuse|bypass|injection`,
  '|hijack(?:ing)?|leak(?:age|s)?|exhaustion|inflation|compromise|corruption|flaws?|confusion',
  '|fraud|failures?)$',
)

/** The same of words that are not empty; "STRIDE: Denial of service" names the class. */
export const tellsMore = remembering(
  (title) => generic.test(plainHeading(title)) && classOf(title) === null,
)

/** "Threat modeling" over headings that name no part of a model, and many of which name harm. */
export function isModelOfThreats({ heading, children }: Section): boolean {
  if (!/^[\d.\s]*threat[- ]?modell?(?:ing)?\W*$/i.test(heading.text)) return false
  const isPlain = ({ title, kind, blocks }: Section) =>
    kind === 'heading' && blocks.length > 0 && roleOf(title) === null && !isGeneric(title)
  const harms = children.filter(
    (child) => soundsLikeAttack(child.title) || scene.test(child.heading.text),
  )
  return children.length >= 3 && children.every(isPlain) && harms.length * 2 >= children.length
}

/** "An attacker has the card and knows the number": a whole sentence of what somebody does. */
export const scene = pattern(
  'i',
  String.raw`^(?:an? |the |some |any )?(?:\w+ ){0,2}(?:attacker|adversary|intruder`,
  String.raw`|thief|hacker|insider)s?(?: \w+s|(?: \S+){0,5} (?:has|have|can|could|may|might))`,
  String.raw`\s\S+\s\S+`,
)
