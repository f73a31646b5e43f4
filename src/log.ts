/*
 * Lines for machines: one JSON object each, a fixed message and fields. Who writes them never puts
 * document text, tokens or payloads into a field; as a second lock, values under names that may
 * hold such are left out, and long values are cut.
 */
export interface Log {
  info(fields: object, message: string): void
  warn(fields: object, message: string): void
  error(fields: object, message: string): void
}

const levels = ['info', 'warn', 'error'] as const
const valueCharsMax = 2_000
const secretNames = /token|secret|authorization|signature|private|password|payload|body|text/i
/**
 * GitHub's tokens, whatever their length: since 2026 an installation's is no longer 40 characters.
 */
const tokenForm = /\b(?:gh[a-z]_|github_pat_)[A-Za-z0-9_.-]{10,}/g

export function createLog(
  write: (line: string) => void,
  level: (typeof levels)[number],
  now: () => number,
): Log {
  function line(at: (typeof levels)[number], fields: object, message: string): void {
    if (levels.indexOf(at) < levels.indexOf(level)) return
    const shown = Object.fromEntries(
      Object.entries(fields)
        .filter(([name]) => !secretNames.test(name))
        .map(([name, value]) => [name, typeof value === 'string' ? redact(value) : value]),
    )
    write(
      `${JSON.stringify({ time: new Date(now()).toISOString(), level: at, message, ...shown })}\n`,
    )
  }
  return {
    info: (fields, message) => line('info', fields, message),
    warn: (fields, message) => line('warn', fields, message),
    error: (fields, message) => line('error', fields, message),
  }
}

function redact(value: string): string {
  return value.slice(0, valueCharsMax).replace(tokenForm, '(token)')
}
