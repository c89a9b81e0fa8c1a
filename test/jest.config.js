/** Jest configuration: ES modules, native type stripping, one project per kind of test. */
import { dirname, resolve } from 'node:path'
import { fileURLToPath } from 'node:url'

const rootDir = resolve(dirname(fileURLToPath(import.meta.url)), '..')

const shared = {
  rootDir,
  extensionsToTreatAsEsm: ['.ts'],
  moduleFileExtensions: ['ts', 'js', 'mjs', 'cjs', 'json'],
  transform: { '\\.ts$': '<rootDir>/test/support/strip-types.cjs' },
  transformIgnorePatterns: ['/node_modules/'],
  modulePathIgnorePatterns: ['<rootDir>/web/dist/', '<rootDir>/dati/'],
  testEnvironment: 'node',
}

export default {
  rootDir,
  reporters: ['default', '<rootDir>/test/support/reporter.js'],
  testTimeout: 60_000,
  // Modules of a test file are not given back by the process that ran it: a fresh one takes over before the memory of one is full.
  workerIdleMemoryLimit: '1200MB',
  projects: [
    { ...shared, displayName: 'unit', testMatch: ['<rootDir>/test/unit/**/*.test.ts'] },
    {
      ...shared,
      displayName: 'integration',
      testMatch: ['<rootDir>/test/integration/**/*.test.ts'],
      globalSetup: '<rootDir>/test/support/cluster-start.js',
      globalTeardown: '<rootDir>/test/support/cluster-stop.js',
    },
    // These start the product itself, with its own embedded database.
    { ...shared, displayName: 'browser', testMatch: ['<rootDir>/test/browser/**/*.test.ts'] },
    { ...shared, displayName: 'resistenza', testMatch: ['<rootDir>/test/resistenza/**/*.test.ts'] },
  ],
}
