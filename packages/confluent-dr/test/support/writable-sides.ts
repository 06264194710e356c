import { findKafkaCluster } from '../../../confluent-dr-lab/src/cloud/kafka/kafka-clusters';
import { liveMirrorOf } from '../../../confluent-dr-lab/src/cloud/linking/lookup';
import { ROLES } from '../../src/observe/pair-observation';
import { type DeployedLab } from './deployed-lab';

/** Topics that both clusters would let clients write to at this moment, by the lab's own model. */
export function writableOnBoth(lab: DeployedLab): Promise<string[]> {
  return lab.cloud.perform((state) =>
    lab.topics.filter((name) =>
      ROLES.every((role) => {
        const { clusterId } = lab.member(role);
        return (
          findKafkaCluster(state, clusterId).topics.has(name) && liveMirrorOf(state, clusterId, name) === undefined
        );
      }),
    ),
  );
}
