import { appendFile } from 'node:fs/promises';
import { setTimeout as after } from 'node:timers/promises';

export interface Refund {
  readonly ticket: string;
  readonly customer: string;
  readonly amount: number;
}

/** Pretended payments. A line in the file is the proof that the tool did its work; a stopped one leaves none. */
export class RefundBook {
  readonly paid: Refund[] = [];

  constructor(
    private readonly file: string,
    private readonly takesMs: number,
  ) {}

  /** Rejects with the signal's reason when it is stopped before the money would have left. */
  async pay(refund: Refund, signal: AbortSignal): Promise<void> {
    await after(this.takesMs, undefined, { signal });
    await appendFile(this.file, `${JSON.stringify({ at: new Date().toISOString(), ...refund })}\n`, { mode: 0o600 });
    this.paid.push(refund);
  }
}
