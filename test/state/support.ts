import { TerraformResource, type TerraformStack } from 'cdktf';
import { type Construct } from 'constructs';
import { synthesize, type Synthesized } from '../support/synth';

/** A resource of some provider. */
export class Topic extends TerraformResource {
  constructor(scope: Construct, id: string) {
    super(scope, id, { terraformResourceType: 'confluent_kafka_topic' });
  }
}

export interface StateBlocksOf {
  readonly moved: [from: string, to: string][];
  readonly removed: { from: string; lifecycle: unknown }[];
}

/** The blocks on what is in the state, and the keys of what is guarded, in the order of the configuration. */
export function blocksOf(stack: TerraformStack): StateBlocksOf & { readonly guarded: string[] | undefined } {
  const { moved = [], removed = [], resource }: Partial<Synthesized> = synthesize(stack);
  const guard = resource?.terraform_data?.[GUARD];
  return {
    moved: moved.map(({ from, to }) => [from as string, to as string]),
    removed: removed as unknown as StateBlocksOf['removed'],
    guarded: guard && keysOf(guard.for_each as string),
  };
}

export const GUARD = 'deletion_protection__renamed_say_movedFrom__given_up_say_forgetTopic';

function keysOf(forEach: string): string[] {
  return JSON.parse(/^\$\{toset\((.*)\)\}$/.exec(forEach)![1]) as string[];
}
