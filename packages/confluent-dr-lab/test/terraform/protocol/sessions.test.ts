import { Sessions } from '../../../src/terraform/protocol/sessions';

describe('sessions', () => {
  test('are kept by their connection, the last 500 of them', () => {
    const sessions = new Sessions<number>();
    Array.from({ length: 501 }, (_, index) => sessions.open(`peer ${index}`, index));
    expect(() => sessions.of('peer 0')).toThrow('The provider was used before it was configured');
    expect([sessions.of('peer 1'), sessions.of('peer 500')]).toEqual([1, 500]);
  });

  test('that are opened again are the newest', () => {
    const sessions = new Sessions<number>();
    sessions.open('mine', 1);
    Array.from({ length: 499 }, (_, index) => sessions.open(`peer ${index}`, index));
    sessions.open('mine', 2);
    sessions.open('one more', 3);
    expect(sessions.of('mine')).toBe(2);
    expect(() => sessions.of('peer 0')).toThrow('before it was configured');
  });

  test('may be nothing', () => {
    const sessions = new Sessions<undefined>();
    sessions.open('mine', undefined);
    expect(sessions.of('mine')).toBeUndefined();
  });
});
