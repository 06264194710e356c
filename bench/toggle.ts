/**
 * What a toggle of the default app costs, as ratios of medians of interleaved rounds in one run: its plan against one that
 * finds nothing to do and one from nothing, and its apply against one of nothing. Real terraform, and a table to read,
 * never a test.
 */
import { synthesizeInto, tfvars } from '../test/e2e/terraform/support/app';
import { startLabOfTfvars } from '../test/e2e/terraform/support/lab';
import { Workspace } from '../test/e2e/terraform/support/terraform';
import { printRatios } from './ratios';

const rounds = Number(process.env.BENCH_ROUNDS ?? 7);
const NOTHING = 'a plan of nothing to do';
const NOTHING_APPLIED = 'an apply of nothing to do';

async function seconds(work: () => Promise<unknown>): Promise<number> {
  const start = process.hrtime.bigint();
  await work();
  return Number(process.hrtime.bigint() - start) / 1e9;
}

/** @throws if the plan has changes where it should have none, or none where it should have some */
async function plan(workspace: Workspace, changes: boolean, ...args: readonly string[]): Promise<void> {
  const code = await workspace.detailedExitCode(...args);
  if (code !== (changes ? 2 : 0)) {
    throw new Error(`terraform plan ${args.join(' ')} ended with ${code}`);
  }
}

async function main(): Promise<void> {
  const lab = await startLabOfTfvars();
  const workspaceOf = async (): Promise<Workspace> => {
    const workspace = new Workspace(lab).write('terraform.tfvars.json', tfvars);
    synthesizeInto(workspace);
    await workspace.init();
    return workspace;
  };
  const [deployed, empty] = [await workspaceOf(), await workspaceOf()];
  try {
    await deployed.apply();
    let blocked = false;
    const toggle = (value: boolean): string => `-var=cc_failover_primary=${value}`;
    const subjects: Record<string, { readonly work: () => Promise<unknown>; readonly against?: string }> = {
      [NOTHING]: { work: () => plan(deployed, false, toggle(blocked)) },
      'a plan of the toggle': { work: () => plan(deployed, true, toggle(!blocked)), against: NOTHING },
      'a plan of the toggle, without a refresh': {
        work: () => plan(deployed, true, toggle(!blocked), '-refresh=false'),
        against: NOTHING,
      },
      'a plan from nothing': { work: () => plan(empty, true), against: NOTHING },
      [NOTHING_APPLIED]: { work: () => deployed.apply(toggle(blocked)), against: NOTHING },
      'an apply of the toggle': {
        work: () => deployed.apply(toggle((blocked = !blocked))),
        against: NOTHING_APPLIED,
      },
    };
    const times = new Map(Object.keys(subjects).map((name) => [name, [] as number[]]));
    for (let round = 0; round <= rounds; round += 1) {
      for (const [name, { work }] of Object.entries(subjects)) {
        const time = await seconds(work);
        // The first round fills the caches of the disk.
        if (round > 0) {
          times.get(name)!.push(time);
        }
      }
    }
    printRatios(Object.entries(subjects).map(([name, { against }]) => ({ name, seconds: times.get(name)!, against })));
    const lines = await deployed.readablePlan(toggle(!blocked));
    console.log(`The toggle's plan is shown in ${lines.length} lines.`);
  } finally {
    [deployed, empty].forEach((workspace) => workspace.remove());
    await lab.stop();
  }
}

void main();
