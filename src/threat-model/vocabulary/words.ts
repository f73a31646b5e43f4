import { remembering, type Text } from '../remember.ts'
import { pattern } from './pattern.ts'

/*
 * Does a text speak of an attack or of a control? Counted by words, never by document: every hit is
 * a word or word stem that means harm (or protection) in any domain. Used only to choose between
 * readings that the document's form leaves open, such as whether the bullets under a heading are
 * threats or what is done about one.
 */

const attackStems = stems(`
  attack | adversar | malicious | maliciously | hostile | rogue | compromis | steal | stolen |
  theft | leak | expos | disclos | tamper | spoof | impersonat | inject | forg | forge |
  jam(?:s|med|ming) | replay |
  escalat | exhaust | bypass | circumvent | unauthori[sz]ed | unauthenticated |
  hijack | takeover | take over | intercept | eavesdrop | snoop | sniff | brute | poison |
  exfiltrat | abus | misus |
  travers | overflow |
  vulnerab(?!ilit(?:y|ies) (?:scan|manage|report|disclos|response|handling|database)) |
  exploit | phish | malware | backdoor | crash | corrupt |
  flood | denial | deny | denies | repudiat | smuggl | desync | fingerprint | side-channel |
  side channel | collision | downgrad | squatt | hostag | coerc | trick | fool | harvest |
  guess | crack | escape(?!d) | evad | evasion | supply[- ]chain | man[- ]in[- ]the[- ]middle |
  mitm | dos | ddos | ssrf | xss | csrf | rce | sqli | xxe | idor | toctou | redos | keylogger
  | insider | sabotag | wiretap | plant | overwrit | truncat | delet | destroy | drain | spam
  | rebind | rebinding | fixation | clickjack | jailbreak | halluc | lost | loss of |
  misconfigur | race condition | deadlock | starv | outage | unavailab | untrusted | unsafe |
  insecure | weak | outdated | hidden | violat | overrid | undetected | unlimited | excessive
  | (?<!least[- ])privilege | confus | undermin | backdat | false record | bomb | loop |
  infinite | break |
  broken | fail(?!over|-?safe|s? closed|2ban) | zero[- ]day | bruteforc | dump | scrap |
  manipulat | modif | alters |
  altered | altering | mitm | persuad | fabricat | mislead |
  collu | griefing | front-run | frontrun | sybil | runaway |
  squat | typosquat | thief | thieves | brib | 攻撃 | 漏えい | 漏洩 | 改ざん | 悪意 | 不正 | 攻击 | 泄露 |
  攻擊 | 洩漏 | 洩露 | 竊取 | 竄改 | 繞過 | 越權 |
  篡改 | 窃取 | 伪造 | 冒充 | 劫持 | 绕过 | 越权 | 偽造 | なりすまし | 盗難 | 侵入 | 妨害 |
  공격 | 유출 | 변조 | 위조 | 탈취 | 도용 |
  ataqu | atacant | robo de | fuga de | filtraci | suplanta | inyecci | malicios | comprometid |
  divulgaci | secuestr | vazament | roubo | furto | falsifica | attaqu | usurp | malveill |
  angriff | angreif | diebstahl | gestohl | missbrauch | ausfall | verlust | unbefugt | gefälsch |
  angrep | aanval | attacc | furto | iniezion | kradzie | wyciek | saldır | sızınt | serangan |
  pencurian | kebocoran | tấn công | đánh cắp | rò rỉ | giả mạo | stöld | intrång | misbruk |
  misbruik | diefstal | злам | витік | крадіж |
  manipulaci | alteraci | denegaci | exfiltraci | escalada de | no autoriz | fuerza bruta |
  falsificaci | interceptaci | sobrecarga | agotamiento | abuso | fraude | adultera | exposici |
  manipulaç | alteraç | escalação | negação de | exfiltraç | não autoriz | força bruta |
  falsificaç | interceptaç | exaustão | exposição | comprometiment | sequestro | injeç |
  usurpation | fuite | falsification | contournement | détournement | épuisement | déni de |
  fälsch | manipulier | umgeh | abhör | abfang | einschleus | erschöpf | überlast | kompromitt |
  rechteausweit | unberechtig | manomission | non autorizzat | esaurimento | divulgazion |
  podszy | nieuprawn | przejęci | eskalacj | yetkisiz | ele geçir | kötü niyet | ifşa |
  krádež | zneuži | neoprávn | podvrž | підроб | компромет | перехоплен | несанкц | зловмис |
  подделк | эскалац | отказ в обслуж | инъекц | перебор | обход | раскрыти | фишинг |
  注入 | 滥用 | 耗尽 | 泄漏 | 伪装 | 提权 | 投毒 | 拒绝服务 | 暴力破解 | 重放 | 乗っ取 | 枯渇 | 総当たり |
  インジェクション | 盗聴 | 侵害 | 改竄 | 침해 | 우회 | 남용 | 주입 |
  атак | утечк | подмен | поддел | краж | взлом | злоумышл | перехват | несанкц
`)

