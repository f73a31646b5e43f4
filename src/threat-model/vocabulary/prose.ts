import { pattern } from './pattern.ts'

/*
 * How running text names a threat, and what only looks as if it did. A catalogue of words for
 * draft/namings.ts, which says what is made of them.
 */

/** Sentences that speak of the document. */
export const ofDocument = pattern(
  'i',
  String.raw`^(?:an? |the )?(?:[\w-]+ ){0,3}(?:descriptions?|overview|details|discussion)\b.*`,
  String.raw`\b(?:is|are|can be) (?:available|found|given|described)\b`,
  String.raw`|^(?:this|the following|these|the rest of (?:this|the)|our|the) (?:\w+ )?(?:document`,
  '|sections?|page|chapter|guide|threat model|model|report|paper|appendix',
  String.raw`|analysis|addendum|proposal|specification)\b`,
)

/** A footnote, what a threat model is, and "This prevents …": what a measure does is no harm. */
export const explains = pattern(
  'i',
  String.raw`^\W{0,3}\[\^|^an? (?:threat|attacker|adversary) model \w+s\b`,
  '|^(?:this|that|it)(?: (?:approach|design|separation|check|layer|measure|mechanism|scheme))?',
  '(?: also| thus| therefore| further)? (?:prevents|decreases|reduces|limits|mitigates|protects',
  String.raw`|stops|avoids|ensures|eliminates|lowers)\b`,
)

/** What the reader of a guide is told to do. */
export const guides = pattern(
  'i',
  '^(?:(?:make|write|ask|think|identify|list|remember|try|be|see|depending on',
  String.raw`|to answer)\b|it(?:['’]s| is) important)|\byou(?:['’]re| are)? (?:going to`,
  String.raw`|should|might want|need to)\b|^if you(?:['’]re| are| have| find| found| believe`,
  String.raw`| think| discover| suspect)\b.{0,160}\b(?:report|fil(?:e|ing)|contact|e-?mails?`,
  String.raw`|disclose|let us know)\b`,
)

/** Definitions, assumptions, and what is asked of the product. */
export const defines = pattern(
  'i',
  String.raw`\b(?:defined? as|is called|are called|known as|refers? to|we (?:categori[sz]e`,
  '|classify|differentiate|distinguish|divide|define|will (?:use|consult|discuss',
  '|describe))|the term|(?:we|it is|is|are) (?:also )?(?:as|pre)sumed?|assuming that|assumes? that',
  '|for the purposes? of|an? (?:threat|risk|attack|vulnerability) is|(?:should|must',
  String.raw`|shall) (?:not|never) be (?:able|possible|allowed))\b`,
)

/** "Whoever can read the disk cannot read the letters" promises. */
export const promises = pattern(
  'i',
  String.raw`\b(?:(?:who|that|which|anyone|anybody) (?:can|could|has|have|gets?|gains?|controls?)`,
  String.raw`|with|without)\b[^;]{3,160}\b(?:can ?not|can['’]t|(?:is|are) unable|will not|won['’]t`,
  String.raw`|learns? nothing|gains? nothing)\b|\bmeasures? to ensure\b|\bensures? that\b`,
  String.raw`|\b(?:attacker|adversary|thief|intruder)s? would (?:need|have to)\b`,
)

/** "If the stamp is forged, the clerk refuses the letter" tells what is done about it. */
export const met = pattern(
  'i',
  String.raw`\b(?:rejects?|refuses?|returns? (?:an? |the )?(?:\S+ ){0,4}(?:errors?|failures?)`,
  '|throws?|(?:is|are|gets?|will be) (?:rejected|refused|dropped|denied|blocked|discarded',
  String.raw`|ignored|detected)|(?:is|are|remains?) (?:minimal|negligible|harmless))\b`,
)

/** What is denied is no harm: an attacker who cannot, little risk, a control that keeps out. */
export const denied = pattern(
  'gi',
  String.raw`\b(?:can ?not|can['’]t|(?:could|would|will|may|might|should|does|do|did)(?: not`,
  "|n['’]t)|never|unable to|no longer|not possible for|nor|neither|without|against|prevents?",
  '|prevented|preventing|stops?|blocks?|(?:little|low|no|negligible|minimal|less',
  String.raw`|lower|reduced?|reduc(?:es|ing)|minimi[sz]\w*|limit(?:s|ed|ing)?`,
  String.raw`|lessens?)(?: \w+){0,3})\s[^,;:()]{0,60}?\b(?:attack\w*|adversar\w+|risks?`,
  String.raw`|threats?|exploit\w*|vulnerab\w+|leak\w*|compromis\w+|read|learn|forge|steal`,
  String.raw`|modify|impersonate|access|intruders?|able)\b`,
)

const actor = pattern(
  '',
  String.raw`\b(?:attackers?|adversar(?:y|ies)|(?:malicious|hostile|rogue|compromised`,
  '|dishonest|curious|misbehaving|evil|unauthori[sz]ed|untrusted|modified|stolen',
  String.raw`|leaked|fake) \w+|intruders?|insiders?|eavesdroppers?|thie(?:f|ves)|(?:some`,
  '|any)(?:one|body) (?:who|with|on|in|else|able)|whoever|she|third part(?:y|ies)',
  // "Any reader with a key to the desk"
  String.raw`|any (?:\w+ ){1,2}(?:with|who|in control of))\b`,
)

