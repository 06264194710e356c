import type * as PlotLibrary from '@observablehq/plot' with { 'resolution-mode': 'import' };
import { type Second } from '../canary';
import { type Role } from '../pair';
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
}

const WIDTH = 960;
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
      y: { label: 'records a second', grid: true, domain: [0, Math.max(1, highest)], nice: true },
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
      y: { label: 'records', grid: true, domain: [0, highest], nice: true },
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
      this.plot.text(bands, {
        x: ({ start }: Phase) => new Date(start),
        frameAnchor: 'top',
        text: ({ index }: { index: number }) => String(index + 1),
        textAnchor: 'start',
        dx: 3,
        dy: 3,
      }),
    ];
  }

  private drawn(title: string, options: PlotLibrary.PlotOptions): Html {
    const svg = this.plot.plot({
      width: WIDTH,
      marginLeft: 50,
      marginBottom: 34,
      style: { fontSize: '12px', background: 'none' },
      ...options,
      x: { type: 'utc', domain: [...this.range], label: 'time, UTC', ...options.x },
      document: this.document as never,
      ariaLabel: title,
    }) as unknown as DrawnElement;
    svg.setAttribute('role', 'img');
    svg.setAttribute('aria-label', title);
    return new Html(svg.outerHTML);
  }
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
