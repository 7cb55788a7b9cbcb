import type { ClientBase } from 'pg';
import type { VersionRow } from './policy-rows.js';

/** Versions that say the same as this, reviewed ones first, then newer ones first. `\r\n` and `\n` are one. */
export async function alikeVersions(
  client: ClientBase,
  id: string,
  { name, text, tests }: Pick<VersionRow, 'name' | 'text' | 'tests'>,
): Promise<readonly VersionRow[]> {
  const found = await client.query<VersionRow>(
    `select * from policy_version
     where policy_id = $1 and name = $2 and replace(text, E'\\r\\n', E'\\n') = $3 and tests = $4::jsonb
     order by reviewed_by is null, number desc`,
    [id, name, text.replaceAll('\r\n', '\n'), JSON.stringify(tests)],
  );
  return found.rows;
}
