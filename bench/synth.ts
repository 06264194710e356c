/**
 * What synthesis costs, as ratios of medians of interleaved rounds in one run: a table to read, never a test, for
 * times depend on the machine. Every round is a process of its own, with the runtime that cdktf.json gives the app.
 */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { measureInRounds, runNode } from './ratios';

function synth(script: string, ...args: readonly string[]): () => void {
  return () => {
    const outdir = mkdtempSync(join(tmpdir(), 'bench-'));
    try {
      runNode(['--require', 'ts-node/register', script, ...args], { CDKTF_OUTDIR: outdir });
    } finally {
      rmSync(outdir, { recursive: true, force: true });
    }
  };
}

const folder = mkdtempSync(join(tmpdir(), 'bench-'));
process.once('exit', () => rmSync(folder, { recursive: true, force: true }));
runNode(['--require', 'ts-node/register', 'main.ts'], { CDKTF_OUTDIR: folder });

measureInRounds([
  { name: 'a bare cdktf app', work: synth('bench/apps/bare.ts') },
  { name: 'the default app', work: synth('main.ts'), against: 'a bare cdktf app', target: 1.3 },
  {
    name: 'its resources by bare bindings',
    work: synth('bench/apps/bare-resources.ts', join(folder, 'stacks/active-passive/cdk.tf.json')),
    against: 'a bare cdktf app',
  },
  { name: '1,000 topics by bare bindings', work: synth('bench/apps/bare-topics.ts', '1000') },
  {
    name: '1,000 mirrored topics',
    work: synth('bench/apps/topics.ts', '1000'),
    against: '1,000 topics by bare bindings',
    target: 1.2,
  },
  {
    name: '10,000 topics',
    work: synth('bench/apps/topics.ts', '10000'),
    against: '1,000 mirrored topics',
    target: 11,
  },
]);
