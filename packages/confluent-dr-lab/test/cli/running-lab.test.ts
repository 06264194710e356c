import { type LabFolder } from '../../src/background/lab-folder';
import { describeFault } from '../../src/cli/faults';
import { clusterIdOf, labCommand, targetId } from '../../src/cli/running-lab';
import { waysOn } from '../../src/cli/up';
import { type Sample } from '../../src/cloud';

const sample = {
  primary: { clusterId: 'lkc-one', registryId: 'lsrc-one' },
  secondary: { clusterId: 'lkc-two', registryId: 'lsrc-two' },
} as Sample;

describe('a target', () => {
  test.each([
    ['primary', 'lkc-one'],
    ['secondary', 'lkc-two'],
    ['primary-registry', 'lsrc-one'],
    ['secondary-registry', 'lsrc-two'],
    ['control-plane', 'control-plane'],
    ['lkc-other', 'lkc-other'],
    ['lsrc-other', 'lsrc-other'],
  ])('%s is %s', (name, id) => {
    expect(targetId(name, sample)).toBe(id);
  });

  test.each(['', 'third', 'toString', '__proto__', 'xlkc-one'])(
    '%j is none, and the error says which there are',
    (name) => {
      expect(() => targetId(name, sample)).toThrow(
        `received the target ${JSON.stringify(name)}; allowed are control-plane, primary, secondary, primary-registry, secondary-registry, and any lkc-… or lsrc-…`,
      );
    },
  );
});

test('a member is the primary or the secondary', () => {
  expect([clusterIdOf('primary', sample), clusterIdOf('secondary', sample)]).toEqual(['lkc-one', 'lkc-two']);
  expect(() => clusterIdOf('control-plane', sample)).toThrow(
    'received the member "control-plane"; allowed are primary and secondary',
  );
});

test('a command names the folder of a lab that is no project’s own, in quotes where a shell needs them', () => {
  const own = { path: '/var/labs/a', project: '/home/me/app' } as LabFolder;
  expect(labCommand(own, 'exec', '-- npx cdktf deploy')).toBe('npx confluent-dr lab exec -- npx cdktf deploy');
  const named = { path: '/var/my lab', project: undefined } as LabFolder;
  expect(labCommand(named, 'down')).toBe("npx confluent-dr lab down --folder '/var/my lab'");
});

test('a lab that is up says how the project deploys to it, by CDKTF or by CDK Terrain', () => {
  const own = { path: '/var/labs/a', project: '/home/me/app' } as LabFolder;
  expect(waysOn(own, 'cdktf')).toContain(' npx confluent-dr lab exec -- npx cdktf deploy\n');
  expect(waysOn(own, 'cdktn')).toContain(' npx confluent-dr lab exec -- npx cdktn deploy\n');
});

test.each([
  [{ id: 'f-1', kind: 'refused', target: 'lkc-one' }, 'f-1: refused primary'],
  [{ id: 'f-2', kind: 'exporter-error', target: 'lsrc-two' }, 'f-2: exporter-error secondary-registry'],
  [{ id: 'f-3', kind: 'slow', target: 'lkc-x', delayMs: 5, times: null }, 'f-3: slow lkc-x (delayMs 5)'],
  [
    { id: 'f-4', kind: 'mirror-stuck', target: 'lkc-two', topic: 'a', method: undefined },
    'f-4: mirror-stuck secondary (topic a)',
  ],
  [
    { id: 'run-command', kind: 'run-command', message: 'exit code 4' },
    'run-command: run-command (message exit code 4)',
  ],
])('a fault is told in a line: %j', (fault, line) => {
  expect(describeFault(fault, sample)).toBe(line);
});
