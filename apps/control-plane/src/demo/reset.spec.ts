import { randomUUID } from 'node:crypto';
import { readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import { engage } from '../kill-switch/engage.js';
import { readConfig, type Config } from '../platform/config.js';
import { testInstall, wideLimits } from '../testing/test-install.js';
import { addAgent, addServer, change } from '../testing/world.js';
import { resetDemo } from './reset.js';
import { seedDemo } from './seed.js';

const install = testInstall();
let config: Config;
beforeAll(() => {
  config = readConfig({
    DATABASE_URL: install.url,
    PORTCULLIS_DATA: install.data,
    PORTCULLIS_DEMO: 'on',
    PORTCULLIS_DEMO_PORT: '4100',
    PORTCULLIS_STATEMENT_TIMEOUT_MS: '10000',
  });
});

const secrets = () =>
  JSON.parse(readFileSync(join(install.data, 'demo.json'), 'utf8')) as {
    agents: Record<string, { clientSecret: string }>;
  };
const live = async () => {
  const { rows } = await install.pool.query<{ kind: string; n: number }>(
    `select kind, count(*)::int as n from change_latest where value is not null group by kind order by kind`,
  );
  return Object.fromEntries(rows.map((row) => [row.kind, row.n]));
};
const generation = async () =>
  (await install.pool.query<{ generation: number }>('select generation from change_counter')).rows[0]?.generation;
const demoObjects = { agent: 2, 'agent-status': 2, assignment: 2, credential: 2, grant: 7, server: 1, tool: 5 };

describe('the demo world', () => {
  it('is made once; a second run changes nothing', async () => {
    await seedDemo(config, install.pool);
    const revision = await install.revision();
    const first = secrets();
    await seedDemo(config, install.pool);
    expect(await live()).toEqual(demoObjects);
    expect(secrets().agents).toEqual(first.agents);
    expect(await install.revision()).toBe(revision);
    expect(statSync(join(install.data, 'demo.json')).mode & 0o777).toBe(0o600);
  });

  it('follows its port', async () => {
    const revision = await install.revision();
    await seedDemo({ ...config, ports: { ...config.ports, demo: 4101 } }, install.pool);
    const { rows } = await install.pool.query(`select resource from server where id = 'support-desk'`);
    expect(rows).toEqual([{ resource: 'http://localhost:4101/mcp' }]);
    expect(await install.revision()).toBe(revision + 1);
  });

  it('is rebuilt as a new generation, with nothing stopped and nothing of others touched', async () => {
    await addServer(install.pool, 'ours', 'prod');
    await addAgent(install.pool, 'ours');
    await change(install.pool, async ({ client, append }) => {
      const id = randomUUID();
      await client.query(
        `insert into conversation (id, agent_id, tasks, opened_by, expires_at) values ($1, 'cs-prod', '{lookup}', 'spec', to_timestamp(1))`,
        [id],
      );
      await client.query(
        `insert into token_revocation (jti, agent_id, revoked_by, expires_at) values ('token-1', 'cs-prod', 'spec', to_timestamp(1))`,
      );
      const rest = { user: null, attributes: {}, digests: [], credential: null };
      append('conversation', id, { agent: 'cs-prod', tasks: ['lookup'], status: 'open', expiresAt: 1000, ...rest });
      append('token-revocation', 'token-1', { agent: 'cs-prod', expiresAt: 1000 });
    });
    const stop = (scope: 'agent' | 'everything', target: string) =>
      engage(install.pool, { id: randomUUID(), scope, target, reason: '', person: 'spec' }, wideLimits);
    await stop('agent', 'cs-prod');
    await stop('agent', 'ours');
    await stop('everything', '');
    const [before, life] = [await install.revision(), await generation()];
    const old = secrets();
    const revision = await resetDemo(config, install.pool);
    const { rows } = await install.pool.query(`select scope, target from engagement order by scope, target`);
    expect(revision).toBe(before + 1);
    expect(await generation()).toBe(Number(life) + 1);
    expect(rows).toEqual([
      { scope: 'agent', target: 'ours' },
      { scope: 'everything', target: '' },
    ]);
    expect(await live()).toEqual({ ...demoObjects, server: 2, agent: 3, 'agent-status': 3, 'kill-switch': 2 });
    expect(secrets().agents['cs-prod']).not.toEqual(old.agents['cs-prod']);
  });

  it('is not rebuilt where the demo is off', async () => {
    const before = [await install.revision(), await live(), await generation()];
    await expect(resetDemo({ ...config, isDemo: false }, install.pool)).rejects.toMatchObject({ code: 'forbidden' });
    expect([await install.revision(), await live(), await generation()]).toEqual(before);
  });
});
