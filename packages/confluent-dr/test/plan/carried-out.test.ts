import { type Direction, type FailoverRequest, type Procedure } from '../../src/plan/failover-request';
import { ModelWorld, TOPICS } from './support/model-world';
import { STORIES } from './support/stories';

const DIRECTIONS: readonly Direction[] = ['failover', 'failback'];
const PROCEDURES: readonly (Procedure | 'undecided')[] = ['planned', 'unplanned', 'undecided'];
const ALLOWANCES: readonly NonNullable<FailoverRequest['allow']>[] = [{}, { truncation: true }, { endPromotion: true }];

const WISHES: readonly FailoverRequest[] = DIRECTIONS.flatMap((direction) =>
  PROCEDURES.flatMap((procedure) => ALLOWANCES.map((allow) => ({ direction, procedure, allow }))),
);

function worldAfter(story: string): ModelWorld {
  const world = new ModelWorld();
  STORIES[story](world);
  return world;
}

const said = ({ direction, procedure, allow }: FailoverRequest): string =>
  `${procedure} ${direction}, allowed: ${Object.keys(allow ?? {}).join(', ') || 'nothing'}`;

describe.each(Object.keys(STORIES))('when %s', (story) => {
  test.each(WISHES.map((request) => [said(request), request] as const))('%s', (_, request) => {
    const world = worldAfter(story);
    const writableBefore = world.writableTwice();
    const end = world.carryOut(request);
    const places = world.places();

    expect(world.log.filter(({ refused }) => refused !== null)).toEqual([]);
    expect(end.kind).not.toBe('plan');
    expect(new Set(world.log.map((done) => JSON.stringify(done))).size).toBe(world.log.length);
    const mayBeWritableTwice =
      request.procedure === 'planned' ? Math.max(writableBefore, promotionsIn(story)) : TOPICS.length;
    expect(world.mostWritableTwice).toBeLessThanOrEqual(mayBeWritableTwice);

    // Cut off after any operation on any topic, with and without time until somebody comes again.
    for (let operations = 0; operations < world.log.length; operations += 1) {
      for (const pause of [0, 4]) {
        const cut = worldAfter(story);
        cut.carryOut(request, { operations });
        cut.wait(pause);
        const endOfCut = cut.carryOut(request);
        expect({ operations, pause, kind: endOfCut.kind, places: cut.places() }).toEqual({
          operations,
          pause,
          kind: end.kind,
          places,
        });
        // Whether a stop under way is a promotion, nobody tells: only leave to end promotions repeats a failover.
        const repeated = request.allow?.endPromotion && pause === 0 ? cut.log.length : world.log.length;
        expect(cut.log).toHaveLength(repeated);
      }
    }
  });
});

/** A promotion that somebody began makes two sides that can be written to, whatever is planned. */
const promotionsIn = (story: string): number => (story.includes('promot') ? 1 : 0);

describe('the whole way', () => {
  const allow = { truncation: true };

  test('a planned failover and failback end where they began, with every record', () => {
    const world = worldAfter('there is traffic, and the mirrors lag');
    world.carryOut({ direction: 'failover', procedure: 'planned' });
    expect(world.places()).toEqual(TOPICS.map(() => 'ACTIVE/STOPPED'));
    world.produce('secondary', 25);
    world.carryOut({ direction: 'failback', procedure: 'planned' });
    expect(world.places()).toEqual(TOPICS.map(() => 'STOPPED/ACTIVE'));
    expect(world.pair.records('primary')).toHaveLength(125);
    expect(world.pair.records('secondary')).toEqual(world.pair.records('primary'));
  });

  test('after a disaster the primary is restored and takes over again, having discarded what only it had', () => {
    const world = worldAfter('the primary is lost');
    const end = world.carryOut({ direction: 'failover' });
    expect(end).toMatchObject({ kind: 'done', procedure: 'unplanned' });
    world.bringBack('primary');
    world.wait();
    expect(world.carryOut({ direction: 'failback' })).toMatchObject({
      kind: 'refusal',
      refusals: TOPICS.map((topic) => ({ topic, code: 'truncation-not-allowed' })),
    });
    expect(world.carryOut({ direction: 'failback', allow }).kind).toBe('done');
    expect(world.places()).toEqual(TOPICS.map(() => 'STOPPED/ACTIVE'));
    expect(world.pair.records('primary')).toEqual(world.pair.records('secondary'));
  });

  test('two operators who do the same at once do no harm', () => {
    const request: FailoverRequest = { direction: 'failover', procedure: 'planned' };
    const world = worldAfter('nothing has happened');
    world.carryOut(request, { operations: 2 });
    world.carryOut(request, { operations: 3 });
    expect(world.carryOut(request).kind).toBe('done');
    expect(world.log).toHaveLength(TOPICS.length);
  });
});
