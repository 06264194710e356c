// Mutation testing of the guards: what refuses a wrong value, closes the proxy, hides a secret or protects data.
// `npm run test:mutation`; one file: `npm run test:mutation -- --mutate lib/validation/cidr.ts`.

/** @type {import('@stryker-mutator/api/core').PartialStrykerOptions} */
export default {
  mutate: [
    'lib/validation/*.ts',
    'lib/synthesis/literal-text.ts',
    'lib/cluster/cluster-host-names.ts',
    'lib/state/*.ts',
    'lib/proxy/{check-host-names,check-proxy}.ts',
    'lib/proxy/rendering/plan-rules.ts',
    'lib/server-names/*.ts',
    'packages/confluent-dr/src/client/endpoint.ts',
    'packages/confluent-dr/src/plan/*.ts',
    '!**/index.ts',
  ],
  testRunner: 'jest',
  // The runner of its own finds the tests, in less time than Jest.
  jest: { configFile: 'jest.mutation.config.ts', enableFindRelatedTests: false },
  coverageAnalysis: 'perTest',
  ignorePatterns: ['**/dist', '.cdktn', 'bench', 'examples', 'test/e2e', 'reports', 'cdktf.out'],
  // One at a time: some tests start processes, and what else runs on the machine goes on.
  concurrency: 1,
  reporters: ['clear-text', 'progress', 'html'],
  clearTextReporter: { allowColor: false, reportTests: false, reportScoreTable: true },
  // Generous: they only end what hangs.
  timeoutMS: 60_000,
  dryRunTimeoutMinutes: 60,
};
