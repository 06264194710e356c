import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { type ProxyPlan } from '../../../../lib/proxy/rendering/proxy-plan';
import { renderConvergeScript, renderProxyFiles } from '../../../../lib/proxy/rendering/render';
import { relocated } from '../../src/nginx/relocation';
import { filesIn, desiredStates } from '../../src/nginx/script-files';

const plan: ProxyPlan = {
  instances: [{ name: 'primary' }, { name: 'second-ary' }],
  routes: [
    { pattern: String.raw`(b[0-9]+-)?pkc-1\.westeurope\.azure\.confluent\.cloud`, instance: 'primary' },
    { pattern: String.raw`(b[0-9]+-)?pkc-2\.westeurope\.azure\.confluent\.cloud`, instance: 'second-ary' },
  ],
};
const script = renderConvergeScript(plan);
const files = filesIn(script)!;

describe('The files of a converge script', () => {
  test('are all that it carries, byte for byte', () => {
    expect([...files]).toEqual(renderProxyFiles(plan).map(({ path, content }) => [path, content]));
  });

  test('are those that bash takes out of it', () => {
    const stage = mkdtempSync(join(tmpdir(), 'script-'));
    try {
      // The parts of the script, without what it does with them.
      const parts = script.slice(script.indexOf('put() {'), script.indexOf('\nlongest='));
      spawnSync('bash', ['-euc', `stage=$1\n${parts}`, 'bash', stage]);
      expect([...files].map(([path]) => [path, readFileSync(join(stage, path), 'utf8')])).toEqual([...files]);
    } finally {
      rmSync(stage, { recursive: true });
    }
  });

  test('may hold what looks like another part', () => {
    const text = "put 'x' 0644 <<'END_2'\nEND_2\n";
    const put = (path: string, content: string): string => `put '${path}' 0644 <<'END_1'\n${content}END_1\n\n`;
    const own = [...['wishes', 'routes.conf', 'front.conf'].map((path) => put(path, text)), put('instances', '')].join(
      '',
    );
    expect(Object.fromEntries(filesIn(own)!)).toEqual({
      ...{ wishes: text, 'routes.conf': text, 'front.conf': text },
      instances: '',
    });
  });

  test('are none in a script that is no proxy', () => {
    expect(filesIn('#!/bin/bash\napt-get install nginx\n')).toBeUndefined();
    expect(filesIn('')).toBeUndefined();
  });

  test.each([
    ['its end', script.slice(0, script.indexOf('# The front: reads')), /ends within its file front\.conf/],
    [
      'an instance',
      script.replace("put 'instance-primary.conf'", "put 'other.conf'"),
      /carries no instance-primary\.conf/,
    ],
    ['its routes', script.replace("put 'routes.conf'", "put 'other.conf'"), /carries no routes\.conf/],
  ])('are refused without %s', (_what, text, message) => {
    expect(() => filesIn(text)).toThrow(message);
  });
});

const withStates = (lines: string): ReadonlyMap<string, string> => new Map([...files, ['wishes', lines]]);

/** What the script itself makes of them: the lines of its file, or undefined where it refuses them. */
function statesByBash(lines: string, environment: Record<string, string>): string | undefined {
  const stage = mkdtempSync(join(tmpdir(), 'wishes-'));
  try {
    withStates(lines).forEach((text, path) => {
      mkdirSync(dirname(join(stage, path)), { recursive: true });
      writeFileSync(join(stage, path), text);
    });
    const steps = [
      'source "$1/lib/common.sh"; source "$1/converge/wishes.sh"; source "$1/converge/validate.sh"',
      'settle_wishes "$1"; ((${#wrong[@]})) || validate_wishes "$1"; ((${#wrong[@]} == 0)); cat "$1/wishes"',
    ].join('\n');
    const env = { PATH: process.env.PATH, ...environment };
    const { status, stdout } = spawnSync('bash', ['-c', steps, 'bash', stage], { env, encoding: 'utf8' });
    return status === 0 ? stdout : undefined;
  } finally {
    rmSync(stage, { recursive: true });
  }
}

