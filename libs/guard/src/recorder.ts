import { hash, randomUUID } from 'node:crypto';
import type { Labels } from '@portcullis/boundary';
import {
  asRevision,
  type GuardEvent,
  type ObligationOf,
  type Posture,
  type ToolDefinition,
} from '@portcullis/contracts';
import { decisionEvent, keepsDigestOnly, type Call, type Decision, type State } from '@portcullis/policy';
import { catalogueEvents } from './catalogue-events.js';
import type { Spool } from './spool.js';

/** What is kept of a result of which its grant asked something. */
export interface ResultNote {
  readonly withheld?: string | undefined;
  readonly labels?: Labels | undefined;
  readonly resultHash?: string | undefined;
}

/** How an allowed call ended. */
export interface Ending extends ResultNote {
  readonly decision: string;
  readonly result: 'ok' | 'error' | 'aborted' | 'already-done';
  readonly revision: number;
  readonly reason: string | null;
  readonly rule: string | null;
  readonly durationMs: number;
  /** What its grant asks to be kept of it by now. */
  readonly audit: ObligationOf<'audit'>['level'] | undefined;
}

const longestDetail = 1000;
/** What is said of these may quote the arguments. */
const aboutArguments: ReadonlySet<string | null> = new Set([
  'constraint',
  'quota',
  'approval_required',
  'policy',
  'policy_error',
]);
const notKept = 'what broke the rule is not kept: the grant has nothing but hashes recorded';

/** Writes what happened as guard events into the spool, each as the exact text that is chained and reported. */
export class Recorder {
  readonly #spool: Spool;
  readonly #now: () => number;
  readonly #onEvent: () => void;

  /** `now` is control time, or the wall clock while that is unknown: it is shown and decides nothing. */
  constructor(spool: Spool, now: () => number, onEvent: () => void) {
    this.#spool = spool;
    this.#now = now;
    this.#onEvent = onEvent;
  }

  decision(id: string, call: Call, decision: Decision, state: State): void {
    const argumentsHash = sha256(JSON.stringify(call.arguments ?? null));
    const event = decisionEvent(call, decision, { id, at: this.#now(), argumentsHash });
    const { detail, observed } = event;
    const told = (text: string, reason: string | null) =>
      aboutArguments.has(reason) && keepsDigestOnly(state, call) ? notKept : text.slice(0, longestDetail);
    this.#append({
      ...event,
      detail: detail === null ? null : told(detail, decision.reason),
      observed: observed ? { ...observed, detail: told(observed.detail, observed.reason) } : null,
    });
  }

  /** Resolves when the intent is forced to disk; rejects when it cannot be. */
  async intent(decision: string): Promise<void> {
    if (!this.#append({ type: 'intent', id: randomUUID(), at: this.#now(), decision }))
      throw new Error('the spool is full');
    await this.#spool.durable();
  }

  outcome({ revision, withheld, ...ending }: Ending): void {
    const event = {
      type: 'outcome',
      id: randomUUID(),
      at: this.#now(),
      revision: asRevision(revision),
      ...ending,
    } as const;
    this.#append(withheld === undefined ? event : { ...event, withheld: withheld.slice(0, longestDetail) });
  }

  posture(posture: Posture): void {
    this.#append({ type: 'posture', id: randomUUID(), at: this.#now(), posture });
  }

  catalogue(announced: readonly ToolDefinition[]): void {
    for (const event of catalogueEvents(announced, this.#now())) this.#append(event);
  }

  #append(event: GuardEvent): boolean {
    const isKept = this.#spool.append(JSON.stringify(event));
    this.#onEvent();
    return isKept;
  }
}

/** base64url SHA-256 of a text. */
export function sha256(text: string): string {
  return hash('sha256', text, 'base64url');
}
