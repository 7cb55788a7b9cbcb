import type { Batch } from '@portcullis/contracts';
import { chainBatch, firstPrevious } from '@portcullis/ledger';

/** A text is escaped twice on its way, at worst to four times its length, and a report may be 1 MiB. */
const largestBatch = { events: 500, characters: 192 * 1024 };

/**
 * The events of one boot as numbered, chained batches (protocol E9). A batch is formed once, when a report is due, and never
 * changes after that: sending it again is sending the same bytes.
 */
export class Batches {
  #pending: string[] = [];
  #formed: Batch[] = [];
  #number = 0;
  #previous = firstPrevious;
  #acknowledged = 0;

  /** Events not yet confirmed as durable. */
  get unconfirmed(): number {
    return this.#formed.reduce((sum, { events }) => sum + events.length, this.#pending.length);
  }

  get acknowledged(): number {
    return this.#acknowledged;
  }

  add(event: string): void {
    this.#pending.push(event);
  }

  /** The oldest batch that is not confirmed; formed now if events wait and none is. */
  next(): Batch | null {
    if (this.#formed.length === 0) this.#form();
    return this.#formed[0] ?? null;
  }

  /** Takes the control plane's word that everything up to this number is durable. Gives how many events that set free. */
  acknowledge(durable: number): number {
    const free = this.#formed.filter(({ number }) => number <= durable);
    this.#formed = this.#formed.slice(free.length);
    this.#acknowledged = free.at(-1)?.number ?? this.#acknowledged;
    return free.reduce((sum, { events }) => sum + events.length, 0);
  }

  /** Whether a batch of that number is waiting or would be the next to be formed. */
  canSend(number: number): boolean {
    return number >= (this.#formed[0]?.number ?? this.#number + 1) && number <= this.#number + 1;
  }

  #form(): void {
    let characters = 0;
    const tooMany = this.#pending.findIndex((event, index) => {
      characters += event.length;
      return index === largestBatch.events || (index > 0 && characters > largestBatch.characters);
    });
    const events = this.#pending.splice(0, tooMany < 0 ? this.#pending.length : tooMany);
    if (events.length === 0) return;
    const hash = chainBatch(this.#previous, events);
    this.#number += 1;
    this.#formed.push({ number: this.#number, previous: this.#previous, events, hash });
    this.#previous = hash;
  }
}
