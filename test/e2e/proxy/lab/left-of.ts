import { readdirSync, readFileSync } from 'node:fs';
import { isAlive } from '../../../support/waiting';

/** The processes of a machine that its name is still of, and of whoever works on its folder. */
export const processesOf = (...words: readonly string[]): string[] =>
  readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name) && name !== String(process.pid))
    .filter((pid) => isAlive(Number(pid)))
    .map((pid) => `${pid} ${textOf(`/proc/${pid}/cgroup`)} ${textOf(`/proc/${pid}/cmdline`)}`.replace(/[\0\n]/g, ' '))
    .filter((line) => words.some((word) => line.includes(word)));

/** Mounts of this machine, outside of all namespaces, that have a word in them. */
export const mountsOf = (word: string): string[] =>
  textOf('/proc/self/mountinfo')
    .split('\n')
    .filter((line) => line.includes(word));

/** Empty of a process that has ended. */
function textOf(file: string): string {
  try {
    return readFileSync(file, 'utf8');
  } catch {
    return '';
  }
}