describe('The desired states', () => {
  const open = 'primary - - false\nsecond-ary - - false\n';
  const both = (primary: string, secondary = 'none') => ({ OUTAGE_PRIMARY: primary, OUTAGE_SECOND_ARY: secondary });

  test.each([
    ['parameters', open, both('reject'), ['reject', undefined, 'none', undefined]],
    ['a limit', open, both('blackhole for at most 60 seconds'), ['blackhole', 60, 'none', undefined]],
    ['the file', 'primary reject 30 false\nsecond-ary none - false\n', {}, ['reject', 30, 'none', undefined]],
    [
      'both',
      'primary reject 30 false\nsecond-ary none - false\n',
      { OUTAGE_PRIMARY: 'none' },
      ['none', undefined, 'none', undefined],
    ],
  ])('of %s are what the script makes of them', (_what, lines, environment, expected) => {
    const parameters = Object.entries(environment).map(([name, value]) => ({ name, value }));
    const read = desiredStates(withStates(lines), parameters).flatMap(({ outage, longest }) => [outage, longest]);
    expect(read).toEqual(expected);
    const [primary, primaryLongest, secondary, secondaryLongest] = expected;
    expect(statesByBash(lines, environment)).toBe(
      `primary ${primary} ${primaryLongest ?? '-'} false\nsecond-ary ${secondary} ${secondaryLongest ?? '-'} false\n`,
    );
  });

  const told = 'primary none - -\nsecond-ary reject 30 -\n';
  const fences = (primary: string, secondary: string) => ({ FENCED_PRIMARY: primary, FENCED_SECOND_ARY: secondary });

  test.each([
    ['parameters', told, fences('true', 'false'), [true, false]],
    ['the file', 'primary none - true\nsecond-ary reject 30 false\n', {}, [true, false]],
    ['both', 'primary none - true\nsecond-ary reject 30 false\n', fences('false', 'true'), [false, true]],
  ])('of %s say who is fenced, beside any outage', (_what, lines, environment, [primary, secondary]) => {
    const parameters = Object.entries(environment).map(([name, value]) => ({ name, value }));
    expect(desiredStates(withStates(lines), parameters)).toEqual([
      { instance: 'primary', outage: 'none', fenced: primary },
      { instance: 'second-ary', outage: 'reject', longest: 30, fenced: secondary },
    ]);
    expect(statesByBash(lines, environment)).toBe(`primary none - ${primary}\nsecond-ary reject 30 ${secondary}\n`);
  });

  test.each([
    ['nothing', {}],
    ['one of two', { FENCED_PRIMARY: 'true' }],
    ['another word', fences('yes', 'false')],
    ['an empty word', fences('true', '')],
    ['an instance that is none', { ...fences('true', 'false'), FENCED_TERTIARY: 'false' }],
  ])('of a fence are refused with %s, by the script too', (_what, environment) => {
    const parameters = Object.entries(environment).map(([name, value]) => ({ name, value }));
    expect(() => desiredStates(withStates(told), parameters)).toThrow(
      /^confluent-dr-proxy: the plan is wrong, nothing was changed: \n {2}FENCED_/,
    );
    expect(statesByBash(told, environment)).toBeUndefined();
  });

  test.each([
    ['neither', open, { OUTAGE_PRIMARY: 'none' }],
    ['another word', open, both('Reject')],
    ['an empty word', open, both('')],
    ['no number', open, both('reject for at most 0 seconds')],
    ['too large a number', open, both('reject for at most 9999999999 seconds')],
    ['an instance that is none', open, { ...both('none'), OUTAGE_TERTIARY: 'reject' }],
  ])('are refused with %s, by the script too', (_what, lines, environment) => {
    const parameters = Object.entries(environment).map(([name, value]) => ({ name, value }));
    expect(() => desiredStates(withStates(lines), parameters)).toThrow(
      /^confluent-dr-proxy: the plan is wrong, nothing was changed: \n {2}OUTAGE_/,
    );
    expect(statesByBash(lines, environment)).toBeUndefined();
  });

  test('tell all that is wrong at once', () => {
    const parameters = [
      { name: 'OUTAGE_PRIMARY', value: 'off' },
      { name: 'OUTAGE_OTHER', value: 'none' },
    ];
    expect(() => desiredStates(files, parameters)).toThrow(
      /OUTAGE_PRIMARY is "off": expected none, .*\n {2}OUTAGE_SECOND_ARY is not in the environment: .*\n {2}OUTAGE_OTHER is of no instance: expected OUTAGE_PRIMARY OUTAGE_SECOND_ARY/,
    );
  });
});

describe('A configuration that is brought to this machine', () => {
  const place = { address: '127.200.1.3', httpsPort: 20443, resolver: '127.0.0.1:5300', streamModule: '/m/stream.so' };
  const moved = relocated(files, place);

  test('has other addresses, ports and paths, and no other line that differs', () => {
    const changed = [...moved].flatMap(([path, text]) => {
      const before = files.get(path)?.split('\n') ?? [];
      return text.split('\n').flatMap((line, index) => (line === before[index] ? [] : [`${path}: ${line.trim()}`]));
    });
    const ofInstance = (name: string): string[] => [
      'load_module "/m/stream.so";',
      `pid run/${name}/nginx.pid;`,
      `error_log log/${name}/error.log alert;`,
      `access_log log/${name}/sessions.log session;`,
      `access_log log/${name}/tally.log tally;`,
      `listen unix:run/${name}/9092.sock proxy_protocol backlog=4096;`,
      `listen unix:run/${name}/443.sock proxy_protocol backlog=4096;`,
      'proxy_pass $ssl_preread_server_name:20443;',
    ];
    const ofFront = [
      'load_module "/m/stream.so";',
      'pid run/front/nginx.pid;',
      'error_log log/front/error.log alert;',
      'default unix:run/$instance;',
      'access_log log/front/sessions.log session if=$logged;',
      'access_log log/front/tally.log tally if=$counted;',
      'listen 127.200.1.3:9092 backlog=4096 so_keepalive=60s:15s:4;',
      'listen 127.200.1.3:20443 backlog=4096 so_keepalive=60s:15s:4;',
    ];
    expect(changed).toEqual([
      ...ofFront.map((line) => `front.conf: ${line}`),
      ...ofInstance('primary').map((line) => `instance-primary.conf: ${line}`),
      ...ofInstance('second-ary').map((line) => `instance-second-ary.conf: ${line}`),
      'resolvers.conf: resolver 127.0.0.1:5300 ipv6=off;',
      'resolvers.conf: ',
    ]);
  });

  test('loads no module where nginx has it built in', () => {
    const built = relocated(files, { ...place, streamModule: undefined });
    expect([...built.values()].join('')).not.toContain('load_module');
  });

  test('is of front, routes, instances and resolvers alone', () => {
    expect([...moved.keys()]).toEqual([
      ...['routes.conf', 'front.conf', 'instance-primary.conf', 'instance-second-ary.conf', 'resolvers.conf'],
    ]);
  });
});
