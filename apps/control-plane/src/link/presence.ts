import type pg from 'pg';
import type { Log } from '../platform/log.js';

const flushAfterMs = 100;

/** Writes which guard boots have an open feed: a fact for the console, gathered so that a storm of connects is a few writes. */
export class Presence {
  #pending = new Map<string, { guard: string; boot: string; isConnected: boolean }>();
  #timer: NodeJS.Timeout | undefined;

  constructor(
    private readonly pool: pg.Pool,
    private readonly log: Log,
  ) {}

  /** After a start nobody is connected here, whatever a process that died left behind. */
  async reset(): Promise<void> {
    await this.pool.query(`update guard_boot set connected = false where connected`);
  }

  connected(guard: string, boot: string, isConnected: boolean): void {
    this.#pending.set(`${guard} ${boot}`, { guard, boot, isConnected });
    this.#timer ??= setTimeout(() => void this.flush(), flushAfterMs);
  }

  async flush(): Promise<void> {
    clearTimeout(this.#timer);
    this.#timer = undefined;
    const rows = [...this.#pending.values()].sort((left, right) => (left.guard < right.guard ? -1 : 1));
    this.#pending = new Map();
    if (rows.length === 0) return;
    try {
      await this.pool.query(
        `insert into guard_boot (guard_id, boot, connected) select * from unnest($1::text[], $2::uuid[], $3::boolean[])
         on conflict (guard_id, boot) do update set connected = excluded.connected`,
        [rows.map((row) => row.guard), rows.map((row) => row.boot), rows.map((row) => row.isConnected)],
      );
    } catch (error) {
      this.log.warn({ err: error }, 'presence could not be written');
    }
  }
}
