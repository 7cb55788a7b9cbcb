import { Child } from './child.js';
import type { Figures } from './figures.js';
import type { ProbeKind } from './probe-process.js';

/** Figures by name, one a run. */
export type Seen = Readonly<Record<string, readonly number[]>>;

/** One probe in a process of its own: what else a bench holds in memory is no part of what it costs. */
export class ProbeChild {
  readonly #child: Child;
  readonly #seen: Record<string, number[]> = {};

  constructor(
    readonly kind: ProbeKind,
    readonly n: number,
  ) {
    this.#child = new Child(new URL('./probe-process.js', import.meta.url), process.env, [kind, String(n)]);
  }

  get seen(): Seen {
    return this.#seen;
  }

  /** Measures once, and says in words what it saw; kept unless it only warms up. */
  async measure(isKept: boolean): Promise<string> {
    const { figures } = (await this.#child.ask({ type: 'measure' }, 'measured')) as unknown as {
      readonly figures: Figures;
    };
    const all = Object.entries(figures);
    if (isKept) for (const [name, figure] of all) (this.#seen[name] ??= []).push(figure);
    return `${this.kind} ${this.n}: ${all.map(([name, figure]) => `${name} ${figure.toFixed(3)}`).join(', ')}`;
  }

  stop(): void {
    this.#child.stop();
  }
}
