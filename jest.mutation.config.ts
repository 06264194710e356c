import type { Config } from 'jest';

/** The tests of the guards that stryker.config.mjs mutates. */
const config: Config = {
  roots: ['<rootDir>/lib', '<rootDir>/packages', '<rootDir>/test'],
  testMatch: [
    '<rootDir>/test/{active-passive,cluster,link,network,proxy,server-names,state,validation}/**/*.test.ts',
    '<rootDir>/packages/confluent-dr/test/{client,plan}/**/*.test.ts',
    '<rootDir>/packages/confluent-dr/test/cli/proxy-render.test.ts',
    '<rootDir>/test/{cross-stack,escape-hatches,provider-aliases,synthesis/literal-text}.test.ts',
    '<rootDir>/test/docs/current.test.ts',
  ],
  setupFilesAfterEnv: ['<rootDir>/test/time-limit.ts', '<rootDir>/test/setup.ts'],
  runner: '<rootDir>/tools/first-failure-runner.mjs',
  transform: { '^.+\\.ts$': '@swc/jest' },
};

export default config;
