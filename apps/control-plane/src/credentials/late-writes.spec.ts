import { beforeAll, describe, expect, it } from 'vitest';
import { runCommand } from '../change-log/command.js';
import { Refusal } from '../platform/refusal.js';
import { lockWaiters, pausedBeforeCommit } from '../testing/paused-commit.js';
import { testApi } from '../testing/test-api.js';
import { basic, giveSecret } from '../testing/test-token-server.js';
import { addAgent, addServer, assign } from '../testing/world.js';
import { until } from '../testing/until.js';
import { rotateOwnSecret } from './rotate-own-secret.js';

const api = testApi();
let made = 0;

beforeAll(async () => {
  await addServer(api.pool, 'desk', 'prod');
  await addAgent(api.pool, 'bot');
  await assign(api.pool, 'x', 'bot', 'support', 'prod');
});

type Step = 'revoke' | 'taint' | 'retire' | 'rotate';

/** Does the step and gives what it answered: `done`, or the code of its refusal. */
async function take(step: Step, id: string): Promise<string> {
  if (step !== 'rotate') {
    const answer = await api.admin.ask(`mutation ($id: ID!) { ${step}Credential(id: $id) { revision } }`, { id });
    return answer.code ?? 'done';
  }
  const rotated = runCommand(
    api.pool,
    (work) => rotateOwnSecret(work, { agent: 'bot', credential: id, overlapSeconds: 900 }),
    { limits: api.config.limits },
  );
  return rotated.then(
    () => 'done',
    (error: unknown) => (error instanceof Refusal ? error.code : Promise.reject(error)),
  );
}

const standing = async (id: string) => {
  const { rows } = await api.pool.query<{ value: string }>(
    `select l.value from change_latest l join credential c on c.id = l.object_id
     where l.kind = 'credential' and (c.id = $1 or c.derived_from = $1) order by c.id = $1 desc`,
    [id],
  );
  return rows.map(({ value }) => (JSON.parse(value) as { status: string }).status);
};

async function token(secret: string): Promise<{ status: number; rev: number }> {
  const response = await fetch(`${api.config.publicUrl}/oauth/token`, {
    method: 'POST',
    headers: basic('bot', secret),
    body: new URLSearchParams({ grant_type: 'client_credentials', resource: 'http://localhost/desk/mcp' }),
  });
  const { access_token: text = '' } = (await response.json()) as { access_token?: string };
  const payload = Buffer.from(text.split('.')[1] ?? '', 'base64url').toString();
  return { status: response.status, rev: payload === '' ? -1 : (JSON.parse(payload) as { rev: number }).rev };
}

describe('P-B1 two writers on one credential, the second arriving before the first has committed', () => {
  it.each<[Step, Step, string, string[]]>([
    ['revoke', 'revoke', 'already_revoked', ['revoked']],
    ['revoke', 'taint', 'done', ['tainted']],
    ['revoke', 'retire', 'already_revoked', ['revoked']],
    ['revoke', 'rotate', 'rotation_refused', ['revoked']],
    ['taint', 'revoke', 'already_revoked', ['tainted']],
    ['taint', 'taint', 'already_revoked', ['tainted']],
    ['taint', 'retire', 'already_revoked', ['tainted']],
    ['taint', 'rotate', 'rotation_refused', ['tainted']],
    ['retire', 'revoke', 'done', ['revoked']],
    ['retire', 'taint', 'done', ['tainted']],
    ['retire', 'retire', 'lifecycle_order', ['retiring']],
    ['retire', 'rotate', 'rotation_refused', ['retiring']],
    ['rotate', 'revoke', 'done', ['revoked', 'active']],
    ['rotate', 'taint', 'done', ['tainted', 'tainted']],
    ['rotate', 'retire', 'lifecycle_order', ['retiring', 'active']],
    ['rotate', 'rotate', 'rotation_refused', ['retiring', 'active']],
  ])('%s, then %s: %s', async (first, second, code, statuses) => {
    const id = `cr_${++made}`;
    await giveSecret(api, 'bot', id);
    const [one, late] = await pausedBeforeCommit(
      api.pool,
      () => take(first, id),
      async () => {
        const answer = take(second, id);
        await until('the second at the lock of the first', async () => (await lockWaiters(api.pool)) === 2);
        return { answer };
      },
    );
    expect([one, await late.answer]).toEqual(['done', code]);
    expect(await standing(id)).toEqual(statuses);
  });

  it('P-B1 a rotation that meets the retirement of its agent makes no credential', async () => {
    await addAgent(api.pool, 'leaving');
    await giveSecret(api, 'leaving', 'cr_leaving');
    const [, late] = await pausedBeforeCommit(
      api.pool,
      () => api.admin.get('mutation { retireAgent(id: "leaving") { revision } }'),
      async () => {
        const answer = runCommand(
          api.pool,
          (work) => rotateOwnSecret(work, { agent: 'leaving', credential: 'cr_leaving', overlapSeconds: 0 }),
          { limits: api.config.limits },
        ).catch((error: unknown) => error);
        await until('the rotation at the lock', async () => (await lockWaiters(api.pool)) === 2);
        return { answer };
      },
    );
    expect(await late.answer).toMatchObject({ code: 'retired' });
    const { rows } = await api.pool.query(`select stage from credential where agent_id = 'leaving'`);
    expect(rows).toEqual([{ stage: 'active' }]);
  });
});

describe('P-F5 a token in the making', () => {
  it.each<Step>(['revoke', 'taint'])(
    'while a %s is not committed yet, carries an older revision than it; afterwards there is none',
    async (step) => {
      const id = `cr_${++made}`;
      const secret = await giveSecret(api, 'bot', id);
      const [answer, early] = await pausedBeforeCommit(
        api.pool,
        () => take(step, id),
        () => token(secret),
      );
      expect([answer, early.status]).toEqual(['done', 200]);
      expect(early.rev).toBe((await api.revision()) - 1);
      expect((await token(secret)).status).toBe(401);
      expect(await standing(id)).toEqual([step === 'revoke' ? 'revoked' : 'tainted']);
    },
  );
});