/** Somebody hostile, and what they can or will do. */
export const hostile = pattern(
  'i',
  `${actor.source}.{0,80}?`,
  String.raw`\b(?:can|could|may|might|would|will|able to|attempts? to|tr(?:ies|y|ying) to`,
  '|manages? to|(?:has|have) access to|gains?|obtains?|steals?|reads?|learns?|forges?',
  '|intercepts?|replays?',
  String.raw`|modif(?:y|ies)|gets? (?:hold|access)|breaks? (?:in|into))\b`,
)

/** "Anybody with access to the shelf can …", whatever it is that they can. */
export const opensToAll = pattern(
  'i',
  String.raw`\b(?:any(?:one|body) (?:who|with|able|in)|any (?:\w+ ){1,2}(?:who|with access))\b`,
  String.raw`[^.;]{3,90}?\b(?:can|could|will be able to)\b`,
)

/** At the end of what stands before somebody: there they do not act. */
export const passive = /\b(?:through|from|via|with|by)\s(?:(?:an?|the|any|existing)\s){0,2}$/i

/** What may come to be, up to the first comma. */
export const condition = pattern(
  'i',
  '^(?:even )?(?:if|when(?:ever)?|once|should|in case|in the (?:event|case)|where)',
  String.raw`\b[^,]{3,160}`,
)

/** A weakness; the group is what it is open to. */
export const openness = pattern(
  'i',
  String.raw`(?<!\b(?:not|no|never|less|longer|being)\s)\b(?:vulnerable|susceptible|prone|open`,
  '|exposed) to (?:the |an? |potential |possible )?([^,.;:()]{4,90})',
)

/** What something is done for; the group is what it is done against. */
export const purpose = pattern(
  'i',
  String.raw`(?<!\b(?:recommended|advised|advisable|best|important|good|better|wise|ways?`,
  '|unlikely) )',
  String.raw`\bto (?:mitigate|prevent|counter|thwart|avoid|foil|deter|(?:protect|defend|guard)`,
  ' against|(?:reduce|lower|limit|minimi[sz]e) (?:the |an? )?(?:likelihood|risks?|chances?',
  '|probability|possibility|danger) of) ',
  String.raw`(?!(?:against |from )?(?:th(?:is|at|ese|ose|em)|such|it)\b)`,
  '(?:(?:the |an? )?(?:risks?|threats?|dangers?|possibility) of )?',
  '(?:the |an? |any |against |from )?([^,.;:()]{4,80})',
)

/** Said to be feared, whatever it is. */
export const fears = [
  pattern(
    'i',
    String.raw`(?<!(?:\bnot|n['’]t|\bnever|\bno) (?:have |need )?(?:to )?)(?<!\b(?:users|those`,
    '|people|readers|operators|administrators|anyone|everyone)(?: who are)? )',
    String.raw`\b(?:concerned|worried|worry) about\b`,
  ),
  /\b(?:risk|danger|threat)s? (?:here )?(?:is|are) (?:that|when|if)\b/i,
  /\b(?:is|are|remains?) an? (?:\w+ ){0,2}(?:risk|danger|threat|attack vector)\b/i,
  /^the (?:\w+ )?(?:risk|danger|threat) that\b.{10,200}\b(?:is|are|was|remains?)\b/i,
]

/** Kinds of attacks, and what a danger is or comes from. */
export const worries = [
  pattern(
    'i',
    String.raw`\b(?:class|kind|type|form|category|example)(?:es|s)? of (?:attacks?|threats?`,
    String.raw`|exploits?|abuse|risks?)\b.{0,40}\b(?:is|are|would|could|can|may|might|involves?)\b`,
  ),
  pattern(
    'i',
    String.raw`\b(?:attacks?|exploits?|threats?|risks?|dangers?|concerns?|worr(?:y|ies)`,
    '|problems?|weak(?:ness|nesses)|weak (?:points?|spots?)) (?:here )?(?:is|are',
    '|would be|involves?|comes? from|stems? from|arises?) (?:that|those|when|if',
    String.raw`|from|the|an?)\b`,
  ),
  pattern(
    'i',
    String.raw`\b(?:poses?|presents?|creates?|introduces?|carr(?:y|ies)) (?:a |an |some |the )?`,
    String.raw`(?:\w+ )?(?:risks?|threats?|dangers?)\b`,
  ),
  /\b(?:easy|possible|trivial|feasible) for (?:any(?:one|body)|an attacker|attackers|others)\b/i,
  /\brisks? (?:that|of)\b|\bdangers? (?:that|of)\b/i,
  /\b(?:attacks?|exploits?) (?:that|which|against|would|could|can|may|might)\b/i,
  // "It may be possible for guests to …", "it may otherwise be read", "this opens the door for …"
  pattern(
    'i',
    String.raw`\b(?:may|might|could|can|would|is|are|be) (?:\w+ly )?(?:otherwise`,
    String.raw`|possible (?:for|to))\b|\b(?:is|are|remains?) (?:still |also )?possible\b`,
    String.raw`|\botherwise (?:be possible|open|allow|lead)`,
    String.raw`|\bopens? (?:up )?(?:the door )?for\b`,
  ),
  // "This exposes the till to attacks"
  pattern(
    'i',
    String.raw`\b(?:exposes?|opens?|subjects?) (?:[\w'’-]+ ){1,6}to (?:\w+ )?`,
    '(?:attack|abus|thie|thef|forg|tamper|manipulat|spoof|replay|denial',
    String.raw`|injection|eavesdrop)\w*\b`,
  ),
  /\b(?:can|could|may|might)\b.{0,80}\b(?:maliciously|by mistake|by accident)\b/i,
]

