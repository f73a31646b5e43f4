export default {
  testMatch: ['<rootDir>/test/**/*.test.ts'],
  extensionsToTreatAsEsm: ['.ts'],
  transform: { '\\.ts$': '<rootDir>/test/support/strip-types.cjs' },
  modulePathIgnorePatterns: ['<rootDir>/dist/'],
  // One worker less than there are cores is jest's habit, which on two cores means one.
  maxWorkers: '100%',
  testTimeout: 20_000,
}
