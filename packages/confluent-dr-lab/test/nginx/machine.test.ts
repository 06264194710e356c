import { Resolver } from 'node:dns/promises';
import { chmodSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { findNginx } from '../../src/nginx/find-nginx';
import { NameServer } from '../../src/nginx/name-server';

describe('The nginx of a machine', () => {
  let folder: string;

  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'nginx-'));
  });

  afterEach(() => rmSync(folder, { recursive: true }));

  const found = (options?: string) => {
    if (options !== undefined) {
      writeFileSync(join(folder, 'nginx'), `#!/bin/sh\necho "configure arguments: ${options}" >&2\n`);
      chmodSync(join(folder, 'nginx'), 0o755);
    }
    return findNginx({ PATH: folder }, ['/bin']);
  };
  const advice = 'apt-get install nginx libnginx-mod-stream';

  test('is told with how to get it where there is none', () => {
    expect(findNginx({ PATH: folder }, [])).toBe(`nginx: ${advice}`);
  });

  test('needs a stream module that reads names', () => {
    expect(found('--with-stream')).toContain('stream_ssl_preread');
    const dynamic = `--modules-path=${folder} --with-stream=dynamic --with-stream_ssl_preread_module`;
    expect(found(dynamic)).toBe(`nginx's stream module: ${advice}`);
    writeFileSync(join(folder, 'ngx_stream_module.so'), '');
    expect(found(dynamic)).toMatchObject({ streamModule: join(folder, 'ngx_stream_module.so') });
  });

  test('may have it built in', () => {
    const nginx = found('--with-stream --with-stream_ssl_preread_module');
    expect(nginx).toMatchObject({ command: 'nginx' });
    expect((nginx as { streamModule?: string }).streamModule).toBeUndefined();
  });
});

describe('The name server', () => {
  let names: NameServer;
  let resolver: Resolver;

  beforeEach(async () => {
    names = await NameServer.start((name) => {
      if (name === 'broken.example') {
        return Promise.reject(new Error('no word'));
      }
      return Promise.resolve(name === 'pkc-1.example' ? '127.70.1.10' : undefined);
    });
    resolver = new Resolver({ timeout: 30_000, tries: 1 });
    resolver.setServers([names.address]);
  });

  afterEach(() => names.close());

  test('tells the address of a name, in whatever letters', async () => {
    expect(await resolver.resolve4('pkc-1.example')).toEqual(['127.70.1.10']);
    expect(await resolver.resolve4('PKC-1.Example')).toEqual(['127.70.1.10']);
  });

  test('knows no other name, no address of IPv6, and says where it cannot tell', async () => {
    await expect(resolver.resolve4('pkc-2.example')).rejects.toMatchObject({ code: 'ENOTFOUND' });
    await expect(resolver.resolve6('pkc-1.example')).rejects.toMatchObject({ code: 'ENODATA' });
    await expect(resolver.resolve4('broken.example')).rejects.toMatchObject({ code: 'ESERVFAIL' });
  });
});
