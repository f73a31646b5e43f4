import { availableParallelism } from 'node:os'
import { join } from 'node:path'

// What the tests start (programs, threads) strips and compiles each file of src once, not each time.
process.env.NODE_COMPILE_CACHE ??= join(import.meta.dirname, 'node_modules/.cache/compiled')

export default {
  testMatch: ['<rootDir>/test/**/*.test.ts'],
  extensionsToTreatAsEsm: ['.ts'],
  transform: { '\\.ts$': '<rootDir>/test/support/strip-types.cjs' },
  modulePathIgnorePatterns: ['<rootDir>/dist/'],
  // Many tests wait for a socket or a child, so one worker more than there are cores keeps all of
  // them at work. (One less is jest's habit, which on two cores means one.)
  maxWorkers: availableParallelism() + 1,
  testTimeout: 20_000,
}
