/**
 * What synthesis costs, as ratios of medians of interleaved rounds in one run: a table to read, never a test, for
 * times depend on the machine. Every round is a process of its own, with the runtime that cdktf.json gives the app.
 */
import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { printRatios } from './ratios';

interface Subject {
  readonly name: string;
  readonly script: string;
  readonly args?: readonly string[];
  /** The subject to compare with, and the ratio that should not be exceeded. */
  readonly against?: { readonly name: string; readonly target: number };
}

const subjects: readonly Subject[] = [
  { name: 'a bare cdktf app', script: 'bench/apps/bare.ts' },
  { name: 'the default app', script: 'main.ts', against: { name: 'a bare cdktf app', target: 1.3 } },
  { name: '1,000 topics by bare bindings', script: 'bench/apps/bare-topics.ts', args: ['1000'] },
  {
    name: '1,000 mirrored topics',
    script: 'bench/apps/topics.ts',
    args: ['1000'],
    against: { name: '1,000 topics by bare bindings', target: 1.2 },
  },
  {
    name: '10,000 topics',
    script: 'bench/apps/topics.ts',
    args: ['10000'],
    against: { name: '1,000 mirrored topics', target: 11 },
  },
];

const root = join(__dirname, '..');
const rounds = Number(process.env.BENCH_ROUNDS ?? 7);

function seconds({ script, args = [] }: Subject): number {
  const outdir = mkdtempSync(join(tmpdir(), 'bench-'));
  try {
    const start = process.hrtime.bigint();
    const { status, stderr } = spawnSync(process.execPath, ['--require', 'ts-node/register', script, ...args], {
      cwd: root,
      encoding: 'utf8',
      env: { ...process.env, CDKTF_OUTDIR: outdir },
    });
    const elapsed = Number(process.hrtime.bigint() - start) / 1e9;
    if (status !== 0) {
      throw new Error(`${script} failed: ${stderr}`);
    }
    return elapsed;
  } finally {
    rmSync(outdir, { recursive: true, force: true });
  }
}

function main(): void {
  const times = new Map(subjects.map(({ name }) => [name, [] as number[]]));
  for (let round = 0; round <= rounds; round += 1) {
    for (const subject of subjects) {
      const time = seconds(subject);
      // The first round fills the caches of disk and compiler.
      if (round > 0) {
        times.get(subject.name)!.push(time);
      }
    }
  }
  printRatios(
    subjects.map(({ name, against }) => ({
      name,
      seconds: times.get(name)!,
      against: against?.name,
      target: against?.target,
    })),
  );
}

main();
