import { spawnSync } from 'node:child_process';
import { renderConvergeScript, renderProxyFiles } from '../../../lib/proxy/rendering/render';
import type { ProxyPlan } from '../../../lib/proxy/rendering/proxy-plan';
import { PAIR, withOutage } from './plans';

const content = (plan: ProxyPlan, path: string): string =>
  renderProxyFiles(plan).find((file) => file.path === path)?.content ?? `there is no ${path}`;

function changedLines(before: string, after: string): [string, string][] {
  const [left, right] = [before.split('\n'), after.split('\n')];
  expect(right).toHaveLength(left.length);
  return left.flatMap((line, index) =>
    line === right[index] ? [] : [[line, right[index]] satisfies [string, string]],
  );
}

describe('renderProxyFiles', () => {
  test('has one nginx configuration for the front and one for each instance', () => {
    const paths = renderProxyFiles(PAIR).map(({ path }) => path);
    expect(paths).toEqual(expect.arrayContaining(['front.conf', 'instance-primary.conf', 'instance-secondary.conf']));
    expect(new Set(paths).size).toBe(paths.length);
  });

  test('anchors each pattern at both ends, against a newline too', () => {
    expect(content(PAIR, 'routes.conf')).toMatchSnapshot();
  });

  test('lists the wishes, with - where an outage lasts until it is lifted', () => {
    expect(content(withOutage('reject', 3600), 'wishes')).toBe('primary reject 3600 false\nsecondary none - false\n');
  });

  test('leaves a wish open that the plan does not have', () => {
    const instances = PAIR.instances.map(({ name }) => ({ name }));
    expect(content({ ...PAIR, instances }, 'wishes')).toBe('primary - - false\nsecondary - - false\n');
  });

  test('fences those of the plan, and leaves it open where the script is told', () => {
    const [primary, secondary] = PAIR.instances;
    const instances = [
      { ...primary, fenced: true },
      { ...secondary, fenced: 'told' },
    ] as const;
    expect(content({ ...PAIR, instances }, 'wishes')).toBe('primary none - true\nsecondary none - -\n');
    const strange = [{ ...primary, fenced: 'yes' as 'told' }, secondary];
    expect(() => renderProxyFiles({ ...PAIR, instances: strange })).toThrow(
      "instance 'primary', fenced 'yes': allowed are true and false",
    );
  });

  test.each([['reject'], ['blackhole']])('changes one word of one file for an outage (%s)', (outage) => {
    const [before, after] = [renderProxyFiles(PAIR), renderProxyFiles(withOutage(outage))];
    const changed = after.filter((file, index) => file.content !== before[index].content);
    expect(changed.map(({ path }) => path)).toEqual(['wishes']);
    expect(changedLines(content(PAIR, 'wishes'), changed[0].content)).toEqual([
      ['primary none - false', `primary ${outage} - false`],
    ]);
  });

  test('lets private addresses in for the instances that are on private link only', () => {
    const [primary, secondary] = PAIR.instances;
    const rules = content({ ...PAIR, instances: [primary, { ...secondary, privateAddresses: true }] }, 'firewall.nft');
    expect(rules).toMatch(/set private_instances \{\s+type uid\s+elements = \{ "cdr-secondary",\s+\}/);
    expect(content(PAIR, 'firewall.nft')).not.toMatch(/set private_instances \{\s+type uid\s+elements/);
  });

  test('limits the sessions of a client only when asked', () => {
    expect(content(PAIR, 'front.conf')).not.toContain('limit_conn');
    expect(content({ ...PAIR, capacity: { sessionsPerClient: 50 } }, 'front.conf')).toContain('limit_conn clients 50;');
  });

  test('carries the capacity into front and instances', () => {
    const plan = { ...PAIR, capacity: { workerConnections: 100, workerProcesses: 3, idleTimeoutSeconds: 7 } };
    for (const path of ['front.conf', 'instance-secondary.conf']) {
      expect(content(plan, path)).toMatch(/worker_processes 3;\nworker_rlimit_nofile 400;/);
      expect(content(plan, path)).toContain('proxy_timeout 7s;');
    }
    expect(content(PAIR, 'front.conf')).toContain('worker_connections 32768;');
  });

  test('passes Terraform expressions through untouched', () => {
    const plan: ProxyPlan = {
      ...PAIR,
      instances: [{ name: 'primary' }],
      routes: [{ pattern: '${TfToken[TOKEN.2]}', instance: '${TfToken[TOKEN.3]}' }],
    };
    expect(content(plan, 'routes.conf')).toContain('"~*^${TfToken[TOKEN.2]}\\z" ${TfToken[TOKEN.3]};');
  });

  test('tells all that is wrong with a plan at once', () => {
    const plan: ProxyPlan = {
      instances: [
        { name: 'Primary', outage: 'on' },
        { name: 'b', outage: 'none', longestOutageSeconds: 0 },
        { name: 'b', outage: 'none' },
      ],
      routes: [{ pattern: '.*', instance: 'nobody' }],
      capacity: { workerConnections: 1.5 },
    };
    expect(() => renderProxyFiles(plan)).toThrowErrorMatchingSnapshot();
  });

  test('has no instance that is called as the front is, whose logs it would share', () => {
    const plan: ProxyPlan = { instances: [{ name: 'front' }], routes: [{ pattern: 'a', instance: 'front' }] };
    expect(() => renderProxyFiles(plan)).toThrow("instance 'front': the front itself has this name");
  });

  test.each(['front.conf', 'instance-primary.conf', 'firewall.nft'])('renders %s', (path) => {
    expect(content(PAIR, path)).toMatchSnapshot();
  });
});

describe('renderConvergeScript', () => {
  test('is the same for the same plan', () => {
    expect(renderConvergeScript(PAIR)).toBe(renderConvergeScript(structuredClone(PAIR)));
  });

  test('differs by one word for an outage', () => {
    expect(changedLines(renderConvergeScript(PAIR), renderConvergeScript(withOutage('blackhole')))).toEqual([
      ['primary none - false', 'primary blackhole - false'],
    ]);
  });

  test('does not depend on the numbers that CDKTF gives to its tokens', () => {
    const script = (token: number): string =>
      renderConvergeScript({ ...PAIR, routes: [{ pattern: `\${TfToken[TOKEN.${token}]}`, instance: 'primary' }] });
    expect(script(7)).toBe(script(12).replace('TOKEN.12', 'TOKEN.7'));
  });

  test('is bash and small enough for a run command', () => {
    const script = renderConvergeScript(PAIR);
    const { status, stderr } = spawnSync('bash', ['-n'], { input: script, encoding: 'utf8' });
    expect({ status, stderr }).toEqual({ status: 0, stderr: '' });
    // Azure takes 256 KB.
    expect(script.length).toBeLessThan(128 * 1024);
  });

  test('unpacks every file byte by byte', () => {
    const files = renderProxyFiles(PAIR);
    const script = renderConvergeScript(PAIR);
    const delimiter = /<<'(END_[0-9a-f]{16})'/.exec(script)![1];
    for (const { path, mode, content: text } of files) {
      expect(script).toContain(`put '${path}' ${mode} <<'${delimiter}'\n${text}${delimiter}\n`);
    }
  });
});
