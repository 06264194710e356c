// Lets a process of its own run the sources: `node --require <this> packages/confluent-dr/src/cli/main.ts`. Several times as quick as ts-node,
// which loads the TypeScript compiler first.
const { createHash } = require('node:crypto');
const { mkdirSync, readFileSync, renameSync, writeFileSync } = require('node:fs');
const Module = require('node:module');
const { join } = require('node:path');

const OPTIONS = {
  jsc: { target: 'es2022', parser: { syntax: 'typescript', decorators: true } },
  module: { type: 'commonjs' },
  sourceMaps: 'inline',
};

// Many processes of a suite run the same sources: what was made of a text is kept by that text.
const CACHE = join(__dirname, '../../node_modules/.cache/typescript-hook');
const MADE_BY = `${require('@swc/core/package.json').version} ${JSON.stringify(OPTIONS)}`;

function compiled(filename) {
  const source = readFileSync(filename, 'utf8');
  const kept = join(CACHE, `${createHash('sha256').update(`${MADE_BY}\n${filename}\n${source}`).digest('hex')}.js`);
  try {
    return readFileSync(kept, 'utf8');
  } catch {
    const { code } = require('@swc/core').transformSync(source, { ...OPTIONS, filename });
    mkdirSync(CACHE, { recursive: true });
    // Whole or not at all, for others read meanwhile.
    writeFileSync(`${kept}.${process.pid}`, code);
    renameSync(`${kept}.${process.pid}`, kept);
    return code;
  }
}

require.extensions['.ts'] = (module, filename) => module._compile(compiled(filename), filename);

// The tool loads the lab by the name of its package, which is built; its sources are what is meant here.
const LAB = join(__dirname, '../../packages/confluent-dr-lab/src/index.ts');
const resolve = Module._resolveFilename;
Module._resolveFilename = (request, ...rest) => resolve(request === 'confluent-dr-lab' ? LAB : request, ...rest);
