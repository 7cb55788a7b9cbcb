import type { Task } from '@portcullis/contracts';

/** What is asked: who can call `tool` (its name at this server), with a number more than `over` at `path`. */
export interface WhoCanQuestion {
  readonly tool: string;
  readonly path?: string | undefined;
  readonly over?: number | undefined;
  /** The `definitionHash` of what the server says of the tool. Default: one that is accepted. */
  readonly definition?: string | undefined;
  /** Milliseconds of control time. */
  readonly now: number;
}

/** An agent that can, by a role, and the grant by which it can do most. */
export interface WhoCanRow {
  readonly agent: string;
  readonly role: string;
  /** `hold`: it can once a person has approved the call. */
  readonly outcome: 'allow' | 'hold';
  readonly rule: string;
  /** The task a token must be for. */
  readonly task: Task;
  /** The largest number it can give at `path`; `null` without a limit, or when no parameter was asked about. */
  readonly upTo: number | null;
  /** Constraints that say nothing about the size of that number, as authored: it can if they are kept as well. */
  readonly conditions: readonly unknown[];
  /** What is done about the call, as authored. */
  readonly obligations: readonly unknown[];
}
