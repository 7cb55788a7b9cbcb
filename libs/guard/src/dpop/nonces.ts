import { createHmac, randomBytes, timingSafeEqual } from 'node:crypto';
import { dpopLimits } from '@portcullis/contracts';

const timeBytes = 6;
const macBytes = 32;
const form = new RegExp(`^[\\w-]{${Math.ceil(((timeBytes + macBytes) * 8) / 6)}}$`);

/**
 * The nonces of one boot of a guard (RFC 9449 section 9, protocol F7): the time by the guard's own clock, and a MAC of it by a
 * key that never leaves this object. Nothing is kept, so nobody can use up memory by asking for nonces.
 */
export class DpopNonces {
  readonly #key = randomBytes(32);
  readonly #now: () => number;

  /** `now` in milliseconds, never backwards; its beginning does not matter. */
  constructor(now: () => number) {
    this.#now = now;
  }

  issue(): string {
    const time = Buffer.alloc(timeBytes);
    time.writeUIntBE(Math.floor(this.#now()), 0, timeBytes);
    return Buffer.concat([time, this.#mac(time)]).toString('base64url');
  }

  /** Whether this boot issued it less than 30 s ago. */
  isLive(nonce: string): boolean {
    if (!form.test(nonce)) return false;
    const bytes = Buffer.from(nonce, 'base64url');
    const time = bytes.subarray(0, timeBytes);
    if (!timingSafeEqual(bytes.subarray(timeBytes), this.#mac(time))) return false;
    const age = Math.floor(this.#now()) - time.readUIntBE(0, timeBytes);
    return age >= 0 && age < dpopLimits.nonceSeconds * 1000;
  }

  #mac(time: Buffer): Buffer {
    return createHmac('sha256', this.#key).update(time).digest();
  }
}
