import { type DeployedMember, type Deployment } from '../deployment/deployment';

/** What a chapter is written from. */
export type Subject = Pick<Deployment, 'members' | 'linkName' | 'topics' | 'proxyAddress' | 'workplace'>;

/** Host and port of Kafka. */
export function kafkaAt({ bootstrapEndpoint }: DeployedMember): { readonly host: string; readonly port: number } {
  const { hostname, port } = new URL(`kafka://${bootstrapEndpoint}`);
  return { host: hostname, port: Number(port || 9092) };
}
