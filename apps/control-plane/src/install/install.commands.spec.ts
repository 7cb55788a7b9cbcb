import { describe, expect, it } from 'vitest';
import { adminSignIn, testApi } from '../testing/test-api.js';

const claim =
  'mutation ($input: ClaimInstallInput!) { claimInstall(input: $input) { revision person { email permissions } csrfToken } }';

describe('claiming an install', () => {
  const install = testApi({}, { isClaimed: false });
  const people = async () => (await install.pool.query(`select "email" from "user" order by 1`)).rows;
  const token = () => new URL(install.api.ready.claimUrl ?? '').hash.slice(1);

  it('refuses a wrong token and makes nobody', async () => {
    const before = await people();
    const answer = await install
      .visitor()
      .ask(claim, { input: { ...adminSignIn, name: 'Eve', token: 'x'.repeat(43) } });
    expect(answer.code).toBe('claim_refused');
    expect(await people()).toEqual(before);
  });

  it('refuses a short password, names the field, and the link stays good', async () => {
    const answer = await install
      .visitor()
      .ask(claim, { input: { ...adminSignIn, password: 'short', name: 'Ada', token: token() } });
    expect(answer.code).toBe('input_invalid');
    expect(answer.errors[0]?.extensions.details).toEqual({
      fields: [{ path: 'password', message: 'use at least 12 characters' }],
    });
    expect(await people()).toEqual([]);
  });

  it('makes the first admin with every permission, once, however many try at once', async () => {
    const revision = await install.revision();
    const input = { ...adminSignIn, name: 'Ada', token: token() };
    const answers = await Promise.all(
      [1, 2, 3].map(() =>
        install.visitor().ask<{ claimInstall: { revision: number; person: object } }>(claim, { input }),
      ),
    );
    const [winner, ...rest] = answers.sort((a, b) => a.errors.length - b.errors.length);
    expect(winner?.data?.claimInstall).toMatchObject({
      revision,
      person: {
        email: adminSignIn.email,
        permissions: [
          'agents:write',
          'credentials:write',
          'grants:write',
          'kill:engage',
          'policies:write',
          'read',
          'records:read',
          'servers:write',
          'tokens:write',
        ],
      },
    });
    expect(rest.map((answer) => answer.code)).toEqual(['claim_refused', 'claim_refused']);
    expect(await people()).toEqual([{ email: adminSignIn.email }]);
    expect(await install.revision()).toBe(revision);
  });

  it('keeps only the hash of the token', async () => {
    const stored = await install.pool.query(`select token_hash from install_claim`);
    expect(JSON.stringify(stored.rows)).not.toContain(token());
  });
});
