import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { BadInput } from '../../src/cli/exit';
import { type SessionOptions } from '../../src/cli/options';
import { inSession, openSession } from '../../src/cli/session';
import { type RequestEvent } from '../../src/client/http-client';
import { RequestFailure } from '../../src/client/request-failure';
import { closeDeployedLabs, DEPLOYED_LINK, DeployedLab } from '../support/deployed-lab';

describe('a session', () => {
  let folder: string;
  let lab: DeployedLab;
  let options: SessionOptions;

  beforeEach(async () => {
    folder = mkdtempSync(join(tmpdir(), 'session-'));
    lab = await DeployedLab.start({ topics: ['orders'] });
    const memberOf = (role: 'primary' | 'secondary') => {
      const { environmentId, clusterId, restEndpoint, registryEndpoint, bootstrapEndpoint, ...keys } = lab.member(role);
      return {
        environment_id: environmentId,
        cluster_id: clusterId,
        rest_endpoint: restEndpoint,
        bootstrap_endpoint: bootstrapEndpoint,
        kafka_api_key: keys.kafka.key,
        kafka_api_secret: keys.kafka.secret,
        principal: `User:${lab.serviceAccountId}`,
        schema_registry_endpoint: registryEndpoint,
        schema_registry_api_key: keys.schemaRegistry.key,
        schema_registry_api_secret: keys.schemaRegistry.secret,
      };
    };
    const { key, secret } = lab.cloud.sample!.cloud;
    const config = join(folder, 'config.json');
    const document = {
      primary: memberOf('primary'),
      secondary: memberOf('secondary'),
      link_name: DEPLOYED_LINK,
      topics: ['orders'],
      cloud_api_key: key,
      cloud_api_secret: secret,
      cloud_url: lab.cloud.url,
    };
    writeFileSync(config, JSON.stringify(document));
    options = { config };
    jest.spyOn(process, 'cwd').mockReturnValue(folder);
  });
  afterEach(async () => {
    jest.restoreAllMocks();
    rmSync(folder, { recursive: true });
    await closeDeployedLabs();
  });

  test('looks at both members with their own keys, and tells each request', async () => {
    const events: RequestEvent[] = [];
    const { observation, readings } = await inSession(
      options,
      (session) => session.observe(),
      (event) => events.push(event),
    );
    expect(observation.topics.map(({ name }) => name)).toEqual(['orders']);
    for (const role of ['primary', 'secondary'] as const) {
      expect(readings[role].link).toMatchObject({ known: true });
      expect(readings[role].acls).toMatchObject({ known: true });
      const { restEndpoint, registryEndpoint } = lab.member(role);
      const asked = new Set(events.map(({ url }) => new URL(url).origin));
      expect(asked).toContain(restEndpoint);
      expect(asked).toContain(registryEndpoint);
    }
  });

  test('finds hosts as it is told', async () => {
    const wayOf = (resolver?: 'dns' | 'machine') =>
      inSession({ ...options, resolver }, ({ hosts }) => Promise.resolve(hosts.routeOf('pkc-1.a.b.c').way));
    expect(await wayOf()).toBe('dns');
    expect(await wayOf('machine')).toBe('machine');
  });

  test.each(['SIGINT', 'SIGTERM', 'SIGHUP'] as const)(
    'ends its requests on %s, and gives the signal back',
    async (signal) => {
      const before = process.listeners(signal);
      const work = inSession(options, async (session) => {
        const seen = session.observe();
        process.emit(signal);
        expect(session.signal.aborted).toBe(true);
        await seen;
      });
      await expect(work).rejects.toThrow(RequestFailure);
      await expect(work).rejects.toMatchObject({ kind: 'aborted' });
      expect(process.listeners(signal)).toEqual(before);
    },
  );

  test('ends in order when its terminal is closed, of which it is told more than once', async () => {
    const exit = jest.spyOn(process, 'exit').mockImplementation(() => undefined as never);
    await inSession(options, ({ signal }) => {
      process.emit('SIGHUP');
      process.emit('SIGHUP');
      return Promise.resolve(expect(signal.aborted).toBe(true));
    });
    expect(exit).not.toHaveBeenCalled();
  });

  test('ends the process on a second Ctrl-C', async () => {
    const exit = jest.spyOn(process, 'exit').mockImplementation(() => undefined as never);
    const error = jest.spyOn(console, 'error').mockReturnValue();
    await inSession(options, () => {
      process.emit('SIGINT');
      expect(exit).not.toHaveBeenCalled();
      process.emit('SIGINT');
      return Promise.resolve();
    });
    expect(exit).toHaveBeenCalledWith(130);
    expect(error).toHaveBeenCalledWith('confluent-dr: interrupted');
  });

  test('is not opened for a deployment that is not known, and leaves no listener', async () => {
    const before = process.listeners('SIGINT');
    writeFileSync(options.config!, '{}');
    await expect(openSession(options)).rejects.toThrow(BadInput);
    await expect(openSession(options)).rejects.toThrow('primary.clusterId is missing');
    expect(process.listeners('SIGINT')).toEqual(before);
  });
});
