import { DamagedBlock, linesOfBlock, otherLinesOf, withBlock, withoutBlock } from '../../src/proxy/hosts-text';
import { randomTexts } from './support/random-texts';

const NAME = 'confluent-dr';
const LINES = ['203.0.113.7 pkc-1.a.b.c', '203.0.113.7 b0-pkc-1.a.b.c'];
const OTHER_LINES = ['203.0.113.8 pkc-1.a.b.c'];

const ODD = [
  ['an empty file', ''],
  ['one line end', '\n'],
  ['no line end', '127.0.0.1 localhost'],
  ['CRLF', '127.0.0.1 localhost\r\n::1 localhost\r\n'],
  ['CRLF, no line end', '127.0.0.1 localhost\r\n::1 localhost'],
  ['both ends mixed', '127.0.0.1 localhost\n::1 localhost\r\n'],
  ['a byte order mark', '\u00ef\u00bb\u00bf127.0.0.1 localhost\n'],
  ['a byte order mark alone', '\u00ef\u00bb\u00bf'],
  ['bytes that are no UTF-8', '127.0.0.1 \u00ff\u00fe\n# \u0000\n'],
  ['lines that look like marks', '#BEGIN confluent-dr\n# BEGIN confluent-dr-2\n# END confluent-drx\n'],
  ['blocks of others', '# BEGIN other\n1.1.1.1 x\n# END other\n# BEGIN more\n# END more\n'],
];
const RANDOM = randomTexts(300).map((text, index) => [`random text ${index}`, text]);

describe.each([...ODD, ...RANDOM])('a hosts file with %s', (_, text) => {
  const applied = withBlock(text, NAME, LINES);

  test('has the lines in a block, and every byte as before around it', () => {
    expect(linesOfBlock(applied, NAME)).toEqual(LINES);
    expect(withoutBlock(applied, NAME)).toBe(text);
  });

  test('stays the same when the same is applied again, and when there is no block to take out', () => {
    expect(withBlock(applied, NAME, LINES)).toBe(applied);
    expect(withoutBlock(text, NAME)).toBe(text);
  });

  test('has other lines in the same place when others are applied', () => {
    const changed = withBlock(applied, NAME, OTHER_LINES);
    expect(linesOfBlock(changed, NAME)).toEqual(OTHER_LINES);
    expect(changed).toBe(withBlock(text, NAME, OTHER_LINES));
  });

  test('can hold a second block of another name, and lose either', () => {
    const both = withBlock(applied, 'lab', OTHER_LINES);
    expect(withoutBlock(both, 'lab')).toBe(applied);
    expect(withoutBlock(withoutBlock(both, NAME), 'lab')).toBe(text);
  });
});

describe('the block', () => {
  test('stands between its marks, before what else there is', () => {
    expect(withBlock('127.0.0.1 localhost\n', NAME, LINES)).toBe(
      '# BEGIN confluent-dr\n203.0.113.7 pkc-1.a.b.c\n203.0.113.7 b0-pkc-1.a.b.c\n# END confluent-dr\n127.0.0.1 localhost\n',
    );
  });

  test("has the file's line ends, and comes behind its byte order mark", () => {
    expect(withBlock('\u00ef\u00bb\u00bfa b\r\n', NAME, ['c d'])).toBe(
      '\u00ef\u00bb\u00bf# BEGIN confluent-dr\r\nc d\r\n# END confluent-dr\r\na b\r\n',
    );
  });

  test('stays where someone moved it, though no line end follows', () => {
    const moved = 'a b\n# BEGIN confluent-dr\nc d\n# END confluent-dr';
    expect(withBlock(moved, NAME, ['e f'])).toBe('a b\n# BEGIN confluent-dr\ne f\n# END confluent-dr');
    expect(withoutBlock(moved, NAME)).toBe('a b\n');
  });

  test('is known by its marks though someone added spaces behind them', () => {
    expect(withoutBlock('# BEGIN confluent-dr \nc d\n# END confluent-dr\t\na b\n', NAME)).toBe('a b\n');
  });

  test('that is there several times is one afterwards, or none', () => {
    const block = (line: string) => `# BEGIN confluent-dr\n${line}\n# END confluent-dr\n`;
    const several = `one\n${block('a b')}two\n${block('c d')}three\n${block('e f')}`;
    expect(withBlock(several, NAME, ['g h'])).toBe(`one\n${block('g h')}two\nthree\n`);
    expect(withoutBlock(several, NAME)).toBe('one\ntwo\nthree\n');
  });
});

describe('a damaged block', () => {
  test.each([
    ['no end', 'x\n# BEGIN confluent-dr\na b\n', 2, /beginning in line 2 and no end/],
    ['no beginning', 'x\ny\n# END confluent-dr\n', 3, /end in line 3 and no beginning/],
    [
      'two beginnings',
      '# BEGIN confluent-dr\n# BEGIN confluent-dr\n# END confluent-dr\n',
      1,
      /line 1 and another in line 2/,
    ],
    ['the wrong order', '# END confluent-dr\n# BEGIN confluent-dr\n', 1, /end in line 1/],
    ['two ends', '# BEGIN confluent-dr\n# END confluent-dr\n# END confluent-dr\n', 3, /end in line 3/],
  ])('with %s is refused by all who would touch it', (_, text, line, message) => {
    const works = [
      () => withBlock(text, NAME, LINES),
      () => withoutBlock(text, NAME),
      () => linesOfBlock(text, NAME),
      () => otherLinesOf(text, NAME, []),
    ];
    for (const work of works) {
      expect(work).toThrow(DamagedBlock);
      expect(work).toThrow(message);
      expect(work).toThrow(expect.objectContaining({ line }) as Error);
    }
  });

  test('of another name is no concern', () => {
    expect(withoutBlock(withBlock('# BEGIN other\n', NAME, LINES), NAME)).toBe('# BEGIN other\n');
  });
});

describe('otherLinesOf', () => {
  test('finds lines that name the hosts, not comments, and not the block itself', () => {
    const text = withBlock(
      '127.0.0.1 localhost pkc-1.a.b.c # by hand\n# 10.0.0.1 pkc-1.a.b.c\n10.0.0.2\tPKC-1.a.b.c\r\n10.0.0.3 other\n',
      NAME,
      LINES,
    );
    expect(otherLinesOf(text, NAME, ['pkc-1.a.b.c'])).toEqual([
      { line: 5, text: '127.0.0.1 localhost pkc-1.a.b.c # by hand' },
      { line: 7, text: '10.0.0.2\tPKC-1.a.b.c' },
    ]);
  });

  test('takes no address for a name', () => {
    expect(otherLinesOf('10.0.0.1 x\n', NAME, ['10.0.0.1'])).toEqual([]);
  });
});
