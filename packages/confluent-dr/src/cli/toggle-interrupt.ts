/** Runs something that the first Ctrl-C asks to end in order; it is waited for. */
export async function untilInterrupted<T>(
  body: (signal: AbortSignal) => Promise<T>,
): Promise<{ readonly result: T; readonly interrupted: boolean }> {
  const controller = new AbortController();
  const { signal } = controller;
  const interrupt = (): void => {
    if (!signal.aborted) {
      console.error('Interrupted: waiting until the command has ended …');
      controller.abort();
    }
  };
  process.on('SIGINT', interrupt);
  process.on('SIGTERM', interrupt);
  try {
    return { result: await body(signal), interrupted: signal.aborted };
  } finally {
    process.removeListener('SIGINT', interrupt);
    process.removeListener('SIGTERM', interrupt);
  }
}
