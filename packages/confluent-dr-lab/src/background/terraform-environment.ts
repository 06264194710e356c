import { type LabFolder } from './lab-folder';
import { type LabRecord } from './lab-record';

/** Credentials and addresses of real clouds, which have no business in a lab. */
const REAL = /^(CONFLUENT|ARM|AZURE|IMPORT|KAFKA|SCHEMA_REGISTRY)_/;
const FOLDER = 'CONFLUENT_DR_LAB';

/** The folder for Terraform's data and for the lab's states, in each folder that Terraform runs in. */
export const terraformDataFolder = ({ id }: Pick<LabRecord, 'id'>): string => `.terraform-lab-${id}`;

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

/** The variables alone, for a shell: for Terraform, and the control plane for the run book. */
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
