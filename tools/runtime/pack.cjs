/** A file of named entries, each of some parts and the keys to them, that is read whole and written anew. */
const fs = require('node:fs');
const { dirname } = require('node:path');
const { crc32 } = require('node:zlib');

/** Of what is written here: what another version of it wrote is nothing. */
const FORMAT = 2;

/** Of the length of the index, in bytes; the index follows it, and the entries that. */
const HEAD = 8;

/** Where each part ends, counted from `start`. */
function endsOf(parts, start) {
  let end = start;
  return parts.map(({ length }) => (end += length));
}

function remove(file) {
  try {
    fs.rmSync(file, { force: true });
  } catch {
    // There is no folder for it either.
  }
}

class Pack {
  #file;
  #index = new Map();
  #entries = Buffer.alloc(0);

  /** Empty where there is no such file, or another than was written. */
  constructor(file) {
    this.#file = file;
    try {
      const pack = fs.readFileSync(file);
      const start = HEAD + Number(pack.readBigUInt64LE());
      const { format, entries } = JSON.parse(pack.toString('utf8', HEAD, start));
      if (format === FORMAT) {
        this.#index = new Map(entries);
        this.#entries = pack.subarray(start);
      }
    } catch {
      // Made anew at the end.
    }
  }

  /** The parts of an entry, where this is one of its keys and it is as it was written. */
  read(name, key) {
    const entry = this.#index.get(name);
    if (!entry?.keys.includes(key)) {
      return undefined;
    }
    const { start, ends, sum } = entry;
    const parts = ends.map((end, part) => this.#entries.subarray(part === 0 ? start : ends[part - 1], end));
    return crc32(this.#entries.subarray(start, ends.at(-1))) === sum ? parts : undefined;
  }

  /**
   * Takes the place of what was there. Where nothing can be written, nothing is asked or told.
   *
   * @param entries those to write: names of what is there already, and new ones, each of a name, keys and parts
   */
  write(entries) {
    const draft = `${this.#file}.${process.pid}`;
    try {
      fs.mkdirSync(dirname(this.#file), { recursive: true });
      const descriptor = fs.openSync(draft, 'w');
      try {
        fs.writeFileSync(descriptor, this.#packed(entries([...this.#index.keys()])));
      } finally {
        fs.closeSync(descriptor);
      }
      fs.renameSync(draft, this.#file);
    } catch {
      remove(draft);
    }
  }

  #packed(entries) {
    let start = 0;
    const index = [];
    const contents = [];
    for (const entry of entries) {
      const { name, keys, parts } = typeof entry === 'string' ? this.#entry(entry) : entry;
      if (parts !== undefined) {
        const ends = endsOf(parts, start);
        const content = Buffer.concat(parts);
        index.push([name, { keys, start, ends, sum: crc32(content) }]);
        contents.push(content);
        start = ends.at(-1);
      }
    }
    const text = Buffer.from(JSON.stringify({ format: FORMAT, entries: index }));
    const head = Buffer.alloc(HEAD);
    head.writeBigUInt64LE(BigInt(text.length));
    return Buffer.concat([head, text, ...contents]);
  }

  #entry(name) {
    const { keys } = this.#index.get(name);
    return { name, keys, parts: this.read(name, keys[0]) };
  }
}

exports.Pack = Pack;
