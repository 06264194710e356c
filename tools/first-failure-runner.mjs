import { existsSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { basename, dirname, join, relative } from 'node:path';
import TestRunner from 'jest-runner';

const KEPT = '.first-run.json';

/**
 * Jest's runner for mutation testing, which needs no more than one failure of a mutant: the tests that stand by the
 * mutated file first, then the quick ones, and none after a failure. (Jest's own `bail` ends the process.) Files without
 * any of the tests that reach the mutant are not even loaded. The first run, without a mutant, shows what is where.
 */
export default class FirstFailureRunner extends TestRunner {
  #filter;

  constructor(globalConfig, context) {
    super(globalConfig, context);
    this.#filter = globalConfig.testNamePattern && new RegExp(globalConfig.testNamePattern, 'i');
  }

  async runTests(tests, watcher, options) {
    const root = tests[0]?.context.config.rootDir ?? '';
    const kept = join(root, KEPT);
    const mutant = process.env.__STRYKER_ACTIVE_MUTANT__;
    const { files = {}, mutants = {} } = mutant && existsSync(kept) ? JSON.parse(readFileSync(kept, 'utf8')) : {};
    const ran = {};
    let hasFailed = false;
    const unsubscribe = this.on('test-file-success', ([{ path }, { numFailingTests, testResults, perfStats }]) => {
      hasFailed ||= numFailingTests > 0;
      ran[path] = { names: testResults.map(({ fullName }) => fullName), runtime: perfStats.runtime };
    });
    const ordered = tests
      .filter(({ path }) => !this.#filter || !files[path] || files[path].names.some((name) => this.#filter.test(name)))
      .map((test) => ({
        test,
        distance: distance(relative(join(root, 'test'), test.path), mutants[mutant]),
        cost: files[test.path]?.runtime ?? statSync(test.path).size,
      }))
      .sort((a, b) => a.distance - b.distance || a.cost - b.cost);
    for (const { test } of ordered) {
      if (!mutant || !hasFailed) {
        await super.runTests([test], watcher, options);
      }
    }
    unsubscribe();
    if (!mutant) {
      writeFileSync(kept, JSON.stringify({ files: ran, mutants: mutantsBelow(join(root, 'lib')) }));
    }
  }
}

/** 0 for the test of the mutated file, 1 for those of its folder, 2 for others. */
function distance(test, mutated = '') {
  const isNear = dirname(test) === dirname(mutated);
  return isNear && basename(test, '.test.ts') === basename(mutated, '.ts') ? 0 : isNear ? 1 : 2;
}

/** The file of each mutant, by the number that Stryker has written into it. */
function mutantsBelow(folder) {
  const names = readdirSync(folder, { recursive: true }).filter((name) => name.endsWith('.ts'));
  return Object.fromEntries(
    names.flatMap((name) =>
      [...readFileSync(join(folder, name), 'utf8').matchAll(/stryMutAct_\w+\("(\d+)"\)/g)].map(([, id]) => [id, name]),
    ),
  );
}
