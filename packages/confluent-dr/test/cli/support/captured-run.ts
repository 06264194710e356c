import { run } from '../../../src/cli/commands';

/** What a command did. */
export interface CapturedRun {
  readonly code: number;
  readonly stdout: string;
  readonly stderr: string;
}

/** Runs the tool in this process, and keeps what it prints. */
export async function capturedRun(...words: string[]): Promise<CapturedRun> {
  let [stdout, stderr] = ['', ''];
  const spies = [
    jest.spyOn(console, 'log').mockImplementation((text: string) => void (stdout += `${text}\n`)),
    jest.spyOn(console, 'error').mockImplementation((text: string) => void (stderr += `${text}\n`)),
    jest.spyOn(process.stdout, 'write').mockImplementation((text) => !!(stdout += text as string)),
    jest.spyOn(process.stderr, 'write').mockImplementation((text) => !!(stderr += text as string)),
  ];
  try {
    const code = await run(words);
    return { code, stdout, stderr };
  } finally {
    spies.forEach((spy) => spy.mockRestore());
  }
}
