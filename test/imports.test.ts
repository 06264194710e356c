import { spawnSync } from 'node:child_process';
import { join } from 'node:path';

/** What a process has loaded once it has imported the library, and what else that did. */
function imported(): { loaded: string[]; handles: number; output: string } {
  const script = `
    require('./lib');
    const handles = process._getActiveHandles().filter((handle) => !handle.isTTY && handle.fd === undefined).length;
    require('node:fs').writeSync(3, JSON.stringify({ loaded: Object.keys(require.cache), handles }));
  `;
  const { output, status } = spawnSync(process.execPath, ['--require', 'ts-node/register', '--eval', script], {
    cwd: join(__dirname, '..'),
    encoding: 'utf8',
    stdio: ['ignore', 'pipe', 'pipe', 'pipe'],
  });
  expect(status).toBe(0);
  const [, stdout, stderr, report] = output as string[];
  return { ...(JSON.parse(report) as { loaded: string[]; handles: number }), output: stdout + stderr };
}

describe('importing the library', () => {
  const { loaded, handles, output } = imported();
  const matching = (pattern: RegExp) => loaded.filter((file) => pattern.test(file));

  test('loads the resources of azurerm that it uses, and never the index of them all', () => {
    expect(matching(/provider-azurerm\/lib\/linux-virtual-machine\//)).not.toEqual([]);
    expect(matching(/provider-azurerm\/lib\/(lazy-)?index\.js$/)).toEqual([]);
  });

  test('loads a load balancer and private zones for a proxy that has some alone', () => {
    expect(matching(/provider-azurerm\/lib\/(lb|private-dns)[^/]*\//)).toEqual([]);
  });

  test('loads the Confluent bindings that it uses, and never the index of them all', () => {
    expect(matching(/\.gen\/providers\/confluent\/cluster-link\//)).not.toEqual([]);
    expect(matching(/\.gen\/providers\/confluent\/(lazy-)?index\.ts$/)).toEqual([]);
  });

  test('loads nothing of the command line, the tests or the generation of bindings', () => {
    // These load the sources.
    expect(matching(/commander|\/(packages|tools(?!\/runtime\/)|test)\//)).toEqual([]);
  });

  test('does nothing else: it prints nothing and leaves nothing running', () => {
    expect(output).toBe('');
    expect(handles).toBe(0);
  });
});
