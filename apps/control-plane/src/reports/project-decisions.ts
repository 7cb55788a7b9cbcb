import type { GuardEvent } from '@portcullis/contracts';
import type pg from 'pg';
import { storable } from './read-events.js';

type EventType = GuardEvent['type'];

/** One event and the guard boot that reported it. */
export type ReportedEvent<T extends EventType = EventType> = {
  readonly [K in T]: {
    readonly guard: string;
    readonly boot: string;
    readonly server: string;
    readonly event: Extract<GuardEvent, { type: K }>;
  };
}[T];

const longestDurationMs = 1e9;
/** A guard’s clock may say anything; a column holds less. */
export const instant = (at: number) => new Date(Math.min(Math.max(at, 0), 8.64e15));

const insertDecisions = `insert into decision (position, guard_id, boot, server_id, id, at, received_at, agent, instance, credential, role, task, tool, outcome, reason, rule, detail, revision, arguments_hash,
     observed_outcome, observed_reason, observed_rule, observed_detail, audit_level)
   select nextval('decision_position'), d.guard, d.boot, d.server, d.id, d.at, clock_timestamp(), d.agent, d.instance, d.credential, d.role, d.task, d.tool, d.outcome, d.reason, d.rule, d.detail, d.revision, d.arguments_hash,
     d.observed_outcome, d.observed_reason, d.observed_rule, d.observed_detail, d.audit_level
   from (select * from unnest($1::text[], $2::uuid[], $3::text[], $4::text[], $5::timestamptz[], $6::text[], $7::text[], $8::text[], $9::text[], $10::text[], $11::text[], $12::text[], $13::text[], $14::text[], $15::text[], $16::bigint[], $17::text[],
       $18::text[], $19::text[], $20::text[], $21::text[], $22::text[])
     with ordinality as e(guard, boot, server, id, at, agent, instance, credential, role, task, tool, outcome, reason, rule, detail, revision, arguments_hash,
       observed_outcome, observed_reason, observed_rule, observed_detail, audit_level, place) order by place) d
   on conflict (guard_id, id) do nothing`;

/**
 * Writes decisions in the order they came. The lock is held until the commit, so a position that can be seen has no lower
 * one that appears later: who has read through a position has read everything before it.
 */
export async function projectDecisions(
  client: pg.ClientBase,
  decisions: readonly ReportedEvent<'decision'>[],
): Promise<void> {
  if (decisions.length === 0) return;
  await client.query(`select pg_advisory_xact_lock(hashtext('portcullis-decision-position'))`);
  const column = <T>(read: (reported: ReportedEvent<'decision'>) => T) => decisions.map(read);
  await client.query(insertDecisions, [
    column((d) => d.guard),
    column((d) => d.boot),
    column((d) => d.server),
    column((d) => storable(d.event.id)),
    column((d) => instant(d.event.at)),
    column((d) => storable(d.event.agent)),
    column((d) => storable(d.event.instance)),
    column((d) => storable(d.event.credential)),
    column((d) => storable(d.event.role)),
    column((d) => storable(d.event.task)),
    column((d) => storable(d.event.tool)),
    column((d) => d.event.outcome),
    column((d) => storable(d.event.reason)),
    column((d) => storable(d.event.rule)),
    column((d) => storable(d.event.detail)),
    column((d) => d.event.revision),
    column((d) => storable(d.event.argumentsHash)),
    column(wouldBe('outcome')),
    column(wouldBe('reason')),
    column(wouldBe('rule')),
    column(wouldBe('detail')),
    column((d) => d.event.audit ?? null),
  ]);
}

const wouldBe =
  (part: 'outcome' | 'reason' | 'rule' | 'detail') =>
  ({ event }: ReportedEvent<'decision'>) =>
    storable(event.observed?.[part] ?? null);

/** An outcome completes the decision it belongs to; a guard can only complete its own. */
export async function projectOutcomes(
  client: pg.ClientBase,
  outcomes: readonly ReportedEvent<'outcome'>[],
): Promise<void> {
  if (outcomes.length === 0) return;
  const column = <T>(read: (reported: ReportedEvent<'outcome'>) => T) => outcomes.map(read);
  await client.query(
    `update decision d set result = o.result, duration_ms = o.duration_ms, outcome_reason = o.reason, outcome_rule = o.rule,
       audit_level = coalesce(o.audit_level, d.audit_level), withheld = coalesce(o.withheld, d.withheld),
       label_trust = coalesce(o.trust, d.label_trust), label_secrecy = coalesce(o.secrecy, d.label_secrecy),
       result_hash = coalesce(o.result_hash, d.result_hash)
     from unnest($1::text[], $2::text[], $3::text[], $4::real[], $5::text[], $6::text[], $7::text[], $8::text[], $9::text[], $10::text[], $11::text[])
       as o(guard, decision, result, duration_ms, reason, rule, audit_level, withheld, trust, secrecy, result_hash)
     where d.guard_id = o.guard and d.id = o.decision`,
    [
      column((o) => o.guard),
      column((o) => storable(o.event.decision)),
      column((o) => o.event.result),
      column((o) => Math.min(Math.max(o.event.durationMs, 0), longestDurationMs)),
      column((o) => storable(o.event.reason)),
      column((o) => storable(o.event.rule)),
      column((o) => o.event.audit ?? null),
      column((o) => storable(o.event.withheld ?? null)),
      column((o) => o.event.labels?.trust ?? null),
      column((o) => o.event.labels?.secrecy ?? null),
      column((o) => storable(o.event.resultHash ?? null)),
    ],
  );
}
