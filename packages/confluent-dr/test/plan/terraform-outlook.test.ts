import { MIRROR_STATUSES, type PairObservation } from '../../src/observe/pair-observation';
import { terraformOutlook, type TerraformRemark } from '../../src/plan/terraform-outlook';
import { terraformInWords } from '../../src/words/terraform';
import { pairOf, pairWith, type SideWord, topicOf } from './support/observations';

const pair = (primary: SideWord, secondary: SideWord): PairObservation => pairOf({ sides: { primary, secondary } });
const causes = (remarks: readonly TerraformRemark[]): string[] => remarks.map((own) => terraformInWords(own).cause);

describe("what Terraform's next run meets", () => {
  test('nothing in the steady state', () => {
    expect(terraformOutlook(pair('topic', 'ACTIVE'))).toEqual({ plan: [], destroy: [] });
    expect(terraformOutlook(pair('STOPPED', 'ACTIVE'))).toEqual({ plan: [], destroy: [] });
  });

  test('a plan fails while the mirror that the stack declares is in a status that the provider cannot read', () => {
    const unreadable = MIRROR_STATUSES.filter((status) => terraformOutlook(pair('topic', status)).plan.length > 0);
    expect(unreadable.sort()).toEqual([
      'LINK_FAILED',
      'LINK_PAUSED',
      'PENDING_MIRROR',
      'PENDING_RESTORE',
      'PENDING_SETUP_FOR_RESTORE',
      'PENDING_SYNCHRONIZE',
      'SOURCE_UNAVAILABLE',
    ]);
  });

  test('the mirror of a reversal on the primary does not matter: the stack declares a topic there', () => {
    expect(terraformOutlook(pair('LINK_PAUSED', 'STOPPED')).plan).toEqual([]);
  });

  test('a plan fails while a member does not answer, and what helps is said', () => {
    const { plan } = terraformOutlook(pair('away', 'STOPPED'));
    expect(plan).toHaveLength(1);
    expect(terraformInWords(plan[0]).cause).toContain('ECONNREFUSED');
    expect(terraformInWords(plan[0]).cure).toContain('-refresh=false');
  });

  test('a topic in place of the mirror, or none on a side, would be created', () => {
    expect(causes(terraformOutlook(pair('topic', 'topic')).plan)).toEqual([expect.stringContaining('is no mirror')]);
    expect(causes(terraformOutlook(pair('absent', 'ACTIVE')).plan)).toEqual([expect.stringContaining('anew')]);
  });

  test.each([
    ['ACTIVE', 'STOPPED', 'On the secondary, topic orders is active'],
    ['topic', 'STOPPED', 'On both sides'],
    ['PENDING_MIRROR', 'PENDING_SYNCHRONIZE', 'Changing sides'],
    ['away', 'STOPPED', 'On the secondary, topic orders is active'],
    ['topic', 'away', 'may be active on the secondary'],
  ] as const)('a destroy is warned of with %s on the primary and %s on the secondary', (primary, secondary, text) => {
    expect(causes(terraformOutlook(pair(primary, secondary)).destroy)).toContainEqual(expect.stringContaining(text));
  });

  test('one topic that has turned is enough', () => {
    const topics = ['a', 'b'].map((name) => topicOf({ primary: 'topic', secondary: 'ACTIVE' }, name));
    const turned = topicOf({ primary: 'ACTIVE', secondary: 'STOPPED' }, 'c');
    expect(causes(terraformOutlook(pairWith(...topics, turned)).destroy)).toEqual([
      expect.stringContaining('topic c is active'),
    ]);
  });
});
