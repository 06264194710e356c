import { statSync } from 'node:fs';
import { basename, dirname, relative } from 'node:path';
import TestRunner from 'jest-runner';

/**
 * Jest's runner for mutation testing, one file after the other: the tests that stand by the mutated file first, then the
 * small ones, and none after a failure, which is all that a mutant needs. Jest's own `bail` ends the process.
 */
export default class FirstFailureRunner extends TestRunner {
  #mutated;

  constructor(globalConfig, context) {
    super(globalConfig, context);
    this.#mutated = globalConfig.findRelatedTests ? globalConfig.nonFlagArgs : [];
  }

  async runTests(tests, watcher, options) {
    const ordered = tests
      .map((test) => ({ test, distance: this.#distance(test), size: statSync(test.path).size }))
      .sort((a, b) => a.distance - b.distance || a.size - b.size);
    let hasFailed = false;
    const unsubscribe = this.on('test-file-success', ([, { numFailingTests }]) => {
      hasFailed ||= numFailingTests > 0;
    });
    for (const { test } of ordered) {
      if (!hasFailed || !process.env.__STRYKER_ACTIVE_MUTANT__) {
        await super.runTests([test], watcher, options);
      }
    }
    unsubscribe();
  }

  /** 0 for the test of the mutated file, 1 for those of its folder, 2 for others. */
  #distance({ path, context }) {
    const place = (file, folder) => relative(`${context.config.rootDir}/${folder}`, file);
    const own = place(path, 'test');
    return this.#mutated
      .map((file) => place(file, 'lib'))
      .reduce((best, file) => {
        const isOwn = dirname(own) === dirname(file) && basename(own, '.test.ts') === basename(file, '.ts');
        return Math.min(best, isOwn ? 0 : dirname(own) === dirname(file) ? 1 : 2);
      }, 2);
  }
}
