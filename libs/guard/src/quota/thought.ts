import { costOf, decide, type Call, type Decision, type Quota, type State } from '@portcullis/policy';
import { windowMs } from '@portcullis/contracts';
import type { Lack, QuotaLedger } from './quota-ledger.js';

/** A call decided, and nothing recorded or charged yet. */
export interface Thought {
  readonly decision: Decision;
  /** Shares that may come and would change the decision. */
  readonly lacks: readonly Lack[];
}

/** Decides a call by what is left at this guard. */
export function thinkThrough(state: State, call: Call, ledger: QuotaLedger): Thought {
  const asked = new Map<string, Omit<Lack, 'units'>>();
  const left = (bucket: string, quota: Quota, from: number) => {
    const has = ledger.left(bucket, quota, from);
    if (quota.amount) asked.set(bucket, { bucket, from, until: from + windowMs[quota.window], quota });
    return has;
  };
  const decision = decide(state, { ...call, left });
  // In an observed environment the call would run, and be recorded as over a quota that it only had no share of yet.
  const reason = decision.reason ?? decision.observed?.reason;
  if (reason !== 'quota') return { decision, lacks: [] };
  return { decision, lacks: [...asked.values()].flatMap((one) => lackOf(one, call, ledger) ?? []) };
}

function lackOf(asked: Omit<Lack, 'units'>, call: Call, ledger: QuotaLedger): Lack | undefined {
  const { bucket, quota, from } = asked;
  const units = costOf(quota, call);
  if (units === undefined || units <= ledger.left(bucket, quota, from)) return undefined;
  const lack = { ...asked, units };
  return ledger.mayGet(lack) ? lack : undefined;
}