const controlStems = stems(`
  encrypt | tls | mtls | https | authenticat | authori[sz]ation | rbac | least[- ]privilege |
  rate[- ]limit | throttl | validat | saniti[sz] | escap(?:e|es|ing) output | allow-?list |
  whitelist | deny-?list | sandbox | isolat | audit | log(?:s|ging|ged) | monitor | alert |
  sign(?:ed|ing|ature|atures) | checksum | hash(?:ed|ing|es)? | hmac | verif | reject | enforc
  | restrict | require | requires | limit | limits | cap(?:s|ped)? | timeout | quota | rotat |
  revo[ck] | mfa | 2fa | two-factor | csp | pin(?:ned|ning) | hardened | hardening | backup |
  protect | prevent | mitigat | detect | block | blocks | disabl | default-deny | read-only |
  permission | network policy | policy | policies | secur(?:e|ed|ely) | ensure | scan | patch
  | sbom | review | parameteri[sz]ed | prepared statement | opt-in | fail[- ]closed | bounded
  | strip | strips | stripped | normali[sz] | mask | redact | recover | allowlist | guard |
  confine
`)

const attackPattern = wordsPattern(attackStems)
const controlPattern = wordsPattern(controlStems)

/** Imperative verbs that advice and control lists begin with. */
const adviceStart = pattern(
  'i',
  "^(?:always |never |do not |don't |only |please |consider |try to )?(?:use",
  '|(?:the )?(?:need|necessity|importance) (?:for|to|of)|ensuring|implementation of',
  '|using|enable|disable|ensure|make sure|implement|implementing|restrict|limit',
  '|validate|verify|encrypt|require|apply|configure|deploy|keep|avoid|monitor',
  '|audit|rotate|store|sign|sanitize|sanitise|escape|isolate|run|set|add|adopt',
  '|enforce|treat|separate|grant|watch|routinely|regularly|periodically|leverage',
  '|check|review|block|deny|reject|follow|provide|perform|treating|check|disallow',
  '|install|define|document|limit|bind|pin|prefer|cap|log|test|scan|harden|minimi[sz]e',
  '|reduce|protect|prevent|introduce|integrate|update|upgrade|maintain|establish',
  '|create|replace|remove|strip|support|conduct|educate|train|build|employ|utili[sz]e',
  '|automate|alert|back up|securely|consult|isolating|drop|fail|refuse|validate',
  '|standardi[sz]e|centrali[sz]e|mandate|rebuild|migrate|obtain|engage|communicate|step up',
  String.raw`|terminate|allow|allowlist|whitelist|rate-limit)\b`,
)

function stems(list: string): string[] {
  return list.split('|').map((stem) => stem.replace(/\s+/g, ' ').trim())
}

/** Words for somebody hostile, at the end of a name: "Network attacker", "Curious insiders". */
const adversaryNoun = pattern(
  'i',
  String.raw`\b(?:attackers?|adversar(?:y|ies)|insiders?|outsiders?|actors?|intruders?|thief`,
  '|thieves|hackers?|eavesdroppers?|observers?|criminals?|opponents?|saboteurs?|spammers?',
  String.raw`|stalkers?|burglars?|cheaters?|fraudsters?)(?:\s*\([^()]{1,40}\))?$`,
)

/** True for the name of somebody hostile. */
export function namesAdversary(name: string): boolean {
  const words = name.trim()
  return adversaryNoun.test(words) || /^(?:malicious|hostile|compromised|rogue)\b/i.test(words)
}

const deed =
  /^(?:tries|attempts|wants|aims|seeks|hopes|intends|could|may|might|can|cannot|can['’]t|will)\b/i

/** True when most lines below the name of an adversary say what it does or tries. */
export function saysWhatIsDone(lines: readonly string[]): boolean {
  const deeds = lines.filter((line) => deed.test(line))
  return deeds.length > 0 && deeds.length * 2 > lines.length
}

/** How many distinct words of a text mean harm. */
export function attackWords(text: string): number {
  return rememberedAttacks(text)
}

const rememberedAttacks = remembering((text) => distinctHits(text, attackPattern))

/** How many distinct words of a text mean protection. */
export function controlWords(text: string): number {
  return rememberedControls(text)
}

const rememberedControls = remembering((text) => distinctHits(text, controlPattern))

export function isAdvice(text: string): boolean {
  return adviceStart.test(text.trimStart())
}

/** Names an attack or a failure rather than a control, a feature or a place. */
export function soundsLikeAttack(text: Text): boolean {
  return rememberedSound(text)
}

const rememberedSound = remembering((text): boolean => {
  const attack = attackWords(text)
  if (attack === 0 || isAdvice(text)) return false
  return (
    attack >= controlWords(text) ||
    /\b(?:attacker|adversary|malicious|could|may|might)\b/i.test(text)
  )
})

/** Names a control: an instruction, or protection words that no word of harm outweighs. */
export function soundsLikeControl(text: string): boolean {
  if (isAdvice(text)) return true
  const control = controlWords(text)
  return control > 0 && control > attackWords(text)
}

/** Texts are long; the first this many characters decide. */
const examined = 400

function distinctHits(text: string, pattern: RegExp): number {
  const hits = text.slice(0, examined).toLowerCase().match(pattern)
  return hits === null ? 0 : new Set(hits).size
}

function wordsPattern(stems: readonly string[]): RegExp {
  const latin = stems.filter((stem) => /^[ -~]+$/.test(stem)).join('|')
  const other = stems.filter((stem) => !/^[ -~]+$/.test(stem)).join('|')
  return new RegExp(`\\b(?:${latin})[a-z]*${other === '' ? '' : `|${other}`}`, 'g')
}
