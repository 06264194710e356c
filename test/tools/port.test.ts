import { portedCode, portedManifest, portedPage } from '../../tools/cdktn/port';

describe('code for CDK Terrain', () => {
  test.each([
    ["import { App } from 'cdktf';", "import { App } from 'cdktn';"],
    ['const { App } = require("cdktf");', 'const { App } = require("cdktn");'],
    ["typeof import('cdktf')", "typeof import('cdktn')"],
    ["jest.mock('cdktf/lib/tokens/private/stack-trace')", "jest.mock('cdktn/lib/tokens/private/stack-trace')"],
    [
      "import { Subnet } from '@cdktf/provider-azurerm/lib/subnet';",
      "import { Subnet } from '@cdktn/provider-azurerm/lib/subnet';",
    ],
    ["from 'cdktf-confluent-dr/proxy-rendering'", "from 'cdktn-confluent-dr/proxy-rendering'"],
  ])('has %s as %s', (text, expected) => {
    expect(portedCode(text)).toBe(expected);
  });

  test.each([
    ["join(folder, 'cdktf.json')"],
    ["'@cdktf/warn', which is the type of an annotation by both"],
    ['Symbol.for(`cdktf-confluent-dr.${kind}`)'],
    ["Symbol.for('cdktf-confluent-dr.ForgottenResource')"],
    ["require.resolve('cdktf-cli/bundle/bin/cdktf.js')"],
    ['// cdktf records one for every token'],
    ["process.env.CDKTF_OUTDIR = 'cdktf.out'"],
  ])('leaves %s', (text) => {
    expect(portedCode(text)).toBe(text);
  });
});

test('a page for CDK Terrain has its imports, the name of its package and its command', () => {
  expect(
    portedPage("`cdktf-confluent-dr`: `import { App } from 'cdktf';`, then `npx cdktf deploy` beside cdktf.json"),
  ).toBe("`cdktn-confluent-dr`: `import { App } from 'cdktn';`, then `npx cdktn deploy` beside cdktf.json");
});

test('the package.json has what is the same for both, and what differs', () => {
  const manifest = {
    name: 'a',
    version: '1.2.3',
    license: 'L',
    main: 'm',
    scripts: { x: 'y' },
    peerDependencies: { cdktf: '1' },
  };
  const ported = portedManifest(manifest, { name: 'b', peerDependencies: { cdktn: '2' } });
  expect(ported).toMatchObject({
    name: 'b',
    version: '1.2.3',
    license: 'L',
    main: 'm',
    peerDependencies: { cdktn: '2' },
  });
  expect(Object.keys(ported)).not.toContain('scripts');
});
