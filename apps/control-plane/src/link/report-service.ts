import type pg from 'pg';
import type { FeedSigner } from '../keys/feed-signer.js';
import type { Log } from '../platform/log.js';
import { Refusal } from '../platform/refusal.js';
import { readReport } from '../reports/read-report.js';
import { FullRecordKeeper } from '../reports/keep-full-records.js';
import { ReportIntake } from '../reports/report-intake.js';
import type { GuardDirectory } from './guard-directory.js';
import type { LiveBoots } from './live-boots.js';
import { CurrentKeySet, signAnswer, type LeaseTerms } from './report-answer.js';
import type { ServedAgents } from './served-lately.js';

export interface ReportParts {
  readonly pool: pg.Pool;
  readonly signer: FeedSigner;
  readonly directory: GuardDirectory;
  readonly boots: LiveBoots;
  readonly served: ServedAgents;
  readonly terms: LeaseTerms;
  /** Seals what was asked in calls. */
  readonly kek: Buffer;
  readonly log: Log;
}

/** `POST /v1/report`: verified, made durable, then answered with a lease. */
export function reportService({
  pool,
  signer,
  directory,
  boots,
  served,
  terms,
  kek,
  log,
}: ReportParts): (body: unknown) => Promise<object> {
  const keySet = new CurrentKeySet(pool);
  const records = new FullRecordKeeper(pool, kek, log);
  const intake = new ReportIntake(
    pool,
    { leaseMs: terms.leaseMs, kek },
    (events) => {
      for (const { guard, event } of events) if (event.type === 'decision') served.served(event.agent, guard);
    },
    log,
  );
  return async (body) => {
    const verified = await readReport(body, directory);
    const { guard, report } = verified;
    if (boots.isAnotherAlive(guard.id, report.boot))
      throw new Refusal('conflict', 'another boot of this guard is alive; its lease must run out first');
    // The commit is this replica's heartbeat: a replica that cannot write gives no lease (P-A7).
    const committed = await intake.submit(verified);
    boots.renewed(guard.id, report.boot, terms.leaseMs);
    const [newer, areKept] = await Promise.all([
      keySet.newerThan(report.keySet, committed.keySet),
      records.keep(verified),
    ]);
    return signAnswer(signer, verified, { ...committed, keySet: newer, areRecordsKept: areKept }, terms);
  };
}
