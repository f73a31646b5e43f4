import { stemsOf } from './normal.ts'

/*
 * Words by what they promise. English only. Each scale lists phrases in normal form by strength; a
 * sentence has the strength of its weakest word, so that "must … if possible" is an option.
 */

export interface Scale {
  levels: [strength: number, phrases: string[]][]
  /** The strength of a sentence without any of its words; null: such a sentence says nothing. */
  otherwise: number | null
}

/** Fact or duty, advice, intention, option. */
export const asserted: Scale = {
  levels: [
    [3, ['must', 'shall', 'is required', 'are required', 'mandatory', 'obligatory', 'has to']],
    [2, ['should', 'recommended', 'recommends', 'recommend', 'advised', 'encouraged', 'ought']],
    [
      2,
      ['will', 'planned', 'plan to', 'plans to', 'going to', 'intended', 'intend', 'todo', 'tbd'],
    ],
    [2, ['proposed', 'future', 'roadmap', 'not yet', 'eventually', 'considered', 'later']],
    [1, ['may', 'might', 'optional', 'optionally', 'could', 'if possible', 'where feasible']],
    [1, ['where possible', 'when convenient', 'as needed', 'best effort', 'best-effort']],
  ],
  otherwise: 3,
}

/** What a control achieves: it prevents, it reduces, it tries. */
export const achieved: Scale = {
  levels: [
    [
      3,
      list(
        'prevents prevent prevented preventing blocks block blocked rejects reject ' +
          'rejected refuses refuse refused denies deny denied enforces enforce enforced ' +
          'enforcing ensures ensure ensured guarantees guarantee guaranteed eliminates ' +
          'eliminate eliminated stops stop stopped forbids forbidden prohibits prohibited ' +
          'requires require required verifies verify verified validates validate validated ' +
          'encrypts encrypt encrypted authenticates authenticate authenticated isolates ' +
          'isolate isolated protects protect protected cannot impossible signs signed ' +
          'checks checked',
      ),
    ],
    [
      2,
      list(
        'reduces reduce reduced limits limit limited mitigates mitigate mitigated lowers ' +
          'lower hinders hinder discourages discourage discouraged slows harder detects ' +
          'detect detected logs logged warns warn warned partially partly',
      ),
    ],
    [
      1,
      list(
        'attempts attempt tries try aims aim helps help recommends recommend recommended ' +
          'suggests suggest suggested encourages encourage encouraged allows allow allowed ' +
          'permits permit accepts supports apply applies can',
      ),
    ],
  ],
  otherwise: null,
}

/** How far a control goes. */
export const reach: Scale = {
  levels: [
    [3, list('all every each always never fully any entirely completely')],
    [2, list('most mostly usually generally typically normally many often')],
    [1, list('some sometimes partially partly occasionally certain few')],
  ],
  otherwise: null,
}

/** For sentences about an adversary: "cannot read" became "can read". */
export const foiled: Scale = {
  levels: [
    [3, list('cannot unable never impossible')],
    [1, list('can may might could able')],
  ],
  otherwise: null,
}

export const negations = new Set(list('not no without isnt arent doesnt dont wont nor neither'))

/** Words that name a control, by stem: "encrypted" and "encryption" name the same. */
export const controlStems = new Set(
  stemsOf(
    list(
      'encryption authentication authorization authorisation signature hash ' +
        'salted checksum sandbox isolation validation sanitization sanitisation escaping ' +
        'escaped allowlist whitelist denylist firewall quota throttling backup rotation ' +
        'revocation expiry nonce certificate pinning attestation approval redaction mfa 2fa ' +
        'tls mtls hmac csp csrf cors seccomp apparmor selinux pkce oidc rbac waf dkim spf',
    ),
  ),
)

const promises = new Set([
  ...negations,
  ...[asserted, achieved, reach, foiled].flatMap(({ levels }) =>
    levels.flatMap(([, some]) => some),
  ),
])

/** True for a word that promises or denies: whatever it is exchanged for says another thing. */
export function isPromise(word: string): boolean {
  return promises.has(word)
}

/** True for a promise and for the name of a control. */
export function isGuarded(word: string): boolean {
  return promises.has(word) || stemsOf([word]).some((stem) => controlStems.has(stem))
}

/** Opens a sentence about what the other side does. */
export const hostile =
  /^(?:an? |the |any )?(?:\w+ )?(?:attackers?|adversar(?:y|ies)|intruders?|hackers?)\b/i

function list(text: string): string[] {
  return text.split(' ')
}
