import { chmodSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { hasImage, imageFolder, imagesFolder } from '../../src/machine/image';
import { NoMachines, requireMachines } from '../../src/machine/requirements';

describe('A machine of its own for a VM', () => {
  let folder: string;
  let env: { readonly PATH: string; readonly PROXY_IMAGES: string };

  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'machines-'));
    env = { PATH: folder, PROXY_IMAGES: folder };
  });

  afterEach(() => rmSync(folder, { recursive: true }));

  const refusal = (means: { uid?: number; platform?: NodeJS.Platform }): string => {
    try {
      requireMachines('npx confluent-dr lab up --proxy vm', { env, platform: 'linux', uid: 0, ...means }, []);
      return 'none';
    } catch (error) {
      expect(error).toBeInstanceOf(NoMachines);
      return (error as Error).message;
    }
  };

  test('is for Linux', () => {
    expect(refusal({ platform: 'darwin' })).toMatch(/namespaces of Linux, and this is darwin\. Without --proxy vm/);
  });

  test('needs root, and says what to type', () => {
    expect(refusal({ uid: 1000 })).toContain('sudo env "PATH=$PATH" npx confluent-dr lab up --proxy vm. Without');
  });

  test('needs tools, which are told with their packages, each once', () => {
    expect(refusal({})).toContain(
      'needs what this machine has not: unshare, nsenter, setpriv, flock, ip, openssl, mmdebstrap. ' +
        'Get it: apt-get install util-linux iproute2 openssl mmdebstrap. Without --proxy vm',
    );
  });

  test('needs nothing to build an image where there is one', () => {
    mkdirSync(imageFolder(env));
    expect(hasImage(env)).toBe(true);
    expect(refusal({})).toContain('ip, openssl. Get it');
    rmSync(imageFolder(env), { recursive: true });
    expect(hasImage(env)).toBe(false);
  });

  test('is told from a system that has the tools and does not permit it', () => {
    const tools = ['nsenter', 'setpriv', 'flock', 'ip', 'openssl', 'mmdebstrap'];
    tools.forEach((tool) => script(tool, 'exit 0'));
    script('unshare', 'echo "unshare failed: Operation not permitted" >&2; exit 1');
    expect(refusal({})).toMatch(
      /does not permit: unshare failed: Operation not permitted\. A container permits it when it/,
    );
    script('unshare', 'exit 0');
    expect(refusal({})).toBe('none');
  });

  const script = (name: string, text: string): void => {
    writeFileSync(join(folder, name), `#!/bin/sh\n${text}\n`);
    chmodSync(join(folder, name), 0o755);
  };

  test('has its image in the user’s cache, or where PROXY_IMAGES says', () => {
    expect(imagesFolder({ XDG_CACHE_HOME: '/cache' })).toBe('/cache/confluent-dr/machines');
    expect(imagesFolder(env)).toBe(folder);
    expect(imageFolder(env)).toMatch(/\/debian-[0-9a-f]{12}$/);
  });
});
