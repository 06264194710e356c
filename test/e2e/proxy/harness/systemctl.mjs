#!/usr/bin/env node
/**
 * A stand-in for systemctl where systemd cannot run. It reads the very unit files and does what the proxy relies on:
 * conditions, users, runtime and logs folders, the commands in their order, restarts, stop signals, enabling, masking.
 * Sandboxing, ordering and resource accounting are left out.
 */
import { spawn, spawnSync } from 'node:child_process';
import {
  appendFileSync,
  existsSync,
  mkdirSync,
  readFileSync,
  readdirSync,
  rmSync,
  symlinkSync,
  writeFileSync,
  lstatSync,
} from 'node:fs';
import { fileURLToPath } from 'node:url';

const UNITS = '/etc/systemd/system';
const WANTS = `${UNITS}/multi-user.target.wants`;
const BOARD = '/run/systemctl-stand-in';
const JOURNAL = '/run/systemctl-stand-in.journal';
const self = fileURLToPath(import.meta.url);

mkdirSync(BOARD, { recursive: true });
const note = (text) => appendFileSync(JOURNAL, `stand-in for systemctl: ${text}\n`);
const sleep = (ms) => Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, ms);
const board = (unit) => `${BOARD}/${unit}`;
const alive = (pid) => {
  try {
    process.kill(pid, 0);
    return readFileSync(`/proc/${pid}/stat`, 'utf8').split(') ')[1][0] !== 'Z';
  } catch {
    return false;
  }
};
const readBoard = (unit) => (existsSync(board(unit)) ? JSON.parse(readFileSync(board(unit), 'utf8') || '{}') : {});
const isActive = (unit) => alive(readBoard(unit).supervisor ?? 0);

function load(unit) {
  const instance = /@(.*)\.service$/.exec(unit)?.[1];
  const file = `${UNITS}/${instance === undefined ? unit : unit.replace(/@.*\.service$/, '@.service')}`;
  if (!existsSync(file)) {
    return undefined;
  }
  const settings = {};
  for (const line of readFileSync(file, 'utf8').split('\n')) {
    const [, key, value] = /^([A-Za-z]+)=(.*)$/.exec(line) ?? [];
    if (key) {
      (settings[key] ??= []).push(value.replaceAll('%i', instance ?? ''));
    }
  }
  return settings;
}

const one = (settings, key, otherwise) => settings[key]?.at(-1) ?? otherwise;
const kibibytes = (text) => (text.endsWith('M') ? String(parseInt(text, 10) * 1024) : text);
const milliseconds = (text) => (text.endsWith('ms') ? parseInt(text, 10) : parseFloat(text) * 1000);

function command(settings, line, main) {
  const privileged = line.startsWith('+');
  const words = line
    .replace(/^[+-]+/, '')
    .replaceAll('$MAINPID', String(main ?? ''))
    .match(/'[^']*'|\S+/g)
    .map((word) => word.replace(/^'|'$/g, ''));
  const user = one(settings, 'User');
  if (privileged || !user) {
    return words;
  }
  const capabilities = (one(settings, 'AmbientCapabilities') ?? '').toLowerCase().replace('cap_', '');
  const extra = capabilities ? [`--inh-caps=+${capabilities}`, `--ambient-caps=+${capabilities}`] : [];
  return [
    'bash',
    '-c',
    'ulimit -f "$1"; ulimit -n "$0" 2>/dev/null || ulimit -n "$(ulimit -H -n)"; shift; exec "$@"',
    one(settings, 'LimitNOFILE', '1024'),
    kibibytes(one(settings, 'LimitFSIZE', 'unlimited')),
    'setpriv',
    '--reuid',
    user,
    '--regid',
    one(settings, 'Group', user),
    '--clear-groups',
    ...extra,
    '--',
    ...words,
  ];
}

