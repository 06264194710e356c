/**
 * Whether two patterns of server names can match one name. Both are small regular expressions of the narrow form, so that
 * their common names are those that two automata read side by side.
 */

interface Step {
  readonly to: number;
  /** The letters that it reads; without any it reads nothing. */
  readonly letters: string;
}

interface Automaton {
  readonly steps: readonly (readonly Step[])[];
  readonly end: number;
}

const DIGITS = '0123456789';
const LETTERS = 'abcdefghijklmnopqrstuvwxyz';

/** A name that both patterns match; undefined where there is none. Both must have the form that the proxy accepts. */
export function commonName(one: string, other: string): string | undefined {
  const [a, b] = [automatonOf(one), automatonOf(other)];
  const seen = new Set<string>();
  const next: { x: number; y: number; name: string }[] = [];
  const reach = (x: number, y: number, name: string) => {
    const places = `${x} ${y}`;
    if (!seen.has(places)) {
      seen.add(places);
      next.push({ x, y, name });
    }
  };
  reach(0, 0, '');
  while (next.length > 0) {
    for (const { x, y, name } of next.splice(0)) {
      if (x === a.end && y === b.end) {
        return name;
      }
      for (const step of a.steps[x].filter(({ letters }) => letters === '')) {
        reach(step.to, y, name);
      }
      for (const step of b.steps[y].filter(({ letters }) => letters === '')) {
        reach(x, step.to, name);
      }
      for (const left of a.steps[x]) {
        for (const right of b.steps[y]) {
          const letter = [...left.letters].find((candidate) => right.letters.includes(candidate));
          if (letter !== undefined) {
            reach(left.to, right.to, name + letter);
          }
        }
      }
    }
  }
  return undefined;
}

/** Reads literal letters, `\.`, `[0-9]+`, `[0-9a-z]+` and optional groups of these. */
function automatonOf(pattern: string): Automaton {
  const steps: Step[][] = [[]];
  const add = (from: number, to: number, letters: string) => steps[from].push({ to, letters });
  const newState = () => steps.push([]) - 1;
  let state = 0;
  let groupStart = 0;
  for (const [token] of pattern.matchAll(/\\\.|\[0-9a-z\]\+|\[0-9\]\+|\)\?|./g)) {
    if (token === '(') {
      groupStart = state;
    } else if (token === ')?') {
      add(groupStart, state, '');
    } else if (token.endsWith(']+')) {
      const letters = token.includes('a-z') ? DIGITS + LETTERS : DIGITS;
      const run = newState();
      add(state, run, letters);
      add(run, run, letters);
      state = newState();
      add(run, state, '');
    } else {
      const to = newState();
      add(state, to, token.slice(-1));
      state = to;
    }
  }
  return { steps, end: state };
}
