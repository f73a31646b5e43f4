import { describe, expect, test } from '@jest/globals'
import { legendOf } from '../../src/threat-model/draft/legend.ts'
import {
  isFact,
  saysNothing,
  statusInBody,
  statusOfAnswers,
} from '../../src/threat-model/status/prose.ts'
import { statusOfResidual } from '../../src/threat-model/status/residual.ts'
import { statusInWords } from '../../src/threat-model/status/status.ts'
import { statusInTitle } from '../../src/threat-model/status/titles.ts'

/*
 * Statuses by evidence: each table row is a text as people write it and what it says, null for
 * nothing. Most of the care lies in the nulls: a wish is no fact.
 */

describe('status cells and labels', () => {
  test.each([
    ['Mitigated', 'mitigated'],
    ['✅', 'mitigated'],
    ['✅ Implemented in 2.1', 'mitigated'],
    ['Implemented, but only on Linux', 'partial'],
    ['**covered** — the rest is a refinement', 'mitigated'],
    ['Partially mitigated', 'partial'],
    ['⚠️', 'partial'],
    ['Mostly', 'partial'],
    ['Ongoing', 'partial'],
    ['Not fully mitigated', 'partial'],
    ['Accepted (by design)', 'accepted'],
    ["Won't fix", 'accepted'],
    ['accepted / out of scope', 'accepted'],
    ['Out of scope — the platform does it', 'out-of-scope'],
    ['Not applicable', 'out-of-scope'],
    ['Planned for Q3', 'planned'],
    ['TODO', 'planned'],
    ['Not yet', 'planned'],
    ['🔲', 'planned'],
    ['Operator responsibility', 'transferred'],
    ['Not mitigated', 'unmitigated'],
    ['Open', 'unmitigated'],
    ['❌ No', 'unmitigated'],
    ['N/A', 'unmitigated'],
    ['Status: closed', 'mitigated'],
    ['Mitigado', 'mitigated'],
    ['Mitigated — the id is set by the server, not from the form', 'mitigated'],
    ['Mitigated, not on old phones', 'partial'],
    ['Implemented in the gate, not for the window', 'partial'],
    ['Residual risk — mitigated by a second lock', 'partial'],
    ['Residual risk — the log names no reader', 'partial'],
    ['Handled upstream', 'transferred'],
    ['Only partly mitigated', 'partial'],
    ['Mitigated for guests only', 'partial'],
    ['Outside our scope', 'out-of-scope'],
    ['Still open', 'unmitigated'],
    ['Phase 2', 'planned'],
    ['Bounded', 'partial'],
    ['✅ Bounded loops (at most 100)', 'mitigated'],
    ['Passkeys', null],
    ['No mitigation — accepted risk', 'accepted'],
    ['Not exploitable', 'mitigated'],
    ['No known gap', 'mitigated'],
    ['Impossible by construction', 'mitigated'],
    ['Not a threat', 'out-of-scope'],
    ['Deployed (since May)', 'mitigated'],
    ['Deployed boats are old', null],
    ['Monitored', 'partial'],
    ['Needs hardening', 'unmitigated'],
    ['⚠️ Known issue', 'unmitigated'],
    ['Post-MVP', 'planned'],
    ['Inherent risk', 'accepted'],
    ['Largely mitigated', 'partial'],
    ['Mitigated; residual risk low', 'mitigated'],
    ['Mitigated (residual: negligible)', 'mitigated'],
    ['✅ Mitigated — residual: a careless renter', 'partial'],
    ['Mitigated for letters (sealed before they leave the house); residual on the way', 'partial'],
    ['Mitigated in the hall; cellar not protected', 'partial'],
    ['✓', 'mitigated'],
    ['Mitigated — structural only', 'partial'],
    ['Mitigated: only the captain signs', 'mitigated'],
    ['Not assessed', null],
    ['Unclear', null],
    ['Under investigation', null],
    ['To be assessed', null],
    ['Mitigated for guests; residual on the roof', 'partial'],
    ['In place (the lock); the chain pending', 'partial'],
    ['Shipped, detective', 'partial'],
    ['no, v0.2', 'planned'],
    ['Built (May), see accepted risks', 'partial'],
    ['Built (May)', 'mitigated'],
    ['✅ Đã xử lý (T-05)', 'mitigated'],
    ['개방', 'unmitigated'],
    ['범위 밖', 'out-of-scope'],
    ['已缓解', 'mitigated'],
    ['Fora de escopo', 'out-of-scope'],
    ['Resolvido na versão 2', 'mitigated'],
    ['Mitigated through operational requirements', 'transferred'],
    ['network-layer decision', null],
    ['see below', null],
    ['should be mitigated', null],
    ['', null],
  ])('%s', (text, wanted) => {
    expect(statusInWords(text)?.status ?? null).toBe(wanted)
  })

  test('a legend overrules what a sign usually means', () => {
    const legend = legendOf(['Legend: 🟢 = accepted by the board · 🔴 planned'])
    expect(statusInWords('🟢', legend)?.status).toBe('accepted')
    expect(statusInWords('🔴', legend)?.status).toBe('planned')
  })
})