const folders = (settings) => [
  ...(settings.RuntimeDirectory ?? []).map((name) => [`/run/${name}`, one(settings, 'RuntimeDirectoryMode', '0755')]),
  ...(settings.LogsDirectory ?? []).map((name) => [`/var/log/${name}`, one(settings, 'LogsDirectoryMode', '0755')]),
];

function conditionsHold(settings) {
  return (settings.ExecCondition ?? []).every((line) => {
    const [program, ...rest] = command(settings, line);
    return spawnSync(program, rest).status === 0;
  });
}

/** The process that stands for systemd's care of one unit: starts it, restarts it, cleans up after it. */
async function supervise(unit) {
  const settings = load(unit);
  let stopping = false;
  let main;
  process.on('SIGTERM', () => (stopping = true));
  const output = ['ignore', await openJournal(), await openJournal()];
  const clean = () =>
    (settings.RuntimeDirectory ?? []).forEach((name) => rmSync(`/run/${name}`, { recursive: true, force: true }));
  const run = (line) => {
    const [program, ...rest] = command(settings, line, main?.pid);
    return spawnSync(program, rest, { stdio: output }).status === 0 || line.startsWith('-');
  };
  const endGroup = () => {
    if (main?.pid) {
      try {
        process.kill(-main.pid, 'SIGKILL');
      } catch {
        /* nobody is left */
      }
    }
  };
  const record = () => writeFileSync(board(unit), JSON.stringify({ supervisor: process.pid, main: main?.pid }));
  record();
  for (;;) {
    if (!conditionsHold(settings)) {
      rmSync(board(unit), { force: true });
      process.exit(0);
    }
    for (const [path, mode] of folders(settings)) {
      spawnSync('mkdir', ['-p', path]);
      spawnSync('chown', [`${one(settings, 'User', 'root')}:${one(settings, 'Group', 'root')}`, path]);
      spawnSync('chmod', [mode, path]);
    }
    if ((settings.ExecStartPre ?? []).every(run)) {
      const [program, ...rest] = command(settings, one(settings, 'ExecStart'));
      main = spawn(program, rest, { stdio: output, detached: true });
      let ended = false;
      main.on('exit', () => (ended = true));
      record();
      while (!ended && !stopping) {
        await new Promise((done) => setTimeout(done, 5));
      }
      if (stopping && !ended) {
        (settings.ExecStop ?? []).forEach(run);
        try {
          process.kill(-main.pid, one(settings, 'KillSignal', 'SIGTERM'));
        } catch {
          /* ended by ExecStop */
        }
        for (let waited = 0; !ended && waited < milliseconds(one(settings, 'TimeoutStopSec', '90')); waited += 5) {
          await new Promise((done) => setTimeout(done, 5));
        }
      }
      endGroup();
    }
    main = undefined;
    clean();
    if (stopping || one(settings, 'Restart', 'no') !== 'always') {
      rmSync(board(unit), { force: true });
      process.exit(0);
    }
    note(`${unit} ended, restarting it`);
    record();
    await new Promise((done) => setTimeout(done, milliseconds(one(settings, 'RestartSec', '100ms'))));
  }
}

async function openJournal() {
  const { openSync } = await import('node:fs');
  return openSync(JOURNAL, 'a');
}

function start(unit) {
  const settings = load(unit);
  if (!settings) {
    console.error(`Failed to start ${unit}: Unit ${unit} not found.`);
    return 5;
  }
  if (isActive(unit)) {
    return 0;
  }
  if (!conditionsHold(settings)) {
    note(`${unit} not started: a condition does not hold`);
    return 0;
  }
  rmSync(board(unit), { force: true });
  spawn(process.execPath, [self, 'supervise', unit], { detached: true, stdio: 'ignore' }).unref();
  for (let waited = 0; waited < 5000 && !readBoard(unit).main; waited += 5) {
    sleep(5);
  }
  return readBoard(unit).main ? 0 : 1;
}

