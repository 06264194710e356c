import './begin';
import { run } from './commands';

const NOBODY_READS = ['EPIPE', 'EIO'];

/** Who reads may stop reading, as `head` does, or a terminal that is closed. That is no error, and what was begun goes on to its end. */
function letReadersLeave(): void {
  for (const stream of [process.stdout, process.stderr]) {
    stream.on('error', (error: NodeJS.ErrnoException) => {
      if (!NOBODY_READS.includes(error.code ?? '')) {
        throw error;
      }
    });
  }
}

letReadersLeave();
// Signals that came while the tool was loading are met first.
setImmediate(() => {
  void run(process.argv.slice(2)).then((code) => {
    process.exitCode = code;
  });
});
