import { beginCommand, endBySignals, outliveTerminal } from './ending';

// Loaded before everything else, so that a signal is met while the rest is loading.
beginCommand(process.argv.slice(2));
endBySignals();
outliveTerminal();
