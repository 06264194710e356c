/** Pieces that hosts files are made of, and what could be taken for a mark or for a line's end. */
const PIECES = [
  '127.0.0.1 localhost',
  '203.0.113.7 pkc-1.a.b.c',
  '# a comment',
  '# BEGIN confluent-dr-other',
  '# END other',
  ' # BEGIN confluent-dr',
  '# begin confluent-dr',
  '\t',
  ' ',
  '\n',
  '\n',
  '\n',
  '\r\n',
  '\r\n',
  '\r',
  '\u0000',
  '\u00ef\u00bb\u00bf',
  '\u00ff',
  '\u0085',
  '\u000b',
];

/** Always the same ones: a failure can be repeated. None of them has a mark: a space before it makes it another's line. */
export function randomTexts(count: number): string[] {
  let state = 20261123;
  const next = (below: number): number => {
    state = (Math.imul(state, 1103515245) + 12345) >>> 0;
    return (state >>> 8) % below;
  };
  return Array.from({ length: count }, () =>
    Array.from({ length: next(12) }, () => PIECES[next(PIECES.length)]).join(''),
  );
}
