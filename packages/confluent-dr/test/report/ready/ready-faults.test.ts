import { readFileSync } from 'node:fs';
import { statusOfPair } from '../../../../../test/docs/pair-states';
import { LabFolder, type LabRecord } from '../../../../confluent-dr-lab/src/background/lab-folder';
import { labVariables } from '../../../../confluent-dr-lab/src/background/terraform-environment';
import { type FaultSpec } from '../../../../confluent-dr-lab/src/cloud';
import { createExporter } from '../../../../confluent-dr-lab/src/cloud/registry/exporters';
import { findRegistry } from '../../../../confluent-dr-lab/src/cloud/registry/registries';
import { addFault } from '../../../../confluent-dr-lab/src/cloud/state';
import { type DocumentOf } from '../../../src/report/output-schema/documents';
import { isReady, judged as judgedByRules, type ReadyFacts } from '../../../src/report/ready/rules';
import { pairOf } from '../../plan/support/observations';
import { closeDeployedLabs, DeployedLab } from '../../support/deployed-lab';
import { knownToHang } from '../../support/known-to-hang';
import { faulty, produced } from '../../support/operating-lab';
import { documentProblems } from '../../support/output-schema';
import { fileOf, outputsOf, removeFiles, said } from '../status/support/command';
import '../../support/short-pauses';
import { junitProblems } from './support/junit-schema';

let before: NodeJS.ProcessEnv;

beforeEach(() => (before = process.env));

afterEach(async () => {
  process.env = before;
  removeFiles();
  await closeDeployedLabs();
});

/** A lab as it was just deployed, and the environment that it hands out. */
async function deployed(): Promise<DeployedLab> {
  const lab = await DeployedLab.start({ topics: 2 });
  const record = { id: 'x', url: lab.cloud.url, sample: lab.cloud.sample!, reattach: '', variables: {} };
  process.env = { ...before, ...labVariables(new LabFolder('/tmp/lab'), record as unknown as LabRecord, {}) };
  return lab;
}

interface Judged {
  readonly code: number;
  readonly ready: boolean;
  /** Ids, with `?` where a rule could not be judged. */
  readonly failing: readonly string[];
}

async function judged(lab: DeployedLab, ...words: readonly string[]): Promise<Judged> {
  const junit = fileOf('');
  const { code, stdout } = await said('ready', '--outputs', outputsOf(lab), '--json', '--junit', junit, ...words);
  const document = JSON.parse(stdout) as DocumentOf<'ready'>;
  expect(documentProblems('ready', document)).toEqual([]);
  expect(junitProblems(readFileSync(junit, 'utf8'))).toEqual([]);
  const failing = document.rules.flatMap(({ id, verdict }) =>
    verdict === 'broken' ? [id] : verdict === 'unknown' ? [`${id}?`] : [],
  );
  return { code, ready: document.ready, failing };
}

const KINDS = [
  ...['refused', 'hanging', 'unavailable', 'slow', 'throttled', 'cut'],
  ...['mirror-refused', 'mirror-stuck', 'mirror-failed', 'replication-held', 'task-stuck', 'exporter-error'],
];

/** Of a member that does not tell nothing can be judged, and Terraform could not read it. */
const SILENT = [
  ...['DR001?', 'DR002?', 'DR003?', 'DR004?', 'DR005?', 'DR006?', 'DR007?', 'DR008?'],
  ...['DR012', 'DR013', 'DR014?'],
];

type Target = 'primary' | 'secondary' | 'primary-registry' | 'control-plane';

