/**
 * A whole rehearsal on this machine, as `npm start`: a lab of its own with what the machine has, the default app deployed in
 * it, a drill with a canary, its report, and all taken down again. What it leaves is in `rehearsals/`.
 */
import { spawn } from 'node:child_process';
import { closeSync, existsSync, mkdirSync, mkdtempSync, openSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = join(dirname(fileURLToPath(import.meta.url)), '..');
const tool = [process.execPath, join(root, 'node_modules/confluent-dr/bin/confluent-dr.js')];
const cdktf = [process.execPath, join(root, 'node_modules/cdktf-cli/bundle/bin/cdktf.js')];
const TARGETS = ['--target-rto', '5m', '--target-rpo', '0'];

const begun = Date.now();
const place = mkdtempSync(join(tmpdir(), 'confluent-dr-rehearsal-'));
const results = join(root, 'rehearsals', new Date(begun).toISOString().replace(/[:.]/g, '-'));
const env = { ...process.env, CONFLUENT_DR_LAB: join(place, 'lab'), CHECKPOINT_DISABLE: '1', CI: '1' };

let interrupted = false;
let running;
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) {
  process.on(signal, () => {
    if (signal !== 'SIGHUP' || !interrupted) {
      running?.kill('SIGINT');
    }
    interrupted = true;
  });
}
// Of a terminal that was closed: the lab is to be taken down all the same.
[process.stdout, process.stderr].forEach((stream) => stream.on('error', () => undefined));

const say = (text) => console.log(`${String(Math.round((Date.now() - begun) / 1000)).padStart(3)} s  ${text}`);

/** Runs a command to its end, beyond the reach of the terminal's Ctrl-C. @returns its exit code and what it wrote to standard output */
function run([command, ...args], { log, evenInterrupted = false } = {}) {
  if (interrupted && !evenInterrupted) {
    return Promise.resolve({ code: 130, stdout: '' });
  }
  const file = log === undefined ? undefined : openSync(join(results, log), 'a', 0o600);
  return new Promise((resolve, reject) => {
    const child = spawn(command, args, {
      cwd: root,
      env,
      detached: true,
      stdio: ['ignore', file ?? 'pipe', file ?? 'pipe'],
    });
    running = child;
    let [stdout, stderr] = ['', ''];
    child.stdout?.on('data', (chunk) => (stdout += String(chunk)));
    child.stderr?.on('data', (chunk) => (stderr += String(chunk)));
    child.on('error', reject);
    child.on('close', (code) => {
      if (file !== undefined) {
        closeSync(file);
      }
      resolve({ code: code ?? 1, stdout, stderr });
    });
  });
}

const lab = (...words) => [...tool, 'lab', ...words];
const inLab = (command) => lab('exec', '--', ...command);

class Failed extends Error {}

async function must(what, command, log) {
  const { code, stderr = '' } = await run(command, { log });
  if (code !== 0 && !interrupted) {
    throw new Failed(
      `${what} ended with exit code ${code}. ${log ? `See ${relative(root, join(results, log))}.` : stderr.trim()}`,
    );
  }
}

/** With brokers, where the machine can; what it lacks is told. */
async function labUp() {
  const { code, stderr = '' } = await run(lab('up', '--kafka'));
  if (code === 0 || interrupted) {
    return true;
  }
  console.log(`Not measured will be what clients see, as there are no brokers:\n${stderr.trim()}\n`);
  await must('lab up', lab('up'));
  return false;
}

async function rehearse() {
  const hasBrokers = await labUp();
  const { stdout } = await run(lab('status', '--json'));
  const missing = interrupted ? undefined : JSON.parse(stdout).lacks_for_proxy;
  if (missing) {
    console.log(`Not proven will be that the proxy keeps clients from the primary. This machine has no ${missing}\n`);
  }
  say(
    `The lab is up${hasBrokers ? ', with brokers of Apache Kafka' : ''}${missing ? '' : ', and with nginx for the proxy'}; deploying the default app …`,
  );
  await must('The deployment', inLab([...cdktf, 'deploy', '--auto-approve']), 'deploy.log');
  say('Deployed; the drill goes there and back …');
  const journal = join(results, 'drill.json');
  const canary = hasBrokers ? ['--canary', '--canary-log', join(results, 'canary.jsonl'), ...TARGETS] : [];
  const drill = ['drill', '--yes', '--journal', journal, ...canary, ...(missing ? ['--no-proof'] : [])];
  const { code } = await run(inLab([...tool, ...drill]), { log: 'drill.log' });
  if (!existsSync(journal)) {
    throw new Failed(`The drill was not begun (exit code ${code}). See ${relative(root, join(results, 'drill.log'))}.`);
  }
  const ended = readFileSync(join(results, 'drill.log'), 'utf8');
  const ending = ended.split(/^(?:canary: reads back|===) .*$/m).at(-1);
  const report = await run([...tool, 'report', journal], { evenInterrupted: true });
  say('The drill has ended:');
  console.log(`\n${ending.replace(/\n→[^]*$/, '').trim()}\n`);
  console.log(report.stdout.trim().replaceAll(`${results}/`, `${relative(root, results)}/`));
  return code === 0 ? report.code : code;
}

mkdirSync(results, { recursive: true, mode: 0o700 });
let code = 1;
try {
  code = await rehearse();
} catch (error) {
  if (!(error instanceof Failed)) {
    throw error;
  }
  console.error(error.message);
} finally {
  await run(lab('down'), { evenInterrupted: true });
  rmSync(place, { recursive: true, force: true });
  say('The lab is down, and nothing of it is left.');
}
process.exitCode = interrupted ? 130 : code;
