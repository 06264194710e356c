import { commandFor, isLab } from '../../deployment/deployment';
import { ROLES } from '../../observe/pair-observation';
import { bootstrapOf, PARTIAL } from './failing-over';
import { type Chapter, expect, type Subject, text, tool } from './guide';
import { toggle } from './outage';
import { type Requests } from './requests';

export const failingBack = (subject: Subject, requests: Requests): Chapter[] => [
  {
    number: '10',
    title: 'Let the primary come back',
    blocks: [
      text(
        'After the planned way, now. After a disaster, only when 11b is done: until then clients that come back would write records that are thrown away.',
      ),
      ...toggle(subject, false),
      tool(commandFor(subject, ['unblock'])),
      ...(isLab(subject) ? [] : [expect('Chapter 6 shows a certificate for both clusters.')]),
    ],
  },
  {
    number: '11a',
    title: 'See that the primary follows, after the planned way',
    blocks: [
      ...ROLES.map((role) => requests.mirrors(role)),
      expect('`ACTIVE` on the primary with lags near 0, `STOPPED` on the secondary.'),
      tool(commandFor(subject, ['status'])),
    ],
  },
  {
    number: '11b',
    title: 'Make the primary follow, after a disaster',
    blocks: [
      text(
        'The primary still has records that were never mirrored. To follow the secondary it must give them up. **They are discarded for ever.** Copy them first if anybody needs them.',
      ),
      text('This only shows how many, for each topic and partition:'),
      requests.operate('primary', 'truncate-and-restore', {
        validate_only: true,
        include_partition_level_truncation_data: true,
      }),
      expect('`messages_truncated` of each topic. Agree on it with whom the records belong to.'),
      text('This discards them. The request goes to the primary:'),
      requests.operate('primary', 'truncate-and-restore', { include_partition_level_truncation_data: true }),
      expect(PARTIAL),
      requests.mirrors('primary'),
      expect(
        '`PENDING_SETUP_FOR_RESTORE`, then `PENDING_RESTORE`, then `ACTIVE` for every topic. Go on with 12 only then.',
      ),
      tool(commandFor(subject, ['failback'])),
    ],
  },
  {
    number: '12',
    title: 'Fail back',
    blocks: [
      text(
        'Stop the producers. Let the mirror on the primary catch up: its lags are 0. The request goes to the primary.',
      ),
      requests.operate('primary', 'reverse-and-start-mirror'),
      expect(PARTIAL),
      ...ROLES.map((role) => requests.mirrors(role)),
      expect('`STOPPED` on the primary, `ACTIVE` on the secondary, for every topic.'),
      tool(commandFor(subject, ['failback'])),
    ],
  },
  {
    number: '13',
    title: 'Move the clients back to the primary',
    blocks: [
      ...bootstrapOf(subject, 'primary'),
      requests.mirrors('secondary'),
      expect('`ACTIVE` for every topic, with lags near 0: it is as it was before chapter 4.'),
      tool(commandFor(subject, ['status'])),
    ],
  },
];
