import * as z from 'zod';
import { type SettingValues, shapeProblems, UnusableDeployment } from './deployment';
import { RUNBOOK_DOCUMENT, valuesOfDocument } from './runbook-document';

const cluster = z.object({
  region: z.string().optional(),
  bootstrap_endpoint: z.string(),
  cluster_id: z.string(),
  cluster_api_key: z.string(),
  cluster_api_secret: z.string(),
});

const OUTPUTS = z.object({
  primary_cluster: cluster.extend({ topic: z.string().optional() }).optional(),
  secondary_cluster: cluster.optional(),
  proxy_public_ip: z.string().nullish(),
  runbook: RUNBOOK_DOCUMENT.optional(),
});

const NAMES = Object.keys(OUTPUTS.shape);

/** The link of the stack that has no output `runbook`. */
const ORIGINAL_LINK = 'active-passive-test';

/**
 * The values in the outputs of a stack: those of the default app, of a stack of one's own with an output `runbook`, or
 * of the Terraform configuration that the default app replaces.
 *
 * @param text what `terraform output -json` prints, or the file that `cdktf output --outputs-file` writes
 * @param source what to call it in messages
 * @param stackName which stack, if there are several
 * @throws UnusableDeployment
 */
export function valuesOfOutputs(text: string, source: string, stackName?: string): SettingValues {
  const outputs = OUTPUTS.safeParse(plainOutputs(parsed(text, source), source, stackName));
  if (!outputs.success) {
    throw shapeProblems(source, outputs.error);
  }
  const { primary_cluster: primary, secondary_cluster: secondary, proxy_public_ip, runbook } = outputs.data;
  const origin = (output: string) => ({ kind: 'outputs', detail: `output ${output} of ${source}` }) as const;
  return {
    ...(runbook === undefined && {
      linkName: { value: ORIGINAL_LINK, origin: { kind: 'default', detail: 'there is no output runbook' } },
    }),
    ...valuesOfDocument(
      RUNBOOK_DOCUMENT.parse({ primary: memberOf(primary), topics: primary?.topic && [primary.topic] }),
      origin('primary_cluster'),
    ),
    ...valuesOfDocument(RUNBOOK_DOCUMENT.parse({ secondary: memberOf(secondary) }), origin('secondary_cluster')),
    ...valuesOfDocument(RUNBOOK_DOCUMENT.parse({ proxy_public_ip }), origin('proxy_public_ip')),
    ...valuesOfDocument(runbook ?? RUNBOOK_DOCUMENT.parse({}), origin('runbook')),
  };
}

function memberOf(output?: z.output<typeof cluster>): z.input<typeof RUNBOOK_DOCUMENT>['primary'] {
  return (
    output && {
      cluster_id: output.cluster_id,
      region: output.region,
      bootstrap_endpoint: output.bootstrap_endpoint,
      kafka_api_key: output.cluster_api_key,
      kafka_api_secret: output.cluster_api_secret,
    }
  );
}

function parsed(text: string, source: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    // The parser's own message can quote a secret.
    throw new UnusableDeployment(
      `${source} is no JSON. Give what \`terraform output -json\` prints, or the file of ` +
        '`cdktf output --outputs-file outputs.json --outputs-file-include-sensitive-outputs`.',
    );
  }
}

const RECORD = z.record(z.string(), z.unknown());
const WRAPPED = z.record(z.string(), z.object({ sensitive: z.boolean(), value: z.unknown() }));

/** By name, whichever tool wrote them. */
function plainOutputs(document: unknown, source: string, stackName?: string): Record<string, unknown> {
  const wrapped = WRAPPED.safeParse(document);
  if (wrapped.success && Object.keys(wrapped.data).length > 0) {
    return known(Object.fromEntries(Object.entries(wrapped.data).map(([name, { value }]) => [name, value])), source);
  }
  const record = RECORD.safeParse(document);
  if (!record.success) {
    throw new UnusableDeployment(`${source} holds no outputs: expected an object of them by name.`);
  }
  if (NAMES.some((name) => name in record.data)) {
    return known(record.data, source);
  }
  return known(stackIn(record.data, source, stackName), source);
}

/** `cdktf output` writes the outputs of each stack under its name. */
function stackIn(stacks: Record<string, unknown>, source: string, stackName?: string): Record<string, unknown> {
  const candidates = Object.entries(stacks).flatMap(([name, outputs]) => {
    const { data } = RECORD.safeParse(outputs);
    return data && NAMES.some((output) => output in data) ? [{ name, outputs: data }] : [];
  });
  const chosen = stackName === undefined ? candidates : candidates.filter(({ name }) => name === stackName);
  if (chosen.length === 1) {
    return chosen[0].outputs;
  }
  if (candidates.length > 1) {
    const names = candidates.map(({ name }) => name).join(', ');
    throw new UnusableDeployment(
      `${source} holds the outputs of several stacks, ${names}` +
        (stackName === undefined ? '. Choose one: --stack <name>.' : `; received --stack ${stackName}.`),
    );
  }
  throw new UnusableDeployment(
    `${source} holds none of the outputs ${NAMES.join(', ')}` +
      (stackName === undefined ? '.' : ` of the stack ${stackName}.`) +
      ' Deploy first; a stack of your own needs an output `runbook`.',
  );
}

/** `cdktf` leaves sensitive outputs out unless it is told not to. */
function known(outputs: Record<string, unknown>, source: string): Record<string, unknown> {
  if (!('runbook' in outputs) && !('primary_cluster' in outputs)) {
    throw new UnusableDeployment(
      `${source} lacks the sensitive outputs. Write it by \`terraform output -json\`, or by ` +
        '`cdktf output --outputs-file outputs.json --outputs-file-include-sensitive-outputs`.',
    );
  }
  return outputs;
}