function stop(unit) {
  const { supervisor } = readBoard(unit);
  if (isActive(unit)) {
    process.kill(supervisor, 'SIGTERM');
    while (alive(supervisor)) {
      sleep(5);
    }
  }
  rmSync(board(unit), { force: true });
  return 0;
}

function reload(unit) {
  const settings = load(unit);
  const { main } = readBoard(unit);
  if (!main || !alive(main)) {
    console.error(`Job type reload is not applicable for unit ${unit}.`);
    return 1;
  }
  const [program, ...rest] = command({ ...settings, User: undefined }, one(settings, 'ExecReload'), main);
  return spawnSync(program, rest, { stdio: 'inherit' }).status;
}

const isLink = (path) => {
  try {
    return lstatSync(path).isSymbolicLink();
  } catch {
    return false;
  }
};

const masked = (unit) => isLink(`${UNITS}/${unit}`);

function link(path, target) {
  if (!isLink(path)) {
    symlinkSync(target, path);
  }
}

/** All units of the proxy that are wanted, as at boot: nothing is ordered, so nothing may depend on an order. */
function boot() {
  const units = existsSync(WANTS) ? readdirSync(WANTS).filter((unit) => unit.startsWith('confluent-dr-proxy')) : [];
  return Math.max(0, ...units.map(start));
}

/** Ends everything at once, as a machine that loses its power. */
function crash() {
  for (const unit of readdirSync(BOARD)) {
    const { supervisor, main } = readBoard(unit);
    for (const pid of [supervisor, main && -main]) {
      try {
        if (pid) process.kill(pid, 'SIGKILL');
      } catch {
        /* gone already */
      }
    }
  }
  return 0;
}

const words = process.argv.slice(2).filter((word) => !word.startsWith('-'));
const options = process.argv.slice(2).filter((word) => word.startsWith('-'));
const [verb, ...units] = words;
const each = (action) => process.exit(Math.max(0, ...units.map(action)));

switch (verb) {
  case 'supervise':
    await supervise(units[0]);
    break;
  case 'daemon-reload':
    break;
  case 'start':
    each(start);
    break;
  case 'stop':
    each(stop);
    break;
  case 'restart':
    each((unit) => stop(unit) || start(unit));
    break;
  case 'reload':
    each(reload);
    break;
  case 'enable':
    mkdirSync(WANTS, { recursive: true });
    units.forEach((unit) => link(`${WANTS}/${unit}`, `${UNITS}/${unit}`));
    break;
  case 'disable':
    units.forEach((unit) => rmSync(`${WANTS}/${unit}`, { force: true }));
    each(options.includes('--now') ? stop : () => 0);
    break;
  case 'mask':
    units.forEach((unit) => link(`${UNITS}/${unit}`, '/dev/null'));
    break;
  case 'is-enabled':
    console.log(masked(units[0]) ? 'masked' : isLink(`${WANTS}/${units[0]}`) ? 'enabled' : 'disabled');
    process.exit(isLink(`${WANTS}/${units[0]}`) ? 0 : 1);
    break;
  case 'is-active':
    process.exit(isActive(units[0]) ? 0 : 3);
    break;
  case 'show':
    // `show --property MainPID --value UNIT`
    console.log(readBoard(units.at(-1)).main ?? 0);
    break;
  case 'kill': {
    const signal = options.find((option) => option.startsWith('--signal='))?.slice(9) ?? 'TERM';
    for (const name of units) {
      const rule = new RegExp(`^${name.replaceAll('.', '\\.').replaceAll('*', '.*')}$`);
      for (const unit of readdirSync(BOARD).filter((candidate) => rule.test(candidate))) {
        process.kill(readBoard(unit).main, `SIG${signal}`);
      }
    }
    break;
  }
  case 'boot':
    process.exit(boot());
    break;
  case 'crash':
    process.exit(crash());
    break;
  default:
    console.error(`the stand-in for systemctl does not know: ${process.argv.slice(2).join(' ')}`);
    process.exit(64);
}
