import { TerraformStack, TerraformVariable } from 'cdktf';
import { Construct } from 'constructs';
import {
  BidirectionalClusterLink,
  ClusterSource,
  ConfluentCloudProvider,
  ConfluentClusterPair,
  type MirrorTopicProps,
} from '../../../../lib';
import { synthesizeStackInto, tfvars } from '../../terraform/support/app';
import { type Configure } from './deployment';

export interface PairApp {
  /** @default true */
  readonly deletionProtection?: boolean;
  readonly topics: (link: BidirectionalClusterLink, pair: ConfluentClusterPair) => void;
  /** @default - Pair */
  readonly pair?: Place;
  /** `none` for a stack without. @default - Link */
  readonly link?: Place | 'none';
}

/** Where a construct stands, and stood. */
export interface Place {
  readonly path: string;
  readonly movedFrom?: string;
}

export const linkName = 'active-passive-test';

/** A pair, its links and these topics, made with the library; topics are protected unless told otherwise. */
export function pairApp(
  { deletionProtection, topics, pair: pairPlace = { path: 'Pair' }, link: linkPlace = { path: 'Link' } }: PairApp,
  edit?: (json: string) => string,
): Configure {
  return (workspace) =>
    synthesizeStackInto(
      workspace,
      (app) => {
        const stack = new TerraformStack(app, 'pair');
        new ConfluentCloudProvider(stack, 'Confluent', {
          cloudApiKey: secret(stack, 'cc_cloud_api_key'),
          cloudApiSecret: secret(stack, 'cc_cloud_api_secret'),
        });
        const pair = new ConfluentClusterPair(...placed(stack, pairPlace), {
          movedFrom: pairPlace.movedFrom,
          serviceAccountId: tfvars.cc_service_account,
          primary: {
            environmentId: tfvars.cc_env_primary,
            cluster: ClusterSource.existing(tfvars.cc_primary_cluster_id),
          },
          secondary: {
            environmentId: tfvars.cc_env_secondary,
            cluster: ClusterSource.existing(tfvars.cc_secondary_cluster_id),
          },
          deletionProtection,
        });
        if (linkPlace !== 'none') {
          const { movedFrom } = linkPlace;
          topics(new BidirectionalClusterLink(...placed(stack, linkPlace), { pair, linkName, movedFrom }), pair);
        }
        return stack;
      },
      { edit },
    );
}

function placed(stack: TerraformStack, { path }: Place): [Construct, string] {
  const parts = path.split('/');
  const id = parts.pop()!;
  const scope = parts.reduce<Construct>(
    (around, part) => around.node.tryFindChild(part) ?? new Construct(around, part),
    stack,
  );
  return [scope, id];
}

export function secret(stack: TerraformStack, name: string): string {
  const variable = new TerraformVariable(stack, name, { type: 'string', sensitive: true });
  variable.overrideLogicalId(name);
  return variable.stringValue;
}

export type TopicsOf = PairApp['topics'];

/** Topics that begin on the primary, with a setting in the code. */
export const mirrored =
  (...names: readonly string[]): TopicsOf =>
  (link) =>
    names.forEach((name) => link.mirrorTopic(name, { config: { 'retention.ms': '604800000' } }));

/** The same, and one that begins on the secondary. */
export const alsoOnSecondary =
  (first: TopicsOf, name: string, props: MirrorTopicProps = {}): TopicsOf =>
  (link, pair) => {
    first(link, pair);
    link.mirrorTopic(name, { ...props, source: pair.secondary });
  };
