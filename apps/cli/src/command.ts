import type { ExitCode } from './exit-codes.js';

/** What every command may read and write; a spec gives its own. */
export interface Surroundings {
  readonly environment: Readonly<Record<string, string | undefined>>;
  readonly folder: string;
  readonly out: (line: string) => void;
  readonly error: (line: string) => void;
}

export interface Options {
  readonly json: boolean;
  readonly url: string | undefined;
  readonly reason: string | undefined;
  /** The revision a plan was made at. */
  readonly basedOn?: number | undefined;
  /** Policies are saved as drafts, and nothing is applied. */
  readonly drafts?: boolean | undefined;
}

export interface Command {
  readonly usage: string;
  readonly summary: string;
  run(words: readonly string[], options: Options, surroundings: Surroundings): Promise<ExitCode>;
}
