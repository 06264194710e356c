import { LabFolder, type LabRecord } from '../../src/background/lab-folder';
import { describeLack, describeProxies, labAsJson, type ShownProxy } from '../../src/cli/status';

const member = (name: string) => ({ clusterId: `lkc-${name}`, registryId: `lsrc-${name}` });
const record = {
  ...{ id: 'id', pid: 1, startedAt: 'now', url: 'http://127.0.0.1:1', endpoints: {} },
  sample: { primary: member('a'), secondary: member('b') },
} as unknown as LabRecord;
const withProxy: LabRecord = { ...record, proxy: { caFile: '/ca.pem', httpsPort: 20_443 } };

describe('What a lab tells of its proxy', () => {
  const proxy: ShownProxy = {
    machine: 'proxy-vm',
    address: '127.200.1.2',
    status: {
      front: { running: true },
      instances: [
        { name: 'primary', blocked: 'reject', running: false },
        { name: 'secondary', blocked: 'none', running: true },
      ],
    },
    pids: { front: 11, primary: undefined, secondary: 12 },
  };

  test('is where it is, and what it does with whose clients', () => {
    expect(describeProxies(withProxy, [proxy]).split('\n')).toEqual([
      'Proxies:',
      '  proxy-vm             127.200.1.2, ports 9092 and, for 443, 20443; process 11',
      '    primary            blocked (reject), not running',
      '    secondary          let through, process 12',
    ]);
    expect(describeProxies(withProxy, [])).toBe('Proxies:\n  none is deployed');
  });

  test('is a machine of its own where VMs are, which can be entered', () => {
    const inMachine: LabRecord = { ...record, proxy: { kind: 'vm', caFile: '/ca.pem', httpsPort: 443 } };
    expect(describeProxies(inMachine, [{ ...proxy, pids: {}, firstProcess: 77 }]).split('\n')).toEqual([
      'Proxies:',
      '  proxy-vm             127.200.1.2, ports 9092 and 443; running',
      '    a shell on it: nsenter -at 77 bash',
      '    primary            blocked (reject), not running',
      '    secondary          let through, running',
    ]);
    const off = { ...proxy, pids: {}, status: { front: { running: false }, instances: [] } };
    expect(describeProxies(inMachine, [off])).toContain('443; not running\n    off');
  });

  test('is what the machine lacks where it has none, in JSON too', () => {
    const lack = 'nginx: apt-get install nginx libnginx-mod-stream';
    expect(describeLack(lack)).toBe(
      'No proxy runs in this lab, and no block of one has an effect: this machine has no nginx: apt-get install nginx libnginx-mod-stream.',
    );
    const folder = new LabFolder('/lab');
    expect(labAsJson(folder, { ...record, lacksForProxy: lack })).toMatchObject({ lacks_for_proxy: lack });
    expect(labAsJson(folder, withProxy)).toMatchObject({ proxy: { httpsPort: 20_443 } });
  });
});
