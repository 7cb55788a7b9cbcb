import type { Client } from '@modelcontextprotocol/sdk/client/index.js';
import { waitFor } from '@portcullis/testkit';
import { afterAll, beforeAll, expect } from 'vitest';
import { promise } from '../promise.js';
import { demoFile, startDemoWorld, type DemoWorld } from '../stack/demo-world.js';
import { callTool, connectAgent, tokenFor } from '../stack/mcp-agent.js';
import { outcomeOf } from '../stack/outcome.js';
import { startSqlTool, type SqlTool } from '../stack/sql-tool.js';

let world: DemoWorld;
let shop: SqlTool;
let agent: Client;

const read = "select id, subject from tickets where subject like '%parcel%' order by id limit 10";
const constraint = { kind: 'sql', path: 'sql', statements: ['select'], tables: ['public.tickets'], maxRows: 10 };

beforeAll(async () => {
  world = await startDemoWorld();
  shop = await startSqlTool(world);
  await world.admin.get('mutation($i: RegisterToolInput!) { registerTool(input: $i) { revision } }', {
    i: { server: 'shop', name: 'query', classes: ['read'] },
  });
  await world.admin.get('mutation($i: CreateGrantInput!) { createGrant(input: $i) { revision } }', {
    i: { role: 'support', environment: 'prod', toolId: 'shop/query', task: 'lookup', constraints: [constraint] },
  });
  const clientSecret = (await demoFile(world.installation)).agents['cs-prod']?.clientSecret ?? '';
  const { console } = world.installation.run.urls;
  const request = { console, clientId: 'cs-prod', clientSecret, resource: shop.resource };
  agent = await connectAgent(shop.resource, await tokenFor(request));
  const isInForce = async () => (await outcomeOf(agent, 'query', { sql: read })) === 'allowed';
  await waitFor(async () => isInForce().catch(() => false), { what: 'the grant in force', withinMs: 15_000 });
});
afterAll(async () => {
  await agent.close();
  await shop.close();
  await world.close();
});

const hostile = {
  'the delete of the essay': "DELETE FROM users WHERE name = 'user_input'",
  'the delete of a table it may read': 'delete from tickets where id = 1',
  'a second statement': `${read}; delete from users`,
  'a second statement behind a commit': 'select 1 limit 1; commit; drop table users',
  'a write in WITH': 'with gone as (delete from users returning *) select * from gone limit 10',
  'a write behind a comment': '/* select id from tickets limit 1 */ delete from users',
  'a comment that ends early': 'select id from tickets limit 1 /* */ ; delete from users -- */',
  'a table by escapes': 'select * from U&"\\0075sers" limit 1',
  'a function that runs SQL': "select query_to_xml('delete from users', true, false, '') limit 1",
  'a block of code': 'do $$ begin delete from users; end $$',
  'a copy to a program': "copy tickets to program 'cat'",
  'a NUL before a write': 'select 1 limit 1\0; delete from users',
  'another shape of argument': ['delete from users'],
};

for (const [name, sql] of Object.entries(hostile)) {
  promise('R-SQL-1', name, async () => {
    const before = await shop.contents();
    expect(['deny constraint']).toContain(await outcomeOf(agent, 'query', { sql }));
    expect(await shop.contents()).toEqual(before);
    const { content } = await callTool(agent, 'query', { sql: read });
    expect(content).toEqual([
      { type: 'text', text: '[{"id":1,"subject":"lost parcel"},{"id":2,"subject":"late parcel"}]' },
    ]);
  });
}
