import { describe, expect, it } from 'vitest';
import { adminSignIn, testApi } from '../testing/test-api.js';
import { TestPerson } from '../testing/test-person.js';

const create =
  'mutation ($input: CreateApiTokenInput!) { createApiToken(input: $input) { token revision apiToken { id name prefix expiresAt } } }';
const revoke = 'mutation ($id: ID!) { revokeApiToken(id: $id) { revision } }';
const list = '{ apiTokens { id name prefix lastUsedAt revokedAt } }';
const addRole = 'mutation ($id: ID!) { createRole(input: { id: $id, name: "r" }) { revision } }';

interface Created {
  readonly createApiToken: {
    token: string;
    revision: number;
    apiToken: { id: string; prefix: string; expiresAt: number };
  };
}

describe('an API token', () => {
  const api = testApi();
  const make = async (input: object = { name: 'CI', days: 7 }) =>
    (await api.admin.get<Created>(create, { input })).createApiToken;
  /** A script: no cookie, no CSRF token. */
  const script = (token: string) => {
    const person = new TestPerson(api.config.publicUrl);
    return {
      ask: (query: string, variables: object = {}, headers: Record<string, string> = {}) =>
        person.ask(query, variables, {
          authorization: `Bearer ${token}`,
          cookie: '',
          'x-portcullis-csrf': '',
          ...headers,
        }),
    };
  };
  const roles = async () =>
    (await api.pool.query<{ id: string }>('select id from role order by id')).rows.map(({ id }) => id);
  const kept = async () => (await api.pool.query('select * from api_token order by id')).rows;

  it('is shown once, kept as a hash, and does what its person may, without a CSRF token', async () => {
    const before = await api.revision();
    const { token, revision, apiToken } = await make();
    expect(revision).toBe(before);
    expect(token).toMatch(/^pct_[\w-]{43}$/);
    expect(apiToken.prefix).toBe(token.slice(0, 10));
    expect(Math.round((apiToken.expiresAt - Date.now()) / 86_400_000)).toBe(7);
    expect(JSON.stringify(await kept())).not.toContain(token.slice(10));
    expect((await script(token).ask(addRole, { id: 'by-script' })).code).toBeUndefined();
    expect(await roles()).toContain('by-script');
    const { apiTokens } = await api.admin.get<{ apiTokens: { id: string; lastUsedAt: number | null }[] }>(list);
    expect(apiTokens.find(({ id }) => id === apiToken.id)?.lastUsedAt).not.toBeNull();
    expect(api.log()).not.toContain(token.slice(10));
  });

  it('is worth as much as its person now, and nothing once they are gone', async () => {
    const { token } = await make();
    await api.pool.query(`delete from person_permission where permission = 'grants:write'`);
    const before = await roles();
    expect((await script(token).ask(addRole, { id: 'beyond' })).code).toBe('forbidden');
    expect(await roles()).toEqual(before);
    await api.pool.query(`insert into person_permission (person_id, permission) select id, 'grants:write' from "user"`);
  });

  it('ends by its time and by revocation, from the next request on; both read as if it never was', async () => {
    const [ended, revoked] = [await make(), await make()];
    await api.pool.query(`update api_token set expires_at = now() where id = $1`, [ended.apiToken.id]);
    await api.admin.get(revoke, { id: revoked.apiToken.id });
    const before = await roles();
    const never = `pct_${'A'.repeat(43)}`;
    const said: string[] = [];
    for (const token of [ended.token, revoked.token, never, 'something else']) {
      const { code, errors } = await script(token).ask(addRole, { id: 'late' });
      said.push(`${code} ${errors[0]?.message}`);
    }
    expect(new Set(said)).toEqual(
      new Set(['unauthenticated this API token is not known here, has ended or was revoked']),
    );
    expect(await roles()).toEqual(before);
    expect((await api.admin.ask(revoke, { id: revoked.apiToken.id })).code).toBe('already_revoked');
    await api.pool.query('delete from rate_limit');
  });

  it('that does not count is refused where nobody need sign in, too, and is not made up for by a cookie', async () => {
    const headers = { authorization: `Bearer pct_${'B'.repeat(43)}` };
    expect((await api.admin.ask('{ me { id } }', {}, headers)).code).toBe('unauthenticated');
    expect((await api.admin.ask('{ me { id } }')).code).toBeUndefined();
    await api.pool.query('delete from rate_limit');
  });

  it('makes no other token, no session, no ticket and no subject token, and ends no session', async () => {
    const { token } = await make();
    const before = await kept();
    for (const mutation of [
      'createApiToken(input: { name: "again", days: 1 }) { revision }',
      'openSocketTicket { ticket }',
      'issueStopTicket { ticket }',
      'signOut { revision }',
      'issueSubjectToken(agent: "bot") { revision }',
    ])
      expect((await script(token).ask(`mutation { ${mutation} }`)).code).toBe('forbidden');
    expect((await kept()).map(({ id }: { id: string }) => id)).toEqual(before.map(({ id }: { id: string }) => id));
    expect((await api.admin.ask('{ me { id } }')).data).not.toBeNull();
  });

  it('of somebody else is not there', async () => {
    const { apiToken } = await make();
    await api.pool.query(`insert into "user" ("id", "name", "email") values ('p-2', 'Bo', 'bo@example.org')`);
    await api.pool.query(`update api_token set person_id = 'p-2' where id = $1`, [apiToken.id]);
    const before = await kept();
    expect((await api.admin.ask(revoke, { id: apiToken.id })).code).toBe('not_found');
    const { apiTokens } = await api.admin.get<{ apiTokens: { id: string }[] }>(list);
    expect(apiTokens.map(({ id }) => id)).not.toContain(apiToken.id);
    expect(await kept()).toEqual(before);
  });

  it.each([
    ['no name', { name: ' ', days: 1 }, 'name'],
    ['a name beyond 200 characters', { name: 'x'.repeat(201), days: 1 }, 'name'],
    ['no day', { name: 'CI', days: 0 }, 'days'],
    ['more than a year', { name: 'CI', days: 366 }, 'days'],
  ])('is refused %s', async (_what, input, field) => {
    const before = await kept();
    const { code, errors } = await api.admin.ask(create, { input });
    const { fields } = errors[0]?.extensions.details as { fields: { path: string }[] };
    expect([code, fields[0]?.path]).toEqual(['input_invalid', field]);
    expect(await kept()).toEqual(before);
  });

  it('is guessed at slowly from one address, while a good one goes on', async () => {
    const { token } = await make();
    const codes: (string | undefined)[] = [];
    for (let n = 0; n < 11; n += 1) codes.push((await script(`pct_${'C'.repeat(43)}`).ask('{ me { id } }')).code);
    expect([codes[0], codes.at(-1)]).toEqual(['unauthenticated', 'rate_limited']);
    expect((await script(token).ask('{ me { email } }')).data).toEqual({ me: { email: adminSignIn.email } });
  });
});
