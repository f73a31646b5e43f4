import { pattern } from '../vocabulary/pattern.ts'

/* What stands in the place of a control, and is none. */

/** "No explicit limits", "No pinning of images yet": what stands in place of a control. */
export function saysLacking(text: string): boolean {
  const words = text.replace(/^\W*there (?:is|are) (?:currently |presently )?(?=no\b)/i, '')
  return lacking.test(words) || lackingInLanguages.test(words)
}

/** "Belum ada batas", "Ainda não há limite", "尚未实现". */
const lackingInLanguages = pattern(
  'i',
  String.raw`^\W*(?:(?:belum (?:ada|tersedia|diterapkan)|(?:ainda )?não (?:há|existem?)`,
  '|(?:aún |todavía )?no (?:hay|existen?)|aucune? (?:limite|contrôle|protection|vérification)s?',
  '|noch keine?n?)(?![a-zà-ÿ])|尚未|暂无|未实现|未实施|未対応|未実装)',
)

const lacking = pattern(
  'i',
  String.raw`^\W*no (?:explicit|dedicated|specific|formal|automatic|automated|built-in) \w+`,
  String.raw`|^\W*no\b[^.;,]{3,60}\b(?:currently|yet|at present|today)\s*(?:[.;(]|$)`,
  String.raw`|^\W*no (?:[\w-]+ ){0,4}(?:checks?|checking|authentication|authori[sz]ation`,
  '|validation|encryption|verification|protection|isolation|limits?|rate[- ]limiting',
  '|signatures?|timeouts?|backups?|enforcement|pinning|scanning|monitoring|alerting',
  '|auditing|hashing|signing',
  String.raw`|sanitization|filtering|throttling|hardening|revocation|rotation)\b`,
  // "A timeout of queries is not implemented"
  String.raw`|^\W*[^.;:,]{3,60} (?:(?:is|are) )?not (?:yet |currently )?(?:implemented|enforced`,
  String.raw`|in place|enabled|configured|supported)\W*(?:\([^()]{1,60}\)\W*)?$`,
)

/** "❌ A lock", "⚠️ The key can be copied", "No check of keys": what is missing or still happens. */
export function isAbsent(text: string): boolean {
  return saysLacking(text) || /^[❌✖✗✘]/u.test(text) || warns.test(text)
}

const warns = /^⚠\ufe0f?\W*[^.;]{3,80}\b(?:can|could|may|might|would|not|no|missing)\b/iu
