import { decideRedirection } from '../../src/execute/client-redirection';
import { pairOf } from '../plan/support/observations';

const MOVED = pairOf({ sides: { primary: 'ACTIVE', secondary: 'topic' } });
const STEADY = pairOf({ sides: { primary: 'topic', secondary: 'ACTIVE' } });
const TURNING = pairOf({ sides: { primary: 'PENDING_MIRROR', secondary: 'PENDING_SYNCHRONIZE' } });
const LOST = pairOf({ sides: { primary: 'away', secondary: 'STOPPED' } });

const access = { active: 'primary' } as const;
const applied = {
  active: 'primary',
  activeVariable: 'cc_active',
  outageVariable: 'cc_failover_primary',
  outageWished: 'true',
} as const;

describe('Clients of a proxy that lets them in to the active member alone', () => {
  test('are let in to the other once every topic is served there, and the block keeps its value', () => {
    expect(decideRedirection('secondary', { access, applied, observation: MOVED })).toEqual({
      kind: 'switch',
      from: 'primary',
      values: { cc_active: 'secondary', cc_failover_primary: 'true' },
      wished: { blocked: true, active: 'secondary' },
    });
  });

  test('follow an unplanned failover, whose primary does not tell', () => {
    expect(decideRedirection('secondary', { access, applied, observation: LOST }).kind).toBe('switch');
  });

  test.each([
    ['the mirrors have not turned', STEADY],
    ['they are turning', TURNING],
    ['a topic of several has not', { topics: [...MOVED.topics, ...STEADY.topics] }],
    ['no topic is seen', { topics: [] }],
  ])('are never let in before: %s', (_what, observation) => {
    expect(decideRedirection('secondary', { access, applied, observation })).toEqual({
      kind: 'held-back',
      from: 'primary',
    });
  });

  test('are switched again where they are let in already, as an apply may have ended half-way', () => {
    const again = decideRedirection('secondary', { applied: { ...applied, active: 'secondary' }, observation: MOVED });
    expect(again).toMatchObject({ kind: 'switch', from: 'secondary', values: { cc_active: 'secondary' } });
  });

  test('go back as they went', () => {
    const back = decideRedirection('primary', {
      applied: { ...applied, active: 'secondary', outageWished: 'false' },
      observation: STEADY,
    });
    expect(back).toMatchObject({
      values: { cc_active: 'primary', cc_failover_primary: 'false' },
      wished: { blocked: false, active: 'primary' },
    });
  });

  test('are left to people where it is not known what says who is active', () => {
    const byHand = { kind: 'by-hand', from: 'primary' };
    expect(decideRedirection('secondary', { access, observation: MOVED })).toEqual(byHand);
    expect(decideRedirection('secondary', { access, applied: { active: 'primary' }, observation: MOVED })).toEqual(
      byHand,
    );
    expect(decideRedirection('primary', { access, observation: STEADY })).toEqual({ kind: 'none' });
  });

  test('are led nowhere by a proxy that lets them in to both', () => {
    expect(decideRedirection('secondary', { observation: MOVED })).toEqual({ kind: 'none' });
    expect(decideRedirection('secondary', { applied: { activeVariable: 'cc_active' }, observation: MOVED })).toEqual({
      kind: 'none',
    });
  });

  test('are believed what was applied before what a file says', () => {
    const facts = { access: { active: 'secondary' }, applied, observation: MOVED } as const;
    expect(decideRedirection('secondary', facts)).toMatchObject({ kind: 'switch', from: 'primary' });
  });

  test('would be let in, of a run that is tried out', () => {
    expect(decideRedirection('secondary', { access, applied })).toMatchObject({ values: { cc_active: 'secondary' } });
  });
});
