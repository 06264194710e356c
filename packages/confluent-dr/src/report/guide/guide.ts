import { type DeployedMember, type Deployment } from '../../deployment/deployment';

/** One thing that a chapter says or shows. */
export type Block =
  | { readonly kind: 'text'; readonly text: string }
  | { readonly kind: 'points'; readonly points: readonly string[] }
  | { readonly kind: 'table'; readonly head: readonly string[]; readonly rows: readonly (readonly string[])[] }
  /** Lines for bash that are pasted together. */
  | { readonly kind: 'shell'; readonly lines: readonly string[] }
  /** The command of this tool that does the same. */
  | { readonly kind: 'tool'; readonly command: string }
  /** What is to be seen before one goes on. */
  | { readonly kind: 'expect'; readonly text: string };

export interface Chapter {
  /** The guide's number, with a letter where it has two branches. */
  readonly number?: string;
  readonly title: string;
  readonly blocks: readonly Block[];
}

/** A runbook for one deployment; it holds no secret. */
export interface RunbookText {
  readonly title: string;
  readonly chapters: readonly Chapter[];
}

export const text = (...sentences: readonly string[]): Block => ({ kind: 'text', text: sentences.join(' ') });
export const points = (...items: readonly string[]): Block => ({ kind: 'points', points: items });
export const shell = (...lines: readonly string[]): Block => ({ kind: 'shell', lines });
export const tool = (command: string): Block => ({ kind: 'tool', command });
export const expect = (...sentences: readonly string[]): Block => ({ kind: 'expect', text: sentences.join(' ') });

export const titleOf = ({ number, title }: Chapter): string => (number === undefined ? title : `${number}. ${title}`);

/** What a chapter is written from. */
export type Subject = Pick<Deployment, 'members' | 'linkName' | 'topics' | 'proxyAddress' | 'workplace'>;

/** Host and port of Kafka. */
export function kafkaAt({ bootstrapEndpoint }: DeployedMember): { readonly host: string; readonly port: number } {
  const { hostname, port } = new URL(`kafka://${bootstrapEndpoint}`);
  return { host: hostname, port: Number(port || 9092) };
}
