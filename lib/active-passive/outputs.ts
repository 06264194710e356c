import { TerraformOutput } from 'cdktf';
import { Construct } from 'constructs';
import { type IClusterMember } from '../cluster/cluster-member';
import { type ConfluentClusterPair } from '../cluster/confluent-cluster-pair';
import { type BidirectionalClusterLink } from '../link/bidirectional-cluster-link';
import { type NginxFailoverProxy } from '../proxy/nginx-failover-proxy';
import { RunbookOutput } from './runbook-output';

interface OutputsProps {
  readonly pair: ConfluentClusterPair;
  readonly link: BidirectionalClusterLink;
  readonly topicName: string;
  readonly primaryExporterName: string;
  readonly secondaryExporterName: string;
  readonly proxy: NginxFailoverProxy;
}

/** The outputs of the dry run, what the proxy reported when it converged last, and what the runbook needs. */
export class ActivePassiveOutputs extends Construct {
  constructor(scope: Construct, id: string, { topicName, ...props }: OutputsProps) {
    super(scope, id);
    const { pair, proxy } = props;
    new TerraformOutput(this, 'primary_cluster', {
      value: { ...clusterOf(pair.primary), topic: topicName },
      sensitive: true,
    });
    new TerraformOutput(this, 'secondary_cluster', { value: clusterOf(pair.secondary), sensitive: true });
    new TerraformOutput(this, 'proxy_public_ip', { value: proxy.ipAddress });
    new TerraformOutput(this, 'proxy_report', { value: proxy.report });
    new RunbookOutput(this, 'Runbook', { ...props, topics: [topicName] });
  }
}

function clusterOf(member: IClusterMember): Record<string, string> {
  return {
    region: member.region,
    bootstrap_endpoint: member.bootstrapEndpoint,
    cluster_id: member.clusterId,
    cluster_api_key: member.kafkaCredentials.key,
    cluster_api_secret: member.kafkaCredentials.secret,
  };
}
