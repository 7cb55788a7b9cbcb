import type { Batch } from '@portcullis/contracts';

/** A batch of up to so many characters leaves room for full records: both are escaped or encoded on their way, and a report may be 1 MiB. */
const smallBatch = 64 * 1024;

/** What the next report carries. */
export type Turn = 'both' | 'batch' | 'records';

/** Lets large batches and full records take turns, so that neither waits for the other to run dry. */
export class Turns {
  #last: Turn = 'records';

  /** `waiting`: how many sides of full records wait. */
  next(batch: Batch | null, waiting: number): Turn {
    if (waiting === 0 || !batch || isSmall(batch)) return 'both';
    this.#last = this.#last === 'batch' ? 'records' : 'batch';
    return this.#last;
  }
}

function isSmall({ events }: Batch): boolean {
  return events.reduce((sum, { length }) => sum + length, 0) <= smallBatch;
}
