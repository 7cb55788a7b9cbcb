import { createHash, randomUUID } from 'node:crypto';
import type { FullRecord, RecordSide } from '@portcullis/contracts';
import { beforeAll, describe, expect, it } from 'vitest';
import { sweep } from '../database/sweep.js';
import { fullRecordName } from '../reports/keep-full-records.js';
import { seal } from '../keys/seal.js';
import { adminSignIn, testApi } from '../testing/test-api.js';
import type { TestGuard } from '../testing/test-guard.js';
import { testLink } from '../testing/test-link.js';
import type { TestPerson } from '../testing/test-person.js';
import { until } from '../testing/until.js';
import { addServer } from '../testing/world.js';

const canary = 'CANARY-4b9d';
const hashOf = (text: string) => createHash('sha256').update(text).digest('base64url');
const opening = `mutation ($position: Float!) { openFullRecord(position: $position) { revision record { decision
  arguments { bytes hash text isAsReported } result { bytes hash text isAsReported } readings { person name isByToken } } } }`;

interface Side {
  readonly bytes: number;
  readonly hash: string;
  readonly text: string | null;
  readonly isAsReported: boolean;
}
interface Opened {
  readonly openFullRecord: {
    readonly revision: number;
    readonly record: {
      readonly decision: string;
      readonly arguments: Side | null;
      readonly result: Side | null;
      readonly readings: readonly object[];
    };
  };
}

