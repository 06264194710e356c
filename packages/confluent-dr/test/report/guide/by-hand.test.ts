import { resolveDeployment } from '../../../src/deployment/resolve';
import { readSources } from '../../../src/deployment/sources';
import { runbookText } from '../../../src/report/guide/guide-text';
import { closeDeployedLabs, DeployedLab } from '../../support/deployed-lab';
import { lose, operationsOn, produced, statesOf } from '../../support/operating-lab';
import { outputsOf, removeFiles } from '../status/support/command';
import { ByHand } from './by-hand';

interface Answer {
  readonly data: readonly Readonly<Record<string, unknown>>[];
}

afterEach(async () => {
  removeFiles();
  await closeDeployedLabs();
});

async function byHand(lab: DeployedLab): Promise<ByHand> {
  const sources = await readSources({ outputs: outputsOf(lab) }, { env: {}, cwd: '/' });
  const deployment = resolveDeployment(sources);
  const { primary, secondary } = deployment.members;
  const principal = `User:${lab.serviceAccountId}`;
  const members = { primary: { ...primary, principal }, secondary: { ...secondary, principal } };
  return new ByHand(runbookText({ ...deployment, members }, 'markdown'), lab);
}

const column = ({ data }: Answer, name: string): unknown[] => data.map((row) => row[name]);

test('the planned way, there and back', async () => {
  const lab = await DeployedLab.start({ topics: 2 });
  const hand = await byHand(lab);
  const links = await hand.done<Answer | Record<string, unknown>>('1.');
  expect(links).toHaveLength(4);
  expect(column(links[0] as Answer, 'link_state')).toEqual(['ACTIVE']);
  expect(links[3]).toMatchObject({ link_state: 'ACTIVE', tasks: expect.any(Array) as unknown });
  const topics = await hand.done<Answer>('2.');
  expect(topics.map((answer) => column(answer, 'topic_name'))).toEqual([lab.topics, lab.topics]);
  const mirrors = await hand.done<Answer>('3.');
  expect(mirrors.map((answer) => column(answer, 'mirror_status'))).toEqual([[], ['ACTIVE', 'ACTIVE']]);

  const [turned, ...seen] = await hand.done<Answer>('7a.');
  expect(column(turned, 'error_code').filter(Boolean)).toEqual([]);
  expect(seen.map((answer) => column(answer, 'mirror_status'))).toEqual([
    ['ACTIVE', 'ACTIVE'],
    ['STOPPED', 'STOPPED'],
  ]);
  await hand.done('9.');
  await hand.done('11a.');
  expect(await statesOf(lab)).toEqual(['ACTIVE/STOPPED', 'ACTIVE/STOPPED']);

  await hand.done('12.');
  expect(await statesOf(lab)).toEqual(['STOPPED/ACTIVE', 'STOPPED/ACTIVE']);
  const [end] = await hand.done<Answer>('13.');
  expect(column(end, 'mirror_status')).toEqual(['ACTIVE', 'ACTIVE']);
});

test('the way of a disaster, there and back', async () => {
  const lab = await DeployedLab.start({ topics: 2 });
  const hand = await byHand(lab);
  const comeBack = await lose(lab, 'primary');
  await hand.done('7b.');
  expect(operationsOn(lab, 'secondary')).toEqual(['failover']);
  await comeBack();
  expect(await statesOf(lab)).toEqual(['topic/STOPPED', 'topic/STOPPED']);

  await produced(lab, 'primary', 7);
  const [told] = await hand.done<Answer>('11b.');
  expect(Number(column(told, 'messages_truncated')[0])).toBe(7);
  expect(operationsOn(lab, 'primary')).toEqual(['truncate-and-restore']);
  expect(await statesOf(lab)).toEqual(['ACTIVE/STOPPED', 'ACTIVE/STOPPED']);

  await hand.done('12.');
  expect(await statesOf(lab)).toEqual(['STOPPED/ACTIVE', 'STOPPED/ACTIVE']);
});

test('missing ACLs are seen, made, and then the planned way goes on', async () => {
  const lab = await DeployedLab.start({ topics: 2, acls: false });
  const hand = await byHand(lab);
  const [refused] = await hand.done<Answer>('7a.');
  expect(await statesOf(lab)).not.toEqual(['ACTIVE/STOPPED', 'ACTIVE/STOPPED']);
  expect(refused.data).toHaveLength(2);
  const [onPrimary, onSecondary] = await hand.done<Answer>('8.');
  expect([onPrimary.data, onSecondary.data]).toEqual([[], []]);
  const [again] = await hand.done<Answer>('8.');
  expect(column(again, 'operation').sort()).toEqual(
    ['ALTER', 'DESCRIBE', 'DESCRIBE_CONFIGS', 'DESCRIBE_CONFIGS', 'READ', 'READ'].sort(),
  );
  await hand.done('7a.');
  expect(await statesOf(lab)).toEqual(['ACTIVE/STOPPED', 'ACTIVE/STOPPED']);
});
