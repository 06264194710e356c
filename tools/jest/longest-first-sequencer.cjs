const { basename } = require('node:path');
const { default: Sequencer } = require('@jest/test-sequencer');

/** Files that take long and are small. */
const LONGEST = [
  'killed-drills.test.ts',
  'sigkill.test.ts',
  'documents.test.ts',
  'all-combinations.test.ts',
  'many-topics.test.ts',
  'carried-out.test.ts',
  'killed.test.ts',
];

/** Jest begins with the files that took longest, and in a fresh clone, where it knows of no time, with the largest: one worker then ends long after the other. */
module.exports = class LongestFirstSequencer extends Sequencer {
  sort(tests) {
    const sorted = super.sort(tests);
    const isLong = ({ path }) => LONGEST.includes(basename(path));
    return [...sorted.filter(isLong), ...sorted.filter((test) => !isLong(test))];
  }
};
