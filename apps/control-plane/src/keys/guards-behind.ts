import type pg from 'pg';

/**
 * Guard boots whose lease may still run and that do not hold the first key set with this key. A second is added to the lease
 * for clocks that go at different speeds (P-A2). A boot past its lease takes the newest key set before it acts again.
 */
export const guardsBehindSql = (kid: string) => `(
  select count(*)::int from guard_boot b join guard g on g.id = b.guard_id and g.evicted_at is null
  where b.lease_until > clock_timestamp() - interval '1 second' and coalesce(b.held_key_set, 0) < (
    select min(s.number) from key_set s
    where s.payload::jsonb -> 'tokenKeys' @> jsonb_build_array(jsonb_build_object('kid', ${kid}))))`;

export async function guardsBehind(client: Pick<pg.ClientBase, 'query'>, kid: string): Promise<number> {
  const found = await client.query<{ behind: number }>(`select ${guardsBehindSql('$1::text')} as behind`, [kid]);
  return found.rows[0]?.behind ?? 0;
}
