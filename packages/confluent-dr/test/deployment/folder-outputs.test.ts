import { chmodSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { UnusableDeployment } from '../../src/deployment/deployment';
import { resolveDeployment } from '../../src/deployment/resolve';
import { type DeploymentSources, readSources } from '../../src/deployment/sources';
import { DOCUMENT, ORIGINAL_OUTPUTS, OWN_OUTPUTS } from './support/outputs';

/** Prints the outputs that lie where it is run, as Terraform does. */
const TERRAFORM = `#!/bin/sh
[ "$*" = "output -json -no-color" ] || { echo "called with $*" >&2; exit 64; }
[ -f outputs.json ] && exec cat outputs.json
echo "Warning: of no concern" >&2
echo "│ Error: Backend initialization required, please run \\"terraform init\\"" >&2
exit 1
`;

describe('the folder of a deployment', () => {
  let folder: string;
  let terraform: string;
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'deployment-'));
    terraform = join(folder, 'terraform');
    writeFileSync(terraform, TERRAFORM);
    chmodSync(terraform, 0o755);
  });
  afterEach(() => rmSync(folder, { recursive: true }));

  const write = (path: string, content: unknown): void => {
    mkdirSync(dirname(join(folder, path)), { recursive: true });
    writeFileSync(join(folder, path), JSON.stringify(content));
  };
  const synthesized = (out: string, ...names: string[]): void =>
    write(`${out}/manifest.json`, {
      stacks: Object.fromEntries(names.map((name) => [name, { name, workingDirectory: `stacks/${name}` }])),
    });
  const read = async (sources: DeploymentSources = {}, env: NodeJS.ProcessEnv = {}) => {
    const context = { env: { ...process.env, TERRAFORM_BINARY_NAME: terraform, ...env }, cwd: folder };
    return resolveDeployment(await readSources(sources, context));
  };
  const refused = async (...given: Parameters<typeof read>): Promise<string> => {
    const error: unknown = await read(...given).catch((thrown: unknown) => thrown);
    expect(error).toBeInstanceOf(UnusableDeployment);
    return (error as Error).message;
  };

  test('is the current one, if cdktf deploys from there', async () => {
    write('cdktf.json', {});
    synthesized('cdktf.out', 'active-passive');
    write('cdktf.out/stacks/active-passive/outputs.json', ORIGINAL_OUTPUTS);
    const { linkName, values } = await read();
    expect(linkName).toBe('active-passive-test');
    expect(values[0].origin.detail).toMatch(/^output primary_cluster of .*cdktf\.out\/stacks\/active-passive$/);
  });

  test('is the one named, with the output folder that cdktf.json says', async () => {
    write('app/cdktf.json', { output: 'build/tf' });
    synthesized('app/build/tf', 'orders');
    write('app/build/tf/stacks/orders/outputs.json', OWN_OUTPUTS);
    expect((await read({ from: join(folder, 'app') })).linkName).toBe('orders-dr');
  });

  describe('and that of a proxy in a stack of its own', () => {
    const led = (host = 'pkc-11111') => ({
      runbook: {
        ...{ sensitive: false, type: 'dynamic' },
        value: {
          primary: { bootstrap_endpoint: `${host}.westeurope.azure.confluent.cloud:9092` },
          secondary: { bootstrap_endpoint: 'pkc-22222.northeurope.azure.confluent.cloud:9092' },
          ...{ proxy_public_ip: '203.0.113.99', active_member: 'secondary', active_variable: 'cc_active' },
        },
      },
    });
    const told = async (...given: Parameters<typeof read>) => {
      const { proxyAddress, access, members } = await read(...given);
      return [proxyAddress, access?.active, members.primary.clusterId];
    };

    beforeEach(() => {
      write('cdktf.json', {});
      synthesized('cdktf.out', 'clusters', 'proxy');
      write('cdktf.out/stacks/clusters/outputs.json', OWN_OUTPUTS);
      write('cdktf.out/stacks/proxy/outputs.json', led());
    });

    test('tells of the proxy alone, before the outputs of the pair and after what was given', async () => {
      const sources = { stack: 'clusters', proxyStack: 'proxy' };
      expect(await told({ stack: 'clusters' })).toEqual(['203.0.113.7', undefined, 'lkc-aaaaa']);
      expect(await told(sources)).toEqual(['203.0.113.99', 'secondary', 'lkc-aaaaa']);
      const env = { CONFLUENT_DR_ACTIVE_MEMBER: 'primary' };
      expect(await told(sources, env)).toEqual(['203.0.113.99', 'primary', 'lkc-aaaaa']);
    });

    test('may be another folder, beside a file of outputs', async () => {
      write('given.json', OWN_OUTPUTS);
      write('proxy/main.tf.json', {});
      write('proxy/outputs.json', led());
      const outputs = join(folder, 'given.json');
      expect(await told({ outputs, proxyFrom: 'proxy' })).toEqual(['203.0.113.99', 'secondary', 'lkc-aaaaa']);
    });

    test('is refused if it leads to other clusters, or is not there', async () => {
      write('cdktf.out/stacks/proxy/outputs.json', led('pkc-99999'));
      expect(await refused({ stack: 'clusters', proxyStack: 'proxy' })).toMatch(
        /received one whose primary is pkc-99999\.\S+:9092; allowed is one that leads to the pair's, SASL_SSL:\/\/pkc-11111/,
      );
      expect(await refused({ stack: 'clusters', proxyFrom: 'none' })).toMatch(/received the folder ".*none"/);
    });
  });

  test('may be plain Terraform’s', async () => {
    write('main.tf.json', {});
    write('outputs.json', OWN_OUTPUTS);
    expect((await read()).linkName).toBe('orders-dr');
  });

  test('may hold several stacks, one of which is chosen', async () => {
    write('cdktf.json', {});
    synthesized('cdktf.out', 'east', 'west');
    write('cdktf.out/stacks/west/outputs.json', OWN_OUTPUTS);
    expect((await read({ stack: 'west' })).linkName).toBe('orders-dr');
    expect(await refused()).toContain('holds the stacks east, west; received no choice. Choose one: --stack <name>.');
    expect(await refused({ stack: 'north' })).toContain('received --stack north');
  });

  test('is not looked at where outputs are given', async () => {
    write('cdktf.json', {});
    write('given.json', OWN_OUTPUTS);
    expect((await read({ outputs: join(folder, 'given.json') })).linkName).toBe('orders-dr');
  });

  test('need not be read if it is the current one and others tell enough', async () => {
    write('cdktf.json', {});
    write('config.json', DOCUMENT);
    const config = join(folder, 'config.json');
    expect((await read({ config })).linkName).toBe('orders-dr');
    write('config.json', { link_name: 'orders-dr' });
    expect(await refused({ config })).toMatch(
      /primary\.clusterId is missing[^]*\nThe current folder told nothing: .*holds no synthesized stack/,
    );
    write('config.json', DOCUMENT);
    expect(await refused({ config, from: folder })).toMatch(/^.*cdktf\.out holds no synthesized stack/);
  });

  test('is refused if nothing deploys from there', async () => {
    expect(await refused({ from: join(folder, 'none') })).toMatch(
      /received the folder ".*none"; allowed is one with a cdktf\.json/,
    );
    expect(await refused()).toContain('primary.clusterId is missing');
  });

  test('is refused with a cure if nothing was deployed from there yet', async () => {
    write('cdktf.json', {});
    expect(await refused()).toContain('holds no synthesized stack: nothing was deployed from here. Deploy first');
    synthesized('cdktf.out', 'active-passive');
    mkdirSync(join(folder, 'cdktf.out/stacks/active-passive'), { recursive: true });
    expect(await refused()).toMatch(
      /output` failed in .*: Backend initialization required, please run .*\nDeploy first/,
    );
  });

  test('that was deployed to a lab is to be asked there', async () => {
    write('main.tf.json', {});
    mkdirSync(join(folder, '.terraform-lab-abc'));
    expect(await refused({}, { TF_DATA_DIR: undefined })).toMatch(
      /It was deployed to a lab: run the same command again, with `npx confluent-dr lab exec --` before it\.$/,
    );
    expect(await refused({}, { TF_DATA_DIR: '.terraform-lab-abc' })).toContain('Deploy first');
  });

  test('needs Terraform', async () => {
    write('main.tf.json', {});
    expect(await refused({}, { TERRAFORM_BINARY_NAME: join(folder, 'no-terraform') })).toMatch(
      /there is no command .*no-terraform\. Install Terraform, or give the outputs: --outputs <file>\./,
    );
  });

  test('is given up on Ctrl-C', async () => {
    write('main.tf.json', {});
    writeFileSync(terraform, '#!/bin/sh\nexec sleep 60\n');
    const controller = new AbortController();
    const reading = readSources(
      {},
      { env: { ...process.env, TERRAFORM_BINARY_NAME: terraform }, cwd: folder, signal: controller.signal },
    );
    controller.abort();
    await expect(reading).rejects.toThrow(expect.objectContaining({ name: 'AbortError' }) as Error);
  });
});
