import type { Counts } from './tally.js';

export interface SoakOptions {
  readonly progress: (line: string) => void;
  readonly rotations: number;
  readonly calls: number;
  readonly agents: number;
  readonly seed: number;
}

export interface SoakResult extends Readonly<Counts> {
  readonly seconds: number;
  readonly ok: boolean;
  /** The first of what went wrong, in words. */
  readonly problems: readonly string[];
}

export type Soak = (options: SoakOptions) => Promise<SoakResult>;
