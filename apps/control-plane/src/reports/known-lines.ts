import { parseBucket, windowMs, windowStart, type QuotaBucket, type QuotaLine } from '@portcullis/contracts';
import { limitOf, quotaIn } from '@portcullis/policy';
import type pg from 'pg';
import type { VerifiedReport } from './read-report.js';

/** A line about a bucket that is there and in the slice of the guard that reports it. */
export interface KnownLine {
  readonly verified: VerifiedReport;
  readonly line: QuotaLine;
  readonly grant: string;
  readonly until: number;
  /** In units; 0 where nothing is handed out any more: the window is over, or the grant or its quota is gone. */
  readonly limit: number;
}

interface ReadLine extends Omit<KnownLine, 'limit'> {
  readonly bucket: QuotaBucket;
}

interface GrantRow {
  id: string;
  role: string;
  environment: string;
  server: string | null;
  obligations: unknown[];
  is_over: boolean;
}

/** A guard's clock runs on control time and may be a little ahead of this reading of it. */
const aheadMs = 5000;
const keptAfterMs = 3_600_000;

/** Of what these reports say about quotas, what is about a grant, an agent and a conversation of the guard's own slice (P-E4). */
export async function knownLines(
  client: pg.ClientBase,
  reports: readonly VerifiedReport[],
  now: number,
): Promise<readonly KnownLine[]> {
  const lines = reports.flatMap((verified) => readLines(verified, now));
  if (lines.length === 0) return [];
  const grants = await grantsOf(client, lines);
  const places = await placesOf(client, lines);
  return lines.flatMap((line) => {
    const grant = grants.get(line.grant);
    if (!grant || !isInSlice(line, grant, places)) return [];
    return [{ ...line, limit: line.until > now ? limitIn(grant, line.bucket) : 0 }];
  });
}

/** Those with a bucket and a window that can be; of two about the same the first. */
function readLines(verified: VerifiedReport, now: number): readonly ReadLine[] {
  const read = new Map<string, ReadLine>();
  for (const line of verified.report.quotas ?? []) {
    const bucket = parseBucket(line.bucket);
    if (!bucket) continue;
    const [grant, , window] = bucket;
    const until = line.from + windowMs[window];
    const isReal =
      windowStart(window, line.from) === line.from && line.from <= now + aheadMs && until > now - keptAfterMs;
    const key = `${line.from} ${line.bucket}`;
    if (isReal && !read.has(key)) read.set(key, { verified, line, bucket, grant, until });
  }
  return [...read.values()];
}

async function grantsOf(client: pg.ClientBase, lines: readonly ReadLine[]): Promise<ReadonlyMap<string, GrantRow>> {
  const { rows } = await client.query<GrantRow>(
    `select g.id, g.role_id as role, g.environment_id as environment, t.server_id as server, g.obligations, g.revoked_at is not null as is_over
     from grants g left join tool t on t.id = g.tool_id where g.id = any($1::text[])`,
    [[...new Set(lines.map(({ grant }) => grant))]],
  );
  return new Map(rows.map((row) => [row.id, row]));
}

interface Places {
  readonly environments: ReadonlyMap<string, string>;
  /** `agent role environment` of every assignment there is or was. */
  readonly assignments: ReadonlySet<string>;
  /** `conversation agent` of every record. */
  readonly conversations: ReadonlySet<string>;
}

const placed = (...parts: readonly unknown[]) => JSON.stringify(parts);

async function placesOf(client: pg.ClientBase, lines: readonly ReadLine[]): Promise<Places> {
  const { rows } = await client.query<{ kind: 'server' | 'assignment' | 'conversation'; parts: string[] }>(
    `select 'server' as kind, array[id, environment_id] as parts from server where id = any($1::text[])
     union all select distinct 'assignment', array[agent_id, role_id, environment_id] from assignment where agent_id = any($2::text[])
     union all select 'conversation', array[id::text, agent_id] from conversation where id::text = any($3::text[])`,
    [
      [...new Set(lines.map(({ verified }) => verified.guard.server))],
      [...new Set(lines.flatMap(({ bucket }) => bucket[4] ?? []))],
      [...new Set(lines.flatMap(({ bucket }) => (bucket[3] === 'conversation' ? (bucket[5] ?? []) : [])))],
    ],
  );
  const of = (kind: string) => rows.filter((row) => row.kind === kind).map(({ parts }) => parts);
  return {
    environments: new Map(of('server').map(([server = '', environment = '']) => [server, environment])),
    assignments: new Set(of('assignment').map((parts) => placed(...parts))),
    conversations: new Set(of('conversation').map((parts) => placed(...parts))),
  };
}

function isInSlice({ verified, bucket }: ReadLine, grant: GrantRow, places: Places): boolean {
  const [, , , per, agent, subject] = bucket;
  const { server } = verified.guard;
  if (places.environments.get(server) !== grant.environment) return false;
  if (grant.server !== null && grant.server !== server) return false;
  if (agent !== null && !places.assignments.has(placed(agent, grant.role, grant.environment))) return false;
  const isRecord = per === 'conversation' && subject !== null && !subject.startsWith('user ');
  return !isRecord || places.conversations.has(placed(subject, agent));
}

function limitIn({ obligations, is_over }: GrantRow, bucket: QuotaBucket): number {
  const found = is_over ? undefined : quotaIn(obligations, bucket);
  return found ? limitOf(found.quota) : 0;
}
