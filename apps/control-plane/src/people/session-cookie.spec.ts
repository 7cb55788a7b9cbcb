import { describe, expect, it } from 'vitest';
import { readConfig } from '../platform/config.js';
import { adminSignIn } from '../testing/test-api.js';
import { testInstall } from '../testing/test-install.js';
import { createAuth } from './auth.js';
import { hashPassword } from './password.js';
import { Sessions } from './sessions.js';

describe('the session cookie', () => {
  const install = testInstall();

  it('is bound to its host and to TLS wherever there is TLS', async () => {
    const config = readConfig({ DATABASE_URL: install.url, PORTCULLIS_PUBLIC_URL: 'https://portcullis.example.org' });
    const { email, password } = adminSignIn;
    await install.pool.query(`insert into "user" ("id", "name", "email") values ('p1', 'Ada', $1)`, [email]);
    await install.pool.query(
      `insert into "account" ("id", "accountId", "providerId", "userId", "password") values ('a1', 'p1', 'credential', 'p1', $1)`,
      [await hashPassword(password)],
    );
    const secret = 's'.repeat(43);
    const sessions = new Sessions(createAuth(config, install.pool, secret), secret, config, install.pool);
    const { cookies } = await sessions.begin({ email, password, address: '192.0.2.1' });
    const [session = '', csrf = ''] = cookies;
    expect(session).toMatch(/^__Host-portcullis=/);
    for (const attribute of [/; Secure/i, /; HttpOnly/i, /; SameSite=Lax/i, /; Path=\/(;|$)/i])
      expect(session).toMatch(attribute);
    expect(session).not.toMatch(/Domain=/i);
    expect(csrf).toMatch(/^portcullis-csrf=.*; Secure/);
    expect(await sessions.viewerOf(session.split(';')[0])).toMatchObject({ personId: 'p1', permissions: new Set() });
    expect((await install.pool.query(`select "ipAddress" as ip from "session"`)).rows).toEqual([{ ip: '192.0.2.1' }]);
  });
});
