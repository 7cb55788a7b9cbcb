import pg from 'pg';
import { beforeAll, describe, expect, it } from 'vitest';
import { Refusal } from '../platform/refusal.js';
import { testInstall, wideLimits } from '../testing/test-install.js';
import { until } from '../testing/until.js';
import { addAgent } from '../testing/world.js';
import { runCommand } from './command.js';
import { standardLimits } from './limits.js';
import { lockRows } from './lock-rows.js';

const install = testInstall();
const limits = wideLimits;

const rename = (name: string) =>
  runCommand(
    install.pool,
    async ({ client, append }) => {
      await lockRows(client, 'agent', ['cs-prod']);
      await client.query(`update agent set name = $1 where id = 'cs-prod'`, [name]);
      append('agent', 'cs-prod', { name });
    },
    { limits },
  );

const suspend = (status: 'suspended' | 'active') =>
  runCommand(
    install.pool,
    async ({ client, append }) => {
      await lockRows(client, 'agent_status', ['cs-prod']);
      await client.query(`update agent_status set status = $1 where agent_id = 'cs-prod'`, [status]);
      append('agent-status', 'cs-prod', { status });
    },
    { limits },
  );

const latest = async (kind: string, id: string) =>
  (
    await install.pool.query<{ revision: string; value: string | null }>(
      `select revision, value from change_latest where kind = $1 and object_id = $2`,
      [kind, id],
    )
  ).rows[0];

const waiting = (text: string) =>
  until(`a session that waits for a lock in: ${text}`, async () => {
    const found = await install.pool.query(
      `select 1 from pg_stat_activity where datname = current_database() and wait_event_type = 'Lock' and query like $1`,
      [`%${text}%`],
    );
    return found.rowCount !== 0;
  });

beforeAll(async () => {
  await addAgent(install.pool, 'cs-prod');
});

describe('a command', () => {
  it('raises the revision by exactly one and writes history and latest value alike', async () => {
    const before = await install.revision();
    const { revision } = await rename('Customer support');
    expect(revision).toBe(before + 1);
    expect(await latest('agent', 'cs-prod')).toEqual({
      revision: String(revision),
      value: '{"name":"Customer support"}',
    });
    const history = await install.pool.query(`select kind, object_id, value from change_history where revision = $1`, [
      revision,
    ]);
    expect(history.rows).toEqual([{ kind: 'agent', object_id: 'cs-prod', value: '{"name":"Customer support"}' }]);
  });

  it('leaves tables and revision as they were when it refuses after writing', async () => {
    const before = [await install.revision(), await latest('agent', 'cs-prod')];
    const refused = runCommand(
      install.pool,
      async ({ client, append }) => {
        await client.query(`update agent set name = 'other' where id = 'cs-prod'`);
        append('agent', 'cs-prod', { name: 'other' });
        throw new Refusal('conflict', 'no');
      },
      { limits },
    );
    await expect(refused).rejects.toMatchObject({ code: 'conflict' });
    expect([await install.revision(), await latest('agent', 'cs-prod')]).toEqual(before);
    const kept = await install.pool.query<{ name: string }>(`select name from agent where id = 'cs-prod'`);
    expect(kept.rows[0]?.name).toBe('Customer support');
  });

  it('gives the revision in force when it appends nothing', async () => {
    const before = await install.revision();
    const result = await runCommand(install.pool, async () => 'read', { limits });
    expect(result).toEqual({ value: 'read', revision: before });
    expect(await install.revision()).toBe(before);
  });

  it('refuses a value that its schema refuses, and writes nothing', async () => {
    const before = await install.revision();
    const wrong = runCommand(
      install.pool,
      async ({ append }) => append('agent-status', 'cs-prod', { status: 'gone' as never }),
      { limits },
    );
    await expect(wrong).rejects.toThrow();
    expect(await install.revision()).toBe(before);
  });

  it('P-B2 refuses more than 500 changes in one revision', async () => {
    const before = await install.revision();
    const many = runCommand(
      install.pool,
      async ({ append }) => {
        for (let i = 0; i <= 500; i++) append('agent', `a${i}`, { name: 'x' });
      },
      { limits },
    );
    await expect(many).rejects.toThrow(RangeError);
    expect(await install.revision()).toBe(before);
  });

  it('keeps text with quotes, backslashes and other scripts to the byte', async () => {
    const name = `O'Reilly \\ "quoted" ✓ 漢字; commit; --`;
    await rename(name);
    expect((await latest('agent', 'cs-prod'))?.value).toBe(JSON.stringify({ name }));
  });

  it('runs on a client that somebody else opened, as a query runner does', async () => {
    const before = await install.revision();
    const client = await install.pool.connect();
    const { revision } = await runCommand(
      client,
      async ({ append }) => append('agent', 'cs-prod', { name: 'by client' }),
      { limits },
    );
    client.release();
    expect(revision).toBe(before + 1);
  });

  it('is retried after a deadlock, so that both commands succeed', async () => {
    await addAgent(install.pool, 'left');
    await addAgent(install.pool, 'right');
    const before = await install.revision();
    let arrived = 0;
    const crossing = (first: string, second: string) =>
      runCommand(
        install.pool,
        async ({ client, append }) => {
          await client.query(`select 1 from agent where id = $1 for update`, [first]);
          arrived++;
          if (arrived <= 2) await until('the other command', () => arrived >= 2);
          await client.query(`select 1 from agent where id = $1 for update`, [second]);
          append('agent', first, { name: first });
        },
        { limits },
      );
    const both = await Promise.all([crossing('left', 'right'), crossing('right', 'left')]);
    expect(both.map((result) => result.revision).sort((a, b) => a - b)).toEqual([before + 1, before + 2]);
  });
});

