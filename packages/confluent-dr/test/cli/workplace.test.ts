import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { workplaceOf } from '../../src/cli/workplace';
import { deployment } from '../report/guide/support';

describe('workplaceOf', () => {
  const named = process.env.CONFLUENT_DR_LAB;
  let folder: string;

  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'workplace-'));
    process.env.CONFLUENT_DR_LAB = folder;
    writeFileSync(join(folder, 'lab.json'), JSON.stringify({ endpoints: { 'lkc-1': 'http://127.0.0.1:9001/kafka' } }));
  });

  afterEach(() => {
    rmSync(folder, { recursive: true });
    if (named === undefined) {
      delete process.env.CONFLUENT_DR_LAB;
    } else {
      process.env.CONFLUENT_DR_LAB = named;
    }
  });

  const at = (restEndpoint: string) => {
    const { members } = deployment();
    return deployment({ members: { ...members, primary: { ...members.primary, restEndpoint } } });
  };

  test('names the lab which the deployment is in, and no other', () => {
    expect(workplaceOf({}, { sources: [] }, at('http://127.0.0.1:9001')).lab).toBe(folder);
    expect(workplaceOf({}, { sources: [] }, at('http://127.0.0.1:9003')).lab).toBeUndefined();
    expect(workplaceOf({}, { sources: [] }, at('https://pkc-1.confluent.cloud:443')).lab).toBeUndefined();
  });

  test('names files by their whole paths, and never standard input', () => {
    const { options } = workplaceOf(
      { outputs: 'outputs.json', stack: 'dr', set: ['a=b'] },
      { sources: [] },
      deployment(),
    );
    expect(options).toEqual(['--outputs', join(process.cwd(), 'outputs.json'), '--stack', 'dr', '--set', 'a=b']);
    expect(workplaceOf({ outputs: '-' }, { sources: [] }, deployment()).options).toEqual([]);
  });

  test('gives Terraform below a project its tfvars file, where there is one', () => {
    const terraform = join(folder, 'cdktf.out', 'stacks', 'dr');
    const place = () => workplaceOf({ from: folder }, { sources: [], terraform }, deployment());
    expect(place()).toMatchObject({ project: folder, terraform, varFile: undefined });
    writeFileSync(join(folder, 'terraform.tfvars'), '');
    expect(place().varFile).toBe('../../../terraform.tfvars');
  });

  test('names the CLI of CDK Terrain where it is the one that is installed', () => {
    const cdk = () => workplaceOf({ from: folder }, { sources: [] }, deployment()).cdk;
    const bin = join(folder, 'node_modules/.bin');
    mkdirSync(bin, { recursive: true });
    writeFileSync(join(bin, 'cdktn'), '');
    expect(cdk()).toBe('cdktf');
    writeFileSync(join(folder, 'cdktf.json'), '{}');
    expect(cdk()).toBe('cdktn');
    writeFileSync(join(bin, 'cdktf'), '');
    expect(cdk()).toBe('cdktf');
  });
});
