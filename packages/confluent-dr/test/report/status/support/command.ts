import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { run } from '../../../../src/cli/commands';
import { type Role } from '../../../../src/observe/pair-observation';
import { DEPLOYED_LINK, type DeployedLab } from '../../../support/deployed-lab';

const folders: string[] = [];

/** Removes what `outputsOf` and `fileOf` wrote; call it after each test. */
export function removeFiles(): void {
  folders.splice(0).forEach((folder) => rmSync(folder, { recursive: true }));
}

/** @returns the path of a new file that only its owner can read */
export function fileOf(text: string): string {
  const folder = mkdtempSync(join(tmpdir(), 'command-'));
  folders.push(folder);
  const path = join(folder, 'file');
  writeFileSync(path, text, { mode: 0o600 });
  return path;
}

export interface OutputsOptions {
  readonly topics?: readonly string[];
  /** Whether the registries are known, by the keys of the lab's administrator. @default true */
  readonly registries?: boolean;
  /** In place of the primary's secret. */
  readonly primarySecret?: string;
}

/** A file for `--outputs` that names the lab's pair. */
export function outputsOf(lab: DeployedLab, options: OutputsOptions = {}): string {
  const { topics = lab.topics, registries = true, primarySecret } = options;
  const memberOf = (role: Role): object => {
    const { clusterId, restEndpoint, registryEndpoint, bootstrapEndpoint, kafka } = lab.member(role);
    const { schemaRegistry } = lab.cloud.sample![role];
    return {
      cluster_id: clusterId,
      rest_endpoint: restEndpoint,
      bootstrap_endpoint: bootstrapEndpoint,
      kafka_api_key: kafka.key,
      kafka_api_secret: (role === 'primary' && primarySecret) || kafka.secret,
      principal: `User:${lab.serviceAccountId}`,
      ...(registries && {
        schema_registry_endpoint: registryEndpoint,
        schema_registry_api_key: schemaRegistry.key,
        schema_registry_api_secret: schemaRegistry.secret,
      }),
    };
  };
  return fileOf(
    JSON.stringify({
      runbook: {
        sensitive: true,
        value: {
          primary: memberOf('primary'),
          secondary: memberOf('secondary'),
          link_name: DEPLOYED_LINK,
          topics: [...topics],
          proxy_public_ip: '192.0.2.10',
        },
      },
    }),
  );
}

/** A folder of Terraform's that has these outputs, and the proxy's report that it blocks the primary. @param body is done meanwhile */
export async function whileBlocked<T>(outputs: string, body: (folder: string) => Promise<T>): Promise<T> {
  const report = `confluent-dr-proxy: ${JSON.stringify({ instances: [{ name: 'primary', blocked: 'reject' }] })}`;
  const folder = join(fileOf(''), '..');
  const told = {
    ...(JSON.parse(readFileSync(outputs, 'utf8')) as object),
    proxy_report: { sensitive: false, value: report },
  };
  writeFileSync(join(folder, 'main.tf.json'), '{}');
  writeFileSync(join(folder, 'outputs.json'), JSON.stringify(told));
  writeFileSync(join(folder, 'terraform'), '#!/bin/sh\nexec cat outputs.json\n', { mode: 0o755 });
  process.env.TERRAFORM_BINARY_NAME = join(folder, 'terraform');
  try {
    return await body(folder);
  } finally {
    delete process.env.TERRAFORM_BINARY_NAME;
  }
}

export interface Said {
  readonly code: number;
  readonly stdout: string;
  readonly stderr: string;
}

/** Runs the tool in this process, and tells what it said. */
export async function said(...words: string[]): Promise<Said> {
  const [out, err]: [string[], string[]] = [[], []];
  const spies = [
    jest.spyOn(console, 'log').mockImplementation((text: string) => void out.push(text)),
    jest.spyOn(console, 'error').mockImplementation((text: string) => void err.push(text)),
    jest.spyOn(process.stdout, 'write').mockImplementation((text) => out.push(String(text)) > 0),
    jest.spyOn(process.stderr, 'write').mockImplementation((text) => err.push(String(text)) > 0),
  ];
  try {
    const code = await run(words);
    return { code, stdout: out.join('\n'), stderr: err.join('\n') };
  } finally {
    spies.forEach((spy) => spy.mockRestore());
  }
}
