/**
 * The text of a hosts file with and without a block of lines between two marks. All that is outside the block stays as
 * it is, to the byte: the text is a string of bytes (latin1).
 */

/** A hosts file whose marks do not pair; nobody can tell which lines are whose. */
export class DamagedBlock extends Error {
  constructor(
    /** From 1. */
    public readonly line: number,
    what: string,
  ) {
    super(what);
    this.name = 'DamagedBlock';
  }
}

const BYTE_ORDER_MARK = '\u00ef\u00bb\u00bf';

const beginOf = (name: string): string => `# BEGIN ${name}`;
const endOf = (name: string): string => `# END ${name}`;

/**
 * Puts lines into the block of this name: where it stands, or, where there is none, before all others. There the block
 * wins over lines that were written by hand, and a last line without an end stays the last.
 *
 * @throws DamagedBlock
 */
export function withBlock(text: string, name: string, lines: readonly string[]): string {
  const end = /\r?\n/.exec(text)?.[0] ?? '\n';
  const block = [beginOf(name), ...lines, endOf(name)];
  const [first, ...others] = blocksIn(text, name);
  if (first === undefined) {
    const start = text.startsWith(BYTE_ORDER_MARK) ? BYTE_ORDER_MARK.length : 0;
    return text.slice(0, start) + block.map((line) => line + end).join('') + text.slice(start);
  }
  const body = block.join(end) + (/\r?\n$/.exec(text.slice(first.start, first.end))?.[0] ?? '');
  return text.slice(0, first.start) + body + cut(text.slice(first.end), others, first.end);
}

/**
 * Takes the block of this name out, and every copy of it.
 *
 * @throws DamagedBlock
 */
export function withoutBlock(text: string, name: string): string {
  return cut(text, blocksIn(text, name), 0);
}

/**
 * The lines in the block of this name; none if there is no such block.
 *
 * @throws DamagedBlock
 */
export function linesOfBlock(text: string, name: string): string[] {
  return blocksIn(text, name)
    .flatMap(({ start, end }) => linesOf(text.slice(start, end)).slice(1, -1))
    .map(({ content }) => content);
}

/** The lines outside the block that lead one of these hosts somewhere. */
export function otherLinesOf(text: string, name: string, hosts: readonly string[]): OtherLine[] {
  const blocks = blocksIn(text, name);
  const wanted = new Set(hosts);
  return linesOf(text)
    .filter(({ start }) => !blocks.some((block) => start >= block.start && start < block.end))
    .filter(({ content }) => namesIn(content).some((host) => wanted.has(host)))
    .map(({ number, content }) => ({ line: number, text: content.trim() }));
}

/** A line that someone else wrote. */
export interface OtherLine {
  /** From 1. */
  readonly line: number;
  readonly text: string;
}

function namesIn(line: string): string[] {
  const [, ...names] = line.replace(/#.*$/, '').trim().toLowerCase().split(/\s+/);
  return names;
}

interface Range {
  readonly start: number;
  /** Behind the last byte, the line's end included. */
  readonly end: number;
}

function cut(text: string, ranges: readonly Range[], offset: number): string {
  return ranges.reduceRight((rest, { start, end }) => rest.slice(0, start - offset) + rest.slice(end - offset), text);
}

interface Line extends Range {
  /** From 1. */
  readonly number: number;
  /** Without the line's end. */
  readonly content: string;
}

function linesOf(text: string): Line[] {
  const lines: Line[] = [];
  for (const { 0: whole, index } of text.matchAll(/[^\n]*\n|[^\n]+$/g)) {
    const mark = index === 0 && whole.startsWith(BYTE_ORDER_MARK) ? BYTE_ORDER_MARK.length : 0;
    lines.push({
      start: index + mark,
      end: index + whole.length,
      number: lines.length + 1,
      content: whole.slice(mark).replace(/\r?\n$/, ''),
    });
  }
  return lines;
}

/** The blocks of this name, the first one first. */
function blocksIn(text: string, name: string): Range[] {
  const blocks: Range[] = [];
  let begin: Line | undefined;
  for (const line of linesOf(text)) {
    const mark = line.content.trimEnd();
    if (mark === beginOf(name)) {
      if (begin !== undefined) {
        throw new DamagedBlock(
          begin.number,
          `its block has a beginning in line ${begin.number} and another in line ${line.number}, and no end between`,
        );
      }
      begin = line;
    } else if (mark === endOf(name)) {
      if (begin === undefined) {
        throw new DamagedBlock(line.number, `its block has an end in line ${line.number} and no beginning before it`);
      }
      blocks.push({ start: begin.start, end: line.end });
      begin = undefined;
    }
  }
  if (begin !== undefined) {
    throw new DamagedBlock(begin.number, `its block has a beginning in line ${begin.number} and no end`);
  }
  return blocks;
}
