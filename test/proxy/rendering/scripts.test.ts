import { spawnSync } from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { commonName } from '../../../lib/server-names/pattern-overlap';
import { isServerNamePattern } from '../../../lib/server-names/server-name-pattern';

const templates = join(__dirname, '..', '..', '..', 'nginx-templates');
const scripts = ['bin', 'lib', 'converge'].flatMap((folder) =>
  readdirSync(join(templates, folder)).map((name) => join(templates, folder, name)),
);
const text = scripts.map((file) => readFileSync(file, 'utf8')).join('\n');

const bash = (program: string, input = ''): string => {
  const { stdout, stderr, status } = spawnSync('bash', ['--norc', '-euc', program, 'bash', templates], {
    input,
    encoding: 'utf8',
  });
  expect({ status, stderr }).toEqual({ status: 0, stderr: '' });
  return stdout;
};

/**
 * Bash passes over what fails in a function that is called behind `if`, `!`, `while`, `until`, `&&` or `||`. These may be:
 * questions, whose status is their answer, and single chains that lose nothing.
 */
const QUESTIONS = [
  'all_serve',
  'altered',
  'apt',
  'ask',
  'attempt',
  'bring_up_apart',
  'black_hole_held',
  'blackholed',
  'brought_about',
  'closes_strangers',
  'damaged',
  'fenced',
  'firewall_intact',
  'firewall_intact_when_free',
  'firewall_mark',
  'handed_over',
  'has_sockets',
  'in_force',
  'lifted_by_hand',
  'loaded_differs',
  'lock_file',
  'nobody_enforces',
  'outage_ended',
  'read_outage',
  'rejected',
  'rotate_logs',
  'serves',
  'shut',
  'systemctl',
  'write_whole',
  'within',
];

