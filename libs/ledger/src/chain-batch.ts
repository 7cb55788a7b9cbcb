import { createHash } from 'node:crypto';

/** The domain under every batch hash, so that it can be taken for no other kind of hash. */
const domain = 'portcullis/batch/v1\0';

/** What stands in `previous` of a boot's first batch: 32 zero bytes, base64url. */
export const firstPrevious: string = Buffer.alloc(32).toString('base64url');

/** The parts of a report batch that its hash covers, and the hash. */
export interface ChainedBatch {
  readonly previous: string;
  readonly events: readonly string[];
  readonly hash: string;
}

/** The length of a part in UTF-8 bytes as 8 bytes, big endian: two lists of parts never run together into the same bytes. */
function lengthOf(part: string): Buffer {
  const prefix = Buffer.alloc(8);
  prefix.writeBigUInt64BE(BigInt(Buffer.byteLength(part, 'utf8')));
  return prefix;
}

/**
 * Links one report batch to the one before it (protocol E9): SHA-256 over the domain, the previous hash, the number of
 * events and each event's exact text, every part preceded by its length. The result is base64url. Texts must be
 * well-formed Unicode: JSON texts written by `JSON.stringify` always are.
 */
export function chainBatch(previous: string, events: readonly string[]): string {
  const hash = createHash('sha256').update(domain);
  for (const part of [previous, String(events.length), ...events]) hash.update(lengthOf(part)).update(part, 'utf8');
  return hash.digest('base64url');
}

/** Whether a batch's hash is the one its `previous` and events give. It says nothing about whether `previous` is the right one. */
export function verifyBatch(batch: ChainedBatch): boolean {
  return chainBatch(batch.previous, batch.events) === batch.hash;
}
