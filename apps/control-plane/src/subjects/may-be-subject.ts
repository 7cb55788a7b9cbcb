import type { Pool } from 'pg';

/** Asked at every use of a token: a person who was removed, or who may not even read any more, is nobody's subject. */
export async function mayBeSubject(pool: Pool, person: string): Promise<boolean> {
  const { rowCount } = await pool.query({
    name: 'may-be-subject',
    text: `select 1 from "user" u join person_permission p on p.person_id = u."id" and p.permission = 'read' where u."id" = $1`,
    values: [person],
  });
  return rowCount === 1;
}
