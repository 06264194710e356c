import { BadInput } from './exit';

const PACKAGE = 'confluent-dr-lab';

/** All that this tool asks of the lab, which is a package of its own. */
export interface InstalledLab {
  /**
   * Runs the words after `confluent-dr lab`, and tells what went wrong itself.
   *
   * @param print what prints a document of `--json`, by the name of its schema
   * @param cdk the command that deploys in the current project
   */
  run(
    words: readonly string[],
    print: (name: string, document: object) => void,
    cdk: 'cdktf' | 'cdktn',
  ): Promise<{ readonly code: number; readonly message: string }>;

  /** @throws Error where no lab runs for this folder */
  runningLab(): Promise<RunningLab>;
}

/** What goes wrong in a lab, as far as this tool asks. */
export interface LabFault {
  readonly id: string;
  readonly kind: string;
  readonly target?: string;
}

/** The lab of this environment or project. */
export interface RunningLab {
  readonly primaryId: string;
  faults(): Promise<readonly LabFault[]>;
  addFault(kind: string, target: string): Promise<LabFault>;
  removeFault(id: string): Promise<void>;
}

/** Loads the lab, which takes a while and is asked for rarely. */
export async function installedLab(): Promise<InstalledLab> {
  try {
    return (await import(PACKAGE)) as InstalledLab;
  } catch (error) {
    const { code, message } = error as NodeJS.ErrnoException;
    if (/^(ERR_)?MODULE_NOT_FOUND$/.test(code ?? '') && message.includes(`'${PACKAGE}'`)) {
      throw new BadInput(`the lab is a package of its own, which is not installed: npm install --save-dev ${PACKAGE}`, {
        cause: error,
      });
    }
    throw error;
  }
}
