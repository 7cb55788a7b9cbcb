import { randomUUID } from 'node:crypto';
import { beforeAll, describe, expect, it } from 'vitest';
import { testInstall } from '../testing/test-install.js';
import { addServer } from '../testing/world.js';
import { ConvergenceQueries } from './convergence.queries.js';
import { LiveConvergence } from './live-convergence.js';

describe('convergence', () => {
  const install = testInstall();
  let revision = 0;
  beforeAll(async () => {
    await addServer(install.pool, 'desk', 'prod');
  });

  interface BootSeed {
    readonly guard: string;
    /** Seconds against the commit. */
    readonly began: number;
    readonly leaseEnds: number | null;
    readonly held?: number;
    readonly appliedAfterMs?: number;
  }

  async function seed(boots: readonly BootSeed[]): Promise<void> {
    const { pool } = install;
    await pool.query('delete from guard_position');
    await pool.query('delete from guard_boot');
    revision = Number(
      (await pool.query(`select portcullis_append('[["agent", "a", null]]') as revision`)).rows[0]?.revision,
    );
    const committed = `(select committed_at from change_history where revision = ${revision} limit 1)`;
    for (const { guard, began, leaseEnds, held, appliedAfterMs } of boots) {
      const boot = randomUUID();
      await pool.query(
        `insert into guard (id, server_id, public_jwk) values ($1, 'desk', '{}') on conflict do nothing`,
        [guard],
      );
      await pool.query(
        `insert into guard_boot (guard_id, boot, first_report_at, lease_until, held_revision)
         values ($1, $2, ${committed} + make_interval(secs => $3), ${committed} + make_interval(secs => $4), $5)`,
        [guard, boot, began, leaseEnds, held ?? null],
      );
      if (appliedAfterMs !== undefined)
        await pool.query(
          `insert into guard_position (guard_id, boot, revision, applied_at) values ($1, $2, $3, ${committed} + make_interval(secs => $4))`,
          [guard, boot, revision, appliedAfterMs / 1000],
        );
    }
  }

  it('counts who has applied it, who is closed by expiry and who could still act', async () => {
    await seed([
      { guard: 'fast', began: -60, leaseEnds: 8, held: 99, appliedAfterMs: 12 },
      { guard: 'slow', began: -60, leaseEnds: 8, held: 99, appliedAfterMs: 480 },
      { guard: 'waiting', began: -60, leaseEnds: 60, held: 0 },
      { guard: 'gone', began: -60, leaseEnds: 60, held: 0 },
      { guard: 'dead-before', began: -600, leaseEnds: -500 },
      { guard: 'never-leased', began: -60, leaseEnds: null },
      { guard: 'began-later', began: 1, leaseEnds: 60, held: 99 },
    ]);
    await install.pool.query(`update guard_boot set lease_until = now() - interval '1 second' where guard_id = 'gone'`);
    await install.pool.query(
      `update change_history set committed_at = committed_at - interval '5 seconds' where revision = $1`,
      [revision],
    );
    await install.pool.query(`update guard_position set applied_at = applied_at - interval '5 seconds'`);
    const seen = await new ConvergenceQueries(install.pool).of(revision);
    const states = Object.fromEntries(seen.lines.map((line) => [line.guard, line.state]));
    expect(states).toEqual({
      fast: 'applied',
      slow: 'applied',
      waiting: 'pending',
      gone: 'closed_by_expiry',
      'began-later': 'applied',
    });
    expect(seen).toMatchObject({ revision, total: 5, applied: 3, closedByExpiry: 1, pending: 1 });
    expect(seen.slowestMs).toBeCloseTo(480, 3);
    expect(seen.lines.find((line) => line.guard === 'waiting')?.closesInMs).toBeGreaterThan(1000);
    expect(seen.lines.find((line) => line.guard === 'began-later')?.appliedMs).toBeNull();
  });

  it('says each change once and ends when nobody is left', async () => {
    await seed([{ guard: 'one', began: -60, leaseEnds: 60, held: 0 }]);
    const live = new LiveConvergence(new ConvergenceQueries(install.pool));
    const stream = live.watch(revision);
    expect((await stream.next()).value).toMatchObject({ pending: 1, applied: 0 });
    await install.pool.query(
      `insert into guard_position (guard_id, boot, revision, applied_at) select guard_id, boot, $1, now() from guard_boot`,
      [revision],
    );
    expect((await stream.next()).value).toMatchObject({ pending: 0, applied: 1 });
    expect(await stream.next()).toEqual({ done: true, value: undefined });
  });

  it('follows the head when no revision is named', async () => {
    await seed([{ guard: 'one', began: -60, leaseEnds: 60, held: 999 }]);
    const live = new LiveConvergence(new ConvergenceQueries(install.pool));
    const stream = live.watch(null);
    expect((await stream.next()).value?.revision).toBe(revision);
    await install.pool.query(`select portcullis_append('[["agent", "b", null]]')`);
    expect((await stream.next()).value?.revision).toBe(revision + 1);
    await stream.return(undefined);
  });

  it('refuses a revision that does not exist yet', async () => {
    await expect(new ConvergenceQueries(install.pool).of((await install.revision()) + 1)).rejects.toMatchObject({
      code: 'not_found',
    });
  });
});
