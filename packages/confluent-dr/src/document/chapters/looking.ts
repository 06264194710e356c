import { commandFor } from '../../deployment/command-for';
import { ROLES } from '../../pair/role';
import { type Chapter, expect, text, tool } from '../document';
import { type Requests } from '../requests';
import { type Subject } from '../subject';

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
