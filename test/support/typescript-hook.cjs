// Lets a process of its own run the sources: `node --require <this> packages/confluent-dr/src/cli/main.ts`. Several times as quick as ts-node,
// which loads the TypeScript compiler first.
const { readFileSync } = require('node:fs');
const Module = require('node:module');
const { join } = require('node:path');
const { keptOnce } = require('../../tools/runtime/transpile-once.cjs');

const OPTIONS = {
  jsc: { target: 'es2022', parser: { syntax: 'typescript', decorators: true } },
  module: { type: 'commonjs' },
  sourceMaps: 'inline',
};

// Many processes of a suite run the same sources.
const FOLDER = join(__dirname, '../../node_modules/.cache/typescript-hook');
const MADE_BY = `${require('@swc/core/package.json').version} ${JSON.stringify(OPTIONS)}`;

function compiled(filename) {
  const source = readFileSync(filename, 'utf8');
  return keptOnce({
    folder: FOLDER,
    name: filename,
    key: `${MADE_BY}\0${filename}\0${source}`,
    make: () => require('@swc/core').transformSync(source, { ...OPTIONS, filename }).code,
  });
}

require.extensions['.ts'] = (module, filename) => module._compile(compiled(filename), filename);

// The tool loads the lab by the name of its package, which is built; its sources are what is meant here.
const LAB = join(__dirname, '../../packages/confluent-dr-lab/src/index.ts');
const resolve = Module._resolveFilename;
Module._resolveFilename = (request, ...rest) => resolve(request === 'confluent-dr-lab' ? LAB : request, ...rest);
