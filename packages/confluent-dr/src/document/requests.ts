import { type MirrorOperation } from '../client/mirror-operation';
import { type Deployment } from '../deployment/deployment';
import { type Role } from '../pair/role';
import { quoted } from '../shell-words';
import { type Block, shell } from './document';

/** Where chapters find the commands that are the same but for member and path. */
export class Requests {
  constructor(private readonly deployment: Pick<Deployment, 'members' | 'linkName'>) {}

  public get(role: Role, path: string): Block {
    return shell(...this.curl(role, path));
  }

  public links(role: Role): Block {
    return this.get(role, '/links');
  }

  /** The link with its tasks, which tell more of what is wrong with it than its state does. */
  public link(role: Role): Block {
    return this.get(role, `/links/${this.linkName}?include_tasks=true`);
  }

  public mirrors(role: Role): Block {
    return this.get(role, `/links/${this.linkName}/mirrors`);
  }

  /** An operation on all topics of `$TOPICS`. */
  public operate(role: Role, operation: MirrorOperation, query: Readonly<Record<string, boolean>> = {}): Block {
    const words = Object.entries(query).map(([name, value]) => `${name}=${value}`);
    const path = `/links/${this.linkName}/mirrors:${operation}${words.length > 0 ? `?${words.join('&')}` : ''}`;
    return shell(...this.curl(role, path, String.raw`"{\"mirror_topic_names\": $TOPICS}"`));
  }

  /** @param body a word of bash; its presence makes it a POST */
  public curl(role: Role, path: string, body?: string): string[] {
    const { restEndpoint, clusterId } = this.deployment.members[role];
    const url = quoted(`${restEndpoint}/kafka/v3/clusters/${encodeURIComponent(clusterId)}${path}`);
    const call = `curl -sS --fail-with-body -K <(as_${role})`;
    return body === undefined
      ? [`${call} \\`, `  ${url}`]
      : [`${call} -X POST \\`, `  ${url} \\`, `  -H 'Content-Type: application/json' -d ${body}`];
  }

  private get linkName(): string {
    return encodeURIComponent(this.deployment.linkName);
  }
}
