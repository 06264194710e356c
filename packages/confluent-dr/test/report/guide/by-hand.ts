import { execFile } from 'node:child_process';
import { type DeployedLab } from '../../support/deployed-lab';

/** Does by hand, in bash, what a runbook in Markdown says. */
export class ByHand {
  private readonly preparation: string;

  constructor(
    private readonly runbook: string,
    private readonly lab: DeployedLab,
  ) {
    this.preparation = this.commands('Access').slice(0, -1).join('\n');
  }

  /** The commands of a chapter, in order. */
  public commands(chapter: string): string[] {
    const [, text] = this.runbook.split(`\n## ${chapter}`);
    if (text === undefined) {
      throw new Error(`there is no chapter ${chapter}`);
    }
    return [...text.split('\n## ')[0].matchAll(/```bash\n(.*?)\n```/gs)].map(([, command]) => command);
  }

  /** Runs every curl of a chapter, each in a shell of its own, and gives the answers. */
  public async done<T>(chapter: string): Promise<T[]> {
    const answers: T[] = [];
    for (const command of this.commands(chapter).filter((text) => text.includes('curl '))) {
      const output = await this.bash(command);
      answers.push((output === '' ? undefined : JSON.parse(output)) as T);
      await this.lab.wait(5000);
    }
    return answers;
  }

  private bash(command: string): Promise<string> {
    const { primary, secondary } = { primary: this.lab.member('primary'), secondary: this.lab.member('secondary') };
    return new Promise((done, fail) => {
      const child = execFile('bash', ['-c', `${this.preparation}\nset -e\n${command}`], (error, stdout, stderr) => {
        if (error) {
          fail(new Error(`${command}\n${stderr}${stdout}`));
        } else {
          done(stdout.trim());
        }
      });
      child.stdin!.end(`${primary.kafka.secret}\n${secondary.kafka.secret}\n`);
    });
  }
}
