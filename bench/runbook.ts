/**
 * How long a planned failover of many topics takes, against what the clusters themselves need for it: from the first
 * request that they accepted until the last topic had turned on both sides. One run, a number to read, never a test.
 */
import { performance } from 'node:perf_hooks';
import { operate } from '../packages/confluent-dr/src/execute/operate';
import { DeployedLab } from '../packages/confluent-dr/test/support/deployed-lab';
import { closePairs, pairOf, statesOf } from '../packages/confluent-dr/test/support/operating-lab';

const TOPICS = 1000;
const TRANSITION_MS = 10_000;
const TARGET = 1.2;

async function main(): Promise<void> {
  const lab = await DeployedLab.start({
    topics: TOPICS,
    partitions: 1,
    rate: 1,
    timing: { mirrorTransitionMs: TRANSITION_MS },
  });
  let turnedAt = 0;
  const watching = setInterval(() => {
    void statesOf(lab).then((states) => {
      turnedAt ||= states.every((state) => state === 'ACTIVE/STOPPED') ? performance.now() : 0;
    });
  }, 20);
  let acceptedAt = 0;
  const begun = performance.now();
  const ending = await operate({
    pair: pairOf(lab),
    request: { direction: 'failover', procedure: 'planned' },
    confirm: () => Promise.resolve(true),
    listener: ({ type }) => {
      acceptedAt ||= type === 'answered' ? performance.now() : 0;
    },
  });
  const ended = performance.now();
  clearInterval(watching);
  await closePairs();
  await lab.cloud.close();
  const [tool, clusters] = [(ended - begun) / 1000, (turnedAt - acceptedAt) / 1000];
  console.log(`${ending.kind}: ${TOPICS} topics`);
  console.table({
    'the tool, from its start to its end': { s: tool.toFixed(2) },
    'the clusters, from the first request to the last topic': { s: clusters.toFixed(2) },
  });
  console.log(`ratio ${(tool / clusters).toFixed(2)} (at most ${TARGET})`);
}

void main();
