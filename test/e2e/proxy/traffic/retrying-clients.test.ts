import { bootstrapName } from '../harness/network';
import { nginxCpuMs } from '../harness/processes';
import { type ProxyLab, startProxyLab } from '../harness/proxy-lab';
import { attempt } from '../harness/sessions';

jest.setTimeout(900_000);

const CLIENTS = 20;
const SPAN_MS = 10_000;

describe('20 clients that retry without end', () => {
  let lab: ProxyLab;
  const tries = { made: 0, opened: 0 };
  const used = { cpuMs: 0, lines: 0, bytes: 0 };

  beforeAll(async () => {
    lab = await startProxyLab();
    await lab.proxy.outage('primary', 'reject');
    const before = await spent();
    const end = Date.now() + SPAN_MS;
    await Promise.all(Array.from({ length: CLIENTS }, () => retryUntil(end)));
    const after = await spent();
    used.cpuMs = after.cpuMs - before.cpuMs;
    used.lines = after.lines.length - before.lines.length;
    used.bytes = after.lines.slice(before.lines.length).join('\n').length;
    process.stdout.write(
      `blocked: ${tries.made} tries, ${used.cpuMs} ms of CPU, ${used.lines} log lines, ${used.bytes} bytes\n`,
    );
  });
  afterAll(() => lab?.stop());

  test('get nowhere', () => {
    expect(tries.made).toBeGreaterThan(10 * CLIENTS);
    expect(tries.opened).toBe(0);
  });

  test('take little of the processor: no try costs the proxy more than one connection does', () => {
    expect(used.cpuMs / tries.made).toBeLessThan(2);
  });

  test('fill no disk: fewer lines than tries', () => {
    expect(used.lines).toBeLessThan(tries.made / 2);
    expect(lab.proxy.errors()).toEqual([]);
  });

  async function retryUntil(end: number): Promise<void> {
    while (Date.now() < end) {
      const { outcome } = await attempt(lab.network, lab.certificates.ca, bootstrapName('primary'), 2000);
      tries.made += 1;
      if (outcome !== 'refused') tries.opened += 1;
    }
  }

  /** Processor time of all nginx processes, and the lines of all logs. */
  async function spent(): Promise<{ cpuMs: number; lines: string[] }> {
    const lines = [
      ...(['front', 'primary', 'secondary'] as const).flatMap((part) => lab.proxy.log(part)),
      ...lab.proxy.errors(),
    ];
    return { cpuMs: await nginxCpuMs(lab.network.proxy), lines };
  }
});
