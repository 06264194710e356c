import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Command, InvalidArgumentError, Option } from 'commander';
import { type Deployment } from '../deployment/deployment';
import { placeOfProxy } from '../deployment/sources';
import {
  runToggle,
  TerraformWords,
  TOGGLE_TOOLS,
  type ToggleCommand,
  type ToggleTool,
} from '../execute/toggle-command';
import { type Proof, prove, type DesiredAccess } from '../execute/toggle-proof';
import { healthReport } from '../probe/health-report';
import { BadInput } from './exit';
import { pairChecker } from './named-brokers';
import { addChangeOptions, addSessionOptions, type ChangeOptions, type SessionOptions } from './options';
import { proxyReport, readDeployment } from './session';

const TOGGLE_WAYS = [...TOGGLE_TOOLS, 'print'] as const;

const DEFAULT_VARIABLE = 'cc_failover_primary';

export interface ToggleOptions extends SessionOptions, ChangeOptions {
  /** @default - what deploys from the folder */
  readonly with?: ToggleTool | 'print';
  readonly variable: string;
  /** Whether all that the command prints is shown. */
  readonly all?: boolean;
  /** False for `--no-proof`. */
  readonly proof?: boolean;
}

export const withOption = (): Option =>
  new Option('--with <tool>', 'what deploys the proxy (default: what the folder is for); print only tells the command')
    .choices(TOGGLE_WAYS)
    .env('CONFLUENT_DR_TOGGLE_WITH');

export function addToggleOptions(command: Command): Command {
  return addChangeOptions(addSessionOptions(command))
    .addOption(withOption())
    .addOption(
      new Option('--variable <name>', 'the variable of the stack that takes the primary away')
        .default(DEFAULT_VARIABLE)
        .env('CONFLUENT_DR_TOGGLE_VARIABLE')
        .argParser(variableName),
    )
    .option('--all', 'every line that cdktf or Terraform prints, not only the change and its outcome')
    .option('--no-proof', 'be content with a command that succeeded');
}

/** The words that say the same again. */
export const toggleWords = ({ with: tool, variable }: ToggleOptions): string[] => [
  ...(tool === undefined ? [] : ['--with', tool]),
  ...(variable === DEFAULT_VARIABLE ? [] : ['--variable', variable]),
];

function variableName(text: string): string {
  if (!/^[A-Za-z_][\w-]*$/.test(text)) {
    throw new InvalidArgumentError("Allowed is the name of one of Terraform's variables.");
  }
  return text;
}

export interface Toggling {
  readonly wished: DesiredAccess;
  readonly command: ToggleCommand;
  readonly options: Omit<ToggleOptions, 'variable'>;
  readonly signal: AbortSignal;
  readonly onLine: (line: string) => void;
}

export interface Toggled {
  /** Undefined if a signal ended it. */
  readonly exitCode?: number;
  /** @default - it failed, or no proof was wished for */
  readonly proof?: Proof;
  /** What the proof is about. @default - there is none, or it could not be found */
  readonly deployment?: Deployment;
}

/** Milliseconds for the proxy to show its effect; it is there when its script has ended. */
const PROOF_MS = 15_000;
/** Milliseconds for each of connection, TLS and answer. */
const PROBE_MS = 4000;

/** Runs the command, telling of what it prints what a person needs, and looks through the proxy whether it had its effect. */
export async function toggled({ wished, command, options, signal, onLine }: Toggling): Promise<Toggled> {
  const { folder } = placeOfProxy(options);
  const exitCode = await saidBriefly(options.all === true, onLine, (tell) =>
    runToggle(command, { folder, env: process.env, onLine: tell, signal }),
  );
  if (exitCode !== 0 || options.proof === false || signal.aborted) {
    return { exitCode };
  }
  return { exitCode, ...(await proofBy(wished, options, signal)) };
}

/** Tells what matters of what is printed; of what went wrong the whole, in a file where that is too much. */
async function saidBriefly(
  all: boolean,
  tell: (line: string) => void,
  run: (onLine: (line: string) => void) => Promise<number | undefined>,
): Promise<number | undefined> {
  if (all) {
    return run(tell);
  }
  const lines: string[] = [];
  const words = new TerraformWords(tell);
  const exitCode = await run((line) => {
    lines.push(line);
    words.line(line);
  });
  if (exitCode !== 0) {
    tell(`All ${lines.length} lines that the command printed: ${keptLog(lines)}`);
  } else if (words.tooMany > 0) {
    tell(`… and ${words.tooMany} lines more; --all shows them.`);
  }
  return exitCode;
}

/** For its user alone. */
function keptLog(lines: readonly string[]): string {
  const file = join(mkdtempSync(join(tmpdir(), 'confluent-dr-')), 'toggle.log');
  writeFileSync(file, `${lines.join('\n')}\n`, { mode: 0o600 });
  return file;
}

/** The toggle itself needs no word of the clusters; where these cannot be found, there is no proof, and no failure. */
export async function proofBy(
  wished: DesiredAccess,
  options: Omit<ToggleOptions, 'variable'>,
  signal: AbortSignal,
): Promise<Pick<Toggled, 'proof' | 'deployment'>> {
  const { timeout = PROOF_MS } = options;
  try {
    const deployment = await readDeployment(options, signal);
    const report = await proxyReport(options, signal);
    const check = pairChecker(deployment);
    const look = async () => healthReport(await check({ ways: ['proxy'], limitMs: PROBE_MS, signal }), deployment);
    return { proof: await prove({ wished, report, look, timeLimitMs: timeout, signal }), deployment };
  } catch (error) {
    if (signal.aborted) {
      return {};
    }
    if (error instanceof BadInput) {
      return { proof: { kind: 'impossible', because: 'deployment-unknown', detail: error.message, findings: [] } };
    }
    throw error;
  }
}