describe('P-B1 no reduction is lost', () => {
  it.each([
    ['rename first', () => rename('Renamed'), () => suspend('suspended')],
    ['suspend first', () => suspend('suspended'), () => rename('Renamed')],
  ])('rename against suspend, %s: the agent ends renamed and suspended', async (_order, first, second) => {
    await rename('Before');
    await suspend('active');
    const before = await install.revision();
    const gap = await install.pool.connect();
    await gap.query('begin; select 1 from change_counter for update');
    const one = first();
    await waiting('portcullis_append');
    const two = second();
    await until('both commands at the counter', async () => {
      const found = await install.pool.query(
        `select 1 from pg_stat_activity where datname = current_database() and wait_event_type = 'Lock'`,
      );
      return found.rowCount === 2;
    });
    await gap.query('rollback');
    gap.release();
    const revisions = [(await one).revision, (await two).revision].sort((a, b) => a - b);
    expect(revisions).toEqual([before + 1, before + 2]);
    expect((await latest('agent-status', 'cs-prod'))?.value).toBe('{"status":"suspended"}');
    expect((await latest('agent', 'cs-prod'))?.value).toBe('{"name":"Renamed"}');
  });

  const retire = () =>
    runCommand(
      install.pool,
      async ({ client, append }) => {
        await lockRows(client, 'agent_status', ['gone']);
        await client.query(`update agent_status set status = 'retired' where agent_id = 'gone'`);
        append('agent-status', 'gone', { status: 'retired' });
      },
      { limits },
    );
  const issue = (id: string) =>
    runCommand(
      install.pool,
      async ({ client, append }) => {
        const locked = await lockRows<{ status: string }>(client, 'agent_status', ['gone']);
        if (locked.get('gone')?.status === 'retired') throw new Refusal('retired', 'the agent is retired');
        await client.query(
          `insert into credential (id, agent_id, prefix, secret_hash, created_by) values ($1, 'gone', 'p', 'h', 'spec')`,
          [id],
        );
        append('credential', id, { agent: 'gone', status: 'active', expiresAt: null });
      },
      { limits },
    );

  it('issue against retire: what comes second sees what came first', async () => {
    await addAgent(install.pool, 'gone');
    const gap = await install.pool.connect();
    await gap.query('begin; select 1 from change_counter for update');
    const retired = retire();
    await waiting('portcullis_append');
    const late = expect(issue('late')).rejects.toMatchObject({ code: 'retired' });
    await waiting('from agent_status');
    await gap.query('rollback');
    gap.release();
    await Promise.all([retired, late]);
    expect(await latest('credential', 'late')).toBeUndefined();
    expect((await latest('agent-status', 'gone'))?.value).toBe('{"status":"retired"}');
  });

  it('retire against issue: the retirement waits for the credential and is newer than it', async () => {
    await install.pool.query(`update agent_status set status = 'active' where agent_id = 'gone'`);
    const gap = await install.pool.connect();
    await gap.query('begin; select 1 from change_counter for update');
    const issued = issue('early');
    await waiting('portcullis_append');
    const retired = retire();
    await waiting('from agent_status');
    await gap.query('rollback');
    gap.release();
    expect((await retired).revision).toBeGreaterThan((await issued).revision);
    expect((await latest('agent-status', 'gone'))?.value).toBe('{"status":"retired"}');
  });
});

