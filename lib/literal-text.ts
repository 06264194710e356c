/**
 * Keeps Terraform from reading a text as a template: `${` and `%{` come out as they are, while cdktf's own tokens in it
 * stay what they are.
 */
export function literalText(text: string): string {
  return text.replace(/\$\{(?!TfToken\[)/g, '$$${').replace(/%\{/g, '%%{');
}
