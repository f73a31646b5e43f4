import type { Status } from '../model.ts'
import { remembering, type Text } from '../remember.ts'
import { collected } from './collections.ts'
import { deniedInLanguages, partInLanguages } from './headings-in-languages.ts'
import { labelsInLanguages } from './labels-in-languages.ts'
import { inLanguages } from './languages.ts'
import { anyOf, pattern, withoutEnd } from './pattern.ts'
import { countedHeadings, leftOutHeadings } from './policies.ts'
import { inOneScript, withAccents } from './scripts.ts'
import { standingOfHeading } from './standing.ts'
import { soundsLikeAttack } from './words.ts'

/*
 * The words people use for the parts of a threat model. A catalogue: which heading means which part
 * (`roleOf`), which label or column means which field (`fieldOf`), which class a title names
 * (`classOf`). Words only; what follows from them is decided where the shapes are read.
 *
 * A heading is understood by its head noun: "Threats specific to the proxy" are threats,
 * "Mitigations for threats" are mitigations, "Threat actors" are actors, and "Compromise of assets"
 * is nothing but a title. Headings with more unknown words than `fillers` allows mean nothing.
 */

export type Role =
  | 'assets'
  | 'adversaries'
  | 'attacks'
  | 'threats'
  | 'mitigations'
  | 'boundaries'
  | 'assumptions'
  | 'in-scope'
  | 'out-of-scope'
  | 'non-findings'
  | 'unprotected'
  | 'limitations'
  | 'residual'
  | 'accepted'
  | 'planned'
  | 'resolved'
  | 'protected'
  | 'misuse'
  | 'surfaces'
  | 'examples'
  | 'other'

export type Field =
  | 'id'
  | 'threat'
  | 'description'
  | 'impact'
  | 'likelihood'
  | 'severity'
  | 'mitigation'
  | 'recommended'
  | 'planned'
  | 'status'
  | 'residual'
  | 'acceptance'
  | 'asset'
  | 'adversary'
  | 'category'
  | 'code'
  | 'owner'
  | 'answers'
  | 'note'

