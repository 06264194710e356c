import { availableParallelism } from 'node:os';
import type { Config } from 'jest';

const transform: Config['transform'] = { '^.+\\.ts$': '@swc/jest', '/linkedom/worker.js$': '@swc/jest' };
const transformIgnorePatterns = ['/node_modules/(?!linkedom/worker.js)'];

/** What draws the plots of a report has ES modules, which jest cannot load; its own bundles are the same. The lab is that of the sources. */
const moduleNameMapper = {
  '^confluent-dr-lab$': '<rootDir>/packages/confluent-dr-lab/src/index.ts',
  '^@observablehq/plot$': '<rootDir>/node_modules/@observablehq/plot/dist/plot.umd.min.js',
  '^linkedom$': '<rootDir>/node_modules/linkedom/worker.js',
  '^d3(@[0-9.]+/dist/d3.min.js)?$': '<rootDir>/node_modules/d3/dist/d3.min.js',
};

/** Files of the same names: the constructs for CDK Terrain, made by `npm run cdktn`, and the copy that `npm run test:mutation` changes. */
const modulePathIgnorePatterns = ['<rootDir>/.cdktn/', '<rootDir>/.stryker-tmp/'];

/** Packages are loaded once in a worker, not for each of its test files. */
const loadedOnce = {
  runtime: '<rootDir>/tools/jest/shared-packages-runtime.cjs',
  testEnvironment: '<rootDir>/tools/jest/single-context-environment.cjs',
};

/** `npm test` runs the unit project alone; the other suites need terraform, root or Kafka and have scripts of their own. */
const config: Config = {
  // The unit tests wait now and then for what they started; what the other suites start, terraform and brokers, has work for each core.
  maxWorkers: process.argv.includes('unit') ? availableParallelism() + 1 : '100%',
  testSequencer: '<rootDir>/tools/jest/longest-first-sequencer.cjs',
  projects: [
    {
      displayName: 'unit',
      ...loadedOnce,
      testMatch: ['<rootDir>/test/**/*.test.ts', '<rootDir>/packages/*/test/**/*.test.ts'],
      testPathIgnorePatterns: ['<rootDir>/test/e2e/'],
      globalSetup: '<rootDir>/test/temporary-folder.ts',
      globalTeardown: '<rootDir>/test/end-temporary-folder.ts',
      setupFilesAfterEnv: ['<rootDir>/test/time-limit.ts', '<rootDir>/test/setup.ts'],
      transform,
      modulePathIgnorePatterns,
      moduleNameMapper,
      transformIgnorePatterns,
    },
    {
      displayName: 'e2e',
      ...loadedOnce,
      globalSetup: '<rootDir>/test/e2e/build.ts',
      testMatch: ['<rootDir>/test/e2e/**/*.test.ts'],
      testPathIgnorePatterns: ['<rootDir>/test/e2e/proxy/', '<rootDir>/test/e2e/kafka/'],
      setupFilesAfterEnv: ['<rootDir>/test/time-limit.ts', '<rootDir>/test/setup.ts'],
      transform,
      modulePathIgnorePatterns,
    },
    {
      // These need a proxy on a machine of its own, which is built first.
      displayName: 'proxy',
      ...loadedOnce,
      testMatch: ['<rootDir>/test/e2e/{proxy,kafka}/**/*.test.ts'],
      globalSetup: '<rootDir>/test/e2e/proxy/global-setup.ts',
      setupFilesAfterEnv: ['<rootDir>/test/time-limit.ts', '<rootDir>/test/setup.ts'],
      transform,
      modulePathIgnorePatterns,
    },
  ],
};

export default config;
