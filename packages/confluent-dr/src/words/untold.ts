import { type Untold } from '../report/status/lag-report';
import { type Advice } from './advice';

const MOST_NAMES = 5;
const BY_HAND =
  'Ask Kafka itself: kafka-consumer-groups --bootstrap-server <bootstrap> --command-config <file> --describe --all-groups.';
const CHECK_NAME = 'Check its name; a group is told where it has offsets of topics of the pair.';

function some(names: readonly string[] = []): string {
  const more = names.length > MOST_NAMES ? ` and ${names.length - MOST_NAMES} more` : '';
  return `${names.slice(0, MOST_NAMES).join(', ')}${more}`;
}

const WORDS: Readonly<Record<Untold['code'], (untold: Untold) => Advice>> = {
  'member-silent': ({ told = '' }) => ({
    cause: told,
    cure: 'What mirrors on it are behind is not known; find out why it does not answer:',
  }),
  'groups-not-offered': ({ told }) => ({
    cause: `It has no list of consumer groups for this key: ${told}`,
    cure: BY_HAND,
  }),
  'groups-not-listed': ({ told = '' }) => ({ cause: told, cure: BY_HAND }),
  'offsets-not-told': ({ names, told }) => ({
    cause: `It lists the groups ${some(names)}, and does not tell their offsets: ${told}`,
    cure: `Confluent Cloud tells them of dedicated clusters alone. ${BY_HAND}`,
  }),
  'no-such-group': ({ names }) => ({ cause: `Nothing was told of the group ${some(names)}.`, cure: CHECK_NAME }),
  'no-such-topic': ({ names }) => ({ cause: `Nothing was told of the topic ${some(names)}.`, cure: CHECK_NAME }),
};

/** What was not told, and how it can be found out. */
export const untoldInWords = (untold: Untold): Advice => WORDS[untold.code](untold);
