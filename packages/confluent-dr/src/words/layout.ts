import { stripVTControlCharacters } from 'node:util';
import Table from 'cli-table3';
import { type Look } from './text-style';

const GAP = 2;
const NO_LINES = {
  top: '',
  'top-mid': '',
  'top-left': '',
  'top-right': '',
  bottom: '',
  'bottom-mid': '',
  'bottom-left': '',
  'bottom-right': '',
  left: '',
  'left-mid': '',
  mid: '',
  'mid-mid': '',
  right: '',
  'right-mid': '',
  middle: ' '.repeat(GAP),
};

const lengthOf = (text: string): number => stripVTControlCharacters(text).length;

/** Breaks text into lines, the second and further ones further in. */
export function wrapped(text: string, width: number, indent = ''): string {
  const lines: string[] = [];
  let line = '';
  for (const word of text.split(' ')) {
    const longer = line === '' ? word : `${line} ${word}`;
    const room = width - (lines.length > 0 ? indent.length : 0);
    if (line !== '' && lengthOf(longer) > room) {
      lines.push(line);
      line = word;
    } else {
      line = longer;
    }
  }
  return [...lines, line].map((text, index) => (index > 0 ? indent + text : text)).join('\n');
}

/** What it is, and below it what to do. */
export function advice(meaning: string, cure: string | undefined, { width, paint }: Look, margin = '  '): string {
  const room = width - margin.length;
  const lines = [
    wrapped(meaning, room),
    ...(cure === undefined ? [] : [paint('cyan', wrapped(`→ ${cure}`, room, '  '))]),
  ];
  return indented(lines.join('\n'), margin);
}

/** A command on a line of its own, never broken, so that it can be copied. */
export const commandText = (line: string, { paint }: Look, margin = '  '): string =>
  indented(paint('cyan', `$ ${line}`), margin);

export const indented = (text: string, margin = '  '): string => text.replace(/^(?=.)/gm, margin);

/**
 * A table without lines. Where it is too wide, each row becomes a few lines: its first cell, and below it the others
 * by their names.
 */
export function grid(head: readonly string[], rows: readonly (readonly string[])[], { width, paint }: Look): string {
  if (rows.length === 0) {
    return '';
  }
  const widths = head.map((name, column) =>
    Math.max(lengthOf(name), ...rows.map((row) => lengthOf(row[column] ?? ''))),
  );
  const total = widths.reduce((sum, own) => sum + own, 0) + GAP * (head.length - 1);
  return total <= width ? table(head, rows, paint) : blocks(head, rows, { width, paint });
}

function table(head: readonly string[], rows: readonly (readonly string[])[], paint: Look['paint']): string {
  const made = new Table({ chars: NO_LINES, style: { head: [], border: [], 'padding-left': 0, 'padding-right': 0 } });
  made.push(
    head.map((name) => paint('dim', name)),
    ...rows.map((row) => [...row]),
  );
  return made.toString().replace(/[ ]+$/gm, '');
}

function blocks(head: readonly string[], rows: readonly (readonly string[])[], { width, paint }: Look): string {
  return rows
    .map(([first, ...others]) => {
      const named = others.flatMap((cell, index) =>
        cell === '' ? [] : [`${paint('dim', `${head[index + 1]}:`)} ${cell}`],
      );
      return named.length === 0 ? first : `${first}\n  ${wrapped(named.join('; '), width - 2, '  ')}`;
    })
    .join('\n');
}