/** Whole headings that a phrase decides, first match first. Bounded: titles are cut before. */
const rolePhrases: readonly (readonly [Role, readonly RegExp[]])[] = [
  ['adversaries', [/^whom? (?:we|it|this|[\w-]+) (?:defends?|protects?|guards?) against$/]],
  // "Not covered yet" is open, and no decision to leave it out.
  ['unprotected', [/^(?=.*\byet\b)(?:\w+ |what is )?not (?:yet )?(?:covered|handled|addressed)\b/]],
  ['non-findings', leftOutHeadings],
  // "Residual risks and non-goals" lists what is left, and hardly features.
  [
    'residual',
    [/^(?:known )?(?:residual|remaining) risks? (?:and|&|\/) (?:non[- ]?goals?|exclusions)$/],
  ],
  [
    'out-of-scope',
    [
      /\bout[- ]of[- ](?:the )?(?:scope|threat model|model)\b/,
      /^what .{1,40} (?:is|are) not$/,
      /^(?:explicitly )?out of(?: the)?$|^out of bounds$|^(?:explicit )?non[- ]threats$/,
      /^(?:\w+ly )?excluded$|^what (?:is|we|(?:this|the)\b.{0,20}) (?:excludes?d?|leaves? out)$/,
      /^(?:threats|attacks|risks) (?:we )?(?:excluded?|ignored?|deferred)$|^non[- ]objectives$/,
      /^(?:excluded|ignored|deferred) (?:threats|attacks|risks)$/,
      /^(?:what is )?not model+ed(?: here)?$/,
      // "Threats we deliberately do not model"
      pattern(
        '',
        '^(?:what|threats|attacks|risks|scenarios) (?:that )?(?:we|this|it|(?:this|the|our) \\w+)',
        "(?: \\w+ly)? (?:do|does|did|will)(?: not|n't) (?:model|consider|analy[sz]e|examine",
        '|look at)$',
      ),
      /\b(?:not|outside) (?:in|of|the)? ?(?:the )?scope\b/,
      /\bscope (?:and|&) (?:limitations?|caveats)\b|\blimitations? (?:and|&) scope\b/,
      /\bnon[- ]?goals?\b|\bnot goals\b|\bexclusions\b|^excluded\b|\bnot considered\b/,
      /\b(?:ruled out|excluded) by\b/,
      /^(?:(?:explicitly|deliberately) )?not (?:(?:meant|intended|designed|built) )?for\b/,
      /^(?:threats |attacks |risks |explicitly )?not (?:\w+ )?covered\b/,
      /^nicht (?:im|in) (?:umfang|scope|geltungsbereich)\b|^non (?:couvert|inclus)\b/,
      /対象外|対象としない|範囲外|超出范围|不在范围|非目标/,
      /вне (?:области|рамок)|außerhalb des|fuera del? alcance|hors (?:du )?périmètre/,
      /fora d[eo] escopo|\bdi luar (?:cakupan|(?:ruang )?lingkup|scope)/,
    ],
  ],
  // "Not trusted, and checked" says whom, and not what is open.
  ['boundaries', [/^(?:\w+ ){0,2}(?:not|never) (?:fully )?trusted,? (?:and|but|so|yet|hence)\b/]],
  [
    'unprotected',
    [
      /\b(?:not|never|cannot|without|\w+n't)\b.{0,50}\b(?:protect|defend|provid|cover|mitigat)/,
      /\bneither\b.{0,50}\b(?:protect|defend|cover|mitigat|stop|detect|block|catch)/,
      /\b(?:not|never|cannot|\w+n't)\b.{0,50}\b(?:address|guarantee|prevent|handl|claim|promis)/,
      /\b(?:not|never|cannot|\w+n't)\b.{0,50}\b(?:stop|solv|detect|defeat|resist|block(?!ing))/,
      /\b(?:not|never|cannot|\w+n't)\b.{0,50}\bcatch(?:es)?\b/,
      /^what\b.{0,50}\b(?:not|never|\w+n't) (?:encrypt|hide|hidden|conceal|anonymi[sz]e|obscure)/,
      /\b(?:not|never|cannot|\w+n't)\b.{0,50}\bproves?\b/,
      /\b(?:not|never|cannot|\w+n't)\b.{0,50}\b(?:counter|thwart|withstand|deter\b|deters\b)/,
      /^properties\b.{0,50}\b(?:not|never|cannot|\w+n't)\b.{0,20}\b(?:promise|provide|hold)/,
      /\b(?:unmitigated|unprotected|unaddressed|uncovered|undefended|unresolved)\b/,
      /\bnon[- ](?:claims|guarantees)\b|^no (?:protection|defen[cs]e) against\b/,
      /^(?:unhandled|uncovered|unanswered) (?:threats|attacks|risks)$|^still possible$/,
      /^(?:threats|attacks|risks)(?: that (?:are|remain))? still (?:open|possible)$/,
      /^what (?:is still|remains|stays) possible$/,
      /^(?!(?:intentional|deliberate|conscious|known) ).*\bnon[- ]defen[cs]es\b/,
      pattern(
        '',
        '^what (?:an? |the )?(?:attackers?|adversar(?:y|ies)) (?:can|could|may',
        '|might) still (?:do|see|learn)$',
      ),
    ],
  ],
  ['limitations', [/\b(?:limitations?|gaps|weaknesses) (?:and|&) (?:future|planned) work$/]],
  ['threats', [/^threats?, (?:\w+,? )*(?:and|&) residual risks?\b/]],
  [
    'threats',
    [
      pattern(
        '',
        '^(?:\\w+ ){0,2}(?:threats|attacks|risks|threat scenarios) (?:and|&|/|with) (?:planned',
        '|future|upcoming|open) (?:controls|mitigations|countermeasures|defen[cs]es|measures)$',
      ),
    ],
  ],
  // "Bedrohungen und Maßnahmen" lists what is answered.
  [
    'threats',
    [
      /^(?:bedrohungen|risiken|angriffe|gefahren) (?:und|&) /,
      /^(?:amenazas|riesgos|ataques|ameaças|riscos|menaces|risques|attaques) (?:y|e|et|&) /,
      /^(?:угрозы|риски|атаки) и |^(?:脅威|リスク)と|^(?:威胁|风险)(?:与|和|及)|^위협[과와 ]/,
    ],
  ],
  ['residual', [/residuales|residuais|résiduels|restrisik|остаточн|残存|残余|잔여/]],
  ['threats', [/\bsurfaces? (?:and|&) (?:\w+ )?(?:threats|attacks|risks)$/]],
  ['threats', [/^(?:\w+ )?sources? of (?:risks?|threats?|danger)$|^(?:\w+ ){0,2}harms$/]],
  [
    'threats',
    [
      pattern(
        '',
        '^(?:\\w+ )?(?:gaming|cheating|evasion|abuse|misuse|exploit(?:ation)?|attacker)',
        ' (?:strateg(?:y|ies)|techniques|methods|tactics)\\b',
      ),
    ],
  ],
  [
    'threats',
    [
      pattern(
        '',
        '^(?:attack surfaces?|entry points?|surfaces) (?:and|&|with) (?:\\w+ )?',
        '(?:controls|mitigations|defen[cs]es|protections|countermeasures)$',
      ),
    ],
  ],
  ['surfaces', [/superf[ií]ci\w* de ataque|surface d['’]attaque|angriffsfläche|攻击面|攻撃対象/]],
  [
    'accepted',
    [/\b(?:accepted|tolerated) residual (?:risks?|exposures?)\b|^tolerated (?:risks|threats)$/],
  ],
  [
    'residual',
    [/\bresidual\b|\b(?:remaining|leftover) (?:risks?|threats?|exposures?)\b|^what remains$/],
  ],
  [
    'accepted',
    [
      /\baccept(?:ed|able) (?:\w+ )?(?:risks?|threats?|trade[- ]?offs?|gaps?|exposures?)\b/,
      /\brisk acceptances?\b|^acceptances?$/,
      /^(?:intentional|deliberate|conscious|known) non[- ]defen[cs]es$/,
      /^what we (?:\w+ )?accept$|^(?:\w+ly )?accepted (?:tensions|weaknesses|by design)$/,
      /^(?:risks|threats) accepted by design$|^trade[- ]?offs (?:we )?accept(?:ed)?$/,
      /(?:已|可)?接受(?:的)?风险|受容(?:した|する)?リスク|akzeptierte risiken|riesgos aceptados/,
      /risques acceptés|riscos aceit(?:o|e|ado)s|принятые риски/,
      /^(?:known|deliberate|conscious|intentional|explicit) (?:\w+ )?trade[- ]?offs$/,
    ],
  ],
  [
    'planned',
    [
      /\bfuture (?:work|guarantees|improvements|mitigations|considerations|hardening)\b/,
      /^(?:intended|desired|target|proposed) (?:\w+ )?(?:guarantees|protections|properties)\b/,
      /\broadmap\b|\bplanned\b|\bnext (?:steps|actions)\b|\btodos?\b|\bfollow[- ]?ups?\b/,
      // "The ability to do day-to-day work" is no list of work.
      /\bto[- ]dos?\b(?! (?:[\w-]+ ){0,4}(?:work|jobs?|harm|damage|business|duty)$)/,
      /^(?:open|remaining|outstanding) work\b/,
    ],
  ],
  [
    'resolved',
    [
      /^(?:recently )?(?:resolved|fixed|closed|(?:investigated (?:and|&) )?dismissed)\b/,
      /^addressed\b(?! (?:threats|attacks)\b)/,
    ],
  ],
  // "What would defend against this?" asks for what is not there.
  [
    'planned',
    [/^what (?:would|could|might) (?:\w+ )?(?:defend|protect|mitigate|prevent|stop|fix)\b/],
  ],
  ['misuse', [/\bmisuse patterns?\b|\bcommon misuse\b|\bmisuses\b|\bsharp edges\b|\bfoot-?guns\b/]],
  [
    'protected',
    [
      /\b(?:protects?|defends?|defended|guards?|mitigates?|designed) (?:you |users? )?against\b/,
      pattern(
        '',
        '^(?:covered|mitigated|handled|defended|prevented|addressed) (?:threats|attacks|risks',
        '|failure modes|abuse cases|misuse cases|scenarios)$',
      ),
      /^(?:threats|attacks|risks) (?:\w+ ){0,2}(?:addressed|mitigated|prevented|resisted)$/,
      pattern(
        '',
        String.raw`^(?:threats|attacks|risks|(?:(?:threat|attack) )?vectors) (?:\w+ )?(?:addressed`,
        '|mitigated|prevented|handled|blocked|covered) by .{1,40}$',
      ),
      /^(?:threats|attacks|risks) (?:this|the|our) \w+ (?:addresses|mitigates|prevents|stops)$/,
      /^(?:threat|attack) (?:classes|vectors|categories|types) (?:addressed|mitigated|covered)\b/,
      /^(?:threats|attacks|risks) (?:\w+ ){0,2}(?:defeated|stopped|blocked|countered|handled)$/,
      /^what .{0,50}\b(?:defeats?|stops?|resists?|blocks?|thwarts?|withstands?|deters?)$/,
      /^what (?:we|it|the \w+) (?:defends?|guards?)$/,
      /^防(?:谁|什么|范对象)$/,
      /^what .{0,50}\b(?:prevents?|mitigates?|counters?|detects?|catches|rejects?)$/,
      /^(?:what is |what's )?(?:protected|defended|guarded) (?:against|from)$/,
      /^(?:defended|mitigated|prevented|blocked|covered)(?:,? (?:with|by|in|today|and)\b.{0,40})?$/,
      /^what (?:is|we) (?:defended|mitigated|prevented|blocked|stopped)(?:,? (?:and|by) .{1,40})?$/,
      /^what .{0,40}\bprotects? (?:you |users )?from$/,
      /^(?!how |why |where |.*\b(?:required|obligations|duties)\b).*\bguarantees\b/,
      /^(?!how |why |where ).*\bproperties(?: the project)? provided\b/,
      /^(?:security )?properties (?:\w+ ){0,3}(?:promises?|provides?|holds?|enforces?|claims?)$/,
      /^(?:(?:our|the|core|main) )?(?:security )?claims(?! (?:in this|require|depend|rely))\b/,
      /\bsecurity claims\b(?! (?:require|depend|rely))/,
      /\bproperties the \w+ provides\b/,
      /^(?:isolation|protections?|security)(?: that)?(?: \w+)? (?:is )?provide[sd]\b/,
    ],
  ],
  // The four questions of threat modelling.
  [
    'threats',
    [
      /^how (?:it|this|the \w+) (?:can|could|might|may) (?:be attacked|fail)$/,
      /^how (?:an? |the )?attackers? (?:can|could|might|would) (?:get in|attack)\b.{0,20}$/,
      /^ways (?:it can fail|to attack\b.{0,30})$|^what (?:we worry about|worries us)$/,
      /^(?:worst cases|bad outcomes)$|^(?:threats?|attacks?)(?:-by-|, one by )\w+$/,
      /^(?:threats|attacks|risks) (?:model+ed|found|identified|discovered|examined|enumerated)$/,
      /^class(?:es)? of (?:attacks?|threats?)$|^threats? deep[- ]dives?$/,
    ],
  ],
  // What a project calls a vulnerability are the threats it answers for.
  ['threats', countedHeadings],
  ['threats', [/^(?:what|things that) (?:can|could|might|may) (?:possibly )?go wrong\b/]],
  [
    'threats',
    [/^(?:threats|attacks|risks) (?:this|the|our) \w+ (?:targets|tackles|models|handles)$/],
  ],
  ['threats', [/^(?:tested|simulated|exercised) (?:attacks|threats|attack scenarios)$/]],
  [
    'threats',
    [
      pattern(
        '',
        '^(?:(?:attack|abuse|threat) )?(?:paths|vectors|scenarios) (?:and|&) (?:their )?',
        '(?:controls|mitigations|defen[cs]es|countermeasures)$',
      ),
      /^(?:adversaries|attackers|actors) (?:and|&) (?:failure|threat) (?:sources|modes|causes)$/,
    ],
  ],
  ['threats', [/^(?:attacks?|threats?) ?(?:\/|vs\.?) ?(?:mitigations?|controls?|defen[cs]es?)\b/]],
  [
    'threats',
    [/^what (?:can|could|might|may|would) (?:they|(?:an? |the )?(?:attackers?|adversar\w+)) do$/],
  ],
  ['threats', [/^what (?:an? |the )?(?:attackers?|adversary|adversaries) (?:gets?|gains?)\b/]],
  [
    'adversaries',
    [
      pattern(
        '',
        '^(?:attackers?|adversar(?:y|ies)|actors?) (?:and|&) (?:their )?(?:goals?|aims',
        String.raw`|motivations?|capabilit\w+|objectives?|powers|resources)$`,
      ),
      pattern(
        '',
        String.raw`^(?:attacker|adversary|actor) (?:capabilit\w+|goals?|motivations?|resources`,
        '|skills?) (?:and|&) (?:capabilities|goals|motivations?|resources|skills|access)$',
      ),
      /^(?:adversary|attacker) assumptions$|^(?:attacker|adversary|actor) archetypes$|^opponents$/,
      /^(?:attacker|adversary) (?:prerequisites|privileges|positions?|access levels?)$/,
      /^who (?:we|this|it|the \w+) (?:defends?|protects?|guards?) (?:you |us )?(?:against|from)$/,
    ],
  ],
  ['adversaries', [/^untrusted (?:parties|actors|principals|entities|users|roles)\b/]],
  [
    'adversaries',
    [
      pattern(
        '',
        '^(?:attackers?|adversar(?:y|ies)|actors?) (?:and|&) (?:their )?(?:privileges|permissions',
        '|roles|rights|authority|access(?: rights| levels?)?|boundaries|trust(?: levels?)?)$',
        '|^whom? the (?:attackers?|adversar(?:y|ies)|actors) (?:are|is)$',
      ),
    ],
  ],
  [
    'adversaries',
    [
      /^who (?:might|could|would|can|may|wants? to) (?:\w+ )?attack\b.{0,30}$/,
      /^who (?:is|are) (?:the |an? |our |your )?(?:attackers?|adversar(?:y|ies)|opponents?)$/,
    ],
  ],
  // "Abuse/misuse controls": both words tell what the controls are for.
  ['mitigations', [/^(?:threat|attack|abuse|misuse|risk)\s?\/\s?(?:abuse|misuse|risk) controls$/]],
  ['mitigations', [/^what (?:are|will|should|did|do|can) we (?:going to )?(?:do|doing)\b.{0,30}$/]],
  ['other', [/^(?:what are we (?:working on|building)|did we do a good(?: enough)? job)$/]],
  [
    'assets',
    [
      /^what .{0,40}\b(?:protects?|(?:is|are|we are|are we) protect(?:ed|ing))$/,
      /^what (?:needs? (?:protection|protecting)|is (?:worth|to be) protect(?:ing|ed))$/,
      /^what(?: is|['’]s) (?:at stake|being protected)$|^(?:\w+ )?assets? definitions?$/,
      pattern(
        '',
        '^(?:data|resources|objects|things|items|information|secrets) (?:(?:we|it) protects?',
        '|to (?:be )?protect(?:ed)?|(?:under|needing) protection)$',
      ),
      /^(?:protected|sensitive|valuable) (?:data|resources|objects)$/,
      pattern(
        '',
        '^crown jewels$|^assets (?:under protection|(?:and|&) (?:their )?(?:sensitivity|value',
        '|values|owners|ownership|trust levels|security goals|criticality|impact',
        '|classification|locations?))$',
      ),
      /^(?:\w+ )?assets under (?:protection|guard|threat)$|^what is under protection$/,
      /^attack targets$|^data (?:classification|dictionary|inventory)$/,
      /資産|资产|자산|^aset\b|^активы|schutzgüter|^activos|^ativos|^actifs\b|^biens à protéger/,
    ],
  ],
  ['threats', [/\btrust boundar(?:y|ies) (?:\w+ )?(?:threats|risks|attacks)$/]],
  // "Threat theo STRIDE", in whatever language.
  ['threats', [/^threats? (?:\S+ ){0,2}\(?stride\)?$/]],
  [
    'boundaries',
    [
      /\btrust boundaries\b|^(?:security )?boundaries\b/,
      /^(?:system|application|network|deployment|service|product|process) boundaries$/,
      /^(?:security )?boundary\b(?! (?:crossing|violation|breach|bypass|confusion)\b)/,
      /^(?:\w+ )?trust boundary\b(?! (?:violation|confusion|bypass|crossing|in\b|at\b|is\b))/,
      /\btrust boundary(?: (?:\d{1,2}|maps?|analysis|diagrams?|inventory|overview|list|table))?$/,
      /^(?:trust|security) (?:zones|domains|levels|regions|perimeters?)(?: (?:and|&) .{1,30})?$/,
      /\btrust(?:ed)? computing base\b|^tcb\b/,
      /信頼境界|信任边界|границы доверия|vertrauensgrenzen|l[ií]mites de confian/,
    ],
  ],
  [
    'assumptions',
    [
      /^(?:what )?(?:we|it|this(?: model)?) (?:assumes?|takes? for granted)$|^preconditions$/,
      /\bassumptions?\b|\bassumed\b(?! (?:\w+ )?(?:adversar|attacker|threat))/,
      /前提|假设|\basumsi\b|предположени|annahmen|suposi[cç][iõ]/,
    ],
  ],
  ['threats', [/\b(?:threats|attacks|risks)\b.{0,20} in[- ]scope$/]],
  ['in-scope', [/^(?:what(?: is|'s) )?in[- ]scope(?: (?:and|&) \w+)?$/]],
  [
    'examples',
    [
      /^(?:[a-z]+ )?(?:adversary|attacker|threat actor)s?(?:'s?)? (?:goals?|objectives?|aims)\b/,
      /^(?:goals|objectives|aims) of (?:an? |the )?(?:adversar|attacker|threat actor)/,
      /^what (?:an? |the )?(?:attackers?|adversar(?:y|ies)) (?:would )?wants?(?: .{1,30})?$/,
    ],
  ],
  ['surfaces', [/^attack surfaces?\b.*\battacker stor(?:y|ies)\b/]],
  ['examples', [/\b(?:abuse|misuse|attack) cases? (?:\w+ ){1,4}tests?\b/]],
  ['examples', [/\battacker stor(?:y|ies)\b|\bexamples?\b|\bworked\b|\bwalk ?through\b/]],
  // "Attack surface and threats", "Attackers and scenarios" list the threats.
  [
    'threats',
    [
      /\bsurfaces?\b.*(?:\band|&|\/|,) (?:\w+ )?(?:threats|risks|attacks)\b/,
      /^(?:attackers?|adversar(?:y|ies)|actors?) (?:and|&|\/) (?:their )?scenarios\b/,
    ],
  ],
  ['surfaces', [/\battack surfaces?\b|^(?:key )?surfaces?\b|\bentry points?\b/]],
  [
    'limitations',
    [
      pattern(
        '',
        '^(?:core|fundamental|main|key|central|design|acknowledged|inherent',
        String.raw`|technical) limitations?\b`,
      ),
      pattern(
        '',
        '^(?:the |our |additional |summary of )?(?:\\w+ )?(?:published|stated|documented|declared',
        '|disclosed|acknowledged|admitted|recogni[sz]ed|remaining|implementation',
        String.raw`|known|open) (?:[a-z]\w* )?(?:limitations?|limits|gaps?|weaknesses)\b`,
        '(?!.* (?:analysis|identification|resolution|template|compatibility|features?|usability))',
      ),
      /^(?:[a-z]+|[a-z]+[ -]\d|v\d[\d ]*) limitations?$/,
      /^(?:the )?limits of (?:this|the|our) .{1,40}$|^where (?:this|it|we) falls? short$/,
      /^(?:open|outstanding|unresolved) (?:security )?issues$/,
      /^known[- ]weak (?:areas|spots|points|parts)\b/,
      /^(?:known|open|documented|remaining) bypass(?:es| (?:classes|vectors|techniques|paths))$/,
      /^(?:known |our )?(?:weak (?:spots|points)|holes)$|^(?:protection|defen[cs]e) gaps$/,
      /^where (?:we are|it is|this is) weak$|^where the \w+ ends?$|^gaps found$/,
    ],
  ],
  ['limitations', [/^known limitations \w+ (?:should|must|need to) /]],
  ['limitations', [/ограничения|einschränkungen|limitaciones|limitações/]],
  [
    'mitigations',
    [
      pattern(
        '',
        '^(?:(?:security|protection|defensive|defen[cs]e|mitigation|hardening|protective',
        '|technical) )(?:mechanisms|measures|strateg(?:y|ies)|plans?|approach(?:es)?|actions',
        '|techniques)$',
      ),
      /^(?:layered|built-in|existing|current|main|key) (?:protections|defen[cs]es)$/,
      /^(?:[\w-]+ ){0,4}(?:best|good) practices?(?: (?:for|to|in|when|at|and) .{1,40})?$/,
      /^(?:countering|counteracting|defending against|protecting against|guarding against)\b/,
      /^how (?:\w+ ){1,3}(?:defends?|protects?|mitigates?|counters?|guards?)\b/,
      /対策|緩和|缓解|措施|대응|^защитные |^меры |контрмеры|ma(?:ß|ss)nahmen/,
      /^(?:contre)?mesures |^medidas |^mitigaciones|^mitigações/,
    ],
  ],
  [
    'threats',
    [
      /脅威|威胁|위협|угрозы|векторы атак|сценарии атак|bedrohungen|amenazas|ameaças/,
      /^(?:les )?menaces\b|\brisiken\b|\briesgos\b|\briscos\b|\brisques\b|\brischi\b/,
      /^(?:\S+ )?(?:ataques|attaques|attacchi|angriffe|gefahren)(?: [cp]\S+)?$|angriffsszenari/,
      /amenazas?\b|\bminacce\b|dreigingen|zagrożenia|tehditler|ancaman|угроз[аы]?(?!\p{L})/u,
      /^(?:\S+ )?(?:риски|атаки)$|リスク|攻撃(?:シナリオ|手法)|위험|공격 ?(?:시나리오|벡터)/u,
      /风险|攻击(?:场景|向量|方式|路径)/,
      /^(?:rutas|rotas|vectores|vetores|escenarios|cenários) de ataque\b|angriffsszenarien/,
      /^(?:scénarios|vecteurs|chemins) d'(?:attaque|attaques)\b/,
    ],
  ],
  [
    'adversaries',
    [
      /攻撃者|攻击者|공격자|атакующие|нарушител|злоумышленник|angreifer|atacantes|attaquants/,
      /^advers(?:aires|arios|ários)\b/,
    ],
  ],
]

/** Parts that belong to the document rather than to the model. */
const otherHeadings: readonly RegExp[] = [
  /^(?:(?:rejected|other|considered|possible) )?alternatives(?: considered)?$/,
  /^(?:references?|further reading|see also|related (?:documents?|documentation|work|resources))$/,
  /^(?:glossary|terminology|terms|definitions|acronyms|legend|faq|metadata|header|authors?)$/,
  /^(?:change ?log|(?:revision|version|document|review|change|release) (?:history|log))$/,
  /^(?:(?:report |project )?(?:documents|documentation)|report files|deliverables)$/,
  /^(?:please )?report(?: \w+){0,2} (?:vulnerabilit(?:y|ies)|issues|bugs|incidents|problems)\b/,
  /^(?:table of contents|contents|toc|contact|licen[cs]e|maintenance|acknowledg\w+)$/,
  /^(?:reviews?|review (?:cadence|schedule|process|notes)|method)$/,
  // "Policy for unmitigated threats" says how they are dealt with, and lists none.
  /^(?:\w+ ){0,2}(?:policy|procedure|process|criteria) (?:for|on) .{3,60}$/,
  /^(?:security |design |core )?principles$/,
  /^(?:document control|executive summary|methodology)$/,
  /^(?:tests?|security tests?|test (?:coverage|plan|matrix)|testing|verification)$/,
  pattern(
    '',
    '^(?:[\\w-]+ ){0,2}(?:verification|release|quality|launch|promotion|readiness|acceptance',
    '|review) (?:gates?|blockers?)$',
  ),
  /^if you need \w+/,
  /^(?:security )?validation(?: (?:plan|impact|evidence|strategy|matrix|status))?$/,
  pattern(
    '',
    '^(?:(?:recommended|required|automated|manual|penetration|unit|integration|security|fuzz',
    '|negative|regression|critical|(?:ab|mis)use(?:[- ]case)?) ){0,2}',
    '(?:tests?|testing|test cases)(?: (?:by|per|for|matrix|requirements?|checklist|strategy|plan',
    '|coverage|approach|recommendations|expectations|priorities)\\b.{0,40})?$',
  ),
  pattern(
    '',
    '^(?:(?:risk|threat|overall) )?(?:severity|likelihood|impact|probability)',
    '(?: (?:and|&) [a-z]+)? (?:levels?|scales?|definitions?|ratings?|criteria|methodology)$',
    '|^risk (?:levels|tiers|bands|scale)$',
  ),
  // "Tampering mitigation summary" repeats what the rows above it say.
  /^(?!existing|current|security|key|threat|risk).{3,40} mitigations? (?:summary|overview)$/,
  /^(?:stride|linddun|dread)[ -](?:framework|reminders?|primer|definitions?|method\w*)\b/,
  /^(?:open questions.{0,40}|triage dispositions|machine[- ]readable companions?|audit items)$/,
  /^(?:severity calibration|criticality calibration.{0,40}|reporting(?: .{0,30})?|data flows?)$/,
  /^(?:conditions that would change.{0,40}|downstream responsibilities.{0,40})$/,
  /^(?:assumptions (?:and guarantees )?about .{0,40}|developer comments|appendix.{0,80})$/,
  /^damage scenarios?$|^(?:standards|certifications)$/,
  pattern(
    '',
    '^(?:(?:vulnerability|security|incident|responsible|issue) )?(?:disclosures?|response',
    '|reporting) (?:process|policy|procedure)s?$',
  ),
  /^(?:regulatory |legal |project )?compliance$/,
  /^(?:regulatory |legal )?compliance (?:and|&|with)\b/,
  /^compliance (?:notes|mapping|considerations)\b/,
  /^(?:common |frequent |possible )?(?:confusions|misconceptions|myths|misunderstandings)$/,
  /^.{0,40}\b(?:incident|compromise|breach|emergency|leak) (?:response|handling|recovery)$/,
  /^incident (?:response|handling|recovery) [a-z]+$/,
  /^why (?:(?:it|this|that|they|we) (?:is|are|do) )?(?:not|unprotected)\b.{0,30}$/,
  /^(?:open|pending|outstanding|unresolved) (?:\w+ )?decisions?$/,
  /^.{0,40}\bunder threat$|^(?:.{1,40} )?(?:attack|kill|threat|exploit) chains?(?: .{1,30})?$/,
]

/** Head nouns, singular and plural as they are used in headings. */
const nouns: Record<string, Role> = {
  asset: 'assets',
  assets: 'assets',
  'crown jewels': 'assets',
  adversary: 'adversaries',
  adversaries: 'adversaries',
  attacker: 'adversaries',
  attackers: 'adversaries',
  actor: 'adversaries',
  actors: 'adversaries',
  agents: 'adversaries',
  sources: 'adversaries',
  personas: 'adversaries',
  principals: 'adversaries',
  attacks: 'attacks',
  vectors: 'attacks',
  threat: 'threats',
  threats: 'threats',
  risk: 'threats',
  risks: 'threats',
  vulnerabilities: 'threats',
  exposures: 'threats',
  exploits: 'threats',
  hazards: 'threats',
  concern: 'threats',
  concerns: 'threats',
  pitfalls: 'threats',
  dangers: 'threats',
  harms: 'threats',
  scenarios: 'threats',
  modes: 'threats',
  cases: 'threats',
  methods: 'attacks',
  techniques: 'attacks',
  paths: 'attacks',
  areas: 'threats',
  considerations: 'threats',
  issues: 'threats',
  problems: 'threats',
  classes: 'threats',
  types: 'threats',
  narratives: 'threats',
  statements: 'threats',
  events: 'threats',
  findings: 'threats',
  stride: 'threats',
  mitigation: 'mitigations',
  mitigations: 'mitigations',
  controls: 'mitigations',
  control: 'mitigations',
  countermeasure: 'mitigations',
  countermeasures: 'mitigations',
  'counter-measures': 'mitigations',
  defense: 'mitigations',
  defence: 'mitigations',
  defenses: 'mitigations',
  defences: 'mitigations',
  safeguards: 'mitigations',
  protections: 'mitigations',
  hardening: 'mitigations',
  recommendations: 'mitigations',
  measures: 'mitigations',
  limitations: 'limitations',
  limits: 'limitations',
  weaknesses: 'limitations',
  gaps: 'limitations',
  shortcomings: 'limitations',
  caveats: 'limitations',
}

/** Nouns that need another word: "sources", "agents", "issues" alone say nothing. */
const needsModifier: Record<string, RegExp> = {
  agents: /\bthreat\b/,
  sources: /\bthreat\b/,
  areas: /\b(?:high-risk|risky|risk-prone)\b/,
  considerations: /\bknown security\b/,
  issues: /\b(?:security|potential|known)\b/,
  problems: /\b(?:security|potential|known)\b/,
  scenarios:
    /\b(?:threat|attack|risk|failure|abuse|misuse|adversar(?:y|ial)|attacker|intruder|exploit)\b/,
  vectors: /\b(?:attack|threat|access|entry|infection|intrusion)\b/,
  methods: /\battack\b/,
  techniques: /\battack\b/,
  paths: /\b(?:attack|leak|leakage|exfiltration|escape)\b/,
  classes: /\b(?:attack|threat|vulnerability|weakness|flaw|bug)\b/,
  types: /\b(?:attack|threat|vulnerability|weakness|flaw|bug)\b/,
  narratives: /\b(?:attack|threat|abuse)\b/,
  statements: /\bthreat\b/,
  events: /\b(?:threat|adverse|feared)\b/,
  findings: /\b(?:security|threat|vulnerability|open)\b/,
  modes: /\bfailure\b/,
  cases: /\b(?:abuse|misuse|failure|attack|threat|adversar(?:y|ial))\b/,
  measures: /\b(?:security|counter|protective|protection)\b/,
  requirements: /\bsecurity\b/,
  control: /\bsecurity\b/,
  limits: /\b(?:known|protection|scope)\b/,
}

/** Words that may surround a head noun without changing what the heading is. */
const fillers = new Set(
  `key main primary major top known potential possible identified relevant common general specific
  security threat threats risk attack attacks in-scope scoped and or of the a an our your its all
  analysis list overview register registry inventory catalogue catalog summary table matrix model
  modelling modeling per by section current existing recommended proposed suggested additional other
  expected new high-level detailed detail details system application protected sensitive critical
  information data business trust trusted untrusted baseline operational technical implemented
  highest-impact biggest largest highest-priority prioritized prioritised open
  models identification considered classification categories category goals motivations capabilities
  capability profile profiles types level levels assessment at abuse misuse failure cases case modes
  mode scenario scenarios vector vectors stride linddun dread with using framework target targets
  possible remaining explicit explicitly active review reviewed enumeration register breakdown under
  asset adversary attacker attackers actor actors mitigation mitigations control controls vs versus
  internal external high medium moderate low severe minor informational inherent fundamental
  unresolved high-risk class classes family families path paths method
  methods technique techniques and/or response responses defense defence surface surfaces in
  scope authority authorities to tiers coverage
  taxonomy dispositions decisions honest candid open outstanding landscape adversarial
  vulnerability weakness flaw bug feared adverse advanced`.split(/\s+/),
)

const prepositions = pattern(
  '',
  String.raw`\s(?:of|for|to|against|in|from|on|per|by|with|at|specific (?:to|for)|related`,
  '|affecting|within|introduced|when|considered|requiring|worth|left|seen|tried|we|that|which|not',
  String.raw`|explicitly)\s.*$`,
)

/** "Assets, ranked by what hurts" are assets. */
const inWhatOrder =
  /, (?:ranked|sorted|ordered|grouped|stated|listed|in (?:the )?order|most \w+|worst|by)\b.*$/

/** "Threats and how we answer them" are threats. */
const andHow = /(?<=\S),? (?:and|&) (?:how|what|why|where|who|whether)\b.*$/

/** "Mitigations required" are mitigations. */
const asked = /(?<=mitigations?|controls?|countermeasures?) (?:required|needed|to implement)$/

/** Headings longer than this are titles, not names of parts. */
const headingLength = 110

/** "Low risk (hobby use)" names whom the part below is for, "High risk (7-9)" rates it. */
const profile =
  /^\W*(?:very )?(?:low|medium|moderate|high)[- ]risk \([^()\d<>=]*[a-z]{3}[^()\d<>=]*\)\W*$/i

const rememberedRole = remembering((heading) => {
  if (heading.length > headingLength * 2 || profile.test(heading)) return null
  const role = findRole(plainHeading(heading))
  if (role !== null && listsParts.has(role) && rated.test(heading)) return null
  if (role === 'boundaries' && soundsLikeAttack(apposed.exec(heading)?.[1] ?? '')) return null
  if (role === 'unprotected' && ofModel.test(heading)) return 'out-of-scope'
  if (role === 'residual' && duties.test(heading)) return 'other'
  if (role === null && subtitled.test(heading)) return 'threats'
  if (role === null && actors.test(heading)) return 'adversaries'
  // "Threat scenarios (examples)" illustrate.
  return role === 'threats' && /\(examples?\)\s*$/i.test(heading) ? 'examples' : role
})

/** "Forged slips - the trust boundary of the desk" is a threat with where it happens. */
const apposed = /^(.{4,80}?)\s[–—-]\s/

/** "Threat actors - the bad guys" has a name of its own behind it. */
const actors = /^[\d.§\s]{0,8}(?:threat actors|adversaries|attackers)\s+[—–-]\s+\S/i

/** "A weak trust boundary (Low)" rates a threat, whatever part its words could name. */
export const rated = pattern(
  'i',
  String.raw`\s*[([]\x60?(critical|high|medium|moderate|low)`,
  String.raw`(?:\s*/\s*(?:high|medium|moderate|low))?`,
  String.raw`(?:(?: [\w/-]+){0,3} (?:risk|severity|priority|gap|issue|threat|impact|finding))?`,
  String.raw`\x60?[)\]]\s*$`,
)

const listsParts: ReadonlySet<Role> = new Set([
  'boundaries',
  'mitigations',
  'assumptions',
  'adversaries',
])

/** "Threats: how a lock is picked" is a part with a title of its own. */
const subtitled = /^\W*(?:\d[\d.]*\s+)?(?:threats|attacks|risks|attack vectors):\s+\S/i

/** "What this threat model does not claim" draws a line, and so does a document. */
const ofModel = pattern(
  'i',
  String.raw`\bthreat model (?:does not|doesn['’]t) claim\b`,
  String.raw`|\b(?:threat model|(?:this|the|our) (?:document|page|analysis|assessment|model))`,
  String.raw` (?:does not|doesn['’]t) (?:cover|address|include|consider)\b`,
)

/** "Residual risks (operator responsibilities)" lists what others have to do. */
const duties = pattern(
  'i',
  String.raw`\((?:[a-z]+ )?(?:responsibilities|duties)\)\s*$`,
  String.raw`|^[\W\d]*(?:residual|remaining) (?:decisions|questions)\W*$`,
)

const isAnyPhrase = anyOf([...otherHeadings, ...rolePhrases.flatMap(([, patterns]) => patterns)])

/** The part of a threat model that a heading or introduction names, or null. */
export function roleOf(heading: Text): Role | null {
  return rememberedRole(heading)
}

function findRole(title: string): Role | null {
  if (title === '' || title.length > headingLength) return null
  const isPhrase = isAnyPhrase(title)
  if (isPhrase && otherHeadings.some((pattern) => pattern.test(title))) return 'other'
  const standing = standingOfHeading(title)
  if (standing !== null) return partOfStanding[standing] ?? 'threats'
  const denied = deniedInLanguages(title)
  if (denied !== null) return denied
  const phrased = isPhrase
    ? rolePhrases.find(([, patterns]) => patterns.some((pattern) => pattern.test(title)))
    : undefined
  if (phrased !== undefined) return phrased[0]
  return nounRole(title) ?? firstLanguage(title) ?? partInLanguages(title)
}

/** "Threat - Mối đe dọa" says the same in two languages. */
function firstLanguage(title: string): Role | null {
  const first = /^([a-z ]{4,30}) [-–—/] (?=.*[^\p{ASCII}])/u.exec(title)?.[1]
  return first === undefined ? null : nounRole(first)
}

/** The parts that say how their entries stand; "partially mitigated threats" are threats. */
const partOfStanding: Partial<Record<Status, Role>> = {
  accepted: 'accepted',
  'out-of-scope': 'out-of-scope',
  unmitigated: 'unprotected',
}

function nounRole(title: string): Role | null {
  const plain = title.replace(inWhatOrder, '').replace(andHow, '').replace(asked, '')
  const head = ` ${plain} `.replace(prepositions, '').trim() || plain
  const listed = title.replace(/^(?:list|overview|summary|table|categories|types) of /, '')
  const parts = partsOf(head) ?? (listed === title ? null : partsOf(listed))
  const isOfControls = parts?.has('mitigations') && parts.size === 1
  const known = isOfControls || parts === null ? (partsCollected(head) ?? parts) : parts
  if (known === null) return null
  if (known.has('threats') && known.size > 1)
    return known.has('assets') && /^assets/.test(title) ? 'assets' : 'threats'
  if (known.has('attacks') && known.size > 1) return 'threats'
  // "Attacker capabilities and mitigations": what is done to whom, and what against it.
  if (known.has('adversaries') && known.has('mitigations')) return 'threats'
  if (known.has('mitigations') && known.size === 1 && undone.test(title)) return null
  return [...known][0] ?? null
}

/** "Guest bypasses the controls", "Weak access control": what is wrong with controls is no list. */
const undone = pattern(
  '',
  String.raw`\b(?:bypass\w*|disabl\w*|evad\w*|circumvent\w*|defeat\w*|tamper\w*|weak|insufficient`,
  '|inadequate|lack|lacking|broken|improper|poor|absent|misconfigured|ineffective)\\b',
)

/**
 * The roles of coordinated head nouns ("risks & controls"), or null when other words stand there.
 */
function partsOf(head: string, allowed = strangersAllowed(head)): Set<Role> | null {
  const found = new Set<Role>()
  let strangers = 0
  for (const part of head.split(/\s*(?:,|&|\/|\+|\band\b|\bvs\.?\b)\s*/)) {
    const words = part.split(' ').filter((word) => word !== '')
    const role = lastNoun(words)
    if (role !== null) found.add(role)
    strangers += words.filter((word) => !fillers.has(word) && !isNoun(meantNoun(word))).length
  }
  return found.size > 0 && strangers <= allowed ? found : null
}

/** "Protocol risk analysis and countermeasures": a collection may be of anything's risks. */
function partsCollected(head: string): Set<Role> | null {
  const plain = head
    .split(/ (?=and |& |vs )/)
    .map(collected)
    .join(' ')
  // "Threat model & attack analysis" is a title, not a part.
  return plain === head || /^(?:&|and\b)/.test(head) ? null : partsOf(plain, strangersIn)
}

const strangersIn = 3

/** What a catalogue says of a document's word; every object knows "constructor", too. */
function wordIn<T>(catalogue: Readonly<Record<string, T>>, word: string): T | undefined {
  return Object.hasOwn(catalogue, word) ? catalogue[word] : undefined
}

function isNoun(word: string): boolean {
  return wordIn(nouns, word) !== undefined
}

/** "Atacks", "mitgations": the noun a word with one slip of the keyboard stands for. */
function meantNoun(word: string): string {
  if (word.length < 5 || word.length > 18 || fillers.has(word) || isNoun(word)) return word
  return slips.get(word) ?? word
}

/** A letter left out, doubled or swapped with the next; never another letter ("threads"). */
function slipsOf(noun: string): ReadonlySet<string> {
  const known = new Set<string>()
  for (let at = 1; at < noun.length - 1; at++) {
    const [before, letter, next] = [noun.slice(0, at), noun.charAt(at), noun.slice(at + 1)]
    if (at > 1) known.add(before + next)
    known.add(before + letter + letter + next)
    known.add(before + next.charAt(0) + letter + next.slice(1))
  }
  known.delete(noun)
  return known
}

const slips: ReadonlyMap<string, string> = new Map(
  [
    'attacks',
    'attackers',
    'threats',
    'adversaries',
    'mitigations',
    'vulnerabilities',
    'countermeasures',
    'limitations',
  ].flatMap((noun) => [...slipsOf(noun)].map((slip) => [slip, noun])),
)

/** "Karmada web console threats" may name its product; a plural noun at the end vouches for it. */
function strangersAllowed(head: string): number {
  return vouching.test(head) ? 3 : 0
}

const vouching = pattern(
  '',
  '(?:threats|risks|harms|assets|actors|mitigations|controls|adversaries|attackers',
  '|(?:abuse|misuse|failure|threat|attack) (?:cases|scenarios|modes|vectors)',
  '|(?:threats|risks) (?:and|&) coverage',
  '|(?:attack|leakage|exfiltration|escape) (?:vectors|paths|patterns)',
  '|(?:threats|risks|attacks|vulnerabilities|vectors|scenarios|cases|hazards|modes|paths)',
  ' (?:and|&|vs) (?:countermeasures|counter-measures|defen[cs]es|safeguards|protections',
  '|responses|measures|hardening))$',
)

function lastNoun(words: readonly string[]): Role | null {
  for (let at = words.length - 1; at >= 0; at--) {
    const word = meantNoun(words[at] ?? '')
    const role = wordIn(nouns, word)
    const needs = wordIn(needsModifier, word)
    if (role !== undefined && (needs === undefined || needs.test(words.join(' ')))) return role
    if (!fillers.has(word)) return null
  }
  return null
}

/** "Threat model" in further languages. */
export const modelInLanguages =
  'модель угроз|bedrohungsmodell(?:ierung)?|model[oe]? d[ea]s? (?:amenazas|ameaças|menaces?)'

const otherModels = pattern('g', modelInLanguages)

/** "In scope: partially defended" says how what is in scope stands. */
const inScopeAnd = pattern(
  '',
  '^in[- ]scope[ ,–—-]+(?=(?:(?:explicitly|fully|partially|partly|mostly|not) )?',
  String.raw`(?:defended|mitigated|protected|addressed|covered|handled|accepted)\b)`,
)

/**
 * Lower case, without numbering, marks, brackets at the end, the words "threat model", and "in
 * scope" before a verdict.
 */
export function plainHeading(text: Text): string {
  return rememberedPlain(text)
}

const rememberedPlain = remembering((text) => {
  const words = withAccents(inOneScript(text.normalize('NFKC').toLowerCase()))
    .replace(
      /(?<![\s—–-])(?=\s*[—–-])[\s—–-]+(?:severity|risk|priority|impact)\s*[::]\s*[\w/ ]{1,20}$/,
      '',
    )
    .replace(/^[^\p{L}\p{N}§]+/u, '')
    .replace(/^(?:§\s*)?\d{1,3}(?:\.\d{1,3}){0,4}[a-z]?[.):]?\s+/, '')
    .replace(/^(?:[a-z]|[ivx]{1,4})[.)]\s+/, '')
    .replace(/^(?:step|part|phase|section|chapter|question)\s*\d{1,2}[a-z]?\s*[:.)—–-]\s*/, '')
    .replace(/\s*\([^()]{0,80}\)\s*$/, '')
    // "Threats (plug-ins) and mitigations": what stands in brackets is no head noun.
    .replace(/\s\([^()]{1,60}\)(?= (?:and|&|or) )/g, '')
    .replace(/\bthreat[- ]model(?:l?ing|s)?\b|脅威モデル|威胁模型|威胁建模|위협 ?모델/g, ' ')
    .replace(otherModels, ' ')
    .replace(/[’]/g, "'")
    .replace(/\s*(?:→|⇒|[-=]>)\s*/g, '/')
    .replace(/[^\p{L}\p{N}&/+,' -]+/gu, ' ')
    .replace(/\s+/g, ' ')
    .replace(/^[-–— ]+/, '')
    .replace(inScopeAnd, '')
  return withoutEnd(words, /[-–—, ]/)
})

/** Label and column words by field, separated by bars. */
const labels: Record<Field, string> = {
  id: `
    id | # | no | nr | ref | number | threat id | threat number | risk id | identifier |
    threat no | mitigation id | mitigation number | control id | key
  `,
  threat: `
    trussel | hot | dreiging | bedreiging | minaccia | zagrożenie | tehdit | ancaman | загроза |
    mối đe dọa | hrozba | uhka |
    threat | threats | sub-threat | threat name | threat title | threat area |
    threat description | threat scenario | threat event | attack | attacks | attack vector |
    attack vectors | vector | attack
    scenario | attack scenarios | risk description | risk title | vulnerability |
    vulnerabilities | weakness | concern | issue | failure | failure mode | failure case |
    hazard | misuse | abuse case | compromise | what can go wrong | what could go
    wrong | what might go wrong | threats from | attack type
    | attack class | attack pattern | attack paths | path the attack would take | risks | main
    threats | 脅威 | 威胁 | 위협 | amenaza | menace | bedrohung | угроза | ameaça | вектор | атака |
    риск | vetor | vetores | vecteur | vecteurs | vettore | vettori | angriff | amenazas | menaces
    | угрозы | technique | attack technique | attacker story |
    attack story | attacker stories | attack stories | abuse cases | riesgo | ataque | risco |
    risque | attaque | angriffsszenario | bedrohungen
  `,
  description: `
    description | attack description | scenario | summary | details | detail | what it means |
    mechanism | example | examples |
    attack path | how it works | how its done | how it is done | background |
    context | precondition | preconditions | prerequisites | exploitation | case | explanation
    | attack steps | attacker capabilities | attacker capability | capability | capabilities |
    goal | 説明 | 描述 | application | surface | statement
  `,
  impact: `
    konsekvens | konsekvenser | gevolg | gevolgen | impatto | wpływ | skutek | skutki | etki |
    dampak | tác động | вплив | наслідки | dopad | schaden | conséquence | conséquences |
    последствия | auswirkung | auswirkungen | impacto | impact | impacts | affected users |
    damage potential | consequence | consequences | effect | damage | business impact | harm |
    potential impact | likely impact | security impact | risk | 影響 | 影响
  `,
  likelihood: `
    sannsynlighet | sandsynlighed | sannolikhet | kans | waarschijnlijkheid | probabilità |
    prawdopodobieństwo | olasılık | kemungkinan | ймовірність | pravděpodobnost | vraisemblance |
    вероятность | wahrscheinlichkeit | probabilidad | probabilité | probabilidade | likelihood
    | probability | exploitability | reproducibility | discoverability | 可能性 | complexity
  `,
  severity: `
    severity | priority | risk level | risk rating | rating | cvss | criticality | risk score
    | before mitigation | risk before mitigation
    | inherent risk | overall risk | level | 深刻度 | cvss score | tier | risk severity
  `,
  mitigation: `
    demping | tiltak | mottiltak | åtgärd | åtgärder | maatregel | maatregelen | mitigatie |
    mitigaties | tegenmaatregelen | mitigazione | mitigazioni | contromisura | contromisure |
    mitygacja | środki zaradcze | zabezpieczenia | önlem | önlemler | mitigasi | giảm thiểu |
    biện pháp | заходи | захист | opatření | schutzmaßnahme | schutzmaßnahmen | atténuation |
    mitigation | mitigations | control | controls | countermeasure | countermeasures |
    counter-measure | prevention | handling | our response | design response | answer | measures |
    how we handle it | how it is handled | how we prevent it | security measures | guard | guards |
    enforcement | enforced by | guarded by | covered by | answered by |
    counter-measures | counter measures | defense | defenses | defence | defences |
    protection | protections | safeguard | safeguards | current mitigation | current
    mitigations | existing mitigation | existing mitigations | existing controls | current
    controls | security controls | security control | mitigated by | caught by | prevented
    by | stopped by | mitigation flow | mitigation steps |
    how we mitigate | how mitigated | mitigation implemented |
    mitigations implemented | implemented mitigations | current defense | current defences
    | who defends it | mitigation strategy | mitigation strategies | primary controls |
    primary control | key controls | treatment | risk treatment | response | how we
    address it | defended by | 対策 | 緩和策 | 緩解措施 | 缓解措施 | contramedidas | митигация |
    митигирование | меры | меры защиты | защита | контрмеры | mitigação | mitigaciones |
    contremesures | schutz | maßnahmen | maßnahme | gegenmaßnahme | gegenmaßnahmen |
    mitigación | mesures | controles | contrôles | medidas | mitigation and controls |
    controls and mitigations | fix | solution | mitigation / control | mitigation(s) |
    defense / mitigation | mitigation measures | existing safeguards | what we do | what we
    do about it | what we do against it |
    present | in place | what is in place | mitigating factors | mitigation / follow-up |
    mitigation and follow-up
  `,
  recommended: `
    recommended mitigation | recommended mitigations | recommendation | recommendations |
    suggested mitigation | suggested mitigations | suggestion | suggestions | remediation |
    required mitigation | required mitigations | required controls | recommended controls |
    recommended control | recommended action | recommended actions | advice | expected
    mitigations | analyst action | action | actions | possible mitigations | potential
    mitigations | possible mitigation | missing mitigation | missing mitigations |
    missing controls | additional mitigations | mitigation path | mitigation paths |
    guarantees required | required guarantees | precaution | precautions | suggested precaution |
    suggested precautions | recommended precautions | what to do instead | mitigations required |
    mitigation required | mitigations needed | mitigation needed | controls required | controls
    needed | countermeasures required | countermeasures needed | required countermeasures |
    mitigations recommended | mitigation recommended | controls recommended | mitigations
    suggested | mitigations to implement | controls to implement
  `,
  planned: `
    planned mitigation | planned mitigations | mitigation remaining | mitigations
    remaining | mitigation plan | mitigation roadmap | future mitigation | future
    mitigations | pending mitigation | pending mitigations | pending controls
    | outstanding controls | outstanding mitigations
    | planned controls | next steps | planned | roadmap | action items | todo
    | to do | future work | mitigation direction | planned response | next step | future
    | proposed mitigation | proposed mitigations | proposed control | proposed controls
  `,
  status: `
    статус | estado | statut | status | state | disposition | mitigation status | mitigated |
    mitigated? | defended | defended? | implemented | implemented? | resolution | coverage |
    covered | covered? | current status | risk status | protected | protected? | does it
    protect | addressed | risk posture | 状態 | 状态 | addressed? | threat status | implementation
    status | in scope | in scope? | verdict | handled | mitigation state | status today |
    protection state | state today | threat state | handled? | prevented?
  `,
  residual: `
    residual risk | residual risks | residual | remaining risk | remaining risks | residual
    gap | after mitigation | risk after mitigation |
    residual gaps | limitation | limitations | gap | gaps | caveat | caveats | known
    gaps | remaining gap | not covered | current gap | current gaps | current limitation |
    current limitations | residual exposure | remaining exposure | remaining risk / notes |
    known limitations | 残存リスク | what remains | claim boundary | missing | whats missing |
    whats left | what is left | what is left open | left open | still open | still possible |
    what is missing | still missing | not yet covered | shortcomings | known gap | limit | limits
  `,
  acceptance: `
    acceptance | accepted | risk acceptance | accepted by | accepted risk | acceptance
    rationale
  `,
  asset: `
    asset | assets | affected asset | affected assets | target | targets | component |
    components | affected component | affected components | affects | affected | asset at risk
    | assets at risk | impacted asset | impacted assets | impacted component | impacted
    components | 資産 | 资产 | assets affected | element | dfd element | affected element |
    resource | entity | entities | which project component is affected | system |
    affected system | affected systems | subsystem
  `,
  adversary: `
    adversary | adversaries | attacker | attackers | actor | actors | threat actor | threat
    actors | threat agent | threat agents | threat source | threat sources | attacker profile
    | who | source | adversary / actor | 攻撃者 | 攻击者 | performed by | by whom | perpetrator
  `,
  category: `
    category | categories | stride | stride category | stride categories | type | threat type
    | class | threat class | threat category | classification | cia | linddun | tags | tag |
    cwe | owasp | security property | property | properties | property violated | stride class
    | カテゴリ | 类别 | security objective | tactic | principle | domain | kind | type of threat
    | kind of threat | class of threat | type of attack
  `,
  code: `
    code | location | locations | file | files | evidence | implementation | code reference |
    code references | where | source files | module | modules | test | tests | code location |
    source file | path | paths | verification | validated by
  `,
  owner: `
    owner | owners | responsible | responsibility | assignee | date | accepted on | reviewed |
    review date
  `,
  answers: `
    threats mitigated | threats mitigating | mitigated threats | mitigates | addresses |
    threats addressed | covers | covered threats | related threats | threat ids | threats
    covered | against | protects against | defends against | threat(s) mitigated | threat ids
    addressed
  `,
  note: `
    note | notes | comment | comments | remark | remarks | accidental cause | signal | signals
    | reason | rationale | reference | references | ticket | link | links | assumption |
    assumptions | known example | validation | current position
  `,
}

const fields = new Map<string, Field>()
for (const [field, words] of [labels, labelsInLanguages].flatMap(Object.entries<string>)) {
  for (const listed of words.split('|')) {
    const word = listed.replace(/\s+/g, ' ').trim()
    if (!fields.has(word)) fields.set(word, field as Field)
  }
}

const answers: ReadonlySet<Field | null> = new Set<Field | null>([
  'mitigation',
  'recommended',
  'planned',
])

/** True for a field that says what is done about a threat, or could be. */
export function isAnswer(field: Field | null): boolean {
  return answers.has(field)
}

/** What a label or column header means, or null when it is not one of the known words. */
export function fieldOf(label: Text): Field | null {
  return rememberedField(label)
}

/** "1.2.3. Mitigations" as a sub-heading. */
const ordinal = /^\s*\d{1,3}(?:\.\d{1,3}){1,4}[.)]?\s+(?=\p{L})/u

const rememberedField = remembering((label): Field | null => {
  const field = fieldOfWords(plainLabel(label.replace(ordinal, '')))
  const bracket = field === 'mitigation' ? bracketed.exec(label)?.[1] : undefined
  if (bracket === undefined) return field
  return /^(?:recommend|suggest)/i.test(bracket) ? 'recommended' : 'planned'
})

/** "Mitigations (planned)", "Controls (recommended)". */
const bracketed = pattern(
  'i',
  String.raw`\((planned|future|to-?do|roadmap|not (?:yet )?implemented|proposed|recommended`,
  String.raw`|suggested)\)\W*$`,
)

function fieldOfWords(plain: string): Field | null {
  const field = fields.get(plain) ?? fields.get(plain.replace(/s$/, '')) ?? ownedField(plain)
  if (field !== null) return field
  const first = remarked.exec(plain)?.[1] ?? definite.exec(plain)?.[1]
  return first === undefined ? null : (fields.get(first) ?? null)
}

/** "The attack", "The fix": the one of this threat. "The threats" heads a part. */
const definite = /^the (attack|threat|scenario|problem|fix|answer|impact|consequence|remedy)$/

/** "Mitigation, as it stands today": a remark behind the word. */
const remarked = /^([a-z -]{4,30}), (?:as|stated|today|currently|in|if|for|so|where|when|at|by) /

const control = '(?:mitigations?|controls?|defen[cs]es?|counter-?measures?|protections?)'
const qualifiers =
  'baseline|built-in|compensating|applied|relevant|principal|our|the|current' +
  '|existing|security|technical|key|primary|secondary|tertiary|implemented|main|preventive' +
  '|detective|corrective|procedural|organi[sz]ational|supporting|general'

/** "Primary threats", "Threat instance", "Key attack vectors". */
const threatWords = pattern(
  '',
  '^(?!key \\w+ (?:attack|threat|risk)$)',
  '(?:primary|main|key|top|typical|likely|expected|possible|potential|relevant|common|identified',
  '|example|stride|major|concrete|specific|associated|security|applicable|principal|notable',
  '|core|original)',
  ' (?:\\w+ )?',
  '(?:threats?|risks?|attacks?|attack vectors?)$',
  '|^(?:threat|attack|risk) (?:instance|statement|details?|examples?|summary|considered',
  '|identified|case|event)$',
)

/** Fields with words around them: "Proposed mitigation", "Our controls", "The proxy's defence". */
const labelPatterns: readonly (readonly [Field, RegExp])[] = [
  [
    'recommended',
    new RegExp(
      '^(?:recommended|suggested|candidate|required|mandatory|mandated|possible|expected' +
        '|additional (?=production|deployment|operational|operator|required|recommended))' +
        ' ?(?:\\w+ )?' +
        `(?:${control}|measures|response|responses|fix|fixes)`,
    ),
  ],
  [
    'planned',
    new RegExp(
      '^(?:planned|proposed|future|desired|target(?:[- ]state)?) (?:\\w+ )?' +
        `(?:${control}|work|measures)`,
    ),
  ],
  [
    'planned',
    new RegExp(
      `^${control} (?:planned|pending|outstanding|deferred|proposed|wanted|todo|to do` +
        '|to come|to be \\w+|not yet \\w+|still \\w+|in (?:the )?future|for later)$',
    ),
  ],
  [
    'planned',
    /^(?:production|remediation|mitigation|improvement|hardening|closure|treatment) plan$/,
  ],
  ['residual', new RegExp(`^(?:missing ${control}|${control} missing)$`)],
  ['residual', /^(?:residual|remaining)\b|^gaps? ?(?:\/|and|&) ?\w+$/],
  ['residual', /^(?:what is )?not (?:yet )?(?:built|done|implemented|answered)(?: yet)?$/],
  ['residual', /^not (?:stopped|blocked|prevented|defeated|caught|countered)(?: by)?$/],
  [
    'residual',
    /^(?:net|post-mitigation) risk$|^(?:risk|exposure) (?:after (?:\w+ )?\w+|left|that remains)$/,
  ],
  ['residual', /^(?:riesgo|risco) residual$|^risque résiduel$|^restrisiko$/],
  [
    'threat',
    /^(?:ruta|rota|vector|vetor|escenario|cenário|scénario) d(?:e |')?(?:ataque|attaque)\b/,
  ],
  ...inLanguages,

  ['status', new RegExp(`^${control} status$`)],
  [
    'threat',
    /^[a-z]+ (?:and|&|\/) threats?$|^(?:threats?|risks?|attacks?) ?(?:\/|or) ?\w+(?: \w+)?$/,
  ],
  // "Adversary / abuse case" names what they do.
  [
    'threat',
    /^[a-z]+ (?:and|&|\/|or) (?:abuse|misuse|attack|failure) (?:cases?|scenarios?|vectors?)$/,
  ],
  ['threat', /^(?:threats?|risks?|attacks?) (?:and|&) (?:attacker|attack|abuse|misuse) [a-z]+$/],
  ['threat', threatWords],
  ['threat', /^(?:risk|danger|exposure) (?:if|when|without|once)\b/],
  ['adversary', /^(?:attacker|adversary|threat actor|actor) (?:class|type|profile|persona|name)$/],
  ['category', /^stride (?:threat )?(?:type|class|category|element)s?$/],
  ['category', /^(?:related )?(?:owasp|cwe|capec|mitre|att&ck|nist)s?\b(?! guid).{0,30}$/],
  // The questions of a personal threat model: what to protect, from whom, how likely, how bad.
  ['asset', /^what (?:do |am |are |is )?(?:i|we|you)?\b.{0,20}\bprotect(?:ed|ing)?$/],
  ['adversary', /^(?:from )?who\b.{0,20}\bprotect\w*\b.{0,8}\bfrom$/],
  ['likelihood', /^how (?:likely|realistic)\b|^realistic\??$/],
  ['impact', /^(?:how bad\b|what happens if|impact of\b|consequences of\b|why \w+ matters$)/],
  ['description', /^threat (?:goal|objective|aim|intent)s?$/],
  [
    'description',
    /^(?:likely|typical|common|possible|main|primary) (?:attack )?(?:vectors|paths)$/,
  ],
  [
    'recommended',
    /^(?:preferred|expected|desired|required|correct|safe) (?:\w+ )?(?:behaviou?r|handling)$/,
  ],
  ['recommended', /^(?:how much (?:trouble|effort)\b|effort\b)/],
  [
    'mitigation',
    new RegExp(
      `^${control} in (?:the |our |this )?(?:repo|repository|code|codebase|project|product` +
        '|software|app|application|implementation|design|system|place)$',
    ),
  ],
  ['mitigation', new RegExp(`^(?:${qualifiers}) (?:\\w+ )?${control}(?: (?:and|&) \\w+)?$`)],
  [
    'mitigation',
    new RegExp(
      `^${control} (?:in place|present|in design|for|applied|against|used|implemented|shipped` +
        '|today|now|we have|enforced|active|deployed|available|built in|landed|done)\\b',
    ),
  ],
  [
    'mitigation',
    pattern(
      '',
      '^why (?:it |this |that )?(?:is )?(?:already )?(?:fails|safe|cannot work|not possible',
      '|mitigated|blocked|prevented|covered)$',
    ),
  ],
  ['mitigation', /^mitigations? ?\/ ?\w+$|^mitigations? (?:steps|approach|layering|layers|stack)$/],
  [
    'mitigation',
    pattern(
      '',
      '^(?:how (?:(?:do |did )?we|(?:it|this|they) (?:is|are)|(?:is|are) (?:it|this|they))',
      '|what (?:we (?:do|did|have)(?: to)?|would|will|does)?)',
      ' ?(?:currently )?(?:mitigate|prevent|defend|protect|handle|address|stop|counter|answer',
      '|block|avoid|help|guard|catch|fix|solve)(?:d|s|es|ed)?(?: (?:against )?(?:it|this|us|them',
      '|that|the attack))?$',
      '|^how (?:the )?[\\w-]+ (?:mitigates|prevents|handles|addresses|stops|counters|blocks|avoids',
      '|catches) (?:it|this|that|the attack)$',
    ),
  ],
  ['planned', /^(?:later|future|subsequent) (?:requirements?|hardening|steps?)$/],
  [
    'mitigation',
    new RegExp(`^(?:current|existing) (?:or|and|\\/) (?:recommended|planned) ${control}$`),
  ],
  ['mitigation', /^what (?:this|the|our) (?:design|project|system|tool|product|app|code) does$/],
  ['recommended', /^(?:الضوابط|الضابط|التدابير|الإجراءات) (?:ال)?(?:مقترح|موصى|مطلوب)/],
  ['mitigation', /^(?:الضوابط|الضابط|التدابير|الإجراءات) .{1,40}$/],
  ['mitigation', /^(?:our|the) (?:answers?|responses?|countermeasures?|approach|solution)$/],
  ['mitigation', /^(?:preventi(?:ve|on)|detective|corrective|protection) (?:controls?|measures?)$/],
  ['mitigation', /^(?:mitigating|protecting|defending|defensive|protective) (?:\w+ ?){1,2}$/],
  ['mitigation', /^[\w.-]+s? (?:defen[cs]es?|mitigations?|protections?)$/],
  [
    'mitigation',
    /^(?:hardened|production|implemented|deployed) \w+ (?:defen[cs]es?|protections?)$/,
  ],
  ['mitigation', new RegExp(`^[a-z]+[- ](?:layer|level|side) ${control}$`)],
  [
    'mitigation',
    pattern(
      '',
      '^(?:(?:partially|partly|mostly) )?(?:stopped|blocked|prevented|defeated|caught|countered',
      '|handled|addressed) by$',
    ),
  ],
  ['mitigation', new RegExp(`^(?:\\w+ )?${control} (?:mechanism|technique|approach)(?:s|es)?$`)],
  [
    'mitigation',
    new RegExp(`^(?:[\\w-]+ )?${control} (?:implemented|applied|deployed|enforced|used)$`),
  ],
]

/** Labels and column headers longer than this are sentences. */
const ownedLength = 60

function ownedField(label: string): Field | null {
  if (label.length > ownedLength || !isAnyLabel(label)) return null
  return labelPatterns.find(([, pattern]) => pattern.test(label))?.[0] ?? null
}

const isAnyLabel = anyOf(labelPatterns.map(([, form]) => form))

export function plainLabel(label: string): string {
  return rememberedLabel(label)
}

const rememberedLabel = remembering((label) => {
  const words = withAccents(inOneScript(label.normalize('NFKC').toLowerCase()))
  const bare = withoutEnd(words, /[\s::.]/)
    .replace(/\s*\([^()]{0,60}\)\s*$/, '')
    .replace(/[’'`*_"“”]/g, '')
    .replace(/\s*\d{1,2}$/, '')
  return withoutEnd(bare, /[:.?–—\s-]/)
    .replace(/^[^\p{L}\p{N}#]+/u, '')
    .replace(/\s+/g, ' ')
})

/** True for a bold line that labels what stands below it rather than naming a threat. */
export function isFieldLabel(text: string): boolean {
  return fieldOf(text) !== null
}

const classes: readonly [RegExp, string][] = [
  [
    /^(?:s|t)?[^a-z]{0,5}\(?spoof\)?(?:ing)?(?: of)?(?: (?:user )?identity)?(?: identity)?$/,
    'spoofing',
  ],
  [/^\(?t?\)?[^a-z]{0,5}(?:data )?tampering(?: (?:with|of) data)?$/, 'tampering'],
  [/^\(?r?\)?[^a-z]{0,5}repudiation$/, 'repudiation'],
  [
    /^\(?i?\)?[^a-z]{0,5}(?:information|info|data) (?:disclosure|leakage|leak)$/,
    'information-disclosure',
  ],
  [/^\(?d?\)?[^a-z]{0,5}(?:denial[- ]of[- ]service|dos|ddos)(?: dos)?$/, 'denial-of-service'],
  [
    pattern(
      '',
      String.raw`^\(?e?\)?[^a-z]{0,5}(?:elevation of privileges?|privilege escalation`,
      '|escalation of ',
      'privileges?|eop)$',
    ),
    'elevation-of-privilege',
  ],
  [/^initial access(?: vectors)?$/, 'initial-access'],
  [/^defen[cs]e evasion$/, 'defense-evasion'],
  [/^credential (?:access|abuse)$/, 'credential-access'],
  [/^lateral movement$/, 'lateral-movement'],
  [/^command (?:and|&) control$/, 'command-and-control'],
  [/^(?:data )?exfiltration$/, 'exfiltration'],
  [/^link(?:ing|ability)$/, 'linking'],
  [/^identif(?:ying|iability)$/, 'identifying'],
  [/^non[- ]repudiation$/, 'non-repudiation'],
  [/^detect(?:ing|ability)$/, 'detecting'],
  [/^(?:data disclosure|disclosure of (?:data|information))$/, 'data-disclosure'],
  [/^unawareness(?: and unintervenability)?$/, 'unawareness'],
  [/^non[- ]compliance$/, 'non-compliance'],
  [/^confidentiality$/, 'confidentiality'],
  [/^integrity$/, 'integrity'],
  [/^availability$/, 'availability'],
]

/** The class of threats (STRIDE, LINDDUN, CIA) that a title names and nothing else; or null. */
export function classOf(title: Text): string | null {
  return rememberedClass(title)
}

const rememberedClass = remembering((title): string | null => {
  const words = title.replace(meaning, '')
  const plain = plainHeading(words.replace(/^[\d.\s]{0,6}\([^()]{3,20}\)\s+(?=\S)/, ''))
    .replace(/^(?:[a-z]) (?=[a-z]{4})/, '')
    .replace(/ (?:threats?|risks?|attacks?)$/, '')
    .replace(/^(?:stride|threats?|category) /, '')
    .trim()
  if (plain.length > 40 || !isAnyClass(plain)) return null
  return classes.find(([form]) => form.test(plain))?.[1] ?? null
})

/** "Spoofing — pretending to be somebody", "Tampering: “Is it whole?”" say what a class is. */
const meaning = pattern(
  'i',
  String.raw`\s?[:—–-]\s(?:["“'‘][^"“”'‘]{3,60}["”'’]`,
  '|(?:pretending|impersonating|modifying|changing|altering|denying|exposing|leaking|disrupting',
  String.raw`|degrading|gaining|obtaining|acquiring)\s[\w ,'’/-]{3,60}|[\w ,'’/-]{3,60}\?)$`,
)

const isAnyClass = anyOf(classes.map(([form]) => form))

const letters: Record<string, string> = {
  s: 'spoofing',
  t: 'tampering',
  r: 'repudiation',
  i: 'information-disclosure',
  d: 'denial-of-service',
  e: 'elevation-of-privilege',
  di: 'disclosure',
  de: 'detecting',
  li: 'linking',
  id: 'identifying',
  nr: 'non-repudiation',
  u: 'unawareness',
  nc: 'non-compliance',
  c: 'confidentiality',
  a: 'availability',
}

/** The classes a cell or label lists: words as they are, letters spelled out. */
export function classesIn(text: string): string[] {
  // "Spoofing (identity & place)": what stands in brackets is no other class.
  const bare = text.replace(/\s*\([^()]{3,80}\)/g, '')
  const listed = classOf(bare) === null ? text : bare
  const parts = listed.split(/\s*(?:[,;/·|&]|\band\b|<br>)\s*/).filter((part) => part.trim() !== '')
  const found = parts.length === 1 && /^[STRIDE]{2,6}$/.test(text.trim()) ? [...text.trim()] : parts
  const named = found.map((part) => {
    const plain = part
      .trim()
      .toLowerCase()
      .replace(/[^\p{L}\p{N} /#.-]+/gu, '')
    return wordIn(letters, plain) ?? classOf(part) ?? plain
  })
  return [...new Set(named)].filter((name) => name !== '' && name.length <= 60).slice(0, 12)
}

/** The classes of a text that lists nothing else ("Tampering with data, Denial of service."). */
export function classesOnly(text: string): string[] {
  const parts = withoutEnd(text, /[.\s]/).split(/\s*[,;]\s*(?:and\s+)?|\s+and\s+/)
  const named = parts.filter((part) => classOf(part) !== null)
  return named.length === parts.length ? parts : []
}
