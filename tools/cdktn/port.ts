/** What a text of this project is for CDK Terrain: the same, but for the packages that it names. */

const PACKAGES: Readonly<Record<string, string>> = {
  cdktf: 'cdktn',
  '@cdktf/provider-azurerm': '@cdktn/provider-azurerm',
  'cdktf-confluent-dr': 'cdktn-confluent-dr',
};

const IMPORTED = new RegExp(`(['"])(${Object.keys(PACKAGES).join('|')})((?:/[^'"\\s]*)?)\\1`, 'g');

/** A file of code: a package, or a file in it, stands there as a whole string. */
export function portedCode(text: string): string {
  return text.replace(
    IMPORTED,
    (_whole, quote: string, name: string, path: string) => `${quote}${PACKAGES[name]}${path}${quote}`,
  );
}

/** A page: its programs, the name of the package, and the command line. */
export function portedPage(text: string): string {
  return portedCode(text)
    .replace(/\bcdktf-confluent-dr\b/g, 'cdktn-confluent-dr')
    .replace(/\bnpx cdktf\b/g, 'npx cdktn');
}

/** The README, with the program and the rehearsal of the one here. */
export function portedReadme(template: string, readme: string): string {
  const [program] = /^```ts\n.*?^```$/ms.exec(readme)!;
  const [rehearsal] = /^```bash\nnpx confluent-dr lab up\n.*?^```$/ms.exec(readme)!;
  return template
    .replace('<!-- program -->', () => portedPage(program))
    .replace('<!-- rehearsal -->', () => portedPage(rehearsal));
}

type Manifest = Readonly<Record<string, unknown>>;

const SHARED = ['version', 'license', 'main', 'types', 'exports', 'files', 'dependencies'];

/** The package.json, of the one here and of what differs. */
export function portedManifest(manifest: Manifest, differences: Manifest): Manifest {
  return { ...differences, ...Object.fromEntries(SHARED.map((field) => [field, manifest[field]])) };
}
