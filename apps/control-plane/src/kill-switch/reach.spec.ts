import type { KillSwitchScope } from '@portcullis/contracts';
import { beforeAll, describe, expect, it } from 'vitest';
import { testInstall } from '../testing/test-install.js';
import { addAgent, addServer, assign } from '../testing/world.js';
import { reachOf } from './reach.js';

describe('what a kill switch would stop', () => {
  const install = testInstall();
  beforeAll(async () => {
    const { pool } = install;
    await addServer(pool, 'desk', 'prod');
    await addServer(pool, 'lab', 'staging');
    for (const id of ['bot', 'other']) await addAgent(pool, id);
    await assign(pool, 'x1', 'bot', 'support', 'prod');
    await assign(pool, 'x2', 'other', 'research', 'staging');
    await pool.query(`insert into tool (id, server_id, name, classes) values
      ('desk/refund', 'desk', 'refund', '{payments}'), ('desk/read', 'desk', 'read', '{read}'), ('lab/wipe', 'lab', 'wipe', '{}')`);
    await pool.query(
      `insert into decision (position, id, guard_id, boot, server_id, at, received_at, agent, role, tool, outcome, revision, arguments_hash, result)
       values (1, 'a', 'g', gen_random_uuid(), 'desk', now(), now(), 'bot', 'support', 'refund', 'allow', 1, 'h', null),
              (2, 'b', 'g', gen_random_uuid(), 'desk', now(), now(), 'bot', 'support', 'read', 'allow', 1, 'h', 'ok'),
              (3, 'c', 'g', gen_random_uuid(), 'lab', now(), now() - interval '5 minutes', 'other', 'research', 'wipe', 'deny', 1, 'h', null)`,
    );
  });

  it.each<[KillSwitchScope, string, number, number, number, number, number, boolean]>([
    ['everything', '', 2, 2, 3, 2, 1, true],
    ['environment', 'prod', 1, 1, 2, 2, 1, true],
    ['environment', 'moon', 0, 0, 0, 0, 0, false],
    ['server', 'lab', 1, 1, 1, 0, 0, true],
    ['tool', 'desk/refund', 1, 1, 1, 1, 1, true],
    ['tool-class', 'payments', 1, 1, 1, 1, 1, true],
    ['tool-class', 'destructive', 1, 1, 1, 0, 0, true],
    ['agent', 'bot', 1, 1, 2, 2, 1, true],
    ['agent', 'nobody', 0, 0, 0, 0, 0, false],
    ['role', 'research', 1, 1, 1, 0, 0, true],
    ['user', 'bot ana', 1, 0, 0, 0, 0, true],
  ])('%s %s', async (scope, target, agents, servers, tools, callsLastMinute, inFlight, resolves) => {
    expect(await reachOf(install.pool, scope, target)).toEqual({
      agents,
      servers,
      tools,
      callsLastMinute,
      inFlight,
      resolves,
    });
  });
});
