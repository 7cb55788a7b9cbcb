import {
  batchSchema,
  domains,
  guardEventSchema,
  reportSchema,
  type FullRecord,
  type GuardEvent,
  type Report,
  type ReportAnswer,
  type SignedText,
} from '@portcullis/contracts';
import { isSignedBy, publicKeyFromJwk, signText } from '@portcullis/contracts/signed';
import type { KeyObject } from 'node:crypto';
import type { LinkKeys } from './link-keys.js';
import { ScriptedBudgets } from './scripted-budgets.js';
import type { ScriptedSlice } from './scripted-slice.js';

/** Lengths and faults of the answers to reports; a test may change them at any time. */
export interface AnswerScript {
  leaseMs: number;
  reportEveryMs: number;
  /** Database time. */
  now: () => number;
  /** Refuse every report with this problem code. */
  refuseWith: string | undefined;
  /** Change the answer before it is signed. */
  edit: (answer: ReportAnswer) => ReportAnswer;
  /** Sign with another key. */
  signWith: KeyObject | undefined;
  /** Holds an answer back that is made already, so that other things can overtake it. */
  hold: () => Promise<void>;
  /** Store what arrives, then leave the report unanswered. */
  isMute: boolean;
  /** Whether full records are kept, and an answer says so. */
  keepsRecords: boolean;
}

export interface Reply {
  readonly status: number;
  readonly body: unknown;
}

/** Takes reports as a control plane does: batches without gaps per boot, stored once, and a signed answer. */
export class ReportIntake {
  readonly reports: Report[] = [];
  readonly #durable = new Map<string, number>();
  readonly #events = new Map<string, GuardEvent>();
  readonly budgets = new ScriptedBudgets();
  readonly script: AnswerScript = {
    leaseMs: 10_000,
    reportEveryMs: 100,
    now: () => Date.now(),
    refuseWith: undefined,
    edit: (answer) => answer,
    signWith: undefined,
    hold: () => Promise.resolve(),
    isMute: false,
    keepsRecords: true,
  };

  constructor(
    private readonly keys: LinkKeys,
    private readonly slice: ScriptedSlice,
  ) {}

  /** Every side of a full record that was kept, as it first came. */
  readonly records = new Map<string, FullRecord>();

  /** Every event received, each once, in the order of first arrival. */
  get events(): readonly GuardEvent[] {
    return [...this.#events.values()];
  }

  durable(boot: string): number {
    return this.#durable.get(boot) ?? 0;
  }

  /** Forgets batches above `number`, as a control plane does that was restored from a backup. */
  forget(boot: string, number: number): void {
    this.#durable.set(boot, number);
  }

  async take(text: SignedText, guardKey: KeyObject): Promise<Reply | undefined> {
    if (!isSignedBy(domains.report, text, guardKey)) return problem(401, 'signature_refused');
    const report = reportSchema.parse(JSON.parse(text.payload));
    this.reports.push(report);
    if (this.script.refuseWith) return problem(403, this.script.refuseWith);
    const gap = this.#store(report);
    if (gap) return gap;
    if (this.script.isMute) return undefined;
    const body = this.#answer(report);
    await this.script.hold();
    return { status: 200, body };
  }

  #store({ boot, batch, records = [] }: Report): Reply | undefined {
    if (this.script.keepsRecords)
      for (const one of records) {
        const id = `${one.decision} ${one.side}`;
        if (!this.records.has(id)) this.records.set(id, one);
      }
    if (!batch) return undefined;
    const expected = this.durable(boot) + 1;
    const { number, events } = batchSchema.parse(batch);
    if (number > expected) return problem(409, 'batch_gap', { expected });
    for (const event of events.map((each) => guardEventSchema.parse(JSON.parse(each)))) {
      if (!this.#events.has(event.id)) this.#events.set(event.id, event);
    }
    this.#durable.set(boot, Math.max(number, expected - 1));
    return undefined;
  }

  #answer({ guard, boot, nonce, keySet, quotas, records }: Report): SignedText {
    const { leaseMs, reportEveryMs, now, edit, signWith } = this.script;
    const answer = {
      v: 1,
      kid: this.keys.feed.kid,
      guard,
      boot,
      nonce,
      generation: this.slice.generation,
      head: this.slice.head as ReportAnswer['head'],
      controlTime: now(),
      leaseMs,
      reportEveryMs,
      durable: this.durable(boot),
      keySet: keySet < this.keys.number ? this.keys.keySet(this.slice.generation) : null,
      ...(records && this.script.keepsRecords && { recordsKept: true as const }),
      ...(quotas && { quotas: this.budgets.answer(guard, quotas) }),
    } satisfies ReportAnswer;
    return signText(domains.answer, JSON.stringify(edit(answer)), signWith ?? this.keys.feed.privateKey);
  }
}

/** A problem document (RFC 9457). */
export function problem(status: number, code: string, details?: object): Reply {
  return {
    status,
    body: { type: 'about:blank', title: code, status, code, detail: code, ...(details && { details }) },
  };
}

/** A guard's public key from the JWK it enrolled with. */
export function guardKeyOf(jwk: Record<string, unknown>): KeyObject {
  return publicKeyFromJwk(jwk);
}
