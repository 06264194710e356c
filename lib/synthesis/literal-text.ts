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
  const pieces = piecesOf(text);
  return pieces.length < 2 ? literalText(text) : `\${join("", [${pieces.map(quoted).join(', ')}])}`;
}

/** Pieces of whole lines, each as long as may be, or of one line that is longer. */
function piecesOf(text: string): string[] {
  const pieces: string[] = [];
  for (let start = 0; start < text.length;) {
    const last =
      text.length - start > PIECE_LENGTH ? text.lastIndexOf('\n', start + PIECE_LENGTH - 1) : text.length - 1;
    const next = last < start ? text.indexOf('\n', start) : last;
    const end = next === -1 ? text.length : next + 1;
    pieces.push(text.slice(start, end));
    start = end;
  }
  return pieces;
}

const ESCAPES = { '\\': '\\\\', '"': '\\"', '\n': '\\n', '\r': '\\r', '\t': '\\t' };

const escaped = (text: string): string =>
  Object.entries(ESCAPES).reduce((all, [character, escape]) => all.replaceAll(character, escape), text);

const TOKEN = /(\$\{TfToken\[[^\]]*\]\})/;

/** As a string within an expression of Terraform; cdktf's own tokens stay what they are. */
const quoted = (text: string): string =>
  `"${text
    .split(TOKEN)
    .map((part, index) => (index % 2 === 1 ? part : escaped(literalText(part))))
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
