import { failingBack } from './failing-back';
import { failingOver } from './failing-over';
import { type Block, type Chapter, type RunbookText, type Subject, titleOf } from './guide';
import { looking, terraform } from './looking';
import { outage } from './outage';
import { preparation } from './preparation';
import { curlText, Requests } from './requests';

const markdown = ({ title, chapters }: RunbookText): string =>
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

export const RUNBOOK_FORMATS = ['markdown', 'curl'] as const;
export type RunbookFormat = (typeof RUNBOOK_FORMATS)[number];

/** The runbook of a deployment, to be read by people and done by hand. It holds no secret. */
export function runbookText(subject: Subject, format: RunbookFormat): string {
  const { members } = subject;
  const requests = new Requests(subject);
  const document: RunbookText = {
    title: `Failover of ${members.primary.clusterId} to ${members.secondary.clusterId}, and back`,
    chapters: [
      ...preparation(subject),
      ...looking(subject, requests),
      ...outage(subject),
      ...failingOver(subject, requests),
      ...failingBack(subject, requests),
      ...terraform(subject),
    ],
  };
  return format === 'markdown' ? markdown(document) : curlText(document);
}
