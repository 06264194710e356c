import { type ChildProcess, fork } from 'node:child_process';
import { join } from 'node:path';
import { endChild } from '../broker/host';
import { within } from '../client/library';
import { type LinkReport, type RouteInstructions } from './process';

const PROGRAM = join(__dirname, 'process');
const REST_MS = 100;
const STOP_LIMIT_MS = 5000;
const FOLLOW_LIMIT_MS = 10_000;

/** The process of the links as its owner sees it: it is there, and does what it was told last, however often it ends. */
export class LinkProcess {
  private child?: ChildProcess;
  private routes: readonly RouteInstructions[] = [];
  private number = 0;
  private readonly waiting = new Map<number, () => void>();
  private isEnding = false;

  /** @param failed is told of what cannot be copied: by route and topic, with the reason */
  constructor(private readonly failed: (route: string, topic: string, reason: string) => void) {}

  public get pid(): number | undefined {
    return this.child?.pid;
  }

  /** Resolves once nothing but this is copied, and nothing else is under way. */
  public async follow(routes: readonly RouteInstructions[]): Promise<void> {
    if (JSON.stringify(routes) === JSON.stringify(this.routes)) {
      return;
    }
    this.routes = routes;
    this.number += 1;
    const { number } = this;
    this.child ??= this.start();
    const following = new Promise<void>((resolve) => this.waiting.set(number, resolve));
    this.send();
    try {
      await within(FOLLOW_LIMIT_MS, 'the link', following);
    } catch (error) {
      // So that it is told again.
      this.routes = [];
      throw error;
    }
  }

  public async end(): Promise<void> {
    this.isEnding = true;
    if (this.child) {
      await endChild(this.child, 'SIGTERM', STOP_LIMIT_MS);
    }
  }

  private start(): ChildProcess {
    const child = fork(PROGRAM, [], { stdio: ['ignore', 'inherit', 'inherit', 'ipc'], detached: true });
    child.on('message', (report: LinkReport) => {
      if (report.kind === 'failed') {
        this.failed(report.route, report.topic, report.reason);
      } else {
        this.release(report.number);
      }
    });
    child.once('error', () => undefined);
    child.once('exit', () => {
      this.child = undefined;
      // What it had sent last may still be written; the next process begins with the latest word.
      const { number } = this;
      setTimeout(() => this.release(number), REST_MS).unref();
      if (!this.isEnding) {
        setTimeout(() => {
          if (!this.isEnding && !this.child) {
            this.child = this.start();
            this.send();
          }
        }, REST_MS).unref();
      }
    });
    return child;
  }

  private send(): void {
    this.child?.send({ number: this.number, routes: this.routes }, () => undefined);
  }

  private release(upTo: number): void {
    for (const [number, resolve] of this.waiting) {
      if (number <= upTo) {
        this.waiting.delete(number);
        resolve();
      }
    }
  }
}