describe('P-B2 the counter is held for one round trip', () => {
  it('sends counter, changes, NOTIFY and COMMIT as one message', async () => {
    const client = new pg.Client({ connectionString: install.url });
    await client.connect();
    const sent: string[] = [];
    const query = client.query.bind(client) as (...args: unknown[]) => Promise<unknown>;
    Object.assign(client, {
      query: (...args: unknown[]) => {
        sent.push(String(args[0]));
        return query(...args);
      },
    });
    await runCommand(client, async ({ append }) => append('agent', 'cs-prod', { name: 'one trip' }), { limits });
    await client.end();
    expect(sent).toHaveLength(2);
    expect(sent[0]).toMatch(/^begin/);
    expect(sent[1]).toMatch(
      /set local statement_timeout = .*set local idle_in_transaction_session_timeout = .*portcullis_append.*; commit$/s,
    );
  });

  it('a kill does not wait for the counter longer than its limit, and leaves nothing', async () => {
    const before = await install.revision();
    const gap = await install.pool.connect();
    await gap.query('begin; select 1 from change_counter for update');
    const started = performance.now();
    const kill = runCommand(install.pool, async ({ append }) => append('agent', 'cs-prod', { name: 'kill' }), {
      limits: standardLimits,
      isKill: true,
    });
    await expect(kill).rejects.toMatchObject({ code: '55P03' });
    const waitedMs = performance.now() - started;
    await gap.query('rollback');
    gap.release();
    expect(waitedMs).toBeGreaterThan(40);
    expect(waitedMs).toBeLessThan(900);
    expect(await install.revision()).toBe(before);
  });

  it('a command waits no longer than the statement limit', async () => {
    const before = await install.revision();
    const gap = await install.pool.connect();
    await gap.query('begin; select 1 from change_counter for update');
    const slow = runCommand(install.pool, async ({ append }) => append('agent', 'cs-prod', { name: 'slow' }), {
      limits: { ...limits, statementTimeoutMs: 100 },
    });
    await expect(slow).rejects.toMatchObject({ code: '57014' });
    await gap.query('rollback');
    gap.release();
    expect(await install.revision()).toBe(before);
  });

  it('visible numbers have no hole, however many commands are refused between them', async () => {
    const from = await install.revision();
    const outcomes = await Promise.allSettled(
      Array.from({ length: 40 }, (_, i) =>
        runCommand(
          install.pool,
          async ({ append }) => {
            append('agent', `n${i}`, { name: 'n' });
            if (i % 3 === 0) throw new Refusal('conflict', 'no');
          },
          { limits },
        ),
      ),
    );
    const revisions = outcomes
      .flatMap((outcome) => (outcome.status === 'fulfilled' ? [Number(outcome.value.revision)] : []))
      .sort((a, b) => a - b);
    expect(revisions).toEqual(Array.from({ length: 26 }, (_, i) => from + 1 + i));
    const written = await install.pool.query<{ revision: string }>(
      `select distinct revision from change_history where revision > $1 order by revision`,
      [from],
    );
    expect(written.rows.map((row) => Number(row.revision))).toEqual(revisions);
  });
});
