import { spawn, spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { isDeepStrictEqual } from 'node:util';

export interface Run {
  readonly exitCode: number;
  readonly stdout: string;
  /** Everything that was printed, with the line breaks and borders of Terraform's boxes taken out. */
  readonly text: string;
  /** Of that, what begins with the first error. */
  readonly errors: string;
}

/** Fails the suite with a word of what is missing, instead of one ENOENT a test. */
export function requireTerraform(): void {
  const { status, error } = spawnSync('terraform', ['version'], { encoding: 'utf8' });
  if (error || status !== 0) {
    throw new Error(
      'This suite runs the real terraform, and there is none on the PATH. Install terraform 1.8 or later ' +
        '(https://developer.hashicorp.com/terraform/install); `npm test` runs without it.',
    );
  }
}

/** For any machine; suites of these commands have somewhat longer. */
const RUN_LIMIT_MS = 600_000;

/** Runs a command to its end. @throws Error with what it printed last, once it is killed, where it has none */
export function run(command: string, args: readonly string[], cwd: string, env: NodeJS.ProcessEnv): Promise<Run> {
  return new Promise((resolve, reject) => {
    const child = spawn(command, args, { cwd, env, stdio: ['ignore', 'pipe', 'pipe'] });
    let stdout = '';
    let all = '';
    child.stdout.on('data', (chunk: Buffer) => {
      stdout += chunk.toString();
      all += chunk.toString();
    });
    child.stderr.on('data', (chunk: Buffer) => {
      all += chunk.toString();
    });
    const limit = setTimeout(() => {
      child.kill('SIGKILL');
      reject(new Error(`${[command, ...args].join(' ')} does not end. It printed last: ${all.slice(-3000)}`));
    }, RUN_LIMIT_MS);
    child.on('error', (error) => {
      clearTimeout(limit);
      reject(error);
    });
    child.on('close', (code) => {
      clearTimeout(limit);
      const text = all.replace(/[│╷╵\s]+/g, ' ');
      resolve({ exitCode: code ?? 1, stdout, text, errors: /Error: .*/.exec(text)?.[0] ?? '' });
    });
  });
}

/** A folder with one configuration and its state, in which the real terraform runs. */
export class Workspace {
  public readonly folder = mkdtempSync(join(tmpdir(), 'terraform-'));
  public readonly statePath = join(this.folder, 'state.json');

  public constructor(private readonly providers: { readonly env: NodeJS.ProcessEnv }) {}

  public write(file: string, content: string | object): this {
    writeFileSync(join(this.folder, file), typeof content === 'string' ? content : JSON.stringify(content, null, 2));
    return this;
  }

  public read(file: string): string {
    return readFileSync(file, 'utf8');
  }

  public terraform(...args: readonly string[]): Promise<Run> {
    return run('terraform', args, this.folder, {
      ...process.env,
      ...this.providers.env,
      CHECKPOINT_DISABLE: '1',
      TF_IN_AUTOMATION: '1',
      TF_CLI_ARGS: '-no-color',
      TF_DATA_DIR: join(this.folder, '.terraform'),
    });
  }

  /** Runs terraform and fails with what it printed, unless it succeeded. */
  public async must(...args: readonly string[]): Promise<Run> {
    const result = await this.terraform(...args);
    if (result.exitCode !== 0) {
      throw new Error(`terraform ${args.join(' ')} ended with ${result.exitCode}: ${result.errors || result.text}`);
    }
    return result;
  }

  public init(): Promise<Run> {
    return this.must('init', '-input=false', `-backend-config=path=${this.statePath}`);
  }

  public apply(...args: readonly string[]): Promise<Run> {
    return this.must('apply', '-input=false', '-auto-approve', ...args);
  }

  /** The plan as `terraform show -json` gives it. */
  public async plan(...args: readonly string[]): Promise<Plan> {
    await this.must('plan', '-input=false', '-out=plan.bin', ...args);
    const { stdout } = await this.must('show', '-json', 'plan.bin');
    return new Plan(JSON.parse(stdout) as PlanJson);
  }

  /** Applies what `plan` planned last, without planning it once more. */
  public applyPlan(): Promise<Run> {
    return this.must('apply', '-input=false', 'plan.bin');
  }

  /** The plan as a person reads it, from Terraform's first word on it; without what was read before, and where it was saved. */
  public async readablePlan(...args: readonly string[]): Promise<string[]> {
    const { stdout } = await this.must('plan', '-input=false', '-out=plan.bin', ...args);
    const [printed] = stdout
      .slice(stdout.indexOf('Terraform used the selected providers'))
      .split(/\n─+\n\nSaved the plan/);
    return printed.trimEnd().split('\n');
  }

  /** 0: nothing to do; 2: changes. */
  public async detailedExitCode(...args: readonly string[]): Promise<number> {
    const { exitCode, text } = await this.terraform('plan', '-input=false', '-detailed-exitcode', ...args);
    if (exitCode === 1) {
      throw new Error(`terraform plan failed: ${text}`);
    }
    return exitCode;
  }

  public state(): { readonly resources: readonly StateResource[]; readonly outputs: Record<string, unknown> } {
    return JSON.parse(readFileSync(this.statePath, 'utf8')) as ReturnType<Workspace['state']>;
  }

  public remove(): void {
    rmSync(this.folder, { recursive: true, force: true });
  }
}

export interface StateResource {
  readonly mode: string;
  readonly type: string;
  readonly name: string;
  readonly instances: readonly { readonly index_key?: string | number; readonly status?: string }[];
}

interface Change {
  readonly actions: readonly string[];
  readonly before?: unknown;
  readonly after?: unknown;
  readonly after_unknown?: unknown;
}

interface PlanJson {
  readonly resource_changes?: readonly {
    readonly address: string;
    readonly mode: string;
    readonly previous_address?: string;
    readonly change: Change & { readonly importing?: object };
    readonly action_reason?: string;
  }[];
  readonly output_changes?: Readonly<Record<string, Change>>;
  readonly prior_state?: { readonly values?: { readonly root_module: { readonly resources: { address: string }[] } } };
}

export class Plan {
  public constructor(private readonly json: PlanJson) {}

  /** Every managed resource of the configuration, or of the state alone. */
  public addresses(): string[] {
    return (this.json.resource_changes ?? []).map(({ address }) => address);
  }

  /** The data sources that were read. */
  public dataAddresses(): string[] {
    const read = this.json.prior_state?.values?.root_module.resources ?? [];
    return read.map(({ address }) => address).filter((address) => address.startsWith('data.'));
  }

  /** What is to be done where, `replace` for the pair of delete and create; without what stays as it is. */
  public changes(): Record<string, string> {
    return Object.fromEntries(
      (this.json.resource_changes ?? [])
        .map(({ address, change }) => [address, actionOf(change.actions)] as const)
        .filter(([, action]) => !['no-op', 'read'].includes(action)),
    );
  }

  /** Of what is updated in place, which values change; those inside a set are told with the whole of it. */
  public updates(): Record<string, string[]> {
    return Object.fromEntries(
      (this.json.resource_changes ?? [])
        .filter(({ change }) => actionOf(change.actions) === 'update')
        .map(({ address, change }) => [address, changedPaths(change.before, change.after, change.after_unknown)]),
    );
  }

  /** New addresses by old ones, of what `moved` blocks and indexes move in the state. */
  public moves(): Record<string, string> {
    return Object.fromEntries(
      (this.json.resource_changes ?? []).flatMap(({ address, previous_address: previous }) =>
        previous === undefined ? [] : [[previous, address]],
      ),
    );
  }

  /** What is to be done with which output. */
  public outputs(): Record<string, string> {
    return Object.fromEntries(
      Object.entries(this.json.output_changes ?? {})
        .map(([name, { actions }]) => [name, actionOf(actions)] as const)
        .filter(([, action]) => action !== 'no-op'),
    );
  }

  /** An attribute of a resource before and after. */
  public attribute(address: string, name: string): { before: unknown; after: unknown } {
    const { change } = this.json.resource_changes!.find((resource) => resource.address === address)!;
    const of = (values: unknown) => (values as Record<string, unknown> | undefined)?.[name];
    return { before: of(change.before), after: of(change.after) };
  }

  public imports(): string[] {
    return (this.json.resource_changes ?? []).filter(({ change }) => change.importing).map(({ address }) => address);
  }

  public reason(address: string): string | undefined {
    return this.json.resource_changes?.find((change) => change.address === address)?.action_reason;
  }
}

function actionOf(actions: readonly string[]): string {
  return actions.length > 1 ? 'replace' : actions[0];
}

function changedPaths(before: unknown, after: unknown, unknown: unknown, path = ''): string[] {
  if (unknown === true) {
    return [`${path} (known after apply)`];
  }
  const differsInLength = Array.isArray(before) && Array.isArray(after) && before.length !== after.length;
  if (!isObject(before) || !isObject(after) || differsInLength) {
    return isDeepStrictEqual(before ?? null, after ?? null) ? [] : [path];
  }
  return [...new Set([...Object.keys(before), ...Object.keys(after)])]
    .flatMap((name) =>
      changedPaths(before[name], after[name], isObject(unknown) ? unknown[name] : undefined, `${path}.${name}`),
    )
    .map((found) => found.replace(/^\./, ''))
    .sort();
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null;
}
