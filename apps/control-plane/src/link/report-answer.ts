import { domains, type ReportAnswer, type SignedText } from '@portcullis/contracts';
import type pg from 'pg';
import { loadKeySet, type SignedKeySet } from '../keys/key-set.js';
import type { FeedSigner } from '../keys/feed-signer.js';
import type { Committed } from '../reports/group-commit.js';
import type { VerifiedReport } from '../reports/read-report.js';

/** The newest key set, read again only when its number has risen. */
export class CurrentKeySet {
  #known: SignedKeySet | undefined;

  constructor(private readonly pool: pg.Pool) {}

  async newerThan(held: number, number: number): Promise<SignedText | null> {
    if (held >= number) return null;
    if (this.#known === undefined || this.#known.number < number) this.#known = await loadKeySet(this.pool);
    return this.#known?.text ?? null;
  }
}

export interface LeaseTerms {
  readonly leaseMs: number;
  readonly reportEveryMs: number;
}

/** What one report is answered with. */
export interface Answered extends Omit<Committed, 'keySet'> {
  /** Where the guard holds an older one. */
  readonly keySet: SignedText | null;
  readonly areRecordsKept: boolean;
}

/** The answer to one report, for this guard, boot and nonce only: the one thing that renews a lease (P-A1). */
export function signAnswer(
  signer: FeedSigner,
  verified: VerifiedReport,
  committed: Answered,
  terms: LeaseTerms,
): SignedText {
  const { guard, report } = verified;
  const { generation, head, controlTime, durable, quotas, keySet, areRecordsKept } = committed;
  const { leaseMs, reportEveryMs } = terms;
  const answer: ReportAnswer = {
    v: 1,
    kid: signer.kid,
    guard: guard.id,
    boot: report.boot,
    nonce: report.nonce,
    generation,
    head,
    controlTime,
    leaseMs,
    reportEveryMs,
    durable,
    keySet,
    ...(areRecordsKept && { recordsKept: true }),
    ...(quotas && { quotas: [...quotas] }),
  };
  return signer.sign(domains.answer, JSON.stringify(answer));
}
