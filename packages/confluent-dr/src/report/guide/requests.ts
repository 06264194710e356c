import { type MirrorOperation } from '../../client/mirror-operation';
import { type Deployment, quoted } from '../../deployment/deployment';
import { type Role } from '../../observe/pair-observation';
import { type Block, type Chapter, type RunbookText, shell, titleOf } from './guide';

const WIDTH = 98;

/** Without this, a file of commands invites to be run as a whole. */
const GUARD = [
  '# Paste it step by step. Run as a whole it would fail over and back at once, so it ends here:',
  'return 1 2>/dev/null || exit 1',
];

/** The commands for bash; all else is comment. */
export const curlText = ({ title, chapters }: RunbookText): string =>
  `${[commented(title), GUARD.join('\n'), ...chapters.map(chapterText)].join('\n\n')}\n`;

const chapterText = (chapter: Chapter): string =>
  [`# === ${titleOf(chapter)}`, ...chapter.blocks.map(blockText)].join('\n\n');

function blockText(block: Block): string {
  switch (block.kind) {
    case 'text':
      return commented(block.text.trim());
    case 'points':
      return block.points.map((point) => commented(point, '- ')).join('\n');
    case 'table':
      return tableText([block.head, ...block.rows]);
    case 'shell':
      return block.lines.join('\n');
    case 'tool':
      return `# Or: ${block.command}`;
    case 'expect':
      return commented(block.text, '=> ');
  }
}

function tableText(rows: readonly (readonly string[])[]): string {
  const widths = rows[0].map((_, column) => Math.max(...rows.map((row) => row[column].length)));
  const line = (row: readonly string[]): string => row.map((cell, column) => cell.padEnd(widths[column])).join('  ');
  return rows.map((row) => `#   ${line(row)}`.trimEnd()).join('\n');
}

/** @param mark before the first line; the others stand below what follows it */
function commented(text: string, mark = ''): string {
  const room = WIDTH - mark.length;
  const lines: string[] = [''];
  for (const word of text.split(/\s+/)) {
    const last = lines[lines.length - 1];
    if (last !== '' && last.length + 1 + word.length > room) {
      lines.push(word);
    } else {
      lines[lines.length - 1] = last === '' ? word : `${last} ${word}`;
    }
  }
  return lines.map((line, index) => `# ${index === 0 ? mark : ' '.repeat(mark.length)}${line}`).join('\n');
}

/** Where chapters find the commands that are the same but for member and path. */
export class Requests {
  constructor(private readonly deployment: Pick<Deployment, 'members' | 'linkName'>) {}

  public get(role: Role, path: string): Block {
    return shell(...this.curl(role, path));
  }

  public links(role: Role): Block {
    return this.get(role, '/links');
  }

  /** The link with its tasks, which tell more of what is wrong with it than its state does. */
  public link(role: Role): Block {
    return this.get(role, `/links/${this.linkName}?include_tasks=true`);
  }

  public mirrors(role: Role): Block {
    return this.get(role, `/links/${this.linkName}/mirrors`);
  }

  /** An operation on all topics of `$TOPICS`. */
  public operate(role: Role, operation: MirrorOperation, query: Readonly<Record<string, boolean>> = {}): Block {
    const words = Object.entries(query).map(([name, value]) => `${name}=${value}`);
    const path = `/links/${this.linkName}/mirrors:${operation}${words.length > 0 ? `?${words.join('&')}` : ''}`;
    return shell(...this.curl(role, path, String.raw`"{\"mirror_topic_names\": $TOPICS}"`));
  }

  /** @param body a word of bash; its presence makes it a POST */
  public curl(role: Role, path: string, body?: string): string[] {
    const { restEndpoint, clusterId } = this.deployment.members[role];
    const url = quoted(`${restEndpoint}/kafka/v3/clusters/${encodeURIComponent(clusterId)}${path}`);
    const call = `curl -sS --fail-with-body -K <(as_${role})`;
    return body === undefined
      ? [`${call} \\`, `  ${url}`]
      : [`${call} -X POST \\`, `  ${url} \\`, `  -H 'Content-Type: application/json' -d ${body}`];
  }

  private get linkName(): string {
    return encodeURIComponent(this.deployment.linkName);
  }
}
