/**
 * Keeps what became of the modules of a process for the next process with the same main script: what ts-node made of a
 * source, and what V8 compiled of it, of the functions that ran alone. All of it is in one file, which is read once.
 *
 * What was kept is taken for the same content alone. A source is read again where its file was written since, or may have been.
 * V8 refuses what another version of it made, or one with other flags. Where something looks into the process, or types are checked,
 * nothing is kept or taken. A hook that was loaded before ts-node must make the same of a source each time.
 */
const { hash } = require('node:crypto');
const fs = require('node:fs');
const inspector = require('node:inspector');
const Module = require('node:module');
const { basename, dirname, join } = require('node:path');
const vm = require('node:vm');
const { crc32 } = require('node:zlib');
const tsNode = require('ts-node');
const { Pack } = require('./pack.cjs');

/** Of this version of Node: one file for each main script, whose name it bears. */
const FOLDER = join(__dirname, '../../node_modules/.cache/compiled', process.version);
const [WRAPPER] = Module.wrapper;
/** What comes before the source map of a module. */
const MAP = '\n//# sourceMappingURL=';

/** Node alone can say where what is imported at run time is found. */
const IMPORTS = /\bimport\s*[(/.]/;

/** What ts-node makes of a source hangs on these, beside the source; what is loaded with it may have a hook. */
function settingsOf({ options, config, ts }) {
  const versions = ['ts-node', '@swc/core'].map((name) => require(`${name}/package.json`).version);
  const tools = [__filename, join(__dirname, 'transpile-once.cjs')].map((file) => fs.readFileSync(file, 'utf8'));
  const started = [process.execArgv, process.env.NODE_OPTIONS];
  return hash('sha256', JSON.stringify([ts.version, versions, options, config.options, tools, started]));
}

/** A file, as Node's own cache would know it again. */
const sumOf = (content) => `${content.length} ${crc32(content)}`;

/** In milliseconds: longer than the coarsest clock of a file system, by which two changes could have one stamp. */
const SETTLED_AFTER = 3000;

/** Another for each time that a file is written, or another takes its place; and whether the next one must be another. */
function stampOf(file) {
  const { dev, ino, size, mtimeMs, ctimeMs } = fs.statSync(file);
  const isSettled = Date.now() - Math.max(mtimeMs, ctimeMs) > SETTLED_AFTER;
  return { stamp: [dev, ino, size, mtimeMs, ctimeMs].join(), isSettled };
}

/** A source map that ends a module: V8 would keep it as a part of what it compiled, and of bindings it is the larger one. */
const MAP_AT_END = /\n\/\/# sourceMappingURL=data:[\w+/=;:,-]*\s*$/;

function withoutMap(content) {
  const start = content.lastIndexOf(MAP);
  return start !== -1 && MAP_AT_END.test(content.slice(start)) ? content.slice(0, start) : content;
}

const scriptOf = (content, filename, cachedData) =>
  new vm.Script(Module.wrap(content), {
    filename,
    // Errors in the first line have the column that they have without the wrapper.
    columnOffset: -WRAPPER.length,
    cachedData,
  });

/** What Node gives a module that it compiles. */
function requireOf(module) {
  // With a function of this file Node would warn of what packages load as if a source had loaded it.
  const require = module.require.bind(module);
  const resolve = (request, options) => Module._resolveFilename(request, module, false, options);
  const paths = (request) => Module._resolveLookupPaths(request, module);
  Object.defineProperty(require, 'name', { value: 'require' });
  return Object.assign(require, {
    resolve: Object.assign(resolve, { paths }),
    main: process.mainModule,
    extensions: Module._extensions,
    cache: Module._cache,
  });
}

/** What runs it, for `apply`: a call of this file more would take the place of one of the author's in a stack. */
function callOf(script, module, filename) {
  const { exports } = module;
  return [script.runInThisContext(), exports, [exports, requireOf(module), module, filename, dirname(filename)]];
}

/** Asked once for each folder. */
function ofFolder(ask) {
  const known = new Map();
  return (folder) => {
    if (!known.has(folder)) {
      known.set(folder, ask(folder));
    }
    return known.get(folder);
  };
}

/** The type that the package of a folder gives its modules. */
const typeOf = ofFolder((folder) => {
  try {
    return JSON.parse(fs.readFileSync(join(folder, 'package.json'), 'utf8')).type ?? 'commonjs';
  } catch {
    return dirname(folder) === folder ? 'commonjs' : typeOf(dirname(folder));
  }
});

/** The names of the files in a folder, and where it really is. Nothing of a folder with links in it: Node follows them. */
const listed = ofFolder((folder) => {
  try {
    const entries = fs.readdirSync(folder, { withFileTypes: true });
    const files = entries.filter((entry) => entry.isFile()).map(({ name }) => name);
    return entries.every((entry) => entry.isFile() || entry.isDirectory())
      ? { real: fs.realpathSync.native(folder), files: new Set(files) }
      : undefined;
  } catch {
    return { files: new Set() };
  }
});

/** Where a source is that is imported by this path. @returns undefined where Node is to say what is found there */
function sourceAt(path) {
  const { real, files } = listed(dirname(path)) ?? {};
  const name = basename(path);
  if (files === undefined || files.has(name)) {
    return undefined;
  }
  if (files.has(`${name}.ts`)) {
    return join(real, `${name}.ts`);
  }
  const inner = Object.keys(Module._extensions).some((ending) => files.has(name + ending)) ? undefined : listed(path);
  return inner?.files.has('index.ts') && !inner.files.has('package.json') ? join(inner.real, 'index.ts') : undefined;
}

/** A name that Node takes for that of a folder alone. */
const ENDS_WITH_A_FOLDER = /(^|\/)\.{0,2}$/;

/**
 * Finds what a source imports by its path, where it is a source too: Node looks for five other files before. What it would find
 * under the very name that is imported goes before, and what is no source is left to it.
 */
function findSources() {
  const known = new Map();
  const resolve = Module._resolveFilename;
  Module._resolveFilename = function (request, parent, isMain, options) {
    const found = () => resolve.call(this, request, parent, isMain, options);
    if (typeof request !== 'string' || !parent?.filename?.endsWith('.ts') || options) {
      return found();
    }
    const key = `${parent.path}\0${request}`;
    if (!known.has(key)) {
      const isFile = request.startsWith('.') && !ENDS_WITH_A_FOLDER.test(request);
      known.set(key, (isFile ? sourceAt(join(parent.path, request)) : undefined) ?? found());
    }
    return known.get(key);
  };
}

/** What was kept for main scripts that are there no more, such as those of copies of this folder that share its packages. */
function forgetGone() {
  try {
    for (const name of fs.readdirSync(FOLDER).filter((each) => !fs.existsSync(decodeURIComponent(each)))) {
      fs.rmSync(join(FOLDER, name), { force: true });
    }
  } catch {
    // Where nothing could be written, nothing is gone.
  }
}

class CompileCache {
  /** What this process compiled itself, by the name of its file. */
  #made = new Map();
  /** Sources that ts-node is asked for, and their keys, by the name of their file. */
  #asked = new Map();

  constructor(file, service) {
    this.pack = new Pack(file);
    this.service = service;
    this.settings = settingsOf(service);
  }

  install() {
    const compile = Module.prototype._compile;
    const load = require.extensions['.ts'];
    const compiled = (...content) => this.#compiled(...content);
    Module.prototype._compile = function (...content) {
      const script = this === process.mainModule ? undefined : compiled(...content);
      const [start, it, args] = script === undefined ? [compile, this, content] : callOf(script, this, content[1]);
      return start.apply(it, args);
    };
    require.extensions['.ts'] = (module, filename) => {
      const script = this.#isOurs(module, filename) ? this.#kept(filename) : undefined;
      const [start, it, args] =
        script === undefined ? [load, undefined, [module, filename]] : callOf(script, module, filename);
      return start.apply(it, args);
    };
    // That handler is one more call between a source and who imports it.
    Error.stackTraceLimit += 1;
    findSources();
    // An error looks for the source map at the end of what was run. That of what ts-node made in this process, ts-node knows.
    const { install } = Module.createRequire(require.resolve('ts-node'))('@cspotcode/source-map-support');
    install({ environment: 'node', retrieveFile: (file) => this.#withMap(file) });
    process.once('exit', (code) => code === 0 && this.#save());
  }

  /** Not the main module, nor what a hook makes something else of, nor what ts-node leaves alone or refuses. */
  #isOurs(module, filename) {
    return (
      module !== process.mainModule &&
      !Object.hasOwn(module, '_compile') &&
      !this.service.ignored(filename) &&
      typeOf(dirname(filename)) !== 'module'
    );
  }

  #keyOf(what) {
    return `${this.settings} ${what}`;
  }

  /** The script that was made of a source, where the source is the same. It is read where its file may have been changed. */
  #kept(filename) {
    const { stamp, isSettled } = stampOf(filename);
    const untouched = this.#scriptAt(filename, this.#keyOf(stamp));
    if (untouched !== undefined) {
      return untouched;
    }
    const source = fs.readFileSync(filename);
    const keys = [sumOf(source), ...(isSettled ? [stamp] : [])].map((what) => this.#keyOf(what));
    const script = this.#scriptAt(filename, keys[0]);
    if (script === undefined) {
      this.#asked.set(filename, { source, keys });
    } else if (isSettled) {
      this.#made.set(filename, { keys, parts: this.pack.read(filename, keys[0]).slice(0, 1), script });
    }
    return script;
  }

  #scriptAt(filename, key) {
    const [output, code] = this.pack.read(filename, key) ?? [];
    const script = output && scriptOf(output.toString(), filename, code);
    return script?.cachedDataRejected ? undefined : script;
  }

  #compiled(content, filename, format = 'commonjs') {
    if (format !== 'commonjs') {
      return undefined;
    }
    const asked = this.#asked.get(filename);
    try {
      return asked === undefined ? this.#compiledAsItIs(content, filename) : this.#compiledOf(asked, content, filename);
    } catch {
      // Node tells what is wrong with it, or takes it as an ES module.
      return undefined;
    }
  }

  #compiledAsItIs(module, filename) {
    const content = withoutMap(module);
    const key = sumOf(content);
    const [code] = this.pack.read(filename, key) ?? [];
    if (code === undefined && IMPORTS.test(content)) {
      return undefined;
    }
    const script = scriptOf(content, filename, code);
    if (code === undefined || script.cachedDataRejected) {
      this.#made.set(filename, { keys: [key], parts: [], script });
    }
    return script;
  }

  #compiledOf({ source, keys }, content, filename) {
    if (IMPORTS.test(content)) {
      return undefined;
    }
    const output = withoutMap(content);
    const script = scriptOf(output, filename);
    if (!fs.readFileSync(filename).equals(source)) {
      // It was edited meanwhile: which one was compiled?
      return script;
    }
    this.#made.set(filename, { keys, parts: [Buffer.from(output)], script });
    return script;
  }

  /** What is run of a source, with its map, where the source is still what it was made of. */
  #withMap(file) {
    if (!file.endsWith('.ts')) {
      return '';
    }
    try {
      const source = fs.readFileSync(file);
      const isSame = this.pack.read(file, this.#keyOf(sumOf(source))) !== undefined;
      return isSame ? this.service.compile(source.toString(), file) : '';
    } catch {
      return '';
    }
  }

  #save() {
    if (this.#made.size > 0) {
      this.pack.write((names) => [
        ...names.filter((name) => !this.#made.has(name) && fs.existsSync(name)),
        ...[...this.#made].map(([name, { keys, parts, script }]) => ({
          name,
          keys,
          parts: [...parts, script.createCachedData()],
        })),
      ]);
      forgetGone();
    }
  }
}

const [, main] = process.argv;
const service = process[tsNode.REGISTER_INSTANCE];
const isWatched = inspector.url() !== undefined || process.sourceMapsEnabled || 'NODE_V8_COVERAGE' in process.env;
if (service?.transpileOnly && main !== undefined && !isWatched) {
  // Each main script loads modules of its own.
  new CompileCache(join(FOLDER, encodeURIComponent(main)), service).install();
}
