import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { subset } from 'semver';

interface LockFile {
  readonly packages: Readonly<Record<string, { readonly engines?: { readonly node?: string } }>>;
}

test('npm ci warns on no Node that we support of a package that wants another', () => {
  const { packages } = JSON.parse(readFileSync(join(__dirname, '../../package-lock.json'), 'utf8')) as LockFile;
  const own = packages[''].engines!.node!;
  const others = Object.entries(packages).map(([path, { engines }]) => ({ path, node: engines?.node ?? '*' }));
  expect(others.filter(({ node }) => !subset(own, node))).toEqual([]);
});
