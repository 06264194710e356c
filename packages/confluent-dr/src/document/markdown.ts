import { type Block, type Chapter, type RunbookText, titleOf } from './document';

export const markdown = ({ title, chapters }: RunbookText): string =>
  `${[`# ${title}`, ...chapters.map(chapterText)].join('\n\n')}\n`;

const chapterText = (chapter: Chapter): string =>
  [`## ${titleOf(chapter)}`, ...chapter.blocks.map(blockText)].join('\n\n');

function blockText(block: Block): string {
  switch (block.kind) {
    case 'text':
      return block.text.trim();
    case 'points':
      return block.points.map((point) => `- ${point}`).join('\n');
    case 'table':
      return [block.head, block.head.map(() => '---'), ...block.rows].map((row) => `| ${row.join(' | ')} |`).join('\n');
    case 'shell':
      return ['```bash', ...block.lines, '```'].join('\n');
    case 'tool':
      return `Or: \`${block.command}\``;
    case 'expect':
      return `> ${block.text}`;
  }
}
