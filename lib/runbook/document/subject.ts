import { type DeployedMember, type Deployment } from '../deployment';

/** What a chapter is written from. */
export type Subject = Pick<Deployment, 'members' | 'linkName' | 'topics' | 'proxyAddress'>;

/** The lab's addresses are on loopback: no proxy is before it, and no Kafka client can connect. */
export const isLab = ({ members }: Subject): boolean => members.primary.restEndpoint.startsWith('http:');

/** Host and port of Kafka. */
export function kafkaAt({ bootstrapEndpoint }: DeployedMember): { readonly host: string; readonly port: number } {
  const { hostname, port } = new URL(`kafka://${bootstrapEndpoint}`);
  return { host: hostname, port: Number(port || 9092) };
}
