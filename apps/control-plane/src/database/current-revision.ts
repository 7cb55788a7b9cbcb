import type { ClientBase } from 'pg';

export async function currentRevision(client: Pick<ClientBase, 'query'>): Promise<number> {
  const found = await client.query<{ revision: string }>('select revision from change_counter');
  return Number(found.rows[0]?.revision ?? 0);
}