describe('titles with a verdict', () => {
  test.each([
    ['NOT defended: a running session', 'unmitigated', 'a running session'],
    ['Defended: a lost phone', 'mitigated', 'a lost phone'],
    ['Weak hashes (`was Low → Fixed`)', 'mitigated', 'Weak hashes'],
    ['Phishing (out of scope)', 'out-of-scope', 'Phishing'],
    ['A flood of letters (open, low)', 'unmitigated', 'A flood of letters'],
    ['~~Worn ropes~~ — closed in May', 'mitigated', 'Worn ropes'],
    ['[OPEN] Lost tickets', 'unmitigated', 'Lost tickets'],
    ['TODO: Lost tickets', 'planned', 'Lost tickets'],
    ['Lost tickets — partially mitigated', 'partial', 'Lost tickets'],
    ['Lost tickets (status: accepted)', 'accepted', 'Lost tickets'],
    ['Lost tickets (High) — REMEDIATED', 'mitigated', 'Lost tickets (High)'],
    ['Lost tickets — ACKNOWLEDGED', 'accepted', 'Lost tickets'],
    ['Lost tickets (Intentional)', 'accepted', 'Lost tickets'],
    ['It does not protect against a torch', 'unmitigated', 'It does not protect against a torch'],
    ['Lost tickets — implemented (with the gate)', 'mitigated', 'Lost tickets'],
    ['Lost tickets — fixed in 1.4', 'mitigated', 'Lost tickets'],
    ['Lost tickets (accepted risks)', 'accepted', 'Lost tickets'],
  ])('%s', (title, status, rest) => {
    const found = statusInTitle(title)
    expect([found?.reading.status, found?.title]).toEqual([status, rest])
  })

  test.each([
    'Replay (High)',
    'Defended castles',
    'Timing: a clock',
    'Deferred-execution attacks',
    'Open redirects — a list',
  ])('%s has none', (title) => {
    expect(statusInTitle(title)).toBeNull()
  })
})

