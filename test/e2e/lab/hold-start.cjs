/**
 * Loaded into all processes of `lab up` by NODE_OPTIONS: that of the lab stands still at the place HOLD_AT, and says so by the
 * file HOLD_FILE. So a test meets on any machine what is over in a moment.
 */
const { writeFileSync } = require('node:fs');

const { HOLD_AT, HOLD_FILE } = process.env;
const hold = () => writeFileSync(HOLD_FILE, '');
const { once } = process;

// The lab's is the one that has somebody to report to.
if (process.send && HOLD_AT === 'its beginning') {
  process.once = (name, listener) => (name === 'message' ? hold() : once.call(process, name, listener));
}
if (process.send && HOLD_AT === 'its end') {
  process.send = hold;
}
