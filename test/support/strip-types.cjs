// Jest transform: TypeScript to JavaScript by Node's own type stripping. Types become blanks, so every
// line and column stays where it was and no source map is needed; what runs in the tests is what runs
// under `node src/cli.ts`.
const { stripTypeScriptTypes } = require('node:module')
const { createHash } = require('node:crypto')

module.exports = {
  process: (text) => ({ code: stripTypeScriptTypes(text) }),
  getCacheKey: (text) =>
    createHash('sha256').update(process.version).update('\0').update(text).digest('hex'),
}
