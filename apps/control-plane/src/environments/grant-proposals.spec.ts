import { beforeAll, describe, expect, it } from 'vitest';
import { testApi } from '../testing/test-api.js';

const query = `query ($environment: ID!) { grantProposals(environment: $environment) { since until
  wouldDeny { outcome reason calls } proposals { role toolId classes task calls agents agentCount firstAt lastAt } } }`;

interface Seen {
  readonly tool: string;
  readonly agent?: string;
  readonly role?: string;
  readonly task?: string;
  readonly reason?: string | null;
  readonly outcome?: string;
  readonly ago?: string;
}

interface Proposals {
  readonly since: number | null;
  readonly until: number | null;
  readonly wouldDeny: readonly object[];
  readonly proposals: readonly { toolId: string; task: string; calls: number; firstAt: number; lastAt: number }[];
}

describe('what an observation proposes', () => {
  const api = testApi();
  const make = (mutation: string) => api.admin.get(`mutation { ${mutation} { revision } }`);
  const proposed = async (environment = 'prod') =>
    (await api.admin.get<{ grantProposals: Proposals }>(query, { environment })).grantProposals;
  let position = 0;
  const seen = ({ tool, agent = 'bot', role = 'support', task = 'lookup', ago = '1 minute', ...rest }: Seen) => {
    const reason = rest.reason === undefined ? 'no_grant' : rest.reason;
    position += 1;
    return api.pool.query(
      `insert into decision (position, id, guard_id, boot, server_id, at, agent, role, task, tool, outcome, revision, arguments_hash,
         observed_outcome, observed_reason, observed_detail)
       values ($1::bigint, 'd-' || $1::text, 'g', '00000000-0000-4000-8000-000000000000', 'desk', now() - $2::interval, $3, $4, $5, $6, 'allow', 1,
         'h', $7, $8, case when $8::text is null then null else 'amount 4242 is too much' end)`,
      [position, ago, agent, role, task, tool, reason === null ? null : (rest.outcome ?? 'deny'), reason],
    );
  };

  beforeAll(async () => {
    await make('createEnvironment(input: { id: "prod", name: "Prod" })');
    await make('createEnvironment(input: { id: "quiet", name: "Quiet" })');
    await make('createRole(input: { id: "support", name: "Support" })');
    await make(
      'createServer(input: { id: "desk", name: "Desk", environment: "prod", resource: "http://localhost/mcp" })',
    );
    for (const [name, classes] of [
      ['list', '["read"]'],
      ['update', '["write"]'],
      ['granted', '["read"]'],
      ['purge', '[]'],
      ['wipe', '["write", "destructive"]'],
    ])
      await make(`registerTool(input: { server: "desk", name: "${name}", classes: ${classes} })`);
    await make('createGrant(input: { role: "support", environment: "prod", toolId: "desk/granted", task: update })');
    await make('observeEnvironment(input: { id: "prod", days: 3, reason: "to learn" })');
    await api.pool.query(
      `update observation set started_at = now() - interval '1 hour', observe_until = now() + interval '1 hour'`,
    );
    for (const call of [
      ...['bot', 'aide', 'bot'].map((agent) => ({ tool: 'list', agent })),
      { tool: 'update', task: 'update' },
      { tool: 'update', task: 'update', ago: '10 minutes' },
      { tool: 'granted', task: 'execute' },
      { tool: 'granted', task: 'lookup' },
      { tool: 'purge' },
      { tool: 'wipe' },
      { tool: 'brewed' },
      { tool: 'list', role: 'gone' },
      { tool: 'list', reason: null },
      { tool: 'list', reason: 'constraint' },
      { tool: 'update', reason: 'approval_required', outcome: 'hold' },
      { tool: 'list', ago: '2 hours' },
    ])
      await seen(call);
  });

  it('is a grant by role, tool and task for what none gave, the most frequent first, and no value of any parameter', async () => {
    const { proposals, since, until } = await proposed();
    expect(proposals.map(({ firstAt: _first, lastAt: _last, ...rest }) => rest)).toEqual([
      {
        ...{ role: 'support', toolId: 'desk/list', classes: ['read'], task: 'lookup', calls: 3 },
        ...{ agents: ['aide', 'bot'], agentCount: 2 },
      },
      {
        ...{ role: 'support', toolId: 'desk/update', classes: ['write'], task: 'update', calls: 2 },
        ...{ agents: ['bot'], agentCount: 1 },
      },
      {
        ...{ role: 'support', toolId: 'desk/granted', classes: ['read'], task: 'lookup', calls: 1 },
        ...{ agents: ['bot'], agentCount: 1 },
      },
    ]);
    expect((proposals[1]?.lastAt ?? 0) - (proposals[1]?.firstAt ?? 0)).toBeGreaterThan(500_000);
    expect([since, until].every((at) => at !== null)).toBe(true);
    expect(JSON.stringify(await proposed())).not.toContain('4242');
  });

  it('comes with everything that was only recorded, by cause', async () => {
    expect((await proposed()).wouldDeny).toEqual([
      { outcome: 'deny', reason: 'no_grant', calls: 11 },
      { outcome: 'hold', reason: 'approval_required', calls: 1 },
      { outcome: 'deny', reason: 'constraint', calls: 1 },
    ]);
  });

  it('is gone once it is granted, and stays to be read after the observation', async () => {
    await make('createGrant(input: { role: "support", environment: "prod", toolId: "desk/list", task: lookup })');
    const left = async () => (await proposed()).proposals.map(({ toolId, task }) => `${toolId} ${task}`);
    expect(await left()).toEqual(['desk/update update', 'desk/granted lookup']);
    await make('enforceEnvironment(id: "prod")');
    expect(await left()).toEqual(['desk/update update', 'desk/granted lookup']);
    await make('createGrant(input: { role: "support", environment: "prod", toolClass: "write", task: lookup })');
    expect(await left()).toEqual(['desk/granted lookup']);
  });

  it('is nothing where nothing was observed, and refused where there is nothing', async () => {
    expect(await proposed('quiet')).toEqual({ since: null, until: null, wouldDeny: [], proposals: [] });
    expect((await api.admin.ask(query, { environment: 'moon' })).code).toBe('not_found');
    expect((await api.visitor().ask(query, { environment: 'prod' })).code).toBe('unauthenticated');
  });
});
