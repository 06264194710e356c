/**
 * What one waits for before anything is done: the tool's help, and a lab. Medians of interleaved rounds in one run, held
 * against a Node that does nothing; a table to read, never a test.
 */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { measureInRounds, runNode } from './ratios';

const TOOL = 'packages/confluent-dr/bin/confluent-dr.js';
const folder = mkdtempSync(join(tmpdir(), 'bench-'));

try {
  measureInRounds([
    { name: 'node', work: () => runNode(['-e', '0']) },
    { name: 'confluent-dr --help', work: () => runNode([TOOL, '--help']), against: 'node' },
    { name: 'confluent-dr lab up', work: () => runNode([TOOL, 'lab', 'up', '--folder', folder]), against: 'node' },
    { name: 'confluent-dr lab down', work: () => runNode([TOOL, 'lab', 'down', '--folder', folder]), against: 'node' },
  ]);
} finally {
  rmSync(folder, { recursive: true, force: true });
}
