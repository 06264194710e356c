import { cdkFor, commandFor, isLab, terraformFor } from '../../deployment/deployment';
import { ROLES } from '../../observe/pair-observation';
import { type Chapter, expect, shell, type Subject, text, tool } from './guide';
import { type Requests } from './requests';

export const looking = (subject: Subject, requests: Requests): Chapter[] => [
  {
    number: '1',
    title: 'Look at the links',
    blocks: [
      ...ROLES.flatMap((role) => [requests.links(role), requests.link(role)]),
      expect('On both sides `"link_state": "ACTIVE"` and the same `cluster_link_id`. No task is `IN_ERROR`.'),
      text(
        'A state can be minutes old: a link says `ACTIVE` for a while after its cluster is gone. A paused link has to be resumed first.',
      ),
    ],
  },
  {
    number: '2',
    title: 'Look at the topics',
    blocks: [
      ...ROLES.map((role) => requests.get(role, '/topics')),
      expect('Every topic of `$TOPICS` is on both clusters, with as many partitions.'),
    ],
  },
  {
    number: '3',
    title: 'Look at the mirrors',
    blocks: [
      ...ROLES.map((role) => requests.mirrors(role)),
      expect(
        'On the secondary each topic has `"mirror_status": "ACTIVE"`. On the primary there is no mirror, or, if it was switched over before, one that is `STOPPED`.',
      ),
      text('`mirror_lags` tells for each partition how many records are not mirrored yet. Keep this answer.'),
      tool(commandFor(subject, ['status'])),
    ],
  },
];

export const terraform = (subject: Subject): Chapter[] => [
  {
    title: 'What Terraform may do meanwhile',
    blocks: [
      {
        kind: 'table',
        head: ['when', 'plan and apply', 'destroy'],
        rows: [
          ['all is normal (1 to 4, after 13)', 'yes', 'yes'],
          ['the primary is blocked for clients alone (5, 6)', 'yes, if Terraform goes past the proxy', 'no'],
          ['the primary is gone', 'the toggle alone, with `-refresh=false`', 'no'],
          ['a mirror is `PENDING_…` or `SOURCE_UNAVAILABLE`', 'the toggle alone, with `-refresh=false`', 'no'],
          ['failed over, all mirrors `STOPPED` or `ACTIVE`', 'yes; read the plan', '**no: it deletes production**'],
        ],
      },
      text(
        'The provider cannot read a mirror that is turning: the plan of the whole stack fails. Wait, or toggle without the refresh. Never put the `status` of a mirror into the code: the next apply would undo the failover.',
      ),
      ...(isLab(subject)
        ? []
        : [text('Where Terraform runs, `/etc/hosts` must not lead to the proxy while the primary is blocked.')]),
    ],
  },
  {
    title: 'Tear down',
    blocks: [
      text(
        'Only when chapter 13 is done and the secondary holds mirrors alone. The topics, on both clusters, go with the stack.',
      ),
      shell(cdkFor(subject, 'destroy')),
      text('With Terraform alone:'),
      shell(terraformFor(subject, 'destroy', [])),
      ...(isLab(subject)
        ? []
        : [
            text('Then take the lines out of `/etc/hosts` on every machine by hand.'),
            tool(`sudo ${commandFor(subject, ['hosts', '--remove'])}`),
          ]),
    ],
  },
];
