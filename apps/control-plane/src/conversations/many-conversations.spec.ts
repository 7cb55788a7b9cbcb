import { randomUUID } from 'node:crypto';
import type { AccessTokenClaims } from '@portcullis/contracts';
import type pg from 'pg';
import { beforeAll, expect, it } from 'vitest';
import { lockRows } from '../change-log/lock-rows.js';
import { testInstall } from '../testing/test-install.js';
import { addAgent } from '../testing/world.js';
import { isTokenActiveSql, tokenValues } from '../tokens/is-token-active.js';
import { standingOf } from '../tokens/standing.js';
import { closeConversation } from './close-conversation.js';

const install = testInstall();
const id = randomUUID();
const claims = { agent: 'bot', credential: 'cr_bot', jti: 'j', rev: 1, conversation: id } as AccessTokenClaims;
const person = { person: 'p', email: 'ada@example.com' };
const question = { agent: 'bot', credential: 'cr_bot', resource: 'http://localhost/desk/mcp', conversation: undefined };

beforeAll(async () => {
  await addAgent(install.pool, 'bot');
  await install.pool.query(
    `insert into conversation (id, agent_id, tasks, attributes, digests, opened_by, expires_at)
     select coalesce(case when n = 1 then $1::uuid end, gen_random_uuid()), 'bot', '{lookup}', '{}', '{}', 'spec', now() + interval '1 hour'
     from generate_series(1, 2000) n`,
    [id],
  );
  await install.pool.query('analyze conversation');
});

async function readSoFar(client: pg.PoolClient): Promise<number> {
  const { rows } = await client.query<{ read: string }>(
    `select seq_tup_read + idx_tup_fetch as read from pg_stat_xact_user_tables where relname = 'conversation'`,
  );
  return Number(rows[0]?.read);
}

/** Rows of conversations that were looked at. Records are kept for good, so nothing may look at all of them. */
async function lookedAt(work: (client: pg.PoolClient) => Promise<unknown>): Promise<number> {
  const client = await install.pool.connect();
  try {
    await client.query('begin');
    const before = await readSoFar(client);
    await work(client);
    return (await readSoFar(client)) - before;
  } finally {
    await client.query('rollback');
    client.release();
  }
}

it.each<[string, (client: pg.PoolClient) => Promise<unknown>]>([
  ['a lock of its row', (client) => lockRows(client, 'conversation', [id])],
  ['its close', (client) => closeConversation({ client, append: () => undefined }, id, person)],
  ['whether its token stands', (client) => client.query(`select ${isTokenActiveSql(1)}`, [...tokenValues(claims)])],
  ['a token made from its token', (client) => standingOf(client as never, { ...question, subject: claims })],
])('finds one conversation among many without looking at the others: %s', async (_what, work) => {
  expect(await lookedAt(work)).toBeLessThan(20);
});

it.each(['nothing', `${id} `, id.toUpperCase(), "' or true --", ''])('knows no conversation by %j', async (wrong) => {
  const found = await lookedAt(async (client) => {
    expect((await lockRows(client, 'conversation', [wrong])).size).toBe(0);
    await expect(closeConversation({ client, append: () => undefined }, wrong, person)).rejects.toMatchObject({
      code: 'not_found',
    });
  });
  expect(found).toBe(0);
});
