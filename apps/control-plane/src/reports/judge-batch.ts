import type { Batch } from '@portcullis/contracts';
import { firstPrevious, verifyBatch } from '@portcullis/ledger';
import { Refusal } from '../platform/refusal.js';

/** What is durable of a boot's batches. */
export interface DurableBatches {
  readonly number: number;
  readonly hash: string | null;
}

/**
 * Whether a batch is the next one (`new`) or one that is here already (`known`). Refuses a gap, and whatever is not the
 * batch that belongs at its number. `hashAt` gives the stored hash of an earlier number.
 */
export async function judgeBatch(
  batch: Batch,
  durable: DurableBatches,
  hashAt: (number: number) => Promise<string | undefined>,
): Promise<'new' | 'known'> {
  if (batch.number > durable.number + 1)
    throw new Refusal('batch_gap', `batch ${durable.number + 1} is expected`, { expected: durable.number + 1 });
  if (!verifyBatch(batch)) throw conflict(batch);
  if (batch.number === durable.number + 1) {
    if (batch.previous !== (durable.hash ?? firstPrevious)) throw conflict(batch);
    return 'new';
  }
  const stored = batch.number === durable.number ? durable.hash : await hashAt(batch.number);
  if (stored !== batch.hash) throw conflict(batch);
  return 'known';
}

function conflict(batch: Batch): Refusal {
  return new Refusal('batch_conflict', `batch ${batch.number} is not the one that belongs there`, {
    number: batch.number,
  });
}
