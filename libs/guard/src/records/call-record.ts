import type { FullRecord } from '@portcullis/contracts';

/** Where the sides of a call go. */
export interface SideKeeper {
  readonly force: (side: FullRecord) => Promise<void>;
  readonly write: (side: FullRecord) => void;
  readonly isWritten: (side: FullRecord) => void;
  readonly end: () => void;
}

/** The full record of one call, from before it runs until it has ended. */
export class CallRecord {
  readonly #asked: FullRecord;
  readonly #keeper: SideKeeper;
  #isOver = false;

  constructor(asked: FullRecord, keeper: SideKeeper) {
    this.#asked = asked;
    this.#keeper = keeper;
  }

  /** Resolves when the arguments are forced to disk; rejects when the disk does not take them. */
  async durable(): Promise<void> {
    await this.#keeper.force(this.#asked);
    this.#keeper.isWritten(this.#asked);
  }

  /** Keeps what left. Says whether the disk took it. */
  left(result: FullRecord): boolean {
    try {
      this.#keeper.write(result);
      this.#keeper.isWritten(result);
      return true;
    } catch {
      return false;
    }
  }

  /** The call is over: the room that was promised to it and not used is free again. */
  end(): void {
    if (this.#isOver) return;
    this.#isOver = true;
    this.#keeper.end();
  }
}
