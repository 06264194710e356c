import { execFile, spawn } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { outputsOf, removeFiles } from '../../../packages/confluent-dr/test/report/status/support/command';
import { closeDeployedLabs, DeployedLab } from '../../../packages/confluent-dr/test/support/deployed-lab';
import { faulty } from '../../../packages/confluent-dr/test/support/operating-lab';
import { documentProblems } from '../../../packages/confluent-dr/test/support/output-schema';
import { eventually, Program } from '../../support/waiting';

const TOOL = join(__dirname, '../../../packages/confluent-dr/bin/confluent-dr.js');

let folder: string;

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'signals-'));
});

afterAll(async () => {
  removeFiles();
  await closeDeployedLabs();
  rmSync(folder, { recursive: true });
});

interface Process {
  readonly code: number | null;
  readonly signal: string | null;
  readonly stdout: string;
  readonly stderr: string;
}

async function ended(node: readonly string[], words: readonly string[]): Promise<Process> {
  const child = spawn(process.execPath, [...node, TOOL, ...words], { cwd: folder, stdio: ['ignore', 'pipe', 'pipe'] });
  let [stdout, stderr] = ['', ''];
  child.stdout.on('data', (chunk) => (stdout += String(chunk)));
  child.stderr.on('data', (chunk) => (stderr += String(chunk)));
  return { ...(await new Program(child, words.join(' ')).ended()), stdout, stderr };
}

describe.each(['SIGINT', 'SIGTERM', 'SIGHUP'])('%s', (signal) => {
  /** Sends the process its signal as soon as something in it listens: while the rest is still loading. */
  const early = (): string[] => {
    const script = join(folder, `${signal}.cjs`);
    writeFileSync(
      script,
      `process.on('newListener', function send(name) {
         if (name === '${signal}') {
           process.removeListener('newListener', send);
           process.nextTick(() => process.kill(process.pid, name));
           process.kill(process.pid, name);
         }
       });`,
    );
    return ['--require', script];
  };

  test.each(['hosts', 'status', 'report drill.json', 'lab status'])(
    'while the tool is loading ends %s with 130, quietly, with one document',
    async (words) => {
      const { code, signal: by, stdout, stderr } = await ended(early(), [...words.split(' '), '--json']);
      expect([code, by, stderr]).toEqual([130, null, 'confluent-dr: interrupted\n']);
      expect(JSON.parse(stdout)).toEqual({ error: { exitCode: 130, message: 'interrupted' } });
      expect(documentProblems('error', JSON.parse(stdout))).toEqual([]);
    },
  );
});

test('a second Ctrl-C ends at once what the first one lets end in order, with one document', async () => {
  const lab = await DeployedLab.start({ topics: 1 });
  await faulty(lab, { kind: 'mirror-stuck', target: lab.member('secondary').clusterId });
  const words = ['failover', '--planned', '--yes', '--json', '--outputs', outputsOf(lab)];
  const child = spawn(process.execPath, [TOOL, ...words], { cwd: folder, stdio: ['ignore', 'pipe', 'pipe'] });
  let [stdout, stderr] = ['', ''];
  child.stdout.on('data', (chunk) => (stdout += String(chunk)));
  child.stderr.on('data', (chunk) => (stderr += String(chunk)));
  const failover = new Program(child, 'failover');
  await eventually(() => lab.callsOf('secondary', 'POST', 'validate_only=false').length, Boolean, {
    what: 'the operation',
    died: failover.died,
  });
  // The last look would be waited for.
  await faulty(lab, { kind: 'hanging', target: lab.member('primary').clusterId });
  child.kill('SIGINT');
  // Two that it has not met yet would be one.
  await eventually(
    () => /^ShdPnd:\s*(\w+)/m.exec(readFileSync(`/proc/${child.pid}/status`, 'utf8'))![1],
    (pending) => /^0+$/.test(pending),
    { what: 'the first Ctrl-C', died: failover.died },
  );
  child.kill('SIGINT');
  expect(await failover.ended()).toEqual({ code: 130, signal: null });
  expect(JSON.parse(stdout)).toMatchObject({ error: { exitCode: 130 } });
  expect(stderr).not.toContain('    at ');
});

/** The exit codes are those that the commands have without a reader that leaves. */
const LONG: readonly (readonly [code: number, ...words: string[]])[] = [
  [0, '--help'],
  [0, 'lab', 'fault', 'add', '--help'],
  [4, 'acl'],
  [4, 'acl', '--fix', '--dry-run', '--all'],
  [0, 'check'],
  [0, 'config', 'show'],
  [0, 'drill', '--dry-run', '--no-toggle'],
  [3, 'failover', '--planned', '--dry-run'],
  [0, 'hosts', '--brokers', '1000'],
  [0, 'lag', '--all'],
  [4, 'ready'],
  [0, 'runbook'],
  [4, 'status', '--all'],
];

describe('| head -n 1', () => {
  let outputs: string;

  beforeAll(async () => {
    const lab = await DeployedLab.start({ topics: 500, partitions: 1, acls: false });
    outputs = outputsOf(lab);
  });

  const rows = LONG.flatMap(([code, ...words]) =>
    words.includes('--help')
      ? [[code, words] as const]
      : [[code, words] as const, [code, [...words, '--json']] as const],
  );

  test.each(rows)('%d: %j', async (code, words) => {
    const named = words.includes('--help') ? words : [...words, '--outputs', outputs];
    const quoted = [process.execPath, TOOL, ...named].map((word) => `'${word}'`).join(' ');
    const script = `${quoted} | head -n 1; echo "\${PIPESTATUS[0]}"`;
    const { stdout, stderr } = await promisify(execFile)('bash', ['-c', script], { cwd: folder });
    const lines = stdout.trimEnd().split('\n');
    expect([lines.length, lines[1]]).toEqual([2, String(code)]);
    expect(stderr).not.toMatch(/EPIPE|^ {4}at /m);
  });
});
