import { createHash } from 'node:crypto';
import { existsSync, linkSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { basename, dirname, join, resolve } from 'node:path';
import { type Sample } from '../cloud/index';
import { userLabs } from '../places';

/** Where a lab keeps what it knows. Everything in it is the lab's own, and goes with `down`. */
export class LabFolder {
  public readonly path: string;

  /**
   * @param project whose lab it is: the folder of the project from which it is started. @default - nobody's: the folder was
   * named
   */
  constructor(
    path: string,
    public readonly project?: string,
  ) {
    this.path = resolve(path);
  }

  /** Whose lab: a phrase after "the lab". */
  public get whose(): string {
    return this.project === undefined ? `in ${this.path}` : `of ${this.project}`;
  }

  /** What runs now, and who started it. */
  public get record(): string {
    return join(this.path, 'lab.json');
  }

  public get log(): string {
    return join(this.path, 'lab.log');
  }

  /** Variables that the real provider reads from its environment; the lab's is another process's. */
  public get providerEnvironment(): string {
    return join(this.path, 'provider-environment.json');
  }

  /** Where `exec` ran, one folder a line: Terraform's data of this lab is there. */
  public get usedIn(): string {
    return join(this.path, 'used-in.txt');
  }

  /** A folder with everything of the brokers. */
  public get brokers(): string {
    return join(this.path, 'kafka');
  }

  /** A folder with everything of the proxies on VMs. */
  public get proxies(): string {
    return join(this.path, 'proxy');
  }

  /** Where the names of brokers lead in the commands of `exec`, in the form of /etc/hosts. */
  public get hosts(): string {
    return join(this.proxies, 'hosts');
  }

  /** The files that a lab leaves in its folder, whichever way it ends. */
  public get files(): string[] {
    // A lab that is killed while it saves leaves the draft.
    const saved = ['lab', 'cloud', 'azure'].flatMap((name) => [`${name}.json`, `${name}.json.new`]);
    return [
      this.log,
      this.providerEnvironment,
      this.usedIn,
      this.brokers,
      this.proxies,
      ...saved.map((name) => join(this.path, name)),
    ];
  }
}

/**
 * The folder that is named, that CONFLUENT_DR_LAB names, or that of the project which the current folder belongs to, below
 * the usual place for state of the user's programs.
 */
export function labFolder(
  named: string | undefined,
  env: NodeJS.ProcessEnv = process.env,
  cwd: string = process.cwd(),
): LabFolder {
  const given = named ?? env.CONFLUENT_DR_LAB;
  if (given) {
    return new LabFolder(given);
  }
  const project = projectFolder(cwd);
  const mark = createHash('sha256').update(project).digest('hex').slice(0, 8);
  return new LabFolder(join(userLabs(env), `${basename(project)}-${mark}`), project);
}

/** The nearest folder with a `cdktf.json`, here or above; where there is none, the folder itself. */
export function projectFolder(cwd: string): string {
  for (let folder = resolve(cwd); ; folder = dirname(folder)) {
    if (existsSync(join(folder, 'cdktf.json'))) {
      return folder;
    }
    if (folder === dirname(folder)) {
      return resolve(cwd);
    }
  }
}

/** What a VM of a lab is: this machine's nginx with what a script carries, or a machine of its own. */
export type ProxyKind = 'nginx' | 'vm';

/** A lab that runs in the background, as it says itself. */
export interface LabRecord {
  readonly id: string;
  readonly pid: number;
  readonly startedAt: string;
  /** Of the control plane, and of the lab's own API under `/lab/v1`. */
  readonly url: string;
  readonly reattach: string;
  readonly sample: Sample;
  /** Addresses by cluster and registry. */
  readonly endpoints: Readonly<Record<string, string>>;
  /** The default app's variables, so that it deploys to this lab. */
  readonly variables: Readonly<Record<string, string>>;
  /** Of a lab with brokers: the CA that they are signed by, and where their names are answered, as in /etc/hosts. */
  readonly kafka?: { readonly caFile: string; readonly hostsFile: string };
  /** Where what is deployed to VMs runs here, as a proxy: who signs the clusters' certificates, and what is for 443. */
  readonly proxy?: { readonly kind?: ProxyKind; readonly caFile: string; readonly httpsPort: number };
  /** What this machine lacks for such a proxy. @default - there is one, or this lab is of an earlier version */
  readonly lacksForProxy?: string;
}

/** Undefined where no lab has written one. */
export function readRecord(folder: LabFolder): LabRecord | undefined {
  try {
    return JSON.parse(readFileSync(folder.record, 'utf8')) as LabRecord;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') {
      return undefined;
    }
    const advice = 'Remove it by hand; if a lab still runs, end its process.';
    throw new Error(`${folder.record} is not a lab's record: ${(error as Error).message}. ${advice}`, { cause: error });
  }
}

/** @throws if there is one already: two labs never share a folder */
export function writeRecord(folder: LabFolder, record: LabRecord): void {
  const draft = `${folder.record}.new`;
  writeFileSync(draft, JSON.stringify(record, undefined, 2), { mode: 0o600 });
  // Whoever reads meanwhile finds a whole record or none.
  linkSync(draft, folder.record);
  rmSync(draft);
}

export function removeRecord(folder: LabFolder): void {
  rmSync(folder.record, { force: true });
}
