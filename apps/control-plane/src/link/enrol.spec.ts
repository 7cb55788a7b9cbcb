import { domains, parseJoinToken } from '@portcullis/contracts';
import { publicKeyHash } from '@portcullis/contracts/signed';
import { createPublicKey } from 'node:crypto';
import { beforeAll, describe, expect, it } from 'vitest';
import { post, TestGuard } from '../testing/test-guard.js';
import { testInstall } from '../testing/test-install.js';
import { testLink } from '../testing/test-link.js';
import { addServer } from '../testing/world.js';

const install = testInstall();
const link = testLink(install);
const newcomer = () => new TestGuard(link.url, link.signer.publicKey);
const guards = async () => (await install.pool.query(`select id from guard`)).rowCount;
const usedAt = async (joinToken: string) =>
  (
    await install.pool.query<{ used_at: Date | null }>(`select used_at from join_token where id = $1`, [
      parseJoinToken(joinToken)?.id,
    ])
  ).rows[0]?.used_at;

beforeAll(async () => {
  await addServer(install.pool, 'desk', 'prod');
});

describe('enrolment', () => {
  it('P-F2 makes a guard known by its own key, under the root that the join token names', async () => {
    const joinToken = await link.joinToken('desk');
    const guard = newcomer();
    const answer = await guard.enrol(joinToken);
    expect(answer).toMatchObject({ server: 'desk', resource: 'http://localhost/desk/mcp' });
    const root = createPublicKey({ key: Buffer.from(answer.rootKey, 'base64url'), format: 'der', type: 'spki' });
    expect(publicKeyHash(root)).toBe(parseJoinToken(joinToken)?.rootHash);
    expect((await guard.report()).guard).toBe(answer.guard);
  });

  it('stores a join token only as the hash of its secret', async () => {
    const secret = parseJoinToken(await link.joinToken('desk'))?.secret ?? '';
    const everything = await install.pool.query(`select * from join_token`);
    expect(JSON.stringify(everything.rows)).not.toContain(secret);
  });

  it('of two guards that use one token at once, one wins', async () => {
    const joinToken = await link.joinToken('desk');
    const before = await guards();
    const answers = await Promise.all(
      Array.from({ length: 4 }, () => post(`${link.url}/v1/enrol`, newcomer().enrolRequest(joinToken))),
    );
    expect(answers.map((answer) => answer.status).sort()).toEqual([200, 403, 403, 403]);
    expect(await guards()).toBe(Number(before) + 1);
  });

  it('refuses a token that is used, expired, unknown or has a wrong secret: alike to the byte, and changes nothing', async () => {
    const [used, expired, good] = [
      await link.joinToken('desk'),
      await link.joinToken('desk', -1),
      await link.joinToken('desk'),
    ];
    await newcomer().enrol(used);
    const parts = parseJoinToken(good);
    const wrong = good.replace(parts?.secret ?? '', 'A'.repeat(43));
    const unknown = good.replace(parts?.id ?? '', 'unknownunknown00');
    const before = [await guards(), await usedAt(good), await usedAt(expired)];
    const answers = await Promise.all(
      [used, expired, wrong, unknown].map((token) => post(`${link.url}/v1/enrol`, newcomer().enrolRequest(token))),
    );
    for (const answer of answers) expect(answer).toEqual(answers[0]);
    expect(answers[0]).toMatchObject({ status: 403, body: { code: 'join_token_refused' } });
    expect([await guards(), await usedAt(good), await usedAt(expired)]).toEqual(before);
  });

  it('refuses what is not signed by the key it names, another protocol, and what is no enrolment, and leaves the token usable', async () => {
    const joinToken = await link.joinToken('desk');
    const before = await guards();
    const request = newcomer().enrolRequest(joinToken);
    const forged = { ...request, signature: newcomer().enrolRequest(joinToken).signature };
    expect(await post(`${link.url}/v1/enrol`, forged)).toMatchObject({
      status: 401,
      body: { code: 'signature_refused' },
    });
    const later = newcomer().sign(domains.enrol, { v: 2 });
    expect(await post(`${link.url}/v1/enrol`, later)).toMatchObject({ status: 403, body: { code: 'guard_outdated' } });
    for (const body of ['no json', {}, { payload: 'x', signature: 'y' }, newcomer().sign(domains.enrol, { v: 1 })])
      expect(await post(`${link.url}/v1/enrol`, body)).toMatchObject({ status: 400, body: { code: 'input_invalid' } });
    expect([await guards(), await usedAt(joinToken)]).toEqual([before, null]);
    await newcomer().enrol(joinToken);
  });

  it('refuses a join token for a server that does not exist', async () => {
    const count = async () => (await install.pool.query(`select 1 from join_token`)).rowCount;
    const before = await count();
    await expect(link.joinToken('nowhere')).rejects.toMatchObject({ code: 'not_found' });
    expect(await count()).toBe(before);
  });
});
