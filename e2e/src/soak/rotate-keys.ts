import { setTimeout as after } from 'node:timers/promises';
import type { Admin } from '../stack/admin.js';
import { between, type Random } from './random.js';
import type { Tally } from './tally.js';

/** Old keys go on verifying, and there is an end to how many may. */
const mostKeys = 12;
const betweenMs = { least: 4000, most: 7000 } as const;

/** Signing keys are rotated under the same load; one that still waits for a guard is left to it. */
export async function rotateKeys(admin: Admin, tally: Tally, isEnough: () => boolean, random: Random): Promise<void> {
  while (!isEnough() && tally.counts.keyRotations < mostKeys) {
    await after(between(random, betweenMs.least, betweenMs.most));
    const { errors } = await admin.ask('mutation { rotateSigningKey { revision } }');
    if (errors.length === 0) tally.add('keyRotations');
    else if (errors[0]?.extensions.code !== 'conflict')
      throw new Error(`no rotation of the signing key: ${JSON.stringify(errors)}`);
  }
}