const ROWS: readonly (readonly [kind: string, target: Target, limits: object, failing: readonly string[]])[] = [
  ['refused', 'primary', {}, SILENT],
  ['hanging', 'secondary', {}, SILENT],
  ['unavailable', 'primary', {}, SILENT],
  ['throttled', 'secondary', { retryAfterSeconds: 0 }, SILENT],
  ['cut', 'primary', {}, SILENT],
  // Late answers are answers: a switch-over takes longer, and does all of it.
  ['slow', 'primary', { delayMs: 50 }, []],
  ['mirror-refused', 'secondary', { code: 40_301, message: 'no' }, ['DR014']],
  ['mirror-refused', 'secondary', { code: 40_301, message: 'no', topic: 't0001' }, ['DR014']],
  ['mirror-stuck', 'secondary', {}, ['DR004']],
  ['mirror-failed', 'secondary', {}, ['DR003', 'DR004', 'DR014']],
  ['replication-held', 'secondary', {}, ['DR004']],
  ['task-stuck', 'secondary', {}, ['DR002']],
  ['exporter-error', 'primary-registry', {}, ['DR008']],
  ['unavailable', 'primary-registry', {}, ['DR008?']],
  ['hanging', 'control-plane', {}, ['DR011']],
  ['refused', 'control-plane', {}, ['DR011']],
  ['unavailable', 'control-plane', {}, ['DR011']],
];

test('every kind of fault that a lab knows is here', async () => {
  const lab = await deployed();
  const told = await lab.cloud
    .perform((state) => addFault(state, { kind: 'none' } as never).kind)
    .catch((error: Error) => error.message);
  const [, known] = /known are ([\w, -]+)/.exec(told)!;
  expect(known.split(', ').sort()).toEqual([...KINDS].sort());
  expect([...new Set(ROWS.map(([kind]) => kind))].sort()).toEqual([...KINDS].sort());
});

test.each(ROWS)('%s of the %s: %j', async (kind, target, limits, failing) => {
  const lab = await deployed();
  const { primary, secondary } = { primary: lab.member('primary'), secondary: lab.member('secondary') };
  const ids: Record<Target, string> = {
    'control-plane': 'control-plane',
    primary: primary.clusterId,
    secondary: secondary.clusterId,
    'primary-registry': primary.registryId,
  };
  await lab.cloud.perform((state) => {
    const settings = { subjects: ['*'], subjectRenameFormat: '', contextType: 'NONE', context: '', config: {} };
    createExporter(state, findRegistry(state, primary.registryId), 'to-secondary', settings);
  });
  await lab.wait(1000);
  await faulty(lab, { kind, target: ids[target], ...limits } as FaultSpec);
  if (kind === 'hanging') {
    const { host } = new URL(target === 'secondary' ? secondary.restEndpoint : lab.cloud.url);
    knownToHang((asked) => asked.includes(host));
  }
  await produced(lab, 'primary', 3000);
  await lab.wait(1000);
  expect(await judged(lab, '--max-lag', '0.3s')).toEqual({
    code: failing.length > 0 ? 4 : 0,
    ready: failing.length === 0,
    failing,
  });
});

test('a pair without a proxy, whose clients go to the clusters, can be ready outside a lab', () => {
  const status = statusOfPair(pairOf({ sides: { primary: 'topic', secondary: 'ACTIVE' } }));
  const health = { proxy: { told: [] }, members: { primary: { passages: [] }, secondary: { passages: [] } } };
  const facts = {
    status: { ...status, controlPlane: { kind: 'answers', withKey: true } },
    health,
    groupsLeftOut: [],
    switchOver: { refusals: [], objections: [] },
  } as unknown as ReadyFacts;
  const verdicts = (own: ReadyFacts) => judgedByRules(own).map(({ id, verdict }) => `${id} ${verdict}`);
  const proxyless = verdicts({ ...facts, noProxy: 'no-proxy' });
  expect(isReady(judgedByRules({ ...facts, noProxy: 'no-proxy' }))).toBe(true);
  expect(proxyless.filter((verdict) => !verdict.endsWith(' met'))).toEqual([
    ...['DR008', 'DR009', 'DR010', 'DR015'].map((id) => `${id} not-applicable`),
  ]);
  // One that should have a proxy is not ready while that does not report.
  expect(isReady(judgedByRules(facts))).toBe(false);
});
