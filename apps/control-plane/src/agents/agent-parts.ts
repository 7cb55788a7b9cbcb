import type { Pool } from 'pg';
import type { Person } from '../people/person.model.js';

export async function owners(pool: Pool, agents: readonly string[]): Promise<Map<string, Person>> {
  const found = await pool.query<Person>(
    `select u."id" as id, u."email" as email, u."name" as name,
       array(select permission from person_permission p where p.person_id = u."id" order by permission) as permissions
     from "user" u where u."id" in (select owner_id from agent where id = any($1))`,
    [agents],
  );
  return new Map(found.rows.map((person) => [person.id, person]));
}

/** One index look-up an agent, however long the record is. */
export async function lastDecisions(pool: Pool, agents: readonly string[]): Promise<Map<string, Date>> {
  const found = await pool.query<{ agent: string; at: Date }>(
    `select a.id as agent, d.at from unnest($1::text[]) as a(id)
     cross join lateral (select at from decision where agent = a.id order by position desc limit 1) d`,
    [agents],
  );
  return new Map(found.rows.map((row) => [row.agent, row.at]));
}

export async function deniedLastDay(pool: Pool): Promise<Map<string, number>> {
  const found = await pool.query<{ agent: string; count: number }>(
    `select agent, count(*)::int as count from decision where received_at > now() - interval '1 day' and outcome = 'deny' group by agent`,
  );
  return new Map(found.rows.map((row) => [row.agent, row.count]));
}
