import type pg from 'pg';

const setsWith = (kid: string) =>
  `from key_set s where s.payload::jsonb -> 'tokenKeys' @> jsonb_build_array(jsonb_build_object('kid', ${kid}))`;

/**
 * Guard boots whose lease may still run and that have not heard how the key stands: do not hold it while it is published, or
 * still take it once it is withdrawn. A second is added to the lease for clocks that go at different speeds (P-A2). A boot past
 * its lease takes the newest key set before it acts again. SQL of the names of two values.
 */
export const guardsBehindSql = (kid: string, state: string) => `(
  select count(*)::int from guard_boot b join guard g on g.id = b.guard_id and g.evicted_at is null
  where b.lease_until > clock_timestamp() - interval '1 second' and case ${state}
    when 'published' then coalesce(b.held_key_set, 0) < (select min(s.number) ${setsWith(kid)})
    when 'withdrawn' then coalesce(b.held_key_set, 0) <= (select max(s.number) ${setsWith(kid)})
    else false end)`;

/** Of a published key: those it waits for. */
export async function guardsBehind(client: Pick<pg.ClientBase, 'query'>, kid: string): Promise<number> {
  const found = await client.query<{ behind: number }>(
    `select ${guardsBehindSql('$1::text', `'published'`)} as behind`,
    [kid],
  );
  return found.rows[0]?.behind ?? 0;
}