/** What is not protected, in so many words. */
export const gaps = [
  pattern(
    'i',
    String.raw`\b(?:do|does|is|are|can) ?(?:not|n['’]t) (?:[\w-]+ ){0,2}(?:protect|defend|prevent`,
    '|mitigate|encrypt|authenticat|verif|hide|guard|secure|address|revoke|erase|detect|sanitiz',
    String.raw`|isolate|validate)\w*\b`,
  ),
  pattern(
    'i',
    String.raw`\b(?:do|does|can) ?not (?:[\w-]+ )?(?:provide|offer|give`,
    String.raw`|guarantee)s? (?:[\w-]+ ){0,3}(?:secrecy|confidentiality|integrity|encryption`,
    '|anonymity|privacy|protection|authentication|isolation|deniability',
    String.raw`|defen[cs]e)\b`,
  ),
  pattern(
    'i',
    String.raw`\b(?:do|does|is|are) not (?:\w+ ){0,2}(?:consider|view|treat|regard)\w*\b.{0,80}\b`,
    String.raw`(?:secur\w+|exploits?|vulnerabilit\w+|attacks?|threats?)\b`,
  ),
  /\b(?:cannot|can not) be (?:made )?(?:secure|safe|trusted|protected)\b/i,
  /\b(?:is|are) (?:therefore |thus |inherently )?(?:insecure|unsafe)\b/i,
  /\bno (?:(?!such\b)[\w-]+ ){0,3}(?:protection|defen[cs]e|mitigation)s?\b/i,
  /\b(?:makes?|made) no (?:attempt|effort|claim|guarantee)s?\b/i,
  /\b(?:do|does|can) ?not (?:\w+ )?guarantee\b/i,
  pattern(
    'i',
    String.raw`\b(?:there (?:is|are)|has|have|offers?|provides?) (?:\w+ly )?no (?:[\w-]+ ){0,2}`,
    '(?:boundar(?:y|ies)|isolation|separation|authentication|authori[sz]ation|encryption',
    '|integrity (?:check|protection)|validation|verification|rate limit(?:ing|s)?|sandbox(?:ing)?',
    '|revocation|access control|way to (?:verify|revoke|detect|prevent',
    String.raw`|authenticate))s?\b`,
  ),
]

/** The same where it is said of the product itself, and of what it is for. */
export const leavesOpen = pattern(
  'i',
  String.raw`\b(?:(?:do|does|can) ?(?:not|n['’]t) (?:(?:attempt|try|aim) to )?`,
  String.raw`(?:protect|defend|hide|guard)\b|makes? no (?:attempt|effort)s? (?:to|at)\b)`,
)

/** What is done to people by knowing about them, and to what should go on undisturbed. */
export const privacyHarm = pattern(
  'i',
  String.raw`\b(?:infers?|inferred|inferring|pollut(?:e|es|ed|ing|ion)|malformed|impostors?)\b|`,
  String.raw`\b(?:disrupts?|disrupted|disrupting|disruption|interferes? with|unresponsive)\b|`,
  String.raw`\b(?:de-?anonymi[sz]\w*|re-?identif\w*|correlat(?:e|es|ed|ing)|surveil\w*`,
  '|track(?:s|ed|ing)? (?:users?|clients?|people|individuals?|visitors?|members?)',
  '|privacy is lost|link (?:users?|clients?|requests|identities)|profil(?:e|es',
  String.raw`|ing) users?)\b`,
)

/** What may happen without anybody hostile. */
export const failure = pattern(
  'i',
  String.raw`\b(?:may|might|could|can) (?:(?:therefore|thus|then|hence|still|also) )?`,
  String.raw`(?:(?:\w+ly )?(?:cause|lead|expose|leak|fail|allow`,
  '|result|break|reveal|give|track|de-?anonymi[sz]|correlat|link|disclose',
  String.raw`|compromise|overwhelm|malfunction)|(?:be|get) (?:\w+ly )?(?:attack|compromis`,
  '|stolen|leak|forg|tamper|exploit|abus|misus|intercept|guess|expos|bypass|lost',
  '|deni|corrupt|hijack|spoof|poison|subvert|trick|crack|fool|replay|impersonat|exfiltrat',
  String.raw`|used to))\w*\b`,
)
