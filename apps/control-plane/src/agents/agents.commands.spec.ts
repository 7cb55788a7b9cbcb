import pg from 'pg';
import { beforeAll, describe, expect, it } from 'vitest';
import { testApi } from '../testing/test-api.js';
import { until } from '../testing/until.js';

const act = (name: string) => `mutation ($id: ID!) { ${name}(id: $id) { revision agent { id status } } }`;
const create =
  'mutation ($input: CreateAgentInput!) { createAgent(input: $input) { revision agent { id name status owner { email } } } }';
const rename =
  'mutation ($input: RenameAgentInput!) { renameAgent(input: $input) { revision agent { name description } } }';
const issue =
  'mutation ($input: IssueCredentialInput!) { issueCredential(input: $input) { revision secret credential { id prefix status } tokenUrl } }';
const revoke = 'mutation ($id: ID!) { revokeCredential(id: $id) { revision } }';

describe('agents and their credentials', () => {
  const api = testApi();
  beforeAll(async () => {
    for (const id of ['bot', 'old']) await api.admin.get(create, { input: { id, name: id } });
    await api.admin.get(act('retireAgent'), { id: 'old' });
  });

  /** Everything these commands can write, and everything guards were told. */
  async function world(): Promise<unknown> {
    const read = async (query: string) => (await api.pool.query(query)).rows;
    return {
      agents: await read('select * from agent order by id'),
      statuses: await read('select * from agent_status order by agent_id'),
      credentials: await read('select * from credential order by id'),
      revocations: await read('select * from credential_revocation order by credential_id'),
      told: await read('select * from change_latest order by kind, object_id'),
      revision: await api.revision(),
    };
  }
  const told = async (kind: string, id: string) => {
    const found = await api.pool.query<{ value: string; revision: string }>(
      'select value, revision from change_latest where kind = $1 and object_id = $2',
      [kind, id],
    );
    const [row] = found.rows;
    return row && { value: JSON.parse(row.value) as unknown, revision: Number(row.revision) };
  };

  it('are made with their status, owned by who made them', async () => {
    const { createAgent } = await api.admin.get<{ createAgent: { revision: number } }>(create, {
      input: { id: 'new-bot', name: 'New' },
    });
    expect(createAgent).toMatchObject({
      agent: { id: 'new-bot', name: 'New', status: 'active', owner: { email: 'ada@example.org' } },
    });
    expect(await told('agent', 'new-bot')).toEqual({ value: { name: 'New' }, revision: createAgent.revision });
    expect(await told('agent-status', 'new-bot')).toEqual({
      value: { status: 'active' },
      revision: createAgent.revision,
    });
  });

  it('a suspension cuts tokens off at its own revision, and a resumption does not bring them back', async () => {
    const { suspendAgent } = await api.admin.get<{ suspendAgent: { revision: number } }>(act('suspendAgent'), {
      id: 'new-bot',
    });
    expect(await told('cut-off', 'new-bot')).toEqual({ value: { agent: 'new-bot' }, revision: suspendAgent.revision });
    expect(await told('agent-status', 'new-bot')).toEqual({
      value: { status: 'suspended' },
      revision: suspendAgent.revision,
    });
    const { resumeAgent } = await api.admin.get<{ resumeAgent: { revision: number } }>(act('resumeAgent'), {
      id: 'new-bot',
    });
    expect(await told('agent-status', 'new-bot')).toEqual({
      value: { status: 'active' },
      revision: resumeAgent.revision,
    });
    expect((await told('cut-off', 'new-bot'))?.revision).toBe(suspendAgent.revision);
  });

  it('a secret is shown once, kept as a hash, and told to guards without either', async () => {
    const { issueCredential } = await api.admin.get<{
      issueCredential: { secret: string; tokenUrl: string; credential: { id: string; prefix: string } };
    }>(issue, { input: { agent: 'bot' } });
    const { secret, credential } = issueCredential;
    expect(secret).toMatch(/^pcs_[A-Za-z0-9_-]{43}$/);
    expect(secret.startsWith(credential.prefix)).toBe(true);
    expect(issueCredential.tokenUrl).toBe(`${api.config.publicUrl}/oauth/token`);
    expect(JSON.stringify(await world())).not.toContain(secret);
    expect((await told('credential', credential.id))?.value).toEqual({
      agent: 'bot',
      status: 'active',
      expiresAt: null,
    });
    const { revokeCredential } = await api.admin.get<{ revokeCredential: { revision: number } }>(revoke, {
      id: credential.id,
    });
    expect(await told('credential', credential.id)).toEqual({
      value: { agent: 'bot', status: 'revoked', expiresAt: null },
      revision: revokeCredential.revision,
    });
    const again = await api.admin.ask(revoke, { id: credential.id });
    expect(again.code).toBe('already_revoked');
  });

  it.each<[string, string, object, string]>([
    ['an agent that exists', create, { input: { id: 'bot', name: 'x' } }, 'already_exists'],
    ['an id that is no slug', create, { input: { id: 'Not A Slug', name: 'x' } }, 'input_invalid'],
    ['a name of spaces', create, { input: { id: 'spaces', name: '  ' } }, 'input_invalid'],
    ['renaming nobody', rename, { input: { id: 'nobody', name: 'x' } }, 'not_found'],
    ['suspending nobody', act('suspendAgent'), { id: 'nobody' }, 'not_found'],
    ['resuming who is active', act('resumeAgent'), { id: 'bot' }, 'conflict'],
    ['resuming who is retired', act('resumeAgent'), { id: 'old' }, 'retired'],
    ['suspending who is retired', act('suspendAgent'), { id: 'old' }, 'retired'],
    ['retiring who is retired', act('retireAgent'), { id: 'old' }, 'retired'],
    ['a credential for who is retired', issue, { input: { agent: 'old' } }, 'retired'],
    ['a credential for nobody', issue, { input: { agent: 'nobody' } }, 'not_found'],
    ['a credential that has ended already', issue, { input: { agent: 'bot', expiresAt: 1000 } }, 'input_invalid'],
    ['a credential until never', issue, { input: { agent: 'bot', expiresAt: -1 } }, 'input_invalid'],
    ['revoking nothing', revoke, { id: 'cr_none' }, 'not_found'],
  ])('refuses %s, and leaves everything as it was', async (_what, mutation, variables, code) => {
    const before = await world();
    expect((await api.admin.ask(mutation, variables)).code).toBe(code);
    expect(await world()).toEqual(before);
  });

  describe('P-B1 two writers interleaved', () => {
    /** Holds a row while `work` starts, lets go once it waits for the lock, and gives its answer. */
    async function whileHeld<T>(statement: string, id: string, work: () => Promise<T>): Promise<T> {
      const holder = new pg.Client({ connectionString: api.url });
      await holder.connect();
      try {
        await holder.query('begin');
        await holder.query(statement, [id]);
        const answer = work();
        await until(
          'the other writer at the lock',
          async () =>
            (await api.pool.query('select 1 from pg_stat_activity where wait_event_type = $1', ['Lock'])).rowCount ===
            1,
        );
        await holder.query('commit');
        return await answer;
      } finally {
        await holder.end();
      }
    }

    it('an issue that meets a retirement waits for it and is refused', async () => {
      await api.admin.get(create, { input: { id: 'leaving', name: 'x' } });
      const answer = await whileHeld(`update agent_status set status = 'retired' where agent_id = $1`, 'leaving', () =>
        api.admin.ask(issue, { input: { agent: 'leaving' } }),
      );
      expect(answer.code).toBe('retired');
      expect((await api.pool.query(`select 1 from credential where agent_id = 'leaving'`)).rowCount).toBe(0);
    });

    it('a resumption that meets a retirement cannot undo it', async () => {
      await api.admin.get(create, { input: { id: 'paused', name: 'x' } });
      await api.admin.get(act('suspendAgent'), { id: 'paused' });
      const answer = await whileHeld(`update agent_status set status = 'retired' where agent_id = $1`, 'paused', () =>
        api.admin.ask(act('resumeAgent'), { id: 'paused' }),
      );
      expect(answer.code).toBe('retired');
      expect((await told('agent-status', 'paused'))?.value).toEqual({ status: 'suspended' });
    });

    it('a rename beside a suspension loses neither', async () => {
      await api.admin.get(create, { input: { id: 'busy', name: 'Before' } });
      const before = await api.revision();
      await Promise.all([
        api.admin.get(rename, { input: { id: 'busy', name: 'After' } }),
        api.admin.get(act('suspendAgent'), { id: 'busy' }),
      ]);
      expect((await told('agent', 'busy'))?.value).toEqual({ name: 'After' });
      expect((await told('agent-status', 'busy'))?.value).toEqual({ status: 'suspended' });
      expect(await api.revision()).toBe(before + 2);
    });
  });
});
