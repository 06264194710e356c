import { commands, problemOf } from '../../../../test/support/documents/commands';
import { outputsOf, removeFiles, said } from '../report/status/support/command';
import { closeDeployedLabs, DeployedLab } from '../support/deployed-lab';

const before = { ...process.env };

afterEach(async () => {
  process.env = { ...before };
  removeFiles();
  await closeDeployedLabs();
});

test('commands that are printed name what the environment gave, and hold no secret of it', async () => {
  const lab = await DeployedLab.start({ topics: 1, rate: 50 });
  const { secret } = lab.member('primary').kafka;
  const outputs = outputsOf(lab, { primarySecret: 'another' });
  Object.assign(process.env, {
    CONFLUENT_DR_OUTPUTS: outputs,
    CONFLUENT_DR_MAX_LAG: '10s',
    CONFLUENT_DR_LEAVE_OUT: 'test-*',
    CONFLUENT_DR_PRIMARY_KAFKA_SECRET: secret,
    CONFLUENT_DR_TOGGLE_VARIABLE: 'outage',
    // A lab gives its cloud anew.
    CONFLUENT_DR_CLOUD_KEY: 'CLOUDKEY',
    CONFLUENT_DR_CLOUD_SECRET: 'cloud secret',
  });
  const { code, stdout } = await said('failover', '--planned', '--yes', '--no-input');
  const dry = await said('drill', '--dry-run', '--json');
  expect(code).toBe(0);
  const printed = [
    ...stdout.split('\n').filter((line) => line.includes('npx confluent-dr')),
    ...(JSON.parse(dry.stdout) as { phases: { command: string }[] }).phases.map(({ command }) => command),
  ].map((line) => line.trim().replace(/^\$ /, ''));
  expect(printed).toHaveLength(9);
  for (const line of printed) {
    expect(line).toMatch(
      /^CONFLUENT_DR_PRIMARY_KAFKA_SECRET="\$\{CONFLUENT_DR_PRIMARY_KAFKA_SECRET:\?\}" npx confluent-dr lab exec /,
    );
    expect(line).toContain(`--outputs ${outputs}`);
    expect(line).toContain('--set maxLag=10s');
    expect(line).toContain("--set 'leaveOut=test-*'");
    expect(line.includes('--variable outage')).toBe(/ (un)?block /.test(line));
    expect(line).not.toContain('CLOUDKEY');
  }
  expect([stdout, dry.stdout].join('\n')).not.toContain(secret);
  const words = printed.map((line) => line.slice(line.lastIndexOf('npx'))).join('\n');
  expect(commands([{ language: 'console', code: words, line: 0 }]).map(problemOf)).toEqual(
    printed.map(() => undefined),
  );
});
