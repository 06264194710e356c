import { homedir } from 'node:os';
import { join, resolve } from 'node:path';

/** Where a lab keeps what it knows. Everything in it is the lab's own, and goes with `down`. */
export class LabFolder {
  public readonly path: string;

  constructor(path: string) {
    this.path = resolve(path);
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

  /** The files that a lab leaves in its folder, whichever way it ends. */
  public get files(): string[] {
    // A lab that is killed while it saves leaves the draft.
    const saved = ['cloud', 'azure'].flatMap((name) => [`${name}.json`, `${name}.json.new`]);
    return [
      this.record,
      this.log,
      this.providerEnvironment,
      this.usedIn,
      ...saved.map((name) => join(this.path, name)),
    ];
  }
}

/**
 * The folder that is named, that CONFLUENT_DR_LAB names, or the usual one for state of the user's programs.
 */
export function labFolder(named: string | undefined, env: NodeJS.ProcessEnv = process.env): LabFolder {
  const usual = join(env.XDG_STATE_HOME ?? join(homedir(), '.local', 'state'), 'confluent-dr', 'lab');
  return new LabFolder(named ?? env.CONFLUENT_DR_LAB ?? usual);
}
