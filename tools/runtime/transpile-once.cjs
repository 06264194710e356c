/**
 * A transpiler for ts-node that asks swc once for each content of a file: half of what the sources cost a synth. A file is
 * looked at each time; what was made of another content, or by another compiler, is never taken.
 */
const { hash } = require('node:crypto');
const fs = require('node:fs');
const { dirname, join } = require('node:path');

const FOLDER = join(__dirname, '../../node_modules/.cache/transpiled');

const hashOf = (text) => hash('sha256', text);

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

/**
 * What `make` makes of a file in the state that the key stands for, asked once for it and kept as JSON in a folder.
 *
 * @param folder where it is kept, in a file of its own
 * @param name which file of the folder that is: all states of one file have one name
 */
function keptOnce({ folder, name, key, make }) {
  const file = join(folder, `${hashOf(name)}.json`);
  const hashOfKey = hashOf(key);
  const known = read(file);
  if (known?.key === hashOfKey) {
    return known.output;
  }
  const output = make();
  write(file, { key: hashOfKey, output });
  return output;
}

exports.keptOnce = keptOnce;

/** @param options those of ts-node, and `folder`, which is where it keeps what swc made */
exports.create = ({ folder = FOLDER, ...options }) => {
  const { config } = options.service;
  const compiler = ['ts-node', '@swc/core'].map((name) => require(`${name}/package.json`).version);
  const settings = JSON.stringify([compiler, config.options, options.nodeModuleEmitKind]);
  let swc;
  return {
    transpile: (input, { fileName }) =>
      keptOnce({
        folder,
        name: `${fileName}\0${options.nodeModuleEmitKind}`,
        key: `${settings}\0${fileName}\0${input}`,
        make: () => {
          // Loaded where it is needed alone.
          swc ??= require('ts-node/transpilers/swc').create(options);
          const { outputText, sourceMapText } = swc.transpile(input, { fileName });
          // Where an error names a line, the source itself is read again.
          const sourceMap = { ...JSON.parse(sourceMapText), sourcesContent: undefined };
          return { outputText, sourceMapText: JSON.stringify(sourceMap) };
        },
      }),
  };
};
