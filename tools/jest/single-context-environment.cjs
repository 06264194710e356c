const { ModernFakeTimers } = require('@jest/fake-timers');
const { ModuleMocker } = require('jest-mock');

/** By these jest-circus finds what it has to do with the tests of a file. */
const OF_ONE_FILE = new Set(['EVENT_HANDLERS', 'JEST_STATE_SYMBOL', 'TEST_TIMEOUT_SYMBOL', 'RETRY_TIMES']);

/** An environment of jest whose globals are those of the worker, for packages that are loaded once: what a test file did to the process is undone. */
module.exports = class SingleContextEnvironment {
  #process;
  /** Jest's own, where it runs the tests itself; those of a file have another. */
  #console = globalThis.console;

  constructor({ projectConfig }) {
    this.global = globalThis;
    this.moduleMocker = new ModuleMocker(globalThis);
    this.fakeTimersModern = new ModernFakeTimers({ config: projectConfig, global: globalThis });
    this.fakeTimers = null;
    this.#process = {
      env: process.env,
      variables: { ...process.env },
      folder: process.cwd(),
      exit: process.exit,
      exitCode: process.exitCode,
      listeners: new Map(process.eventNames().map((event) => [event, process.rawListeners(event)])),
    };
  }

  async setup() {}

  async teardown() {
    this.fakeTimersModern.dispose();
    this.global = null;
    globalThis.console = this.#console;
    const { env, variables, folder, exit, exitCode, listeners } = this.#process;
    process.env = env;
    Object.keys(env).forEach((name) => name in variables || delete env[name]);
    Object.assign(env, variables);
    process.chdir(folder);
    Object.assign(process, { exit, exitCode });
    for (const event of process.eventNames()) {
      const added = process.rawListeners(event).filter((listener) => !listeners.get(event)?.includes(listener));
      added.forEach((listener) => process.removeListener(event, listener));
    }
    for (const key of Object.getOwnPropertySymbols(globalThis)) {
      if (OF_ONE_FILE.has(key.description)) {
        delete globalThis[key];
      }
    }
    // cdktf keeps each value that was ever a token, and the constructs that it is of.
    Object.values(globalThis.__cdktfTokenMap ?? {}).forEach((map) => map instanceof Map && map.clear());
  }

  exportConditions() {
    return ['node', 'node-addons'];
  }

  getVmContext() {
    return this.global;
  }
};
