/**
 * Keeps Terraform from reading a text as a template: `${` and `%{` come out as they are, while cdktf's own tokens in it
 * stay what they are.
 */
export function literalText(text: string): string {
  // What untyped code passes instead of a text is told at synth.
  return typeof text !== 'string' ? text : text.replace(/\$\{(?!TfToken\[)/g, '$$${').replace(/%\{/g, '%%{');
}

/** The same for a map of texts, keys and values; what is no text stays. */
export function literalTexts(texts: Readonly<Record<string, string>>): Record<string, string>;
export function literalTexts(texts?: Readonly<Record<string, string>>): Record<string, string> | undefined;
export function literalTexts(texts?: Readonly<Record<string, string>>): Record<string, string> | undefined {
  return texts && Object.fromEntries(Object.entries(texts).map(([key, text]) => [literalText(key), literalText(text)]));
}
