import type { Pool } from 'pg';
import { collectDefaultMetrics, Gauge, Registry } from 'prom-client';

export interface Metrics {
  readonly contentType: string;
  /** Reads what stands in the database. */
  refresh(): Promise<void>;
  text(): Promise<string>;
}

interface Counts {
  readonly revision: string;
  readonly connected: number;
  readonly leased: number;
  readonly behind: number;
  readonly engaged: number;
}

const counts = `
  select n.revision,
    (select count(*)::int from guard_boot where connected) as connected,
    (select count(*)::int from guard_boot where lease_until > now()) as leased,
    (select count(*)::int from guard_boot where lease_until > now() and (held_revision is null or held_revision < n.revision)) as behind,
    (select count(*)::int from change_latest where kind = 'kill-switch' and value::jsonb ->> 'status' = 'engaged') as engaged
  from change_counter n`;

export function createMetrics(pool: Pool): Metrics {
  const registry = new Registry();
  collectDefaultMetrics({ register: registry, prefix: 'portcullis_api_' });
  const gauge = (name: string, help: string) => new Gauge({ name: `portcullis_${name}`, help, registers: [registry] });
  const gauges = {
    revision: gauge('revision', 'The newest revision of the change log'),
    connected: gauge('guards_connected', 'Guard boots that follow the feed'),
    leased: gauge('guards_leased', 'Guard boots whose lease has not ended'),
    behind: gauge('guards_behind', 'Leased guard boots that do not hold the newest revision'),
    engaged: gauge('kill_switches_engaged', 'Engagements that have not been released'),
  };
  return {
    contentType: registry.contentType,
    refresh: async () => {
      const found = await pool.query<Counts>(counts);
      const [row] = found.rows;
      if (row === undefined) return;
      for (const name of ['revision', 'connected', 'leased', 'behind', 'engaged'] as const)
        gauges[name].set(Number(row[name]));
    },
    text: () => registry.metrics(),
  };
}
