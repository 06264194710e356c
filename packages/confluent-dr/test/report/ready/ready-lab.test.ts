import { LabFolder, type LabRecord } from '../../../../confluent-dr-lab/src/background/lab-folder';
import { labVariables } from '../../../../confluent-dr-lab/src/background/terraform-environment';
import { type DocumentOf } from '../../../src/report/output-schema/documents';
import { closeDeployedLabs, DeployedLab } from '../../support/deployed-lab';
import { outputsOf, removeFiles, said } from '../status/support/command';

afterEach(async () => {
  removeFiles();
  await closeDeployedLabs();
});

test('a lab that was just deployed is ready, in the environment that the lab hands out', async () => {
  const lab = await DeployedLab.start({ topics: 2 });
  const outputs = outputsOf(lab);
  const record = { id: 'x', url: lab.cloud.url, sample: lab.cloud.sample!, reattach: '', variables: {} };
  const variables = labVariables(new LabFolder('/tmp/lab'), record as unknown as LabRecord, {});
  const before = { ...process.env };
  Object.assign(process.env, variables);
  try {
    const { code, stdout } = await said('ready', '--outputs', outputs, '--json');
    const { ready, rules } = JSON.parse(stdout) as DocumentOf<'ready'>;
    const others = rules.filter(({ verdict }) => verdict !== 'met').map(({ id, verdict }) => `${id} ${verdict}`);
    expect([code, ready, others]).toEqual([
      0,
      true,
      [...['DR008', 'DR009', 'DR010', 'DR015'].map((id) => `${id} not-applicable`)],
    ]);
  } finally {
    process.env = before;
  }
});
