import type * as PlotLibrary from '@observablehq/plot' with { 'resolution-mode': 'import' };
import { type Second } from '../../canary/seconds';
import { type Role } from '../../observe/pair-observation';
import { Html } from './html';

/** A part of the drill: behind every plot. */
export interface Phase {
  readonly name: string;
  /** Milliseconds since 1970. */
  readonly start: number;
  readonly end: number;
  readonly ok: boolean;
}

type Plot = typeof PlotLibrary;

/** What is used of an element; this project knows no browser's types. */
interface DrawnElement {
  readonly outerHTML: string;
  setAttribute(name: string, value: string): void;
  removeAttribute(name: string): void;
  querySelectorAll(selector: string): readonly DrawnElement[];
}

const WIDTH = 800;
const [LEFT, RIGHT] = [50, 20];
/** Of a digit, in the plots' own units. */
const DIGIT = 8;
const MINUTE_MS = 60_000;
const MOST_POINTS = 600;

/** The plots of a report: SVG that stands in the page itself and takes its colours from the page's own. */
export class Plots {
  private constructor(
    private readonly plot: Plot,
    private readonly document: object,
    private readonly phases: readonly Phase[],
    private readonly range: readonly [Date, Date],
  ) {}

  /** @param range of time that all plots show; milliseconds since 1970 */
  public static async load(phases: readonly Phase[], range: readonly [number, number]): Promise<Plots> {
    const [plot, { parseHTML }] = await Promise.all([import('@observablehq/plot'), import('linkedom')]);
    const { document } = parseHTML('<!doctype html><html><body></body></html>') as unknown as {
      readonly document: object;
    };
    return new Plots(plot, document, phases, [new Date(range[0]), new Date(range[1])]);
  }

  /** When each part of the drill was. */
  public timeline(): Html {
    const rows = this.phases.map((phase, index) => ({ ...phase, row: `${index + 1}. ${phase.name}` }));
    return this.drawn('The parts of the drill, by time', {
      height: 50 + 26 * Math.max(1, rows.length),
      marginLeft: 150,
      y: { label: null, domain: rows.map(({ row }) => row) },
      marks: [
        this.plot.barX(rows, {
          x1: ({ start }: Phase) => new Date(start),
          x2: ({ start, end }: Phase) => new Date(Math.max(end, start + 1)),
          y: 'row',
          fill: ({ ok }: Phase) => (ok ? 'var(--bar)' : 'var(--bad)'),
          insetTop: 4,
          insetBottom: 4,
        }),
        this.plot.text(rows, {
          x: ({ end }: Phase) => new Date(end),
          y: 'row',
          text: ({ start, end, ok }: Phase) => `${((end - start) / 1000).toFixed(1)} s${ok ? '' : ', failed'}`,
          textAnchor: 'start',
          dx: 5,
        }),
      ],
      marginRight: 90,
    });
  }

  /** Records a second on one member. */
  public flow(role: Role, seconds: readonly Second[], highest: number): Html {
    const points = joined(seconds).map(({ at, on, length }) => ({
      at: new Date(at),
      sent: on[role].sent / length,
      acknowledged: on[role].acknowledged / length,
      consumed: on[role].consumed / length,
    }));
    return this.drawn(`Records a second on the ${role}`, {
      height: 220,
      y: countsUpTo(Math.max(1, highest)),
      marks: [
        ...this.behind(),
        this.plot.lineY(points, {
          x: 'at',
          y: 'sent',
          stroke: 'var(--sent)',
          strokeDasharray: '2 3',
          curve: 'step-after',
        }),
        this.plot.lineY(points, {
          x: 'at',
          y: 'acknowledged',
          stroke: 'var(--acknowledged)',
          strokeWidth: 2,
          curve: 'step-after',
        }),
        this.plot.lineY(points, {
          ...{ x: 'at', y: 'consumed', stroke: 'var(--consumed)', strokeWidth: 2, curve: 'step-after' },
          strokeDasharray: '6 3',
        }),
        this.plot.ruleY([0]),
      ],
    });
  }

  /** Records that were acknowledged and not yet consumed. */
  public lag(seconds: readonly Second[]): Html {
    const points = joined(seconds).map(({ at, waiting }) => ({ at: new Date(at), waiting }));
    const highest = points.reduce((most, { waiting }) => Math.max(most, waiting), 1);
    return this.drawn('Records acknowledged and not yet consumed', {
      height: 180,
      y: countsUpTo(highest),
      marks: [
        ...this.behind(),
        this.plot.areaY(points, { x: 'at', y: 'waiting', fill: 'var(--lag)', fillOpacity: 0.25, curve: 'step-after' }),
        this.plot.lineY(points, { x: 'at', y: 'waiting', stroke: 'var(--lag)', strokeWidth: 2, curve: 'step-after' }),
        this.plot.ruleY([0]),
      ],
    });
  }

