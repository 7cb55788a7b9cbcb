import {
  bucketText,
  obligationSchema,
  unitsPerAmount,
  windowMs,
  windowStart,
  type ObligationOf,
  type QuotaBucket,
} from '@portcullis/contracts';
import { valueAt } from './constraints/values-at.js';
import type { Call, Charge } from './types.js';

/** A limit on calls or on an amount, as authored. */
export type Quota = ObligationOf<'quota'>;

/**
 * What a quota counts under, whichever window it is. A user counts for every agent that acts for them. A subject that the token
 * does not prove is one bucket per agent, and per user where there is one (protocol E5), so that leaving it out buys nothing.
 */
export function bucketOf(grant: string, quota: Quota, { claims }: Pick<Call, 'claims'>): string {
  const { per, window } = quota;
  return bucketText([grant, whatOf(quota), window, per, ...subjectOf(per, claims)]);
}

function subjectOf(per: Quota['per'], { agent, user, conversation }: Call['claims']): [string | null, string | null] {
  if (per === 'agent') return [agent, null];
  if (per === 'user') return user === undefined ? [agent, null] : [null, user];
  return [agent, conversation ?? (user === undefined ? null : `user ${user}`)];
}

/** What the quota lets through in one window, in units. What is finer than a unit is left out. */
export function limitOf({ calls, amount }: Quota): number {
  return amount === undefined ? (calls ?? 0) : wholeUnits(amount.max, Math.floor);
}

/** How many units this call takes; `undefined` when its amount is no number of at least 0 that can be counted exactly. */
export function costOf({ amount }: Quota, call: Pick<Call, 'arguments'>): number | undefined {
  if (amount === undefined) return 1;
  const value = valueAt(call.arguments, amount.path);
  if (typeof value !== 'number' || !(value >= 0)) return undefined;
  const units = wholeUnits(value, Math.ceil);
  return Number.isSafeInteger(units) ? units : undefined;
}

/**
 * An amount in whole units: itself where it has at most four decimals, however a computer holds them (0.07 is 700), else the
 * whole number above or below it.
 */
function wholeUnits(amount: number, towards: typeof Math.floor): number {
  const nearest = Math.round(amount * unitsPerAmount);
  if (nearest / unitsPerAmount === amount) return nearest;
  const whole = towards(amount * unitsPerAmount);
  if (towards === Math.floor) return whole / unitsPerAmount > amount ? whole - 1 : whole;
  return whole / unitsPerAmount < amount ? whole + 1 : whole;
}

/** Whether this call is more than is left. Written so that what cannot be counted, and a count that is no number, is over. */
export function isOver(grant: string, quota: Quota, call: Call): boolean {
  const cost = costOf(quota, call);
  return cost === undefined || !(cost <= leftOf(grant, quota, call));
}

/** When the window of the quota that holds `now` ends and the next begins. */
export function windowEnd({ window }: Quota, now: number): number {
  return windowStart(window, now) + windowMs[window];
}

/** How many units of the quota are left to this call, by its host's count; all of them where the host counts nothing. */
export function leftOf(grant: string, quota: Quota, call: Call): number {
  const limit = limitOf(quota);
  if (call.left === undefined) return limit;
  return Math.min(limit, call.left(bucketOf(grant, quota, call), quota, windowStart(quota.window, call.now)));
}

/** What an allowed call takes out of each quota of the grant that allowed it. */
export function chargesOf(grant: string, quotas: readonly Quota[], call: Call): readonly Charge[] {
  return quotas.map((quota) => {
    const units = costOf(quota, call) ?? limitOf(quota);
    const [from, until] = [windowStart(quota.window, call.now), windowEnd(quota, call.now)];
    return { bucket: bucketOf(grant, quota, call), from, until, units };
  });
}

/** The quota among authored obligations that a bucket counts for, the lowest if there are several, and its place among them. */
export function quotaIn(
  obligations: readonly unknown[],
  [, what, window, per]: QuotaBucket,
): { readonly place: number; readonly quota: Quota } | undefined {
  const found = obligations.flatMap((authored, place) => {
    const { data } = obligationSchema.safeParse(authored);
    if (data?.kind !== 'quota' || data.window !== window || data.per !== per) return [];
    return whatOf(data) === what ? [{ place, quota: data }] : [];
  });
  return found.toSorted((a, b) => limitOf(a.quota) - limitOf(b.quota))[0];
}

function whatOf({ amount }: Quota): QuotaBucket[1] {
  return amount ? `amount ${amount.path}` : 'calls';
}

/** Of several limits on the same in one grant the lowest holds, and one thing is counted once. */
export function withoutDoubles(quotas: readonly Quota[]): readonly Quota[] {
  const lowest = new Map<string, Quota>();
  for (const quota of quotas) {
    const key = JSON.stringify([whatOf(quota), quota.window, quota.per]);
    const other = lowest.get(key);
    if (other === undefined || limitOf(quota) < limitOf(other)) lowest.set(key, quota);
  }
  return [...lowest.values()];
}
