// Lets a process of its own run the sources: `node --require <this> packages/confluent-dr/src/cli/main.ts`. Several times as quick as ts-node,
// which loads the TypeScript compiler first.
const { readFileSync } = require('node:fs');
const Module = require('node:module');
const { join } = require('node:path');
const { transformSync } = require('@swc/core');

const OPTIONS = {
  jsc: { target: 'es2022', parser: { syntax: 'typescript', decorators: true } },
  module: { type: 'commonjs' },
  sourceMaps: 'inline',
};

require.extensions['.ts'] = (module, filename) =>
  module._compile(transformSync(readFileSync(filename, 'utf8'), { ...OPTIONS, filename }).code, filename);

// The tool loads the lab by the name of its package, which is built; its sources are what is meant here.
const LAB = join(__dirname, '../../packages/confluent-dr-lab/src/index.ts');
const resolve = Module._resolveFilename;
Module._resolveFilename = (request, ...rest) => resolve(request === 'confluent-dr-lab' ? LAB : request, ...rest);
