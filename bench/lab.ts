/**
 * What the lab costs: the whole cycle of the default app, and the time a topic when there are ten times as many. One
 * run, real terraform; a table to read, never a test.
 */
import { spawnSync } from 'node:child_process';
import { cpSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Lab, startLab } from '../packages/confluent-dr-lab/src/lab';
import { synthesizeInto, tfvars } from '../test/e2e/terraform/support/app';
import { startLabOfTfvars } from '../test/e2e/terraform/support/lab';
import { Operator, type Role } from '../test/e2e/terraform/support/operator';
import { Workspace } from '../test/e2e/terraform/support/terraform';

const root = join(__dirname, '..');
const few = 100;
const many = 1000;

/** The seconds of each step, by its name. */
class Stopwatch {
  public readonly seconds: Record<string, number> = {};

  public async time<T>(step: string, work: () => Promise<T>): Promise<T> {
    const start = process.hrtime.bigint();
    const result = await work();
    this.seconds[step] = Number(process.hrtime.bigint() - start) / 1e9;
    return result;
  }

  public get total(): number {
    return Object.values(this.seconds).reduce((sum, value) => sum + value, 0);
  }
}

async function turn(operator: Operator, from: Role, to: Role, topics: readonly string[]): Promise<void> {
  await operator.operate(to, 'reverse-and-start-mirror', ...topics);
  await Promise.all([operator.untilAll(to, topics, 'STOPPED'), operator.untilAll(from, topics, 'ACTIVE')]);
}

async function cycle(): Promise<Stopwatch> {
  const watch = new Stopwatch();
  const lab = await watch.time('start', () => startLabOfTfvars());
  const operator = new Operator(lab);
  const workspace = new Workspace(lab).write('terraform.tfvars.json', tfvars);
  synthesizeInto(workspace);
  await workspace.init();
  const topics = ['active-passive-a'];
  await watch.time('deploy', () => workspace.apply());
  await watch.time('block', () => workspace.apply('-var=cc_failover_primary=true'));
  await watch.time('reverse', () => turn(operator, 'primary', 'secondary', topics));
  await watch.time('restore', () => workspace.apply('-var=cc_failover_primary=false'));
  await watch.time('fail back', () => turn(operator, 'secondary', 'primary', topics));
  await watch.time('destroy', () => workspace.apply('-destroy'));
  workspace.remove();
  await lab.stop();
  return watch;
}

/** A lab with the clusters that bench/apps/topics.ts names. */
async function labOfTopics(): Promise<Lab> {
  const cloud = { key: 'BENCH', secret: 'bench' };
  return startLab({
    sample: {
      cloud,
      serviceAccountId: 'sa-abc123',
      primary: { environmentId: 'env-a1', clusterId: 'lkc-aaaaa' },
      secondary: { environmentId: 'env-b1', clusterId: 'lkc-bbbbb' },
    },
    environment: () => ({ CONFLUENT_CLOUD_API_KEY: cloud.key, CONFLUENT_CLOUD_API_SECRET: cloud.secret }),
  });
}

async function withTopics(count: number): Promise<Stopwatch> {
  const watch = new Stopwatch();
  const lab = await labOfTopics();
  const operator = new Operator(lab, lab.cloud.sample, 'bench');
  const workspace = new Workspace(lab);
  synthesizeTopics(workspace, count);
  await workspace.init();
  await watch.time('deploy', () => workspace.apply());
  await watch.time('plan', () => workspace.detailedExitCode());
  const topics = Array.from({ length: count }, (_, number) => `topic-${number}`);
  await watch.time('reverse', () => turn(operator, 'primary', 'secondary', topics));
  await watch.time('plan, switched over', () => workspace.detailedExitCode());
  workspace.remove();
  await lab.stop();
  return watch;
}

function synthesizeTopics(workspace: Workspace, count: number): void {
  const outdir = mkdtempSync(join(tmpdir(), 'bench-'));
  try {
    const script = ['--require', 'ts-node/register', 'bench/apps/topics.ts', String(count)];
    const env = { ...process.env, CDKTF_OUTDIR: outdir };
    const { status, stderr } = spawnSync(process.execPath, script, { cwd: root, encoding: 'utf8', env });
    if (status !== 0) {
      throw new Error(stderr);
    }
    cpSync(join(outdir, 'stacks', 'topics'), workspace.folder, { recursive: true });
  } finally {
    rmSync(outdir, { recursive: true, force: true });
  }
}

async function main(): Promise<void> {
  const whole = await cycle();
  console.log(`The whole cycle of the default app: ${whole.total.toFixed(1)} s (at most 60)`);
  console.table(
    Object.fromEntries(Object.entries(whole.seconds).map(([step, time]) => [step, { s: time.toFixed(2) }])),
  );
  const [base, large] = [await withTopics(few), await withTopics(many)];
  console.log(`${many} mirror topics against ${few}: milliseconds a topic`);
  console.table(
    Object.fromEntries(
      Object.keys(large.seconds).map((step) => {
        const [one, other] = [(base.seconds[step] / few) * 1000, (large.seconds[step] / many) * 1000];
        return [step, { [few]: one.toFixed(1), [many]: other.toFixed(1), ratio: (other / one).toFixed(2) }];
      }),
    ),
  );
}

void main();
