import { randomBytes } from 'node:crypto';
import { existsSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { type Sample } from '../cloud/index';
import { type LabFolder, type LabRecord } from './lab-folder';

const SUBSCRIPTION = '00000000-0000-0000-0000-000000000000';

/** Values for the variables of the default app, with which it deploys to the lab. */
export function appVariables({ cloud, serviceAccountId, primary, secondary }: Sample): Record<string, string> {
  return {
    cc_cloud_api_key: cloud.key,
    cc_cloud_api_secret: cloud.secret,
    cc_env_primary: primary.environmentId,
    cc_env_secondary: secondary.environmentId,
    cc_service_account: serviceAccountId,
    cc_use_existing_clusters: 'true',
    cc_primary_cluster_id: primary.clusterId,
    cc_secondary_cluster_id: secondary.clusterId,
    client_id: SUBSCRIPTION,
    client_secret: 'lab',
    subscription_id: SUBSCRIPTION,
    tenant_id: SUBSCRIPTION,
    azure_region: 'westeurope',
    prefix: 'proxy',
    admin_username: 'labadmin',
    admin_password: `Lab-${randomBytes(12).toString('hex')}`,
  };
}

/** Credentials and addresses of real clouds, which have no business in a lab. */
const REAL = /^(CONFLUENT|ARM|AZURE|IMPORT|KAFKA|SCHEMA_REGISTRY)_/;
const FOLDER = 'CONFLUENT_DR_LAB';

/** The folder for Terraform's data and for the lab's states, in each folder that Terraform runs in. */
const terraformDataFolder = ({ id }: Pick<LabRecord, 'id'>): string => `.terraform-lab-${id}`;

/** What cdktf and terraform need in their environment to have the lab as their cloud, and nothing of a real one. */
export function terraformEnvironment(folder: LabFolder, record: LabRecord, env: NodeJS.ProcessEnv): NodeJS.ProcessEnv {
  const real = realVariables(env);
  const kept = Object.entries(env).filter(([name]) => !real.includes(name));
  return { ...Object.fromEntries(kept), ...labVariables(folder, record, env) };
}

/** Variables of real clouds in an environment, which a shell has to forget. */
export function realVariables(env: NodeJS.ProcessEnv): string[] {
  return Object.keys(env).filter((name) => REAL.test(name) && name !== FOLDER);
}

/** The variables alone, for a shell: for Terraform, and the control plane for the runbook. */
export function labVariables(folder: LabFolder, record: LabRecord, env: NodeJS.ProcessEnv): Record<string, string> {
  const data = terraformDataFolder(record);
  // Its own state: the one of the real clusters is neither read nor written.
  const init = `-reconfigure -backend-config=path=${data}/lab.tfstate`;
  return {
    [FOLDER]: folder.path,
    TF_REATTACH_PROVIDERS: record.reattach,
    TF_DATA_DIR: data,
    TF_CLI_ARGS_init: [env.TF_CLI_ARGS_init, init].filter(Boolean).join(' '),
    CDKTF_SKIP_PROVIDER_LOCK: 'true',
    CHECKPOINT_DISABLE: '1',
    CONFLUENT_DR_CLOUD_URL: record.url,
    CONFLUENT_DR_CLOUD_KEY: record.sample.cloud.key,
    CONFLUENT_DR_CLOUD_SECRET: record.sample.cloud.secret,
    ...(record.proxy && {
      CONFLUENT_DR_KAFKA_CA: record.proxy.caFile,
      CONFLUENT_DR_PROXY_HTTPS_PORT: String(record.proxy.httpsPort),
    }),
    ...(record.kafka && {
      CONFLUENT_DR_KAFKA_CA: record.kafka.caFile,
      CONFLUENT_DR_KAFKA_HOSTS: record.kafka.hostsFile,
    }),
    ...Object.fromEntries(Object.entries(record.variables).map(([name, value]) => [`TF_VAR_${name}`, value])),
  };
}

/** What the real provider would read from its own environment, which is that of the lab's process here. */
export function providerVariables(env: NodeJS.ProcessEnv): Record<string, string> {
  return Object.fromEntries(
    Object.entries(env).filter(
      (entry): entry is [string, string] => /^IMPORT_|^API_KEY_SECRET$/.test(entry[0]) && entry[1] !== undefined,
    ),
  );
}

interface Use {
  readonly lab: string;
  readonly folder: string;
}

/** Notes that Terraform runs for the lab in this folder, or below its cdktf.out. */
export function noteUse(folder: LabFolder, { id }: LabRecord, cwd: string): void {
  const known = usesOf(folder);
  if (!known.some((use) => use.lab === id && use.folder === cwd)) {
    const lines = [...known, { lab: id, folder: cwd }].map((use) => `${use.lab} ${use.folder}`);
    writeFileSync(folder.usedIn, lines.join('\n'), { mode: 0o600 });
  }
}

/** Removes Terraform's data and the states of the folder's labs, of those that ended without notice too. */
export function removeTerraformData(folder: LabFolder): void {
  for (const { lab, folder: used } of usesOf(folder)) {
    const stacks = join(used, 'cdktf.out', 'stacks');
    const synthesized = existsSync(stacks) ? readdirSync(stacks).map((name) => join(stacks, name)) : [];
    for (const place of [used, ...synthesized]) {
      rmSync(join(place, terraformDataFolder({ id: lab })), { recursive: true, force: true });
    }
  }
}

function usesOf({ usedIn }: LabFolder): Use[] {
  const lines = existsSync(usedIn) ? readFileSync(usedIn, 'utf8').split('\n').filter(Boolean) : [];
  return lines.map((line) => {
    const [lab, ...path] = line.split(' ');
    return { lab, folder: path.join(' ') };
  });
}
