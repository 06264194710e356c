import { Fn, TerraformOutput, TerraformStack, TerraformVariable, Testing, Token } from 'cdktf';
import {
  literalList,
  literalText,
  literalTexts,
  longLiteralText,
  resolvedByToken,
} from '../../lib/synthesis/literal-text';
import { resolved, testApp, wholeText } from '../support/synth';

const stack = new TerraformStack(testApp(), 'test');
const token = new TerraformVariable(stack, 'text', { type: 'string' }).stringValue;

describe('literalText', () => {
  test.each([
    ['${var.a}', '$${var.a}'],
    ['%{ if a }', '%%{ if a }'],
    ['${a}${b} and %{c}%{d}', '$${a}$${b} and %%{c}%%{d}'],
    // Terraform reads $${ as a literal ${, so what the caller wrote twice must come out twice.
    ['$${a}', '$$${a}'],
    ['%%{a}', '%%%{a}'],
    ['costs 5 $ or 7 %', 'costs 5 $ or 7 %'],
    ['{$}{%}', '{$}{%}'],
    ['', ''],
  ])('of %j is %j', (text, literal) => {
    expect(literalText(text)).toBe(literal);
  });

  test('leaves tokens as they are, and what is beside them not', () => {
    expect(token).toMatch(/^\$\{TfToken\[/);
    expect(literalText(token)).toBe(token);
    expect(literalText(`\${a}${token}%{b}`)).toBe(`$\${a}${token}%%{b}`);
    expect(literalText('${TfToken.a}')).toBe('$${TfToken.a}');
  });

  test.each([[undefined], [null], [7], [['${a}']]])('leaves %j to synth', (value) => {
    expect(literalText(value as never)).toBe(value);
  });
});

describe('longLiteralText', () => {
  const line = `say "\${a}" \\n \t %{b} ${token} $`;

  test('of a short text is that of any text', () => {
    expect(longLiteralText(line)).toBe(literalText(line));
    expect(longLiteralText('')).toBe('');
    const longest = `${'a'.repeat(999)}\n${'a'.repeat(1000)}`;
    expect(longLiteralText(longest)).toBe(longest);
  });

  test('is joined of pieces of up to 2,000 characters, which end with a line', () => {
    const text = `${line}\n`.repeat(500);
    const joined = longLiteralText(text);
    const pieces = joined.match(/"(?:[^"\\]|\\.)*"/g)!.slice(1);
    expect(pieces.length).toBeGreaterThan(10);
    expect(Math.max(...pieces.map((piece) => piece.length))).toBeLessThan(2500);
    expect(pieces.every((piece) => piece.endsWith('\\n"'))).toBe(true);
    expect(wholeText(joined)).toBe(literalText(text));
  });

  test('has pieces of 2,000 characters, and longer ones of a single line', () => {
    const half = 'a'.repeat(999);
    expect(longLiteralText(`${half}\n${half}\nb`)).toBe(`\${join("", ["${half}\\n${half}\\n", "b"])}`);
    expect(longLiteralText(`${half}a\n${half}\nb`)).toBe(`\${join("", ["${half}a\\n", "${half}\\nb"])}`);
    const long = 'a'.repeat(2500);
    expect(longLiteralText(`${long}\nb`)).toBe(`\${join("", ["${long}\\n", "b"])}`);
    expect(longLiteralText(`\r\t"\\\n${long}`)).toBe(`\${join("", ["\\r\\t\\"\\\\\\n", "${long}"])}`);
  });
});

describe('resolvedByToken', () => {
  const synthesized = (value: string): unknown => {
    const stack = new TerraformStack(testApp(), 'one');
    new TerraformOutput(stack, 'text', { value });
    return (JSON.parse(Testing.synth(stack)) as { output: { text: { value: unknown } } }).output.text.value;
  };
  const call = String(Fn.join('-', ['a', token]));

  test.each([
    ['a text without tokens', 'a { b } $${c} %%{d}'],
    ['one token', token],
    ['tokens in a text with braces', `{ ${token} } and ${call}, $\${a} and }`],
    ['tokens in pieces', longLiteralText(`{ a }\n${`"${token}" \${b} ${call}\n`.repeat(80)}`)],
  ])('of %s is synthesized as the text itself', (_, text) => {
    expect(synthesized(resolvedByToken(text))).toBe(synthesized(text));
  });

  // By cdktf itself it would be the words var.text: it takes the text for a part of the expression that joins the pieces.
  test('of a token in a piece is its value, also where no brace comes before it', () => {
    const text = longLiteralText(`"${token}"\n${'more\n'.repeat(500)}`);
    expect(synthesized(resolvedByToken(text))).toMatch(/^\$\{join\("", \["\\"\$\{var\.text\}\\"\\nmore/);
  });

  test('leaves a text without tokens as it is', () => {
    expect(resolvedByToken('{ a }')).toBe('{ a }');
  });
});

describe('literalList', () => {
  test.each([
    [[], '${[]}'],
    [['a', 'b c'], '${["a", "b c"]}'],
    [['say "\\"', '${a} %{b}'], '${["say \\"\\\\\\"", "$${a} %%{b}"]}'],
  ])('of %j is one expression', (texts, expression) => {
    expect(resolved(stack, literalList(texts))).toBe(expression);
  });
});

describe('literalTexts', () => {
  test('makes keys and values literal', () => {
    expect(literalTexts({ '${a}': '%{b}', team: token })).toEqual({ '$${a}': '%%{b}', team: token });
  });

  test('leaves a map that only Terraform knows', () => {
    const map = Token.asStringMap(new TerraformVariable(stack, 'texts', { type: 'map(string)' }).value);
    expect(resolved(stack, literalTexts(map))).toBe('${var.texts}');
  });

  test('leaves what is no text', () => {
    expect(literalTexts({ a: 7 as never, b: null as never })).toEqual({ a: 7, b: null });
    expect(literalTexts({})).toEqual({});
    expect(literalTexts(undefined)).toBeUndefined();
  });
});
