/**
 * A transpiler for ts-node that asks swc once for each content of a file: half of what the sources cost a synth. A file is
 * looked at each time; what was made of another content, or by another compiler, is never taken.
 */
const { hash } = require('node:crypto');
const fs = require('node:fs');
const { dirname, join } = require('node:path');

const FOLDER = join(__dirname, '../node_modules/.cache/transpiled');

const hashOf = (...parts) => hash('sha256', parts.join('\0'));

/** Undefined where there is none, or a part of one. */
function read(file) {
  try {
    return JSON.parse(fs.readFileSync(file, 'utf8'));
  } catch {
    return undefined;
  }
}

/** Where nothing can be written, each process transpiles for itself. */
function write(file, entry) {
  const draft = `${file}.${process.pid}`;
  try {
    fs.mkdirSync(dirname(file), { recursive: true });
    fs.writeFileSync(draft, JSON.stringify(entry));
    fs.renameSync(draft, file);
  } catch {
    fs.rm(draft, { force: true }, () => undefined);
  }
}

/** @param options those of ts-node, and `folder`, which is where it keeps what swc made */
exports.create = ({ folder = FOLDER, ...options }) => {
  const { config } = options.service;
  const compiler = ['ts-node', '@swc/core'].map((name) => require(`${name}/package.json`).version);
  const settings = JSON.stringify([compiler, config.options, options.nodeModuleEmitKind]);
  let swc;
  return {
    transpile(input, { fileName }) {
      const file = join(folder, `${hashOf(fileName, options.nodeModuleEmitKind)}.json`);
      const key = hashOf(settings, fileName, input);
      const known = read(file);
      if (known?.key === key) {
        return known.output;
      }
      // Loaded where it is needed alone.
      swc ??= require('ts-node/transpilers/swc').create(options);
      const { outputText, sourceMapText } = swc.transpile(input, { fileName });
      // Where an error names a line, the source itself is read again.
      const sourceMap = JSON.stringify({ ...JSON.parse(sourceMapText), sourcesContent: undefined });
      const output = { outputText, sourceMapText: sourceMap };
      write(file, { key, output });
      return output;
    },
  };
};
