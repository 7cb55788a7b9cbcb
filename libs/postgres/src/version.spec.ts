import { createServer } from 'node:net';
import { once } from 'node:events';
import { describe, expect, it } from 'vitest';
import { createTestDatabases } from './test-databases.js';
import { assertPostgresVersion } from './version.js';

describe('assertPostgresVersion', () => {
  it('takes a server that is new enough', async () => {
    const clone = await (await createTestDatabases()).cloneDatabase();
    expect(await assertPostgresVersion(clone.url)).toBeGreaterThanOrEqual(140_000);
    await clone.drop();
  });

  it('says database_unreachable when nobody listens, without the password', async () => {
    const server = createServer().listen(0, '127.0.0.1');
    await once(server, 'listening');
    const address = server.address();
    const port = typeof address === 'object' && address ? address.port : 0;
    server.close();
    const problem = await assertPostgresVersion(`postgres://me:hush@127.0.0.1:${port}/app`).catch(
      (error: unknown) => error,
    );
    expect(problem).toMatchObject({ code: 'database_unreachable' });
    expect(String(problem)).toContain(`127.0.0.1:${port}/app`);
    expect(String(problem)).not.toContain('hush');
  });

  it('says database_unreachable when the other side never answers', async () => {
    const server = createServer(() => undefined).listen(0, '127.0.0.1');
    await once(server, 'listening');
    const address = server.address();
    const port = typeof address === 'object' && address ? address.port : 0;
    await expect(assertPostgresVersion(`postgres://me@127.0.0.1:${port}/app`, 200)).rejects.toMatchObject({
      code: 'database_unreachable',
    });
    server.close();
  });

  it('says database_unreachable for what is no address, without repeating it', async () => {
    const problem = await assertPostgresVersion('host=db password=hush').catch((error: unknown) => error);
    expect(problem).toMatchObject({ code: 'database_unreachable' });
    expect(String(problem)).not.toContain('hush');
  });

  it('says database_too_old when the server reports less than 14', async () => {
    const clone = await (await createTestDatabases()).cloneDatabase();
    await expect(assertPostgresVersion(clone.url, 5_000, 99)).rejects.toMatchObject({ code: 'database_too_old' });
    await clone.drop();
  });
});
