import type { Status } from '../model.ts'
import { pattern } from '../vocabulary/pattern.ts'

/*
 * Phrases of a sentence that say outright how a threat stands. The first match wins, so what is
 * half of a control stands before what is none ("limits the damage, but does not prevent it"), and
 * both before what is whole ("is mitigated in part by").
 */

const somebody =
  '(?:operator|user|deployer|caller|administrator|admin|customer|integrator|host' +
  '|platform|provider|maintainer|developer|carrier|deployment|(?:code|plugin|module) author' +
  '|application|consumer)'
const done = '(?:mitigated|prevented|addressed|resolved|eliminated|countered|handled|protected)'
const thing = '(?:this|it|the (?:risk|threat|attack))'

export const outright: readonly (readonly [Status, readonly RegExp[]])[] = [
  [
    'out-of-scope',
    [
      pattern(
        '',
        String.raw`\b(?:is|are|remains?|considered|explicitly|falls?|lies?) (?:\w+ )?`,
        String.raw`(?:outside|beyond)(?: of)?(?: the| this| our)? (?:scope|threat model|model)\b`,
      ),
      /\b(?:is|are) not in[- ]scope\b|\bneither (?:\w+ )?(?:is|are) in[- ]scope\b/,
      /\bout of (?:the|our|this) threat model\b/,
      /\bout[- ]of[- ](?:the )?scope\b|\bwe (?:\w+ )?do not (?:\w+ )?consider\b/,
      /\bfuera del? alcance\b|\bfora d[eo] escopo\b|\bhors (?:du )?périmètre\b/,
      pattern(
        '',
        String.raw`\b(?:is|are) not (?:considered|treated as) (?:an? )?(?:security`,
        ' )?(?:vulnerabilit',
        '|bug|issue)',
      ),
      pattern(
        '',
        String.raw`\b(?:do|does) not (?:\w+ ){0,2}(?:consider|view|treat`,
        String.raw`|regard)\b.{0,80}\bas (?:an? )?(?:security )?(?:exploits?|vulnerabilit`,
        String.raw`|attacks?\b|threats?\b|bugs?\b|issues?\b)`,
      ),
    ],
  ],
  [
    'accepted',
    [
      /\b(?:(?:we|is|are|been|risk) (?:\w+ )?|explicitly )accept(?:ed)? (?:this|the|that|risk)\b/,
      /\baccepted risk\b|\b(?:risk|this) is accepted\b|^accepted (?:as|by|risk|because)\b/,
      /^risk accepted\b|\b(?:has|have) (?:\w+ )?accepted (?:this|the|that)\b/,
      pattern(
        '',
        String.raw`\brisk (?:that |which )?we have (?:chosen|decided) to accept\b`,
        String.raw`|\b(?:is|are) permitted (?:under|in|by) this (?:threat )?model\b`,
        String.raw`|\b(?:decided|chosen|choose|prefer|agreed) to (?:accept|live with`,
        String.raw`|tolerate) (?:this|the|that|it)\b`,
      ),
      /\b(?:we|to be|is) (?:consider (?:this |it )?)?(?:an )?acceptable (?:risk|trade-?off)\b/,
      /^acceptable\W*$/,
      // "By design, the press reads any page" tells how the press works.
      /(?<=\S )by design\b|^by design(?:\W*(?:$|[.;:—–-])|, .*\b(?:can|could|may)\b)/,
      /\bis (?:the|an?) intended (?:function|behaviou?r|use|purpose)\b/,
      /\bwill not be fixed\b|\bwon't fix\b/,
      /\b(?:feature|choice|decision|trade-?off)\b.{0,12}\bnot an? (?:bug|flaw|defect|vulnerab)/,
    ],
  ],
  [
    'transferred',
    [
      pattern('', String.raw`\b${somebody}s?'?s?'? (?:own )?(?:responsibility|job|duty)\b`),
      pattern('', String.raw`\bresponsibility of (?:the |an? )?${somebody}`),
      /^\W*delegated to (?!the (?:next|same)\b)/,
      /\bresponsibility of (?:the )?(?:surrounding|upstream|underlying|host|platform|authori)/,
      pattern(
        '',
        String.raw`\b${somebody}s? (?:is|are) responsible for (?:this|that|protect|prevent)`,
      ),
      pattern(
        '',
        String.raw`\b(?:is|are) (?:left|delegated|transferred|outsourced|up) to (?:the `,
        '|an? |its )?',
        String.raw`(?:\w+ )?${somebody}`,
      ),
      pattern(
        '',
        String.raw`\bwe (?:leave|delegate|transfer) (?:this|that|it|the risk) to (?:the |an? )?`,
        String.raw`(?:\w+ )?${somebody}`,
      ),
      /\b(?:need|must|have) (?:to )?be mitigated by (?:the |an? )?(?:platform|user|operator|host)/,
      /\brel(?:ies|y) on the (?:operator|deployer|user|platform)'s\b/,
    ],
  ],
  [
    'planned',
    [
      /\bnot yet (?:implemented|supported|available)\b|\b(?:is|are) planned\b|\bplanned for\b/,
      /\b(?:has|have) not (?:yet )?been (?:implemented|added|built)\b/,
      /\b(?:is|are) (?:an? )?(?:[\w-]+ ){0,2}follow-?ups?\b|\btracked as (?:a )?follow-?up\b/,
      /\((?:an? )?(?:future|planned|later|upcoming)(?: (?:step|work|phase|version|release))?\)\W*$/,
      /^\(planned\.\)$/,
      /^(?:deferred|postponed) (?:to|until) |\btracked:? (?:under )?phase \d/,
      /\bpending\W{1,4}phase \d/,
      /\bis a planned (?:future )?(?:addition|feature|improvement|change|extension)\b/,
      /\b(?:is|are) queued\b/,
      /\b(?:is|are) (?:an? )?future (?:epic|work|release|milestone|phase|item|addition)s?\b/,
      pattern(
        '',
        String.raw`\bwe (?:plan|intend|want) to (?:address|fix|mitigate|prevent|close`,
        String.raw`|solve) ${thing}\b`,
      ),
      pattern(
        '',
        String.raw`\bon the roadmap\b|^roadmap\s?[::]|\bis (?:a )?roadmap(?: item)?\W*$`,
        String.raw`|\bis tracked (?:in\b|separately\W*$)|\btodo\b`,
        String.raw`|\bwill be (?:added|implemented`,
        String.raw`|addressed) in\b`,
      ),
    ],
  ],
  [
    'partial',
    [
      pattern(
        '',
        String.raw`\b(?:cannot|does not|do not) (?:fully|completely|entirely) (?:eliminate|prevent`,
        String.raw`|protect|stop|remove|close|solve|mitigate|address)\b`,
        String.raw`|\bdetected,? (?:but|and) not prevented\b`,
      ),
      /\bonly raises the (?:bar|cost)\b/,
      /\b(?:is|are) not yet (?:fully|completely|entirely) \w+|\b(?:is|are) not yet complete\b/,
      // "The fee mitigates this, but …"
      pattern(
        '',
        String.raw`\b(?:mitigates?|reduces?|limits?) ${thing}[^.;]{0,30}, (?:but|though)\b`,
      ),
      /(?:无法|不能)(?:完全|彻底)(?:防御|防止|避免|消除|阻止)/,
      pattern('', String.raw`\b(?:partially|partly) (?:resisted|defended|${done})\b`),
      pattern('', String.raw`\b(?:is|are) (?:${done}) (?:only )?in part\b`),
      pattern('', String.raw`\b(?:is|are) not (?:fully|completely|entirely) ${done}\b`),
      pattern('', String.raw`\bcannot be (?:fully|completely|entirely) ${done}\b`),
      pattern('', String.raw`^\W*partial(?:ly)?(?: ${done})?\W*$`),
      /\b(?:one|a|this|the) (?:[\w-]+ )?gap (?:still )?remains\b/,
      /\b(?:an?|only|this) partial (?:mitigation|defen[cs]e|protection)\b|\bsomewhat mitigated\b/,
      pattern(
        '',
        String.raw`\b(?:does|do) not (?:yet )?(?:have|provide|offer|give) (?:a )?(?:full|complete`,
        String.raw`|perfect) (?:defen[cs]e|protection|mitigation|solution)\b`,
      ),
      pattern(
        '',
        String.raw`\bmitigated (?:by|through|via)\b.{3,160}\bbut (?:not (?:fully )?(?:eliminated|`,
        String.raw`prevented|removed)|gaps? (?:may |still )?(?:exists?|remains?))\b`,
      ),
      pattern(
        '',
        String.raw`\bwe (?:only )?(?:partially|partly) (?:mitigate|prevent|address) ${thing}\b`,
      ),
      /\bbest[- ]effort only\b|\bonly best[- ]effort\b/,
      /\bprovides? (?:only )?(?:limited|partial) protection\b/,
      pattern(
        '',
        String.raw`\b(?:reduc|limit|lower|narrow)(?:ing|es?|s)\b.{0,60}\bbut not (?:fully )?`,
        '(?:eliminat|prevent|remov|stop)',
      ),
      pattern(
        '',
        String.raw`\b(?:narrow|block|prevent|check|reduc|limit|stop)\w*\b.{3,120}\bbut\b.{3,160}`,
        String.raw`\bremains? (?:possible|exposed|an? (?:[\w-]+ ){0,2}(?:concern|risk))\b`,
      ),
      pattern(
        '',
        String.raw`\b(?:reduces?|limits?|lowers?|narrows?) .{2,80}(?:\bbut|;) (?:it |they |this )?`,
        String.raw`(?:does|do|can) ?not (?:[\w-]+ )?\w+`,
      ),
      pattern(
        '',
        String.raw`\b(?:reduces?|limits?|mitigates?|lowers?|slows?) .{2,60}\b(?:but|though`,
        '|without)',
        ' (?:it )?(?:does not|do not|cannot|not|fully)? ?(?:fully |completely )?',
        '(?:eliminat|prevent|stop|remov|rule|exclude)',
      ),
    ],
  ],
  [
    'unmitigated',
    [
      pattern(
        '',
        String.raw`\b(?:does|do|did) not (?:currently |directly )?(?:protect|defend|mitigate`,
        String.raw`|prevent|address|stop)\b`,
      ),
      /\bneither \w+s? nor (?:prevents?|protects?|mitigates?|stops?|addresses)\b/,
      /\b(?:has|have|is|are) no (?:[\w-]+ )?(?:defen[cs]e|protection|mitigation) (?:against|for)\b/,
      /无(?:直接|任何)?(?:防御|防护|缓解)/,
      pattern(
        '',
        String.raw`\b(?:is|are) (?:currently )?(?:not (?:currently |yet |presently )?|un)`,
        String.raw`(?:protected|mitigated|defended|prevented|addressed)\b`,
      ),
      /^none (?:exists?|at all|yet|today)\W*$/,
      pattern(
        '',
        String.raw`^no (?:[\w-]+ ){1,5}(?:is|are) (?:currently |yet |presently )?(?:implemented`,
        String.raw`|in place|enforced)\b`,
      ),
      /^not (?:addressed|mitigated|handled|solved|defended)(?: (?:yet|at all|today))?\b/,
      pattern(
        '',
        String.raw`\b(?:does|do|can) ?not (?:[\w-]+ )?(?:provide|offer) (?:[\w-]+ ){0,2}`,
        '(?:protection|secrecy|confidentiality|integrity|encryption|anonymity',
        String.raw`|authentication)\b`,
      ),
      /\bno (?:[\w-]+-level )?(?:protection|mitigation|defen[cs]e)\b/,
      /\bnot (?:mitigated|prevented)\b|\bunmitigated\b/,
      /\bcannot (?:be )?(?:prevent|protect|defend|mitigat|stop)(?:ed)?\b/,
      pattern(
        '',
        String.raw`\bnothing (?:\w+ )?(?:prevents|stops|mitigates|blocks|protects?`,
        ' (?:against|from))',
        String.raw` (?:${thing}|that)\b`,
      ),
      /\bwe (?:currently |still )?have no (?:answer|protection|defen[cs]e|mitigation|solution)\b/,
      pattern(
        '',
        String.raw`\b${thing} (?:still )?remains (?:open|unsolved|unaddressed|possible)\b`,
      ),
      /\b(?:is|are|as) (?:the |an? )?(?:\w+ )?open gap\b/,
      /\bthere (?:is|are)(?: not|n't) (?:much|a lot|anything) .{2,30} can do\b/,
      pattern(
        '',
        String.raw`\b(?:these|this|both) (?:mitigations?|risks?|gaps?|issues?)? ?(?:is|are`,
        String.raw`|remains?) (?:still )?open\b|\bkeep (?:these|this) \w+ open\b`,
        String.raw`|\b(?:most (?:significant|consequential)|largest|biggest|major)`,
        String.raw` (?:[\w-]+ ){0,2}gap\b`,
      ),
      /\bweak points?\b|\bthis is a known (?:limitation|weakness|gap|issue)\b/,
      /\b(?:does|do) not make any security guarantees\b|\bno security guarantees\b/,
    ],
  ],
  [
    'mitigated',
    [
      // "(Fixed in March)" behind what was told.
      /[([]\s*(?:remediated|fixed|resolved|patched|closed)\b[^()[\]]{0,40}[)\]]\W*$/,
      pattern(
        '',
        String.raw`\ball (?:of )?(?:the |these |listed )?(?:mitigations|controls)\b.{0,30}`,
        String.raw`\b(?:active|in place|implemented|complete|enforced)\b`,
      ),
      /\bno longer (?:applies|works|possible|exploitable|affects)\b|\bnot vulnerable\b/,
      pattern(
        '',
        String.raw`\b(?:is|are|was|been) (?:fully |already |completely )?(?:mitigated|fixed`,
        String.raw`|prevented|resolved) (?:by|in|since|via|with|through|thanks to)\b`,
      ),
      pattern(
        '',
        String.raw`\b(?:this|the) (?:risk|threat|attack) (?:is|has been) (?:fully `,
        `|already )?${done}`,
        ' (?:by|via|with|through)\\b',
      ),
      pattern(
        '',
        String.raw`\b(?:is|are) (?:fully|completely|already) (?:mitigated|prevented`,
        String.raw`|eliminated)\b(?! (?:if|when|unless|only))`,
      ),
      pattern(
        '',
        `^we (?:mitigate|prevent|address|counter) ${thing} (?:by|with|through`,
        String.raw`|using|via)\b`,
      ),
      /\b(?:will|does) (?:not allow|prevent) this\b/,
      pattern(
        '',
        '^(?:fully |already )?(?:prevented|mitigated|countered|solved|fixed|closed|eliminated',
        '|defended|remediated) (?:by',
        String.raw`|through|via|with|in)\b`,
      ),
      // "✅ Mitigated." behind what was told.
      /^\W*(?:fully |already )?(?:mitigated|fixed|resolved|remediated|eliminated)\W*$/,
    ],
  ],
]
