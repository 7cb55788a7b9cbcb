import { beforeAll, describe, expect, it } from 'vitest';
import { testApi } from '../testing/test-api.js';

const everything = `{ agents { id name status owner { id } credentials { id status } assignments { role environment } lastDecisionAt deniedLastDay stoppedBy { id } } }`;
const many = 10_000;

interface Row {
  readonly credentials: unknown[];
  readonly assignments: unknown[];
  readonly stoppedBy: unknown[];
}

describe('ten thousand agents', () => {
  const api = testApi();
  beforeAll(async () => {
    await api.pool.query(`insert into environment (id, name) values ('prod', 'Prod')`);
    await api.pool.query(`insert into role (id, name) values ('support', 'Support')`);
    await api.pool.query(`insert into agent (id, name) select 'a-' || n, 'Agent ' || n from generate_series(1, $1) n`, [
      many,
    ]);
    await api.pool.query(
      `insert into agent_status (agent_id, status, changed_by) select id, 'active', 'spec' from agent`,
    );
    await api.pool.query(
      `insert into credential (id, agent_id, prefix, secret_hash, created_by) select 'cr-' || id, id, 'pcs_', '', 'spec' from agent`,
    );
    await api.pool.query(
      `insert into assignment (id, agent_id, role_id, environment_id, created_by) select 'as-' || id, id, 'support', 'prod', 'spec' from agent`,
    );
    await api.pool.query('analyze');
    await api.admin.get(
      `mutation { engageKillSwitch(input: { id: "5d2c1d2e-32a4-4d6a-9b39-0f1f5a7f5b10", scope: role, target: "support" }) { revision } }`,
    );
  });

  it('are read whole, in one query a part', async () => {
    const start = performance.now();
    const { agents } = await api.admin.get<{ agents: Row[] }>(everything);
    expect(agents).toHaveLength(many);
    expect(
      agents.every(
        (agent) => agent.credentials.length === 1 && agent.assignments.length === 1 && agent.stoppedBy.length === 1,
      ),
    ).toBe(true);
    expect(performance.now() - start).toBeLessThan(8000);
  });
});
