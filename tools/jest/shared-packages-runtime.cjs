const { isBuiltin } = require('node:module');
const { sep } = require('node:path');
const { compileFunction } = require('node:vm');
const { default: Runtime } = require('jest-runtime');

const PACKAGES = `${sep}node_modules${sep}`;
/** It has the tests of one file. */
const CIRCUS = `${PACKAGES}jest-circus${sep}`;

/**
 * What jest-circus knows the running test by. Tests run one after the other here, so that there is no need to follow
 * each promise, as Node does for as long as it has an `AsyncLocalStorage`. (`test.concurrent` would need that.)
 */
class StorageOfOneTest {
  #store;

  getStore() {
    return this.#store;
  }

  run(store, callback) {
    const outer = this.#store;
    const end = () => {
      this.#store = outer;
    };
    this.#store = store;
    try {
      const result = callback();
      if (typeof result?.then === 'function') {
        return Promise.resolve(result).finally(end);
      }
      end();
      return result;
    } catch (error) {
      end();
      throw error;
    }
  }
}

/** What the files of a worker were compiled to, so that V8 need not do it again for each test file: what differs is in the arguments. */
const compiledFiles = new Map();

function compiled(source, filename, parameters) {
  const known = compiledFiles.get(filename);
  if (known?.source === source) {
    return known.compiled;
  }
  const fresh = compileFunction(source, parameters, { filename });
  compiledFiles.set(filename, { source, compiled: fresh });
  return fresh;
}

/**
 * Jest's runtime, but Node loads what is in `node_modules`, once for all test files of a worker: cdktf alone takes longer to load
 * than most files take to run. The project's own code is loaded for each file, as jest does, and what a test mocks is mocked where that
 * requires it; not between packages. Needs the environment beside it: both have to share one set of globals.
 */
class SharedPackagesRuntime extends Runtime {
  constructor(...args) {
    super(...args);
    const { executor } = this;
    // Without a context of its own.
    executor.compile = (source, filename) =>
      this._environment.getVmContext() && compiled(source, filename, executor.injectedModuleParameters);
  }

  requireModuleOrMock(from, name) {
    const path = this.mockState.shouldMockCjs(from, name).shouldMock ? undefined : this.#sharedPath(from, name);
    return path === undefined ? super.requireModuleOrMock(from, name) : require(path);
  }

  requireActual(from, name) {
    const path = this.#sharedPath(from, name);
    return path === undefined ? super.requireActual(from, name) : require(path);
  }

  requireInternalModule(from, name) {
    if (name === 'node:async_hooks' && from.includes(CIRCUS)) {
      return { AsyncLocalStorage: StorageOfOneTest };
    }
    const path = name === undefined || isBuiltin(name) ? CIRCUS : this._resolution.resolveCjs(from, name);
    return path.includes(CIRCUS) ? super.requireInternalModule(from, name) : require(path);
  }

  /** Undefined for the project's own, and for what the configuration maps to something else. */
  #sharedPath(from, name) {
    if (name === '@jest/globals' || isBuiltin(name) || this._resolution.resolveCjsStub(from, name)) {
      return undefined;
    }
    try {
      const path = this._resolution.resolveCjs(from, name);
      return path.includes(PACKAGES) ? path : undefined;
    } catch {
      // It is for jest to tell what is wrong.
      return undefined;
    }
  }
}

module.exports = { __esModule: true, default: SharedPackagesRuntime };