describe('sentences', () => {
  test.each([
    ['The proxy does not protect against this.', 'unmitigated'],
    ['This is by design.', 'accepted'],
    ['Kernel bugs are out of scope.', 'out-of-scope'],
    ['A fix is planned for the next release.', 'planned'],
    ["It is the operator's responsibility.", 'transferred'],
    ['The attack no longer works since version 3.', 'mitigated'],
    ['The lock limits the loss, but does not prevent it.', 'partial'],
    ['This is mitigated in part by the lock.', 'partial'],
    ['Nothing stops this.', 'unmitigated'],
    ['Nothing here protects against this.', 'unmitigated'],
    ['Users are responsible for protecting against this.', 'transferred'],
    ['We have decided to accept this.', 'accepted'],
    ['The lock reduces the loss but cannot tell two guests apart.', 'partial'],
    ['It narrows the window; it does not replace a guard.', 'partial'],
    ['This cannot be fully prevented.', 'partial'],
    ['One gap remains at the back door.', 'partial'],
    ['This is the biggest open gap.', 'unmitigated'],
    ['Each door has a lock. ✅ Mitigated.', 'mitigated'],
    ['Closed by the gate.', 'mitigated'],
    ['Defended by two locks.', 'mitigated'],
    ['A guest who leaves is not in scope.', 'out-of-scope'],
    ['These are intentional trade-offs.', 'accepted'],
    ['This is intentional, for guests.', 'accepted'],
    ['This is a partial mitigation, not a guarantee.', 'partial'],
    ['We do not have a full defence against this.', 'partial'],
    ['It is mitigated by a lock on each door but not eliminated.', 'partial'],
    ["There isn't much the guard can do about it.", 'unmitigated'],
    ['Running any command is the intended function.', 'accepted'],
    ['The seal is tracked separately.', 'planned'],
    ['→ delegated to the carrier of the letters', 'transferred'],
    ['The lock neither detects nor prevents a flood.', 'unmitigated'],
    ['The post does not directly address this threat.', 'unmitigated'],
    ['The post has no real defence against kings.', 'unmitigated'],
    ['These risks remain open.', 'unmitigated'],
    ['The single most significant security gap.', 'unmitigated'],
    ['无法完全防御；靠抽查。', 'partial'],
    ['无直接防御', 'unmitigated'],
    ['The attic is out of scope unless somebody lives in it.', null],
    ['Neither is in scope.', 'out-of-scope'],
    ['This is a risk we have chosen to accept.', 'accepted'],
    ['This is permitted under this threat model.', 'accepted'],
    ['It is the responsibility of the code author to close the door.', 'transferred'],
    ['A door is left open. Status: implemented and verified.', 'mitigated'],
    ['Mitigation status: open', 'unmitigated'],
    ['Further controls are outside the scope of this library.', null],
    ['This can be mitigated by a lock.', null],
    ['This must be prevented by a lock.', null],
    ['The server should be protected.', null],
    ['If the disk is lost, this is not mitigated.', null],
    ['Somebody could read the notes.', null],
    ['The notes are sent over TLS.', null],
  ])('%s', (text, wanted) => {
    expect(statusInBody(text)?.status ?? null).toBe(wanted)
  })

  test.each([
    ['The server rejects unsigned requests.', true],
    ['Every message is signed by the sender.', true],
    ['The server should reject unsigned requests.', false],
    ['Requests must be signed by the sender.', false],
    ['Reject unsigned requests.', false],
    ['Rate limits, quotas, input checks and timeouts.', false],
    ['The server will reject unsigned requests soon.', false],
    ['The server does not validate its input at all.', false],
    ['Nothing protects the server from unsigned requests.', false],
    ['Nobody is required to sign the requests.', false],
  ])('a fact? %s', (text, wanted) => {
    expect(isFact(text)).toBe(wanted)
  })

  test('facts make a threat mitigated by implication, and only facts do', () => {
    const facts = ['Each request is validated against a schema.']
    expect(statusOfAnswers(facts, false)).toMatchObject({ status: 'mitigated', basis: 'implied' })
    expect(statusOfAnswers(facts, true)).toMatchObject({ status: 'partial', basis: 'implied' })
    expect(statusOfAnswers(['Validate each request.'], false)).toBeNull()
  })
})

describe('residual risk', () => {
  test.each([
    ['None', true, 'mitigated', 'explicit'],
    ['Low', true, 'mitigated', 'explicit'],
    ['None', false, undefined, undefined],
    ['Accepted by the board', true, 'accepted', 'explicit'],
    ['Not prevented, by construction.', false, 'unmitigated', 'explicit'],
    ['A second device still works.', true, 'partial', 'implied'],
    ['A second device still works.', false, 'unmitigated', 'implied'],
    ['', true, undefined, undefined],
    ['—', true, 'mitigated', 'explicit'],
    ['—', false, undefined, undefined],
    ['Numbers, no secrets. Acceptable risk.', true, 'accepted', 'explicit'],
    ['Somebody may wait outside. Residual risk is low.', true, 'mitigated', 'explicit'],
    ['Low with a good lock. High when the key hangs outside.', true, 'partial', 'explicit'],
    ['Low to medium', true, 'partial', 'implied'],
    ['Low — but only one door has a lock.', true, 'partial', 'implied'],
    ['LOW: guests. MEDIUM: thieves.', true, 'partial', 'implied'],
    ['Zero-day attacks on the lock', true, 'partial', 'implied'],
    ['Límite de confianza', true, 'partial', 'implied'],
    ['LOW with a lock; HIGH without.', true, 'partial', 'explicit'],
    ['LOW within a minute. DEFERRED: a second door.', true, 'partial', 'implied'],
  ])('%s (answered: %s)', (text, answered, status, basis) => {
    const found = statusOfResidual(text, answered)
    expect([found?.status, found?.basis]).toEqual([status, basis])
  })
})

describe('answers that are none', () => {
  test.each([
    'None',
    'none at this time',
    'N/A',
    '—',
    '',
    'Nothing.',
    'None yet, see #12',
    'None — the key is his',
    'None within the hall.',
    'Not specified in the plans.',
    'TBD',
  ])('"%s"', (text) => {
    expect(saysNothing(text)).toBe(true)
  })

  test.each([
    'None of the keys leave the device',
    'Nothing from outside is opened',
    'Nothing in the log can be read',
    'No logins from outside',
    'TLS',
  ])('not "%s"', (text) => {
    expect(saysNothing(text)).toBe(false)
  })
})
