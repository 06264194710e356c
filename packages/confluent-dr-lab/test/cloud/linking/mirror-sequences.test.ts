import { type MirrorOperation } from '../../../src/cloud/vocabulary';
import { MirrorStory, SIDES } from '../support/mirror-story';

const STEPS = 60;
const SEEDS = Array.from({ length: 60 }, (_, index) => index + 1);

const REVERSIBLE: readonly MirrorOperation[] = [
  'reverse-and-start-mirror',
  'reverse-and-pause-mirror',
  'pause',
  'resume',
];

const ALL: readonly MirrorOperation[] = [...REVERSIBLE, 'promote', 'failover', 'truncate-and-restore'];

const played = new Map<number, MirrorStory>();

/** The story of a seed with every operation; played once, whichever test asks for it first. */
function storyOfAll(seed: number): MirrorStory {
  const story = played.get(seed) ?? new MirrorStory(seed * 7919, ALL).play(STEPS).finish();
  played.set(seed, story);
  return story;
}

describe('whatever happens to a pair', () => {
  test.each(SEEDS)('without promotion and failover nothing is lost and one side is written to: story %i', (seed) => {
    const story = new MirrorStory(seed, REVERSIBLE).play(STEPS).finish();
    expect(story.violations).toEqual([]);
    expect(SIDES.filter((side) => story.pair.isWritable(side))).toHaveLength(1);
  });

  test.each(SEEDS)('counts are honest, refusals change nothing and all comes to an end: story %i', (seed) => {
    expect(storyOfAll(seed).violations).toEqual([]);
  });

  test('these stories lead through every operation on both sides', () => {
    const told = SEEDS.flatMap((seed) => storyOfAll(seed).told);
    const accepted = new Set(told.filter((line) => line.endsWith(': accepted')));
    const possible = ALL.flatMap((operation) => SIDES.map((side) => `${operation} on ${side}: accepted`));
    expect([...accepted].sort()).toEqual([...possible].sort());
  });
});
