import { type Range, Ranges } from '../../src/canary/ranges';
import { randoms } from './support/randoms';

const rangesOf = (numbers: readonly number[]): Ranges => {
  const ranges = new Ranges();
  numbers.forEach((number) => ranges.add(number));
  return ranges;
};

const numbersIn = (ranges: Iterable<Range>): number[] =>
  [...ranges].flatMap(([first, last]) => Array.from({ length: last - first + 1 }, (_, index) => first + index));

describe('Ranges', () => {
  test.each(Array.from({ length: 200 }, (_, seed) => seed))('is what a set is, whatever comes (%i)', (seed) => {
    const random = randoms(seed);
    const numbers = Array.from({ length: 60 }, () => random(40));
    const [set, ranges] = [new Set<number>(), new Ranges()];
    const isNew = numbers.map((number, index) => numbers.indexOf(number) === index);
    expect(numbers.map((number) => ranges.add(number))).toEqual(isNew);
    numbers.forEach((number) => set.add(number));
    const sorted = [...set].sort((a, b) => a - b);
    expect(numbersIn(ranges)).toEqual(sorted);
    expect([ranges.size, ranges.highest]).toEqual([set.size, sorted.at(-1)]);
    expect(Array.from({ length: 42 }, (_, number) => ranges.has(number))).toEqual(
      Array.from({ length: 42 }, (_, number) => set.has(number)),
    );
    const other = Array.from({ length: 20 }, () => random(45));
    const rest = ranges.minus(rangesOf(other));
    expect(numbersIn(rest)).toEqual(sorted.filter((number) => !other.includes(number)));
    expect(rest.size).toBe(numbersIn(rest).length);
  });

  test('keeps ranges apart that do not touch, and no others', () => {
    expect([...rangesOf([1, 2, 3, 7, 5, 6])]).toEqual([
      [1, 3],
      [5, 7],
    ]);
  });

  test('of a million numbers in order is one range', () => {
    const ranges = new Ranges();
    ranges.addRange([0, 999_999]);
    expect([...ranges]).toEqual([[0, 999_999]]);
    expect(ranges.size).toBe(1_000_000);
  });

  test('is empty at first', () => {
    expect([new Ranges().size, new Ranges().highest, new Ranges().has(0)]).toEqual([0, undefined, false]);
  });
});
