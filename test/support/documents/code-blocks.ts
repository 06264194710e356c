/** A fenced block of a Markdown file. */
export interface CodeBlock {
  readonly language: string;
  readonly code: string;
  /** Line of the opening fence, from 1. */
  readonly line: number;
}

export function codeBlocks(markdown: string): CodeBlock[] {
  const blocks: CodeBlock[] = [];
  let open: { fence: string; language: string; line: number; indent: number; code: string[] } | undefined;
  markdown.split('\n').forEach((text, index) => {
    const [, indent = '', fence, language = ''] = /^( *)(`{3,})(\S*)/.exec(text) ?? [];
    if (open && fence === open.fence && language === '') {
      blocks.push({ language: open.language, code: open.code.join('\n'), line: open.line });
      open = undefined;
    } else if (open) {
      open.code.push(text.slice(Math.min(open.indent, text.search(/\S|$/))));
    } else if (fence) {
      open = { fence, language, line: index + 1, indent: indent.length, code: [] };
    }
  });
  if (open) {
    throw new Error(`The code block that begins in line ${open.line} is never closed.`);
  }
  return blocks;
}
