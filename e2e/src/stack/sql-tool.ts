import { join } from 'node:path';
import { McpServer } from '@modelcontextprotocol/sdk/server/mcp.js';
import { createGuard } from '@portcullis/mcp-guard/v1';
import { runningUrl } from '@portcullis/postgres';
import express from 'express';
import pg from 'pg';
import { z } from 'zod';
import type { DemoWorld } from './demo-world.js';
import { freePorts } from './free-ports.js';

/** A server whose one tool runs any SQL it is given, as the owner of its database, behind a guard. */
export interface SqlTool {
  readonly resource: string;
  /** What every table holds. */
  contents(): Promise<unknown>;
  close(): Promise<void>;
}

const made = `
create table users (id int primary key, name text, card_number text);
create table tickets (id int primary key, customer int, subject text);
insert into users values (1, 'ada', '4111'), (2, 'user_input', '4222');
insert into tickets values (1, 1, 'lost parcel'), (2, 2, 'late parcel');
`;

async function shopDatabase({ installation }: DemoWorld): Promise<pg.Pool> {
  const address = runningUrl(join(installation.data, 'postgres'));
  if (address === undefined) throw new Error('the embedded Postgres does not run');
  const client = new pg.Client({ connectionString: address });
  await client.connect();
  await client.query('create database shop');
  await client.end();
  const url = new URL(address);
  url.pathname = '/shop';
  const pool = new pg.Pool({ connectionString: url.href });
  pool.on('error', () => undefined);
  await pool.query(made);
  return pool;
}

function serverOver(pool: pg.Pool): McpServer {
  const server = new McpServer({ name: 'shop', version: '1.0.0' });
  const tool = { description: 'Runs a query on the shop', inputSchema: { sql: z.string() } };
  server.registerTool('query', tool, async ({ sql }) => {
    const answer: pg.QueryResult | readonly pg.QueryResult[] = await pool.query(sql);
    const rows = (Array.isArray(answer) ? answer : [answer]).flatMap((one: pg.QueryResult) => one.rows as unknown[]);
    return { content: [{ type: 'text', text: JSON.stringify(rows) }] };
  });
  return server;
}

export async function startSqlTool(world: DemoWorld): Promise<SqlTool> {
  const pool = await shopDatabase(world);
  const [port = 0] = await freePorts(1);
  const resource = `http://localhost:${port}/mcp`;
  await world.admin.get('mutation($i: CreateServerInput!) { createServer(input: $i) { revision } }', {
    i: { id: 'shop', name: 'Shop', environment: 'prod', resource },
  });
  const { createJoinToken } = await world.admin.get<{ createJoinToken: { joinToken: string } }>(
    'mutation { createJoinToken(input: { server: "shop" }) { joinToken revision } }',
  );
  const guard = await createGuard({
    url: world.installation.run.urls.guards,
    joinToken: createJoinToken.joinToken,
    state: join(world.installation.data, 'shop-guard'),
  });
  const app = express();
  app.all(
    '/mcp',
    guard.protect(() => serverOver(pool)),
  );
  const listening = app.listen(port);
  return {
    resource,
    contents: async () =>
      Promise.all(
        ['users', 'tickets'].map(async (table) => (await pool.query(`select * from ${table} order by id`)).rows),
      ),
    close: async () => {
      listening.closeAllConnections();
      listening.close();
      await guard.close();
      await pool.end();
    },
  };
}
