export default {
  testMatch: ['<rootDir>/test/**/*.test.ts'],
  extensionsToTreatAsEsm: ['.ts'],
  transform: { '\\.ts$': '<rootDir>/test/support/strip-types.cjs' },
  modulePathIgnorePatterns: ['<rootDir>/dist/'],
  // Many tests wait for a socket or a child: more workers than cores keep the cores at work. (One
  // less than there are cores is jest's habit, which on two cores means one.)
  maxWorkers: '150%',
  testTimeout: 20_000,
}
