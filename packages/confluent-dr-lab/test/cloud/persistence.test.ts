import { once } from 'node:events';
import { mkdtemp, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { eventually } from '../../../../test/support/waiting';
import { startCloud } from '../../src/cloud';
import { closeLabs, Lab } from './support/lab';
import { STEP } from './support/model-pair';

let folder: string;

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'lab-state-'));
});

afterEach(async () => {
  await closeLabs();
  await rm(folder, { recursive: true });
});

describe('a cloud with a state file', () => {
  test('goes on after a restart: the same addresses, keys, mirrors and records', async () => {
    const stateFile = join(folder, 'cloud.json');
    const first = await Lab.start({ stateFile });
    await first.pair();
    await first.produce('primary', 7);
    await first.operate('secondary', 'reverse-and-start-mirror');
    const fault = await first.fault({ kind: 'slow', target: 'control-plane', delayMs: 1 });
    const addresses = [first.cloud.url, first.cloud.endpointOf(first.member('primary').clusterId)];
    const { sample } = first;
    await closeLabs();

    const second = await Lab.start({ stateFile });
    expect([second.cloud.url, second.cloud.endpointOf(second.member('primary').clusterId)]).toEqual(addresses);
    expect(second.sample).toEqual(sample);
    expect((await second.mirror('secondary')).mirror_status).toBe('PENDING_SYNCHRONIZE');
    expect((await second.lab('GET /faults')).body).toEqual({ faults: [fault.body] });
    await second.wait(STEP);
    expect((await second.mirror('primary')).mirror_status).toBe('ACTIVE');
    expect((await second.produce('secondary', 1)).body).toMatchObject({ ends: [5, 3] });
  });

  test('stays refused after a restart, and comes back at its former address', async () => {
    const stateFile = join(folder, 'cloud.json');
    const first = await Lab.start({ stateFile });
    const { clusterId } = first.member('primary');
    const address = first.cloud.endpointOf(clusterId);
    await first.fault({ kind: 'refused', target: clusterId });
    await closeLabs();
    const second = await Lab.start({ stateFile });
    await expect(fetch(address)).rejects.toThrow(/fetch failed/);
    await second.lab('DELETE /faults');
    expect((await fetch(address)).status).toBe(404);
  });

  test('never issues an id twice', async () => {
    const stateFile = join(folder, 'cloud.json');
    const first = await Lab.start({ stateFile });
    const one = await first.control('POST /org/v2/environments', { display_name: 'one' });
    await closeLabs();
    const second = await Lab.start({ stateFile });
    const two = await second.control('POST /org/v2/environments', { display_name: 'two' });
    expect(two.body.id).not.toBe(one.body.id);
  });

  test('goes on with a file that knows nothing of what has been added since', async () => {
    const stateFile = join(folder, 'cloud.json');
    const { environmentId } = (await Lab.start({ stateFile })).member('primary');
    await closeLabs();
    const snapshot = JSON.parse(await readFile(stateFile, 'utf8')) as { state: { timing: object; networks?: unknown } };
    delete snapshot.state.networks;
    snapshot.state.timing = { mirrorTransitionMs: 7 };
    await writeFile(stateFile, JSON.stringify(snapshot));

    const lab = await Lab.start({ stateFile });
    const { status, body } = await lab.control<{ status: object }>('POST /networking/v1/networks', {
      spec: { cloud: 'GCP', region: 'r', connection_types: ['PRIVATELINK'], environment: { id: environmentId } },
    });
    expect([status, body.status]).toEqual([202, expect.objectContaining({ phase: 'PROVISIONING' })]);
  });

  test('writes a file that only its owner may read, and nothing beside it', async () => {
    const stateFile = join(folder, 'cloud.json');
    const lab = await Lab.start({ stateFile });
    await lab.pair();
    await lab.lab('POST /save');
    expect((await stat(stateFile)).mode & 0o777).toBe(0o600);
    expect(await readdir(folder)).toEqual(['cloud.json']);
    expect(await readFile(stateFile, 'utf8')).toContain('"orders"');
  });

  test('saves by itself soon after a change', async () => {
    const stateFile = join(folder, 'cloud.json');
    const lab = await Lab.start({ stateFile });
    await lab.kafka('primary', 'POST /topics', { topic_name: 'unsaved' });
    const saved = () => readFile(stateFile, 'utf8').catch(() => '');
    expect(await eventually(saved, (text) => text.includes('"unsaved"'))).toContain('"unsaved"');
  });

  test.each(['', 'not json', '{"format":2}'])('is not started over a file that is %j', async (content) => {
    const stateFile = join(folder, 'cloud.json');
    await writeFile(stateFile, content);
    await expect(startCloud({ stateFile })).rejects.toThrow(/is not a state of the lab/);
    expect(await readFile(stateFile, 'utf8')).toBe(content);
  });

  test('says which port is taken', async () => {
    const { port } = new URL((await Lab.start()).cloud.url);
    await expect(startCloud({ port: Number(port) })).rejects.toThrow(new RegExp(`EADDRINUSE.*${port}`));
  });
});

describe('a cloud whose former address is taken', () => {
  test('is not started, leaves nothing open and its file as it was', async () => {
    const stateFile = join(folder, 'cloud.json');
    const first = await Lab.start({ stateFile });
    const address = new URL(first.cloud.endpointOf(first.member('secondary').registryId));
    const { url } = first.cloud;
    await closeLabs();
    const before = await readFile(stateFile, 'utf8');
    const other = createServer().listen(Number(address.port), '127.0.0.1');
    await once(other, 'listening');
    await expect(startCloud({ stateFile })).rejects.toThrow(/The address of lsrc-.* EADDRINUSE/);
    other.close();
    await expect(fetch(url)).rejects.toThrow(/fetch failed/);
    expect(await readFile(stateFile, 'utf8')).toBe(before);
  });
});

describe('a cloud without a state file', () => {
  test('is another one each time', async () => {
    const [one, other] = [await Lab.start(), await Lab.start()];
    expect(one.sample.cloud.secret).not.toBe(other.sample.cloud.secret);
    expect(await readdir(folder)).toEqual([]);
  });
});
