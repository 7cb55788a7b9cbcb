import { Writable } from 'node:stream';
import { pino } from 'pino';
import { beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { testInstall } from '../testing/test-install.js';
import { giveSecret } from '../testing/test-token-server.js';
import { addAgent } from '../testing/world.js';
import { rotationPolicies } from './rotation-policies.js';
import { warnOfRotations } from './warn-of-rotations.js';

const install = testInstall();
let lines: Record<string, unknown>[] = [];
const sink = new Writable({
  write: (chunk: Buffer, _encoding, done) => (
    lines.push(JSON.parse(chunk.toString()) as Record<string, unknown>),
    done()
  ),
});
const log = pino({ base: {} }, sink);
const hour = 3600;

beforeAll(async () => {
  await addAgent(install.pool, 'bot');
  await giveSecret(install, 'bot', 'cr_bot');
  await addAgent(install.pool, 'free');
  await giveSecret(install, 'free', 'cr_free');
  await install.pool.query(
    `insert into rotation_policy (agent_id, interval_seconds, warn_seconds, set_by) values ('bot', ${24 * hour}, ${2 * hour}, 'spec')`,
  );
});
beforeEach(() => void (lines = []));

const aged = (hours: number) =>
  install.pool.query(`update credential set activated_at = now() - make_interval(hours => $1) where id = 'cr_bot'`, [
    hours,
  ]);
const policy = async () => (await rotationPolicies(install.pool, ['bot', 'free'])).get('bot');
const warned = async () =>
  (
    await install.pool.query<{ id: string }>(`select id from credential where warned_at is not null order by id`)
  ).rows.map(({ id }) => id);

describe('the rotation of a credential', () => {
  it('is warned of once when it is due soon and once when it is overdue; the revision stays', async () => {
    const before = await install.revision();
    await aged(21);
    expect([await warnOfRotations(install.pool, log), await warned(), (await policy())?.state]).toEqual([
      0,
      [],
      'fine',
    ]);
    await aged(23);
    expect([await warnOfRotations(install.pool, log), await warnOfRotations(install.pool, log)]).toEqual([1, 0]);
    expect(await policy()).toMatchObject({ state: 'due_soon', warnedAt: expect.any(Date) });
    await install.pool.query(`update credential set warned_at = warned_at - interval '2 hours' where id = 'cr_bot'`);
    await aged(25);
    expect([await warnOfRotations(install.pool, log), await warnOfRotations(install.pool, log)]).toEqual([1, 0]);
    expect((await policy())?.state).toBe('overdue');
    expect(lines).toMatchObject([
      { agent: 'bot', credential: 'cr_bot', msg: 'the rotation of a credential is due soon' },
      { agent: 'bot', credential: 'cr_bot', msg: 'the rotation of a credential is overdue' },
    ]);
    expect([await warned(), await install.revision()]).toEqual([['cr_bot'], before]);
  });

  it('is due before the credential ends, however long the interval', async () => {
    await aged(1);
    await install.pool.query(
      `update credential set warned_at = null, expires_at = now() + interval '1 hour' where id = 'cr_bot'`,
    );
    expect((await policy())?.state).toBe('due_soon');
    expect(await warnOfRotations(install.pool, log)).toBe(1);
  });

  it('is due of the newest credential alone, and a successor has not been warned of', async () => {
    await giveSecret(install, 'bot', 'cr_next');
    expect([await warnOfRotations(install.pool, log), await policy()]).toMatchObject([
      0,
      { state: 'fine', warnedAt: null },
    ]);
  });

  it('is warned of by one of two replicas', async () => {
    await install.pool.query(
      `update credential set activated_at = now() - interval '30 hours', warned_at = null where agent_id = 'bot'`,
    );
    const counts = await Promise.all([warnOfRotations(install.pool, log), warnOfRotations(install.pool, log)]);
    expect([counts.reduce((sum, count) => sum + count), lines.length]).toEqual([1, 1]);
  });
});
