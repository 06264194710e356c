import { EXIT, Exit } from '../exit';

/** Runs something that the first Ctrl-C asks to end in order; it is waited for, and then the tool ends as interrupted. */
export async function untilInterrupted<T>(body: (signal: AbortSignal) => Promise<T>): Promise<T> {
  const controller = new AbortController();
  const interrupt = (): void => {
    if (!controller.signal.aborted) {
      console.error('Interrupted: waiting until the command has ended …');
      controller.abort();
    }
  };
  process.on('SIGINT', interrupt);
  process.on('SIGTERM', interrupt);
  try {
    const result = await body(controller.signal);
    if (controller.signal.aborted) {
      throw new Exit(EXIT.interrupted);
    }
    return result;
  } finally {
    process.removeListener('SIGINT', interrupt);
    process.removeListener('SIGTERM', interrupt);
  }
}
