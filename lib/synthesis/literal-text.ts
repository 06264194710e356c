import { type IResolvable, Lazy, ref, Token } from 'cdktf';

/**
 * Keeps Terraform from reading a text as a template: `${` and `%{` come out as they are, while cdktf's own tokens in it
 * stay what they are.
 */
export function literalText(text: string): string {
  // What untyped code passes instead of a text is told at synth.
  return typeof text !== 'string' ? text : text.replace(/\$\{(?!TfToken\[)/g, '$$${').replace(/%\{/g, '%%{');
}

const PIECE_LENGTH = 2000;

/**
 * The same for a long text, joined of pieces that end with a line. Terraform parses a template anew some eight times in a
 * plan, which takes it time by the square of the length: seconds for a script of 70 KB.
 */
export function longLiteralText(text: string): string {
  const pieces = [''];
  for (const line of text.split(/(?<=\n)/)) {
    const last = pieces.length - 1;
    if (pieces[last].length > 0 && pieces[last].length + line.length > PIECE_LENGTH) {
      pieces.push(line);
    } else {
      pieces[last] += line;
    }
  }
  return pieces.length === 1 ? literalText(text) : `\${join("", [${pieces.map(quoted).join(', ')}])}`;
}

const ESCAPES: Readonly<Record<string, string>> = { '\\': '\\\\', '"': '\\"', '\n': '\\n', '\r': '\\r', '\t': '\\t' };

const TOKEN = /(\$\{TfToken\[[^\]]*\]\})/;

/** As a string within an expression of Terraform; cdktf's own tokens stay what they are. */
const quoted = (text: string): string =>
  `"${text
    .split(TOKEN)
    .map((part, index) =>
      index % 2 === 1 ? part : literalText(part).replace(/[\\"\n\r\t]/g, (found) => ESCAPES[found]),
    )
    .join('')}"`;

/**
 * A text of which cdktf resolves the tokens alone. It would go through the whole text once for each brace in it, in every
 * pass of a synth: a fifth of that of the default app.
 */
export function resolvedByToken(text: string): string {
  const parts = text.split(TOKEN);
  return parts.length === 1
    ? text
    : Lazy.stringValue({
        produce: (context) =>
          parts.map((part, index) => (index % 2 === 1 ? String(context.resolve(part)) : part)).join(''),
      });
}

/** A list of texts as one expression: of a list, cdktf resolves each text several times. */
export const literalList = (texts: readonly string[]): IResolvable =>
  ref(`[${texts.map((text) => literalText(JSON.stringify(text))).join(', ')}]`);

/** The same for a map of texts, keys and values; what is no text stays, and so does a map that only Terraform knows. */
export function literalTexts(texts: Readonly<Record<string, string>>): Record<string, string>;
export function literalTexts(texts?: Readonly<Record<string, string>>): Record<string, string> | undefined;
export function literalTexts(texts?: Readonly<Record<string, string>>): Record<string, string> | undefined {
  return texts === undefined || Token.isUnresolved(texts)
    ? texts
    : Object.fromEntries(Object.entries(texts).map(([key, text]) => [literalText(key), literalText(text)]));
}