  private behind(): PlotLibrary.Markish[] {
    const bands = this.phases.map((phase, index) => ({ ...phase, index }));
    return [
      this.plot.rect(bands, {
        x1: ({ start }: Phase) => new Date(start),
        x2: ({ end }: Phase) => new Date(end),
        fill: ({ index }: { index: number }) => (index % 2 === 0 ? 'var(--band)' : 'var(--band-other)'),
      }),
      this.plot.ruleX(bands, { x: ({ start }: Phase) => new Date(start), stroke: 'var(--band-edge)' }),
      this.plot.text(this.numbers(), {
        x: 'at',
        frameAnchor: 'top',
        text: 'text',
        textAnchor: 'start',
        dy: -16,
      }),
    ];
  }

  /** The numbers of the parts where they begin; those that would stand on one another are told as one. */
  private numbers(): { readonly at: Date; readonly text: string }[] {
    const [from, to] = this.range.map(Number);
    const place = (at: number): number => ((at - from) / Math.max(1, to - from)) * (WIDTH - LEFT - RIGHT);
    const groups: { readonly first: number; last: number; readonly start: number }[] = [];
    const textOf = ({ first, last }: (typeof groups)[number]): string =>
      first === last ? `${first}` : `${first}–${last}`;
    this.phases.forEach(({ start }, index) => {
      const before = groups.at(-1);
      if (before && place(start) - place(before.start) < DIGIT * (textOf(before).length + 1)) {
        before.last = index + 1;
      } else {
        groups.push({ first: index + 1, last: index + 1, start });
      }
    });
    return groups.map((group) => ({ at: new Date(group.start), text: textOf(group) }));
  }

  private drawn(title: string, options: PlotLibrary.PlotOptions): Html {
    const svg = this.plot.plot({
      width: WIDTH,
      marginLeft: LEFT,
      marginRight: RIGHT,
      marginTop: 24,
      marginBottom: 36,
      style: { fontSize: '13px', background: 'none' },
      ...options,
      x: {
        ...{ type: 'utc', domain: [...this.range], label: null },
        ...{ ticks: 4, tickFormat: clockOf(Number(this.range[1]) - Number(this.range[0])) },
      },
      document: this.document as never,
      ariaLabel: title,
    }) as unknown as DrawnElement;
    // A group without a role must have no name.
    svg.querySelectorAll('g[aria-label]').forEach((part) => part.removeAttribute('aria-label'));
    svg.setAttribute('role', 'img');
    svg.setAttribute('aria-label', title);
    return new Html(svg.outerHTML);
  }
}

/** Whole numbers of records, which is what there is. */
const countsUpTo = (highest: number): PlotLibrary.ScaleOptions => ({
  ...{ label: null, grid: true, domain: [0, highest], nice: true },
  ticks: Math.min(5, highest),
});

/** Of the day by 24 hours, with what the length of the whole needs to be clear. */
function clockOf(length: number): (at: Date) => string {
  const [from, to] = length > 24 * 60 * MINUTE_MS ? [5, 16] : length > 20 * MINUTE_MS ? [11, 16] : [11, 19];
  return (at) => at.toISOString().slice(from, to).replace('T', ' ');
}

type Joined = Pick<Second, 'at' | 'on' | 'waiting'> & { readonly length: number };

/** Of more seconds than can be seen several become one: flows are added up, and of what waits the most is taken. */
function joined(seconds: readonly Second[]): Joined[] {
  const size = Math.ceil(seconds.length / MOST_POINTS);
  return Array.from({ length: Math.ceil(seconds.length / Math.max(1, size)) }, (_, index) => {
    const part = seconds.slice(index * size, (index + 1) * size);
    const sum = (role: Role) => ({
      sent: part.reduce((all, { on }) => all + on[role].sent, 0),
      acknowledged: part.reduce((all, { on }) => all + on[role].acknowledged, 0),
      consumed: part.reduce((all, { on }) => all + on[role].consumed, 0),
    });
    return {
      at: part[0].at,
      length: part.length,
      waiting: Math.max(...part.map(({ waiting }) => waiting)),
      on: { primary: sum('primary'), secondary: sum('secondary') },
    };
  });
}