describe('the scripts of the proxy', () => {
  test('call no step where bash would pass over its failure', () => {
    const functions = [...text.matchAll(/^([a-z_]+)\(\) [({]/gm)].map(([, name]) => name);
    expect(functions).toEqual(expect.arrayContaining(['enforce', 'bring_up', 'write_outage', 'load_firewall']));
    const lines = text
      .replace(/\$\([^()\n]*\|\| true\)/g, '')
      .split('\n')
      .filter((line) => !/^\s*#/.test(line) && !/take_away && give_back/.test(line));
    const called = (name: string): RegExp =>
      new RegExp(
        `(?:\\b(?:if|elif|while|until|!) (?:! )?${name}\\b)|(?:(?:^|[;{]|(?<!\\$)\\(|\\|\\||&&) *${name}\\b(?!\\()(?:[^|;&]|\\$\\([^)]*\\))*(?:\\|\\||&&))`,
      );
    const unsafe = functions
      .filter((name) => !QUESTIONS.includes(name) && !['fail', 'say'].includes(name))
      .filter((name) => lines.some((line) => called(name).test(line)));
    expect(unsafe).toEqual([]);
  });

  const COUNT = 'source "$1/lib/logs.sh"; sum_up - | sort';

  test('sum up tallies and earlier sums, and leave torn lines out', () => {
    const tally = [
      'primary closed primary 80 7 ;',
      'primary closed primary 1000 5000000000 ;',
      'front instance-down primary 0 0 ;',
      '= front instance-down primary 2998 0 0 ;',
      'primary closed prim',
      'primary closed primary 12',
      'front unknown-name - 0 0 ;',
    ];
    expect(bash(COUNT, tally.join('\n'))).toBe(
      '= front instance-down primary 2999 0 0 ;\n= front unknown-name - 1 0 0 ;\n= primary closed primary 2 1080 5000000007 ;\n',
    );
  });

  test('make counters of the sums', () => {
    const sums =
      '= front instance-down primary 2999 0 0 ;\n= primary closed primary 2 80 7 ;\n= primary given-up primary 1 3 0 ;\n= front no-tls - 4 0 0 ;\n';
    expect(JSON.parse(bash('source "$1/lib/stats.sh"; instance_counters primary 9', sums))).toEqual({
      name: 'primary',
      openSessions: 9,
      sessions: 2,
      givenUp: 1,
      unresolved: 0,
      unreachable: 0,
      failed: 0,
      refusedWhileDown: 2999,
      bytesFromClients: 83,
      bytesToClients: 7,
    });
    expect(bash('source "$1/lib/stats.sh"; strangers', sums)).toBe('"no-tls":4');
  });

  test('make the hello before they connect, without a process', () => {
    const traced = bash(
      'source "$1/converge/hello.sh"; make_hello b0-pkc-a.example; printf "$hello" | od -An -v -tx1 | tr -d " \\n"',
    );
    const bytes = Buffer.from(traced, 'hex');
    expect(bytes.readUInt16BE(3)).toBe(bytes.length - 5);
    expect(bytes.readUIntBE(6, 3)).toBe(bytes.length - 9);
    expect(bytes.subarray(-16).toString()).toBe('b0-pkc-a.example');
    const maker = /^make_hello\(\) \{[^]*?^\}/m.exec(text)![0];
    expect(maker).not.toMatch(/\$\((?!\()/);
    const asking = /^ask\(\) \([^]*?^\)/m.exec(text)![0];
    expect(asking.indexOf('make_hello')).toBeLessThan(asking.indexOf('/dev/tcp'));
  });

  test('wait by a clock that nobody can set', () => {
    const waiting = (asking: string): string =>
      bash(
        `source "$1/lib/common.sh"; uptime_file=$(mktemp); at() { echo "$1 0.00" >"$uptime_file"; }; at 09.08
         asked=0; question() { asked=$((asked + 1)); ${asking}; }
         if within 15 question; then echo "yes $asked"; else echo "no $asked"; fi; rm "$uptime_file"`,
      );
    expect(waiting('SECONDS=100000; ((asked == 3))')).toBe('yes 3\n');
    expect(waiting('SECONDS=-100000; if ((asked == 3)); then at 24.08; fi; false')).toBe('no 3\n');
  });

  describe('end an outage', () => {
    /** An outage of 60 s that began at 1000 by the clock and 500.05 s after the boot, seen later. */
    const seen = (later: string): string =>
      bash(
        `source "$1/lib/common.sh"; source "$1/lib/outage.sh"; source "$1/lib/status.sh"
         trap 'rm -rf "$state"' EXIT; state=$(mktemp -d) private=$state uptime_file=$state/uptime; mkdir "$state/outages"
         unset EPOCHSECONDS EPOCHREALTIME; instances() { echo primary; }
         at() { EPOCHSECONDS=\${1%.*} EPOCHREALTIME=$1; echo "$2 0.00" >"$uptime_file"; }
         at 1000.250000 500.05; events=(); record_wish primary reject 60; note_ends
         ${later}; if in_force primary; then echo lasts; else echo over; fi`,
      ).trim();

    test.each([
      ['a moment before its time', 'at 1059.900000 559.70', 'lasts'],
      ['in its time', 'at 1060.000000 559.81', 'over'],
      ['after the clock was set forward by an hour', 'at 4610.000000 510.00', 'over'],
      ['in its time where the whole machine was paused', 'at 1060.000000 500.20', 'over'],
      ['after the clock was set back by an hour', 'at -2541.000000 559.81', 'over'],
      ['after a boot', 'rm "$private"/*.end; at 1059.000000 9.00; note_ends', 'lasts'],
      ['in its time after a boot', 'rm "$private"/*.end; at 1059.500000 9.00; note_ends; at 7.0 9.51', 'over'],
      [
        'as long as ever after a boot with a clock that is behind',
        'rm "$private"/*.end; at 7.000000 9.00; note_ends; at 7.0 68.9',
        'lasts',
      ],
      [
        'no longer after a boot with a clock that is behind',
        'rm "$private"/*.end; at 7.000000 9.00; note_ends; at 7.0 69.00',
        'over',
      ],
      ['by the clock where nothing is noted', 'rm "$private"/*.end; at 1060.000000 9.00', 'over'],
      ['that is given more time', 'record_wish primary reject 90; note_ends; at 1.0 580.0', 'lasts'],
      ['that is given more time, after it', 'record_wish primary reject 90; note_ends; at 1.0 589.81', 'over'],
    ])('%s', (_what, later, expected) => {
      expect(seen(later)).toBe(expected);
    });
  });

  test('write no event where the log of them is full, and go on', () => {
    const events = (size: number): string =>
      bash(
        `source "$1/lib/common.sh"; logs=$(mktemp -d); truncate -s ${size} "$logs/events.log"; event hello
         stat -c %s "$logs/events.log"; rm -r "$logs"`,
      );
    expect(events(8_387_585)).toBe(`confluent-dr-proxy: hello\n8387585\n`);
    expect(events(0)).toBe(`confluent-dr-proxy: hello\n27\n`);
  });

  test('count no open sessions where they cannot be seen', () => {
    const count = (ss: string): string =>
      bash(
        `source "$1/lib/common.sh"; source "$1/lib/status.sh"; ss() { ${ss}; }
         if open=$(open_sessions primary 2>&1); then echo "open: $open"; else echo "failed: $open"; fi`,
      );
    expect(count('return 1')).toBe('failed: confluent-dr-proxy: the open sessions cannot be counted: ss fails\n');
    expect(count('echo "u_str 0 0 /run/confluent-dr-proxy/primary/443.sock 7 * 8"')).toBe('open: 1\n');
    expect(count(':')).toBe('open: 0\n');
  });

  test('read the name servers of a machine as the resolver does', () => {
    const found = bash(
      `given=$(mktemp); cat >"$given"; eval "$(sed "s|/run/systemd/resolve/resolv.conf|$given|" "$1/converge/machine.sh")"
       source "$1/converge/validate.sh"; machine_resolvers; rm "$given"`,
      'search nameserver\nnameserver\t10.0.0.2\nnameserver fe80::1%eth0\nnameserver  FD00::A # the second\nnameserver 10.0.0.4 ;\n',
    );
    expect(found).toBe('10.0.0.2\nFD00::A\n10.0.0.4\n');
  });

  describe('of which one is a command', () => {
    const command = (...words: string[]) => {
      const program =
        'templates=$1; shift; eval "$(sed "s|^here=.*|here=$templates/lib|" "$templates/bin/confluent-dr-proxy")"';
      const run = spawnSync('bash', ['--norc', '-c', program, 'bash', templates, ...words], { encoding: 'utf8' });
      return { status: run.status, stdout: run.stdout, stderr: run.stderr.split('\n')[0] };
    };

    test.each<[string[], string]>([
      [[], 'received no command: expected status, stats or lift'],
      [[''], "received the command '': expected status, stats or lift"],
      [['stat'], 'received the command stat: expected status, stats or lift'],
      [['stat', 'x'], 'received the command stat: expected status, stats or lift'],
      [['status', 'primary'], 'status takes nothing after it, and received: primary'],
      [['stats', '-v', 'a b'], 'stats takes nothing after it, and received: -v a\\ b'],
      [['lift'], 'lift takes the name of one instance (), and received: nothing'],
      [['lift', 'primary', 'secondary'], 'lift takes the name of one instance (), and received: primary secondary'],
    ])('says what is wrong with %j', (words, message) => {
      expect(command(...words)).toEqual({ status: 2, stdout: '', stderr: `confluent-dr-proxy: ${message}` });
    });

    test.each([['--help'], ['-h'], ['help'], ['lift', '--help'], ['stats', '-h']])(
      'tells how it is used: %j',
      (...words) => {
        expect(command(...words)).toMatchObject({
          status: 0,
          stderr: '',
          stdout: expect.stringMatching(/^Usage: /) as string,
        });
      },
    );
  });

  describe('find a name that two instances share', () => {
    const overlaps = (routes: string): string[] =>
      bash('source "$1/converge/overlap.sh"; overlaps', routes).split('\n').filter(Boolean);
    const AT = String.raw`\.westeurope\.azure\.confluent\.cloud`;

    test.each([
      [`(b[0-9]+-)?pkc-1${AT} primary\nb7-pkc-1${AT} secondary\n`, 'b7-pkc-1.westeurope.azure.confluent.cloud'],
      [`e-[0-9a-z]+-az1-n1${AT} primary\ne-5x[0-9a-z]+-az[0-9]+-n1${AT} secondary\n`, 'e-5x0-az1-n1.'],
      [`[0-9a-z]+1${AT} primary\n1[0-9]+${AT} secondary\n`, '11.'],
      [`psrc-1${AT} shared\npkc-1${AT} primary\n(x)?psrc-1${AT} secondary\n`, 'psrc-1.'],
    ])('%j', (routes, name) => {
      const found = overlaps(routes);
      expect(found).toHaveLength(1);
      expect(found[0].startsWith(name)).toBe(true);
    });

    test('and none where one instance has both patterns, or the patterns have nothing in common', () => {
      expect(
        overlaps(
          `pkc-1${AT} primary\npkc-1${AT} primary\npkc-2${AT} secondary\npkc-[0-9]+x${AT} shared\na(b)?(c)?${AT} shared\nacb${AT} primary\n`,
        ),
      ).toEqual([]);
    });

    test('as the rendering does, for some thousand pairs of patterns', () => {
      // The same ones in each run.
      let state = 7;
      const below = (most: number): number => (state = (state * 48271) % 2147483647) % most;
      const atoms = ['a', 'b', '1', '-', '[0-9]+', '[0-9a-z]+', String.raw`\.`];
      const some = (most: number): string =>
        Array.from({ length: 1 + below(most) }, () => atoms[below(atoms.length)]).join('');
      const pattern = (): string =>
        Array.from({ length: 1 + below(3) }, () => (below(3) === 0 ? `(${some(2)})?` : some(3))).join('') +
        String.raw`\.c\.cloud`;
      const patterns = Array.from({ length: 70 }, pattern).filter(isServerNamePattern);
      const pairs = patterns.flatMap((one, index) => patterns.slice(0, index).map((other) => [other, one] as const));
      const expected = pairs
        .filter(([other, one]) => commonName(other, one) !== undefined)
        .map(([other, one]) => `${other} ${one}`);
      expect(expected.length).toBeGreaterThan(100);
      expect(pairs.length - expected.length).toBeGreaterThan(1000);
      const found = overlaps(patterns.map((each, index) => `${each} i${index}\n`).join(''));
      for (const line of found) {
        const [name, other, , one] = line.split(' ');
        expect([name, new RegExp(`^${other}$`).test(name), new RegExp(`^${one}$`).test(name)]).toEqual([
          name,
          true,
          true,
        ]);
      }
      expect(found.map((line) => line.split(' ')).map(([, other, , one]) => `${other} ${one}`)).toEqual(expected);
    });
  });
});
