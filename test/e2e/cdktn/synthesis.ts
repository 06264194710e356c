import { spawnSync } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** The stacks of an app, each as the text of its cdk.tf.json, which tells nothing of where the app is. */
export type Stacks = Readonly<Record<string, string>>;

/** Runs an app by the command of its cdktf.json, in a process of its own: cdktf and cdktn are never loaded together. */
export function synthesized(folder: string, node = process.execPath): Stacks {
  const outdir = mkdtempSync(join(tmpdir(), 'cdktf.out-'));
  try {
    const { status, stderr } = spawnSync(node, ['--require', 'ts-node/register', 'main.ts'], {
      cwd: folder,
      encoding: 'utf8',
      env: { ...process.env, CDKTF_OUTDIR: outdir },
    });
    if (status !== 0) {
      throw new Error(`${folder} ended with ${status}: ${stderr}`);
    }
    return Object.fromEntries(
      readdirSync(join(outdir, 'stacks')).map((stack) => [
        stack,
        readFileSync(join(outdir, 'stacks', stack, 'cdk.tf.json'), 'utf8').replaceAll(`${folder}/`, ''),
      ]),
    );
  } finally {
    rmSync(outdir, { recursive: true, force: true });
  }
}

/** Where two values differ, as `terraform.required_providers.azurerm.version: "4.55.0", "4.73.0"`. */
export function differences(one: unknown, other: unknown, path: readonly string[] = []): string[] {
  if (isObject(one) && isObject(other)) {
    const names = [...new Set([...Object.keys(one), ...Object.keys(other)])];
    return names.flatMap((name) => differences(one[name], other[name], [...path, name]));
  }
  const [before, after] = [one, other].map((value) => JSON.stringify(value));
  return before === after ? [] : [`${path.join('.')}: ${before}, ${after}`];
}

const isObject = (value: unknown): value is Record<string, unknown> => typeof value === 'object' && value !== null;