describe('the full record of a call', () => {
  const api = testApi();
  const link = testLink(api);
  let guard: TestGuard;
  let clerk: TestPerson;

  beforeAll(async () => {
    await addServer(api.pool, 'desk', 'prod');
    guard = await link.guard('desk');
    clerk = api.visitor();
    await clerk.signIn(adminSignIn);
    // A second person with everything but the permission: the last session becomes theirs.
    await api.pool.query(
      `insert into "user" ("id", "name", "email", "emailVerified", "createdAt", "updatedAt") values ('p-clerk', 'Cleo', 'cleo@example.org', true, now(), now())`,
    );
    await api.pool.query(
      `insert into person_permission (person_id, permission)
       select 'p-clerk', permission from person_permission where permission <> 'records:read'`,
    );
    await api.pool.query(
      `update "session" set "userId" = 'p-clerk' where "id" = (select "id" from "session" order by "createdAt" desc limit 1)`,
    );
  });

  const side = (decision: string, name: RecordSide, json: string): FullRecord => ({
    ...{ decision, side: name, bytes: Buffer.byteLength(json), hash: hashOf(json) },
    text: Buffer.from(json).toString('base64'),
  });
  /** A call as its guard tells it, with its records; gives the decision and its position. */
  async function told(args: string, result: string, level: string | undefined = 'full') {
    const id = randomUUID();
    const shared = { at: Date.now(), revision: 1, reason: null, rule: 'grant:g1' };
    const decision = {
      ...{ type: 'decision', id, agent: 'cs-prod', instance: null, credential: null, role: 'support', task: 'lookup' },
      ...{ ...shared, tool: 'find', outcome: 'allow', detail: null, argumentsHash: hashOf(args), audit: level },
    };
    const outcome = {
      ...{ ...shared, type: 'outcome', id: randomUUID(), decision: id, result: 'ok', durationMs: 3 },
      ...{
        withheld: 'one part of the content could not be filtered',
        labels: { trust: 'untrusted', secrecy: 'internal' },
      },
      ...{ resultHash: hashOf(result), audit: level },
    };
    const records = [side(id, 'arguments', args), side(id, 'result', result)];
    const answer = await guard.report({ batch: guard.batch(decision, outcome), records });
    const found = await api.pool.query<{ position: string }>('select position from decision where id = $1', [id]);
    return { id, answer, position: Number(found.rows[0]?.position) };
  }
  const rowsOf = async (decision: string) =>
    (await api.pool.query('select * from full_record where decision_id = $1 order by side', [decision])).rows as {
      sealed: Buffer;
    }[];
  const readings = async () =>
    Number((await api.pool.query<{ n: string }>('select count(*) as n from full_record_reading')).rows[0]?.n);
  const open = (position: number, person = api.admin) => person.ask<Opened>(opening, { position });

  it('is kept sealed, confirmed to its guard, and given as it was told to who may read it, who is written down', async () => {
    const [args, result] = [`{"query":"${canary}"}`, `{"content":[],"said":"${canary} ü"}`];
    const { id, answer, position } = await told(args, result);
    expect(answer.recordsKept).toBe(true);
    const rows = await rowsOf(id);
    expect(rows).toHaveLength(2);
    for (const { sealed } of rows) {
      expect(sealed.includes(canary)).toBe(false);
      expect(sealed.includes(Buffer.from(canary).toString('base64').slice(0, 8))).toBe(false);
    }
    const revision = await api.revision();

    const { data } = await open(position);

    expect(data?.openFullRecord).toEqual({
      revision,
      record: {
        decision: id,
        arguments: { bytes: Buffer.byteLength(args), hash: hashOf(args), text: args, isAsReported: true },
        result: { bytes: Buffer.byteLength(result), hash: hashOf(result), text: result, isAsReported: true },
        readings: [{ person: expect.any(String) as string, name: 'Ada', isByToken: false }],
      },
    });
    expect((await open(position)).data?.openFullRecord.record.readings).toHaveLength(2);
    expect(api.log()).not.toContain(canary);
  });

  it('is refused to a person without the permission, and nothing is written down or changed', async () => {
    const { id, position } = await told('{"a":1}', '{}');
    const before = [await readings(), await rowsOf(id), await api.revision()];

    const refused = await open(position, clerk);

    expect([refused.code, refused.data]).toEqual(['forbidden', null]);
    expect([await readings(), await rowsOf(id), await api.revision()]).toEqual(before);
    const seen = await clerk.get<{ recentDecisions: { id: string }[] }>('{ recentDecisions(first: 1) { id } }');
    expect(seen.recentDecisions).toEqual([{ id }]);
  });

  it('is not there for a call whose grant did not ask for it, or that never was', async () => {
    const { position } = await told('{"a":1}', '{}', 'digest');
    const before = await readings();

    const [digest, unknown] = [await open(position), await open(position + 100_000)];

    expect([digest.code, unknown.code]).toEqual(['not_found', 'not_found']);
    expect(digest.errors[0]?.message).toContain('its grant did not ask');
    expect(await readings()).toBe(before);
  });

  it('says where a text is not the one its guard chained, or was sealed for another call', async () => {
    const { id, position } = await told('{"a":1}', '{"b":2}');
    const { id: other } = await told('{"other":true}', '{}');
    const forged = seal(api.kek, fullRecordName(guard.id, id, 'arguments'), Buffer.from('{"a":2}'));
    await api.pool.query(`update full_record set sealed = $2 where decision_id = $1 and side = 'arguments'`, [
      id,
      forged,
    ]);
    await api.pool.query(
      `update full_record set sealed = (select sealed from full_record where decision_id = $2 and side = 'result')
       where decision_id = $1 and side = 'result'`,
      [id, other],
    );

    const record = (await open(position)).data?.openFullRecord.record;

    expect(record?.arguments).toMatchObject({ text: '{"a":2}', isAsReported: false });
    expect(record?.result).toMatchObject({ text: null });
  });

  it('is told once, whatever is told later, and of what was too large only size and hash', async () => {
    const { id, position } = await told('{"a":1}', '{}');
    await guard.report({ records: [side(id, 'arguments', '{"a":9}')] });
    const large = { decision: id, side: 'result', bytes: 300_000, hash: hashOf('{}'), text: null } as const;
    await api.pool.query(`delete from full_record where decision_id = $1 and side = 'result'`, [id]);
    expect((await guard.report({ records: [large] })).recordsKept).toBe(true);

    const record = (await open(position)).data?.openFullRecord.record;

    expect(record?.arguments?.text).toBe('{"a":1}');
    expect(record?.result).toEqual({ bytes: 300_000, hash: hashOf('{}'), text: null, isAsReported: true });
  });

  it('does not hold up the lease of its guard while it cannot be written, and is told again', async () => {
    const id = randomUUID();
    const records = [side(id, 'arguments', '{"slow":true}')];
    const blocker = await api.pool.connect();
    await blocker.query('begin');
    await blocker.query('lock table full_record in access exclusive mode');
    const [first, ...others] = await Promise.all(
      [1, 2, 3].map(() => link.guard('desk').then((one) => one.report({ records }))),
    );
    for (const answer of [first, ...others]) {
      expect(answer?.leaseMs).toBe(10_000);
      expect(answer).not.toHaveProperty('recordsKept');
    }
    await blocker.query('rollback');
    blocker.release();

    const kept = await until('the record kept', async () => (await guard.report({ records })).recordsKept);

    expect(kept).toBe(true);
    expect((await rowsOf(id)).length).toBeGreaterThan(0);
  });

  it('is removed after thirty days; who had read it stays written down', async () => {
    const [old, young] = [await told('{"a":1}', '{}'), await told('{"a":2}', '{}')];
    await open(old.position);
    const before = await readings();
    await api.pool.query(
      `update full_record set received_at = now() - interval '30 days 1 minute' where decision_id = $1`,
      [old.id],
    );

    await sweep(api.pool);

    expect([(await rowsOf(old.id)).length, (await rowsOf(young.id)).length]).toEqual([0, 2]);
    expect(await readings()).toBe(before);
    expect((await open(old.position)).data?.openFullRecord.record).toMatchObject({ arguments: null, result: null });
  });

  it('shows by its decision, with what was withheld and how the result is labelled', async () => {
    const { id } = await told('{}', '{}');
    const { recentDecisions } = await api.admin.get<{ recentDecisions: object[] }>(
      '{ recentDecisions(first: 1) { id auditLevel withheld labels { trust secrecy } } }',
    );
    expect(recentDecisions).toEqual([
      {
        ...{ id, auditLevel: 'full', withheld: 'one part of the content could not be filtered' },
        labels: { trust: 'untrusted', secrecy: 'internal' },
      },
    ]);
  });
});
