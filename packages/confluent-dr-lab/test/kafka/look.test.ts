import { setImmediate } from 'node:timers/promises';
import { type BrokersCloud } from '../../src/cloud';
import { look, take } from '../../src/kafka/look';
import { type Member } from '../../src/kafka/member';
import { ModelPair, type Side, STEP, TOPIC } from '../cloud/support/model-pair';

type Ends = [number, number];

/** Two clusters of one broker each, of which a test says what they answer. */
class AnsweringPair extends ModelPair {
  public readonly ends: Record<Side, Ends> = { primary: [0, 0], secondary: [0, 0] };
  /** Happens before this cluster answers, when the other one has. */
  public readonly before: Partial<Record<Side, () => void>> = {};
  public readonly silent = new Set<Side>();

  constructor() {
    super();
    this.state.hasBrokers = true;
  }

  public async seen(): Promise<void> {
    const sides = ['primary', 'secondary'] as const;
    const members = new Map(sides.map((side) => [this.member(side).clusterId, this.answering(side)]));
    const cloud: BrokersCloud = { url: '', change: (command) => this.do(command) };
    const found = await look(members, cloud);
    this.do((state) => take(state, found));
    this.wait(1);
  }

  public written(side: Side, count: number): void {
    this.ends[side] = this.ends[side].map((end) => end + count) as Ends;
  }

  public copied(from: Side, to: Side): void {
    this.ends[to] = [...this.ends[from]];
  }

  public endsOf(side: Side): number[] {
    return this.cluster(side)
      .topics.get(TOPIC)!
      .partitions.map(({ end }) => end);
  }

  private answering(side: Side): Member {
    const client = {
      offsets: async (topics: ReadonlyMap<string, number>, query: string) => {
        const before = this.before[side];
        if (before && query === 'end') {
          delete this.before[side];
          await setImmediate();
          before();
        }
        if (this.silent.has(side)) {
          throw new Error('no leader');
        }
        return new Map([...topics.keys()].map((name) => [name, query === 'start' ? [0, 0] : [...this.ends[side]]]));
      },
      answers: () => Promise.resolve(true),
    };
    const known = {
      props: { id: this.member(side).clusterId },
      isOn: true,
      topics: new Map([[TOPIC, { partitions: 2, settings: new Map() }]]),
      client,
      admin: { groups: () => Promise.resolve([]) },
    };
    return known as unknown as Member;
  }
}

describe('A look at the brokers', () => {
  let pair: AnsweringPair;

  beforeEach(async () => {
    pair = new AnsweringPair();
    pair.written('primary', 100);
    pair.copied('primary', 'secondary');
    await pair.seen();
  });

  const reversed = (): void => {
    const transition = pair.side('secondary').mirrors.get(TOPIC)!.transition!;
    pair.do(() => (transition.settled = true));
    pair.wait(1);
  };

  test('finds a mirror that has what its source has, and a source that has more', async () => {
    expect([pair.endsOf('primary'), pair.endsOf('secondary')]).toEqual([
      [100, 100],
      [100, 100],
    ]);
    pair.written('primary', 5);
    await pair.seen();
    expect([pair.endsOf('primary'), pair.endsOf('secondary')]).toEqual([
      [105, 105],
      [100, 100],
    ]);
    expect(pair.mirror('secondary')?.status).toBe('ACTIVE');
  });

  test('in the middle of which a mirror became the source takes neither for one that lost records', async () => {
    pair.operate('secondary', 'reverse-and-start-mirror');
    pair.wait(STEP);
    pair.before.primary = () => {
      reversed();
      // Clients are let in, and what they write is copied before the other cluster answers.
      pair.written('secondary', 3);
      pair.copied('secondary', 'primary');
    };
    await pair.seen();
    expect(pair.mirror('primary')).toMatchObject({ status: 'ACTIVE', error: 'NO_ERROR' });
    await pair.seen();
    expect([pair.endsOf('primary'), pair.endsOf('secondary')]).toEqual([
      [103, 103],
      [103, 103],
    ]);
    expect(pair.mirror('primary')).toMatchObject({ status: 'ACTIVE', error: 'NO_ERROR' });
  });

  test('of a source that tells nothing yet says nothing of its mirror', async () => {
    pair.written('primary', 7);
    pair.copied('primary', 'secondary');
    pair.silent.add('primary');
    await pair.seen();
    expect(pair.mirror('secondary')).toMatchObject({ status: 'ACTIVE', error: 'NO_ERROR' });
    pair.silent.clear();
    await pair.seen();
    expect(pair.endsOf('secondary')).toEqual([107, 107]);
  });

  test('says of a mirror that its source lost records where that is so', async () => {
    pair.ends.primary = [100, 90];
    await pair.seen();
    expect(pair.mirror('secondary')).toMatchObject({ status: 'FAILED', error: 'UNEXPECTED_TRUNCATION' });
  });
});
