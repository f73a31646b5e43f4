import { availableParallelism } from 'node:os'

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
