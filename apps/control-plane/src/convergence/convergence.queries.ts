import { Injectable } from '@nestjs/common';
import { Pool } from 'pg';
import { currentRevision } from '../database/current-revision.js';
import { Refusal } from '../platform/refusal.js';
import { convergenceOf, lineOf, type BootRow } from './convergence-line.js';
import type { Convergence } from './convergence.model.js';

const sharedForMs = 40;

@Injectable()
export class ConvergenceQueries {
  private readonly recent = new Map<number, { readonly at: number; readonly answer: Promise<Convergence> }>();

  constructor(private readonly pool: Pool) {}

  head(): Promise<number> {
    return currentRevision(this.pool);
  }

  /** Everybody who asks about one revision within 40 ms gets one answer. */
  of(revision: number): Promise<Convergence> {
    const now = Date.now();
    for (const [key, { at }] of this.recent) if (now - at > sharedForMs) this.recent.delete(key);
    const known = this.recent.get(revision);
    if (known !== undefined) return known.answer;
    const answer = this.read(revision);
    this.recent.set(revision, { at: now, answer });
    return answer;
  }

  private async read(revision: number): Promise<Convergence> {
    const found = await this.pool.query<{ head: string; committedAt: Date }>(
      `select revision as head, coalesce((select max(committed_at) from change_history where revision = $1),
         (select min(created_at) from key_set), now()) as "committedAt" from change_counter`,
      [revision],
    );
    const head = found.rows[0];
    if (head === undefined || Number(head.head) < revision)
      throw new Refusal('not_found', `there is no revision ${revision} yet`, { revision });
    return convergenceOf(
      revision,
      head.committedAt,
      (await this.boots(revision)).map((row) => lineOf(row, revision)),
    );
  }

  /**
   * Boots that could still act on the old state: those that lived at the commit with a lease or a connection. A boot that
   * began later starts closed and takes the whole state, so it shows as applied without a time while its lease lives.
   */
  private async boots(revision: number): Promise<BootRow[]> {
    const found = await this.pool.query<BootRow & { held: string | null }>(
      `with commit as (select coalesce((select min(committed_at) from change_history where revision = $1), '-infinity'::timestamptz) as at)
       select g.server_id as server, g.id as guard, b.boot::text as boot, b.held_revision as held,
         case when b.first_report_at <= commit.at then extract(epoch from p.applied_at - commit.at)::float8 * 1000 end as "appliedMs",
         extract(epoch from b.lease_until - clock_timestamp())::float8 * 1000 as "leaseLeftMs"
       from commit cross join guard g join guard_boot b on b.guard_id = g.id
       left join lateral (select min(applied_at) as applied_at from guard_position p
         where p.guard_id = b.guard_id and p.boot = b.boot and p.revision >= $1) p on true
       where g.evicted_at is null and (
         (b.first_report_at <= commit.at and (b.lease_until > commit.at or b.connected))
         or (b.first_report_at > commit.at and b.lease_until > clock_timestamp() and b.held_revision >= $1))
       order by g.server_id, g.id, b.boot`,
      [revision],
    );
    return found.rows.map(({ held, ...row }) => ({ ...row, heldRevision: held === null ? null : Number(held) }));
  }
}
