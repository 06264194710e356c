import { type ChildProcess, spawn } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { type CanaryEvent } from '../../../packages/confluent-dr/src/canary/events';
import { type CanarySummary } from '../../../packages/confluent-dr/src/canary/summary';
import { type Role } from '../../../packages/confluent-dr/src/observe/pair-observation';
import { type DocumentOf } from '../../../packages/confluent-dr/src/report/output-schema/documents';
import { DEPLOYED_LINK, type DeployedLab } from '../../../packages/confluent-dr/test/support/deployed-lab';
import { eventually, Program } from '../../support/waiting';
import { type Cluster } from './cluster';

const root = join(__dirname, '../../..');

export type CanaryLine = DocumentOf<'canary'>;
export type CanarySum = CanarySummary & { readonly type: 'sum'; readonly log: { path: string; sha256: string } };

export interface StageOptions {
  readonly lab: DeployedLab;
  readonly clusters: Readonly<Record<Role, Pick<Cluster, 'bootstrap'>>>;
  /** Where every broker's name leads to. */
  readonly proxyAddress: string;
  readonly caFile: string;
  readonly folder: string;
}

let runs = 0;
const running: ChildProcess[] = [];

/** `confluent-dr canary --json` as its users run it: a process of its own. */
export class CanaryRun {
  public readonly lines: CanaryLine[] = [];
  public stderr = '';
  private rest = '';
  private readonly program: Program;

  private constructor(
    public readonly child: ChildProcess,
    public readonly logFile: string,
  ) {
    this.program = new Program(child, 'the canary');
    running.push(child);
    child.stderr!.on('data', (chunk) => (this.stderr += String(chunk)));
    child.stdout!.on('data', (chunk) => {
      const parts = (this.rest + String(chunk)).split('\n');
      this.rest = parts.pop()!;
      this.lines.push(...parts.filter(Boolean).flatMap((line) => lineOf(line)));
    });
  }

  /** One that a failed test left behind would be another member of the group. */
  public static endAll(): void {
    running.splice(0).forEach((child) => child.kill('SIGKILL'));
  }

  public static start(stage: StageOptions, words: readonly string[]): CanaryRun {
    runs += 1;
    const outputs = join(stage.folder, `outputs-${runs}.json`);
    writeFileSync(outputs, JSON.stringify(outputsOf(stage)), { mode: 0o600 });
    const logFile = join(stage.folder, `canary-${runs}.jsonl`);
    const tool = [
      '--require',
      require.resolve('ts-node/register'),
      join(root, 'packages/confluent-dr/src/cli/main.ts'),
    ];
    const args = [...tool, 'canary', '--json', '--outputs', outputs, '--log', logFile, ...words];
    const env = {
      ...process.env,
      NODE_EXTRA_CA_CERTS: stage.caFile,
      NO_COLOR: '1',
      TS_NODE_PROJECT: join(root, 'tsconfig.json'),
    };
    return new CanaryRun(spawn(process.execPath, args, { env, stdio: ['ignore', 'pipe', 'pipe'] }), logFile);
  }

  public lookFor(type: CanaryLine['type']): CanaryLine[] {
    return this.lines.filter((line) => line.type === type);
  }

  public get seconds(): Extract<CanaryLine, { readonly type: 'second' }>[] {
    return this.lines.flatMap((line) => (line.type === 'second' ? line : []));
  }

  public acknowledged(from = 0): number {
    return this.seconds.slice(from).reduce((sum, { acknowledged }) => sum + acknowledged, 0);
  }

  /** @throws Error with what it said, where it has ended before it is so */
  public async until(is: () => boolean, what: string): Promise<void> {
    await eventually(
      () => ({ is: is(), stderr: this.stderr, lines: this.lines.slice(-3) }),
      ({ is }) => is,
      {
        what,
        died: this.program.died,
      },
    );
  }

  /** As by Ctrl-C. */
  public interrupt(): void {
    this.child.kill('SIGINT');
  }

  public async end(): Promise<{ code: number | null; sum: CanarySum }> {
    const { code } = await this.program.ended();
    return { code, sum: this.lines.find(({ type }) => type === 'sum') as CanarySum };
  }

  public get log(): CanaryEvent[] {
    return readFileSync(this.logFile, 'utf8')
      .split('\n')
      .filter(Boolean)
      .map((line) => JSON.parse(line) as CanaryEvent);
  }
}

/** An ending in error is one document on several lines, which the test does not need: standard error has it too. */
function lineOf(text: string): CanaryLine[] {
  try {
    return [JSON.parse(text) as CanaryLine];
  } catch {
    return [];
  }
}

function outputsOf({ lab, clusters, proxyAddress }: StageOptions): object {
  const memberOf = (role: Role): object => {
    const { clusterId, restEndpoint, kafka } = lab.member(role);
    return {
      cluster_id: clusterId,
      rest_endpoint: restEndpoint,
      bootstrap_endpoint: clusters[role].bootstrap,
      kafka_api_key: kafka.key,
      kafka_api_secret: kafka.secret,
    };
  };
  const value = {
    primary: memberOf('primary'),
    secondary: memberOf('secondary'),
    link_name: DEPLOYED_LINK,
    topics: lab.topics,
    proxy_public_ip: proxyAddress,
  };
  return { runbook: { sensitive: true, value } };
}
