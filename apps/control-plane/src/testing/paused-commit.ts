import type pg from 'pg';
import { until } from './until.js';

export async function lockWaiters(pool: pg.Pool): Promise<number> {
  const found = await pool.query(
    `select 1 from pg_stat_activity where datname = current_database() and wait_event_type = 'Lock'`,
  );
  return found.rowCount ?? 0;
}

/** `first` has written and stands before the counter; whatever `meanwhile` does, does it there; then `first` commits. */
export async function pausedBeforeCommit<A, B>(
  pool: pg.Pool,
  first: () => Promise<A>,
  meanwhile: () => Promise<B>,
): Promise<[A, B]> {
  const gap = await pool.connect();
  try {
    await gap.query('begin; select 1 from change_counter for update');
    const one = first();
    await until('the first before the counter', async () => (await lockWaiters(pool)) === 1);
    const other = await meanwhile();
    await gap.query('rollback');
    return [await one, other];
  } finally {
    gap.release();
  }
}
