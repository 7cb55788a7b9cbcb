import { randomUUID } from 'node:crypto';
import { beforeAll, describe, expect, it } from 'vitest';
import { lockWaiters, pausedBeforeCommit } from '../testing/paused-commit.js';
import { testApi } from '../testing/test-api.js';
import { basic, giveSecret } from '../testing/test-token-server.js';
import { until } from '../testing/until.js';
import { addAgent, addServer, assign } from '../testing/world.js';

const api = testApi();
let secret: string;

beforeAll(async () => {
  await addServer(api.pool, 'desk', 'prod');
  await addAgent(api.pool, 'host');
  await assign(api.pool, 'x', 'host', 'support', 'prod');
});

/** An agent with a prepared credential, and a host whose credential opens its conversations. */
interface Scene {
  readonly agent: string;
  readonly prepared: string;
  readonly host: string;
  readonly conversation: string;
}

async function scene(): Promise<Scene> {
  const agent = `bot-${randomUUID()}`;
  await addAgent(api.pool, agent);
  const { prepareCredential } = await api.admin.get<{ prepareCredential: { credential: { id: string } } }>(
    'mutation ($input: IssueCredentialInput!) { prepareCredential(input: $input) { credential { id } } }',
    { input: { agent } },
  );
  await api.pool.query(`insert into agent_host (agent_id, host_id, set_by) values ($1, 'host', 'spec')`, [agent]);
  const host = `cr_${randomUUID()}`;
  secret = await giveSecret(api, 'host', host);
  return { agent, prepared: prepareCredential.credential.id, host, conversation: randomUUID() };
}

const by = (mutation: string, variables: object) =>
  api.admin.ask(`mutation ${mutation} { revision } }`, variables).then(({ code }) => code ?? 'done');

async function open({ agent, conversation: id }: Scene): Promise<string> {
  const answer = await fetch(`${api.config.publicUrl}/oauth/conversations`, {
    method: 'POST',
    headers: { ...basic('host', secret), 'content-type': 'application/json' },
    body: JSON.stringify({ id, agent, tasks: ['lookup'] }),
  });
  return answer.ok ? 'done' : ((await answer.json()) as { code: string }).code;
}

const steps = {
  'retire the agent': ({ agent }: Scene) => by('($id: ID!) { retireAgent(id: $id)', { id: agent }),
  prepare: ({ agent }: Scene) =>
    by('($input: IssueCredentialInput!) { prepareCredential(input: $input)', { input: { agent } }),
  activate: ({ prepared }: Scene) => by('($id: ID!) { activateCredential(id: $id)', { id: prepared }),
  taint: ({ prepared }: Scene) => by('($id: ID!) { taintCredential(id: $id)', { id: prepared }),
  'taint the host': ({ host }: Scene) => by('($id: ID!) { taintCredential(id: $id)', { id: host }),
  assign: ({ agent }: Scene) =>
    by('($input: AssignRoleInput!) { assignRole(input: $input)', {
      input: { agent, role: 'support', environment: 'prod' },
    }),
  open,
} as const;

/** What guards are told of it: status of agent and credentials, how many assignments, state of the conversation. */
async function told({ agent, conversation }: Scene): Promise<string> {
  const { rows } = await api.pool.query<{ kind: string; value: string }>(
    `select kind, value from change_latest where value is not null and (kind = 'agent-status' and object_id = $1
       or kind in ('credential', 'assignment') and value::json ->> 'agent' = $1 or kind = 'conversation' and object_id = $2)
     order by kind, value::json ->> 'status'`,
    [agent, conversation],
  );
  return rows
    .map(({ kind, value }) => `${kind} ${(JSON.parse(value) as { status?: string }).status ?? 'held'}`)
    .join(', ');
}

describe('P-B1 two writers, the second arriving before the first has committed', () => {
  it.each<[keyof typeof steps, keyof typeof steps, string, string]>([
    ['retire the agent', 'prepare', 'retired', 'agent-status retired, credential prepared'],
    ['prepare', 'retire the agent', 'done', 'agent-status retired, credential prepared, credential prepared'],
    ['retire the agent', 'activate', 'retired', 'agent-status retired, credential prepared'],
    ['activate', 'retire the agent', 'done', 'agent-status retired, credential active'],
    ['taint', 'activate', 'already_revoked', 'agent-status active, credential tainted'],
    ['activate', 'taint', 'done', 'agent-status active, credential tainted'],
    ['activate', 'activate', 'lifecycle_order', 'agent-status active, credential active'],
    ['retire the agent', 'assign', 'retired', 'agent-status retired, credential prepared'],
    ['assign', 'retire the agent', 'done', 'agent-status retired, assignment held, credential prepared'],
    ['assign', 'assign', 'already_exists', 'agent-status active, assignment held, credential prepared'],
    ['retire the agent', 'open', 'retired', 'agent-status retired, credential prepared'],
    ['open', 'retire the agent', 'done', 'agent-status retired, conversation open, credential prepared'],
    ['taint the host', 'open', 'conversation_refused', 'agent-status active, credential prepared'],
    ['open', 'taint the host', 'done', 'agent-status active, conversation closed, credential prepared'],
  ])('%s, then %s: %s', async (first, second, code, outcome) => {
    const here = await scene();
    const before = await api.revision();
    const [one, late] = await pausedBeforeCommit(
      api.pool,
      () => steps[first](here),
      async () => {
        const answer = steps[second](here);
        await until('the second at the lock of the first', async () => (await lockWaiters(api.pool)) === 2);
        return { answer };
      },
    );
    expect([one, await late.answer]).toEqual(['done', code]);
    await until(`guards to be told: ${outcome}; now: ${await told(here)}`, async () => (await told(here)) === outcome);
    const closed = outcome.includes('closed') ? 1 : 0;
    expect(await api.revision()).toBe(before + (code === 'done' ? 2 : 1) + closed);
  });

  it('taint and assignment of one agent do not wait for each other, and neither undoes the other', async () => {
    const here = await scene();
    const [one, other] = await pausedBeforeCommit(
      api.pool,
      () => steps.taint(here),
      async () => {
        const answer = steps.assign(here);
        await until('the second at the counter', async () => (await lockWaiters(api.pool)) === 2);
        return { answer };
      },
    );
    expect([one, await other.answer]).toEqual(['done', 'done']);
    expect(await told(here)).toBe('agent-status active, assignment held, credential tainted');
  });
});
