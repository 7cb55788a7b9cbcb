import { toolId } from '@portcullis/contracts';
import { effectiveClasses } from '@portcullis/policy';
import type { ClientBase } from 'pg';
import { Refusal } from '../platform/refusal.js';
import { announcedNow, pinTool } from '../tools/pin-tool.js';
import { toolValue } from '../tools/tool-value.js';
import type { EditTransaction } from './edit-transaction.js';
import type { EditOf } from './policy-edits.input.js';

/** Registers a tool, pinned to what its server says of it now, or labels it anew. */
export async function writeTool({ client, append, by }: EditTransaction, edit: EditOf<'tool'>): Promise<void> {
  const { id } = edit;
  const { classes } = edit.value;
  const found = await client.query<{ classes: string[] }>('select classes from tool where id = $1', [id]);
  const held = found.rows[0]?.classes;
  if (held === undefined) await registerTool(client, id, classes, by);
  else if (held.toSorted().join(' ') === classes.toSorted().join(' ')) return;
  else {
    const lost = effectiveClasses(held).filter((name) => !effectiveClasses(classes).includes(name));
    await refuseUnderEngagement(client, id, lost);
    await client.query('update tool set classes = $2 where id = $1', [id, classes]);
  }
  append('tool', id, await toolValue(client, id));
}

async function registerTool(client: ClientBase, id: string, classes: readonly string[], by: string): Promise<void> {
  const server = id.slice(0, id.indexOf('/'));
  const name = id.slice(toolId(server, '').length);
  if ((await client.query('select 1 from server where id = $1', [server])).rowCount === 0)
    throw new Refusal('not_found', `there is no server ${server}; connect it first`, { server });
  await client.query('insert into tool (id, server_id, name, classes) values ($1, $2, $3, $4)', [
    ...[id, server, name],
    classes,
  ]);
  const announced = await announcedNow(client, server, name);
  if (announced !== undefined) await pinTool(client, { tool: id, hash: announced, by });
}

/** Taking an object out of an engaged scope is a release (P-C3). One that is engaged after the plan was made refuses all of it. */
async function refuseUnderEngagement(client: ClientBase, tool: string, classes: readonly string[]): Promise<void> {
  const found = await client.query<{ engagement: string; target: string }>(
    `select object_id as engagement, value::json ->> 'target' as target from change_latest
     where kind = 'kill-switch' and value::json ->> 'status' = 'engaged' and value::json ->> 'scope' = 'tool-class'
       and value::json ->> 'target' = any($1) order by revision limit 1`,
    [classes],
  );
  const over = found.rows[0];
  if (over === undefined) return;
  throw new Refusal(
    'release_needs_two_people',
    `kill switch ${over.engagement} is engaged on tool class ${over.target}: release it before you take ${tool} out of it`,
    { tool, ...over },
  );
}
