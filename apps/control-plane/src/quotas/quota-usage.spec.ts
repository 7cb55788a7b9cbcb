import { bucketText, windowStart } from '@portcullis/contracts';
import { beforeAll, describe, expect, it } from 'vitest';
import { testApi } from '../testing/test-api.js';
import { addServer } from '../testing/world.js';

const api = testApi();
const obligations = [
  { kind: 'quota', per: 'agent', window: 'hour', amount: { path: 'amount', max: 1000 } },
  { kind: 'quota', per: 'user', window: 'day', calls: 5 },
];
const query = `query($grant: ID!, $past: Boolean!) { quotaUsage(grant: $grant, past: $past) {
  grant what text obligation agent user conversation from until limit used shares { guard server used held reportedAt }
} }`;
const ofAgent = async (agent: string) =>
  (
    await api.admin.get<{ agentQuotaUsage: { grant: string; agent: string | null; used: number }[] }>(
      'query($agent: ID!) { agentQuotaUsage(agent: $agent) { grant agent used } }',
      { agent },
    )
  ).agentQuotaUsage;
const reportedAt = Date.UTC(2026, 0, 5);
const usage = async (grant: string, past = false) =>
  (await api.admin.get<{ quotaUsage: unknown[] }>(query, { grant, past })).quotaUsage;

async function counted(
  bucket: string,
  hoursAgo: number,
  share: { handed: number; spent: number },
  grant = 'g1',
): Promise<number> {
  const from = windowStart('hour', Date.now()) - hoursAgo * 3_600_000;
  await api.pool.query(
    `insert into quota_budget (bucket, window_start, window_end, grant_id, held, spent) values ($1, to_timestamp($2 / 1000.0), to_timestamp($2 / 1000.0) + interval '1 hour', $5, $3, $4)`,
    [bucket, from, share.handed, share.spent, grant],
  );
  await api.pool.query(
    `insert into quota_share (bucket, window_start, guard_id, handed, returned, spent) values ($1, to_timestamp($2 / 1000.0), 'gd_1', $3, 0, $4)`,
    [bucket, from, share.handed, share.spent],
  );
  return from;
}

beforeAll(async () => {
  await addServer(api.pool, 'desk', 'prod');
  await api.pool.query(`insert into role (id, name) values ('support', 'Support')`);
  await api.pool.query(
    `insert into grants (id, role_id, environment_id, tool_class, task, obligations, created_by) values ('g1', 'support', 'prod', 'payments', 'execute', $1, 'spec'), ('g2', 'support', 'prod', 'payments', 'execute', '[]', 'spec')`,
    [JSON.stringify(obligations)],
  );
  await api.pool.query(`insert into guard (id, server_id, public_jwk) values ('gd_1', 'desk', '{}')`);
  for (const day of [0, 5])
    await api.pool.query(
      `insert into guard_boot (guard_id, boot, last_report_at) values ('gd_1', gen_random_uuid(), to_timestamp($1))`,
      [Date.UTC(2026, 0, day) / 1000],
    );
});

describe('the usage of a quota', () => {
  it('says limit, used and what each guard holds, in amounts and calls; windows that are over only when asked', async () => {
    const amount = bucketText(['g1', 'amount amount', 'hour', 'agent', 'cs-prod', null]);
    const from = await counted(amount, 0, { handed: 5_000_000, spent: 1_000_100 });
    await counted(amount, 3, { handed: 10, spent: 10 });
    await counted(bucketText(['g1', 'calls', 'day', 'user', null, 'okta:ada']), 0, { handed: 0, spent: 3 });
    await counted(bucketText(['g1', 'calls', 'minute', 'user', null, 'okta:ada']), 0, { handed: 0, spent: 3 });

    const now = await usage('g1');
    expect(now).toEqual([
      {
        ...{ grant: 'g1', what: 'payments', text: 'amount at most 1000 an hour per agent' },
        ...{ obligation: 0, agent: 'cs-prod', user: null, conversation: null, limit: 1000, used: 100.01 },
        ...{ from, until: from + 3_600_000 },
        shares: [{ guard: 'gd_1', server: 'desk', used: 100.01, held: 399.99, reportedAt }],
      },
      expect.objectContaining({
        ...{ obligation: 1, agent: null, user: 'okta:ada', conversation: null, limit: 5, used: 3 },
        shares: [{ guard: 'gd_1', server: 'desk', used: 3, held: 0, reportedAt }],
      }),
    ]);
    expect(await usage('g1', true)).toHaveLength(3);
    expect(await usage('g2')).toEqual([]);
  });

  it('of an agent is what is counted for it under live grants, and nobody else’s', async () => {
    const bucket = bucketText(['g3', 'calls', 'hour', 'conversation', 'lone', 'c-1']);
    const quotas = JSON.stringify([{ kind: 'quota', per: 'conversation', window: 'hour', calls: 5 }]);
    await api.pool.query(
      `insert into grants (id, role_id, environment_id, tool_class, task, obligations, created_by) values ('g3', 'support', 'prod', 'payments', 'execute', $1, 'spec')`,
      [quotas],
    );
    await counted(bucket, 0, { handed: 0, spent: 2 }, 'g3');
    await counted(bucket, 3, { handed: 0, spent: 5 }, 'g3');
    expect(await ofAgent('lone')).toEqual([{ grant: 'g3', agent: 'lone', used: 2 }]);
    expect(await ofAgent('nobody')).toEqual([]);
    await api.pool.query(`update grants set revoked_at = now() where id = 'g3'`);
    expect(await ofAgent('lone')).toEqual([]);
  });

  it('of a grant that is not there is refused', async () => {
    const { errors } = await api.admin.ask(query, { grant: 'nobody', past: false });
    expect(errors).toMatchObject([{ extensions: { code: 'not_found' } }]);
  });
});
