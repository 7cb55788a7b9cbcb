import type { QuotaAnswer } from '@portcullis/contracts';
import { newShare, settleShare, type Budget, type Share } from '@portcullis/policy';
import type pg from 'pg';
import { knownLines, type KnownLine } from './known-lines.js';
import type { VerifiedReport } from './read-report.js';

/** What each report that tells of quotas is answered. */
export type QuotaAnswers = ReadonlyMap<VerifiedReport, readonly QuotaAnswer[]>;

const none: QuotaAnswers = new Map();

/**
 * Takes what guards have counted, and hands out what they lack: budgets are locked in one order, so of two replicas that hand out
 * of the same one the second sees what the first has left. Without a query where no report tells of quotas.
 */
export async function settleQuotas(
  client: pg.ClientBase,
  reports: readonly VerifiedReport[],
  now: number,
): Promise<QuotaAnswers> {
  const telling = reports.filter(({ report }) => (report.quotas?.length ?? 0) > 0);
  if (telling.length === 0) return none;
  const answers = new Map<VerifiedReport, QuotaAnswer[]>(telling.map((verified) => [verified, []]));
  const lines = await knownLines(client, telling, now);
  if (lines.length === 0) return answers;
  const budgets = await lockBudgets(client, lines);
  const shares = await readShares(client, lines);
  for (const { verified, line, limit } of lines) {
    const [budgetKey, shareKey] = [keyOf(line), keyOf(line, verified.guard.id)];
    const budget = budgets.get(budgetKey);
    if (!budget) throw new Error('a budget that was just locked is not there');
    const settled = settleShare(limit, budget, shares.get(shareKey) ?? newShare, line);
    budgets.set(budgetKey, settled.budget);
    shares.set(shareKey, settled.share);
    answers.get(verified)?.push({ bucket: line.bucket, from: line.from, ...settled.answer });
  }
  await write(client, lines, budgets, shares);
  return answers;
}

type Place = Pick<KnownLine['line'], 'bucket' | 'from'>;

function keyOf({ bucket, from }: Place, ...more: readonly string[]): string {
  return JSON.stringify([bucket, from, ...more]);
}

function distinct(lines: readonly KnownLine[], key: (line: KnownLine) => string): readonly KnownLine[] {
  return [...new Map(lines.map((line) => [key(line), line])).values()];
}

const budgetLines = (lines: readonly KnownLine[]) => distinct(lines, ({ line }) => keyOf(line));
const shareLines = (lines: readonly KnownLine[]) =>
  distinct(lines, ({ line, verified }) => keyOf(line, verified.guard.id));

async function lockBudgets(client: pg.ClientBase, lines: readonly KnownLine[]): Promise<Map<string, Budget>> {
  const each = budgetLines(lines);
  const { rows } = await client.query<{ bucket: string; from: string; held: string; spent: string }>(
    `insert into quota_budget as b (bucket, window_start, window_end, grant_id)
     select l.bucket, to_timestamp(l.start / 1000.0), to_timestamp(l.until / 1000.0), l.grant_id
     from unnest($1::text[], $2::double precision[], $3::double precision[], $4::text[]) as l(bucket, start, until, grant_id) order by l.bucket collate "C", l.start
     on conflict (bucket, window_start) do update set grant_id = excluded.grant_id
     returning b.bucket, round(extract(epoch from b.window_start) * 1000)::text as "from", b.held, b.spent`,
    [
      each.map(({ line }) => line.bucket),
      each.map(({ line }) => line.from),
      each.map(({ until }) => until),
      each.map(({ grant }) => grant),
    ],
  );
  return new Map(
    rows.map(({ bucket, from, held, spent }) => [
      keyOf({ bucket, from: Number(from) }),
      { out: Number(held), spent: Number(spent) },
    ]),
  );
}

async function readShares(client: pg.ClientBase, lines: readonly KnownLine[]): Promise<Map<string, Share>> {
  const each = shareLines(lines);
  const { rows } = await client.query<
    { bucket: string; from: string; guard: string } & Record<'handed' | 'returned' | 'spent', string>
  >(
    `select s.bucket, round(extract(epoch from s.window_start) * 1000)::text as "from", s.guard_id as guard, s.handed, s.returned, s.spent
     from quota_share s join unnest($1::text[], $2::double precision[], $3::text[]) as l(bucket, start, guard)
       on s.bucket = l.bucket and s.window_start = to_timestamp(l.start / 1000.0) and s.guard_id = l.guard`,
    [
      each.map(({ line }) => line.bucket),
      each.map(({ line }) => line.from),
      each.map(({ verified }) => verified.guard.id),
    ],
  );
  return new Map(
    rows.map(({ bucket, from, guard, handed, returned, spent }) => [
      keyOf({ bucket, from: Number(from) }, guard),
      { handed: Number(handed), returned: Number(returned), spent: Number(spent) },
    ]),
  );
}

async function write(
  client: pg.ClientBase,
  lines: readonly KnownLine[],
  budgets: ReadonlyMap<string, Budget>,
  shares: ReadonlyMap<string, Share>,
): Promise<void> {
  const totals = budgetLines(lines).map(({ line }) => ({
    line,
    ...(budgets.get(keyOf(line)) ?? { out: 0, spent: 0 }),
  }));
  await client.query(
    `update quota_budget b set held = l.held, spent = l.spent
     from unnest($1::text[], $2::double precision[], $3::bigint[], $4::bigint[]) as l(bucket, start, held, spent)
     where b.bucket = l.bucket and b.window_start = to_timestamp(l.start / 1000.0)`,
    [
      totals.map(({ line }) => line.bucket),
      totals.map(({ line }) => line.from),
      totals.map(({ out }) => out),
      totals.map(({ spent }) => spent),
    ],
  );
  const parts = shareLines(lines).map(({ line, verified: { guard } }) => ({
    ...{ line, guard: guard.id },
    share: shares.get(keyOf(line, guard.id)) ?? newShare,
  }));
  await client.query(
    `insert into quota_share (bucket, window_start, guard_id, handed, returned, spent)
     select l.bucket, to_timestamp(l.start / 1000.0), l.guard, l.handed, l.returned, l.spent
     from unnest($1::text[], $2::double precision[], $3::text[], $4::bigint[], $5::bigint[], $6::bigint[]) as l(bucket, start, guard, handed, returned, spent)
     on conflict (bucket, window_start, guard_id) do update set handed = excluded.handed, returned = excluded.returned, spent = excluded.spent`,
    [
      parts.map(({ line }) => line.bucket),
      parts.map(({ line }) => line.from),
      parts.map(({ guard }) => guard),
      parts.map(({ share }) => share.handed),
      parts.map(({ share }) => share.returned),
      parts.map(({ share }) => share.spent),
    ],
  );
}
