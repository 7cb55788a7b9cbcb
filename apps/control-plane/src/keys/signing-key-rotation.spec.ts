import { decodeProtectedHeader } from 'jose';
import { beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { startApi, type RunningApi } from '../app/start-api.js';
import { freePort, testApi } from '../testing/test-api.js';
import type { TestGuard } from '../testing/test-guard.js';
import { silentLog, testLink } from '../testing/test-link.js';
import { basic, giveSecret } from '../testing/test-token-server.js';
import { until } from '../testing/until.js';
import { addAgent, addServer, assign } from '../testing/world.js';
import { advanceSigningKeys, verifiesForSeconds } from './advance-signing-keys.js';
import { loadKeySet, shareKeySets } from './key-set.js';

interface Key {
  readonly kid: string;
  readonly state: string;
  readonly guardsBehind: number;
}

const keysOf = 'settings { signingKeys { kid state guardsBehind } }';
const rotation = `mutation { rotateSigningKey { revision ${keysOf} } }`;
const withdrawal = `mutation ($kid: ID!) { withdrawSigningKey(kid: $kid) { revision ${keysOf} } }`;

const api = testApi();
const link = testLink(api);
let secret: string;
let replicas: readonly string[];

beforeAll(async () => {
  await addServer(api.pool, 'desk', 'prod');
  await addAgent(api.pool, 'bot');
  await assign(api.pool, 'x', 'bot', 'support', 'prod');
  secret = await giveSecret(api, 'bot', 'cr_bot');
  const port = await freePort();
  const second: RunningApi = await startApi({ ...api.config, ports: { ...api.config.ports, api: port } }, silentLog);
  replicas = [api.config.publicUrl, `http://localhost:${port}`];
  return () => second.stop();
});

const keys = async () =>
  (
    await api.admin.get<{ tokenSettings: { signingKeys: Key[] } }>(
      `{ tokenSettings { signingKeys { kid state guardsBehind } } }`,
    )
  ).tokenSettings.signingKeys;
const inState = async (state: string) => (await keys()).filter((key) => key.state === state).map(({ kid }) => kid);
const signing = async () => (await inState('signing'))[0] ?? '';
const rotate = async () => {
  const { rotateSigningKey } = await api.admin.get<{
    rotateSigningKey: { revision: number; settings: { signingKeys: Key[] } };
  }>(rotation);
  return { revision: rotateSigningKey.revision, made: rotateSigningKey.settings.signingKeys[0] };
};
const terms = () => ({ kek: api.kek, issuer: api.config.publicUrl });
const advance = () => advanceSigningKeys(api.pool, terms(), api.config.limits);
const rows = async () => (await api.pool.query('select * from signing_key order by kid')).rows;

async function post(replica: string, path: string, fields: Record<string, string>): Promise<Record<string, unknown>> {
  const body = new URLSearchParams(fields);
  const answer = await fetch(`${replica}${path}`, { method: 'POST', headers: basic('bot', secret), body });
  return (await answer.json()) as Record<string, unknown>;
}
async function token(replica = replicas[0] ?? ''): Promise<{ text: string; kid: string | undefined }> {
  const fields = { grant_type: 'client_credentials', resource: 'http://localhost/desk/mcp' };
  const text = String((await post(replica, '/oauth/token', fields))['access_token']);
  return { text, kid: decodeProtectedHeader(text).kid };
}
const isActive = async (text: string, replica = replicas[0] ?? '') =>
  (await post(replica, '/oauth/introspect', { token: text }))['active'];
async function published(replica: string): Promise<(string | undefined)[]> {
  const answer = await fetch(`${replica}/oauth/jwks`);
  return ((await answer.json()) as { keys: { kid?: string; d?: string }[] }).keys.map(({ kid, d }) => d ?? kid);
}
const signsEverywhere = (kid: string) =>
  until(`every replica signs with ${kid}`, async () =>
    (await Promise.all(replicas.map((replica) => token(replica)))).every((made) => made.kid === kid),
  );
const newest = async () => (await loadKeySet(api.pool))?.number ?? 0;
const told = async () => (await loadKeySet(api.pool))?.keySet.tokenKeys.map(({ kid }) => kid);

/** Nobody is left whose lease could hold a rotation up; and nothing is published or only verifies. */
beforeEach(async () => {
  await api.pool.query(`delete from guard_boot`);
  await advance();
  for (const kid of [...(await inState('published')), ...(await inState('verifying'))])
    await api.admin.get(withdrawal, { kid });
});

describe('the rotation of the token keys', () => {
  it('lets the new key sign at once where there is no guard, on every replica, and the tokens of both are taken', async () => {
    const [old, before] = [await signing(), await api.revision()];
    const tokens = [await token()];
    const { revision, made } = await rotate();
    expect([revision, await api.revision(), made?.state]).toEqual([before, before, 'signing']);
    await signsEverywhere(made?.kid ?? '');
    tokens.push(await token());
    expect(tokens.map(({ kid }) => kid)).toEqual([old, made?.kid]);
    for (const replica of replicas) {
      expect((await published(replica)).sort()).toEqual([old, made?.kid].sort());
      for (const { text } of tokens) expect(await isActive(text, replica)).toBe(true);
    }
    expect(await inState('verifying')).toEqual([old]);
  });

  it('P-D4 waits until every guard that may act holds the key, and is then done by itself', async () => {
    const [guard, old] = [await link.guard('desk'), await signing()];
    const held = await newest();
    await guard.report({ keySet: held });
    const { made } = await rotate();
    expect(made).toMatchObject({ state: 'published', guardsBehind: 1 });
    expect(await told()).toContain(made?.kid);
    expect(await advance()).toEqual({ signing: undefined, withdrawn: [] });
    expect((await token()).kid).toBe(old);
    const handed = (await guard.report({ keySet: held })).keySet;
    expect(handed?.payload).toContain(made?.kid);
    expect(await signing()).toBe(old);
    await guard.report({ keySet: held + 1 });
    await signsEverywhere(made?.kid ?? '');
  });

  it('waits for each of several guards, and for none that was evicted', async () => {
    const guards = await Promise.all([0, 1, 2].map(() => link.guard('desk')));
    const held = await newest();
    for (const guard of guards) await guard.report({ keySet: held });
    expect((await rotate()).made?.guardsBehind).toBe(3);
    const [first, second, third] = guards as [TestGuard, TestGuard, TestGuard];
    await first.report({ keySet: held + 1 });
    expect((await keys())[0]?.guardsBehind).toBe(2);
    await api.pool.query('update guard set evicted_at = now() where id = $1', [second.id]);
    expect([(await keys())[0]?.guardsBehind, (await advance()).signing]).toEqual([1, undefined]);
    await third.report({ keySet: held + 1 });
    await until('the new key signs', async () => (await keys())[0]?.state === 'signing');
  });

  it('does not wait for a guard past its lease, which gets the new key with its next one', async () => {
    const guard = await link.guard('desk');
    const held = await newest();
    await guard.report({ keySet: held });
    const { made } = await rotate();
    await api.pool.query(`update guard_boot set lease_until = now() - interval '2 seconds'`);
    await until('the new key signs', async () => (await signing()) === made?.kid);
    const answer = await guard.report({ keySet: held });
    expect(answer.leaseMs).toBeGreaterThan(0);
    expect(answer.keySet?.payload).toContain(made?.kid);
  });

  it('counts a lease that was about to be given when the key was published', async () => {
    const guard = await link.guard('desk');
    await guard.report({ keySet: await newest() });
    await api.pool.query('update guard_boot set lease_until = null');
    const report = await api.pool.connect();
    await report.query(`begin; ${shareKeySets}`);
    const rotating = rotate();
    await until('the rotation at the lock', async () => {
      const waiting = `select 1 from pg_stat_activity where datname = current_database() and wait_event = 'advisory'`;
      return (await api.pool.query(waiting)).rowCount === 1;
    });
    await report.query(`update guard_boot set lease_until = now() + interval '10 seconds'; commit`);
    report.release();
    expect((await rotating).made).toMatchObject({ state: 'published', guardsBehind: 1 });
  });

  it('is refused while a key waits to sign, and nothing changes', async () => {
    const guard = await link.guard('desk');
    await guard.report({ keySet: await newest() });
    const { made } = await rotate();
    const before = [await rows(), await newest(), await api.revision()];
    const refused = await api.admin.ask(rotation);
    expect(refused.errors[0]?.extensions).toMatchObject({
      code: 'conflict',
      details: { kid: made?.kid, guardsBehind: 1 },
    });
    expect([await rows(), await newest(), await api.revision()]).toEqual(before);
  });

  it('asked for twice at once is done once', async () => {
    const guard = await link.guard('desk');
    await guard.report({ keySet: await newest() });
    const before = await newest();
    const answers = await Promise.all([api.admin.ask(rotation), api.admin.ask(rotation)]);
    expect(answers.map(({ code }) => code ?? 'done').sort()).toEqual(['conflict', 'done']);
    expect([await newest(), (await inState('published')).length]).toEqual([before + 1, 1]);
  });

  it('is refused when sixteen keys are in use', async () => {
    for (let n = (await inState('verifying')).length + 1; n < 16; n++) await rotate();
    const before = [await rows(), await newest()];
    expect((await api.admin.ask(rotation)).code).toBe('rotation_refused');
    expect([await rows(), await newest()]).toEqual(before);
  });

  it('asks for the permission', async () => {
    const before = [await rows(), await newest()];
    expect((await api.visitor().ask(rotation)).code).toBe('unauthenticated');
    await api.pool.query(`update person_permission set permission = 'spec' where permission = 'tokens:write'`);
    expect((await api.admin.ask(rotation)).code).toBe('forbidden');
    await api.pool.query(`update person_permission set permission = 'tokens:write' where permission = 'spec'`);
    expect([await rows(), await newest()]).toEqual(before);
  });
});

describe('the end of a token key', () => {
  it('comes by itself once no token that it signed can live, and its private half is destroyed', async () => {
    const old = await signing();
    const { made } = await rotate();
    const since = (seconds: number) =>
      api.pool.query(`update signing_key set state_since = now() - make_interval(secs => $2) where kid = $1`, [
        old,
        seconds,
      ]);
    await since(verifiesForSeconds - 5);
    expect(await advance()).toEqual({ signing: undefined, withdrawn: [] });
    await since(verifiesForSeconds + 1);
    await until('the old key is withdrawn', async () => (await inState('withdrawn')).includes(old));
    expect(await told()).toEqual([made?.kid]);
    const { rows: kept } = await api.pool.query(`select sealed_private_key from signing_key where kid = $1`, [old]);
    expect(kept).toEqual([{ sealed_private_key: null }]);
  });

  it('may be brought about at once: its tokens are dead, and guards are told', async () => {
    const [old, before] = [await token(), await api.revision()];
    const guard = await link.guard('desk');
    const { made } = await rotate();
    await signsEverywhere(made?.kid ?? '');
    const held = await newest();
    expect(await isActive(old.text)).toBe(true);
    const { withdrawSigningKey } = await api.admin.get<{ withdrawSigningKey: { revision: number } }>(withdrawal, {
      kid: old.kid,
    });
    expect([withdrawSigningKey.revision, await api.revision()]).toEqual([before, before]);
    for (const replica of replicas)
      await until('the replica has no such key', async () => (await published(replica)).join() === made?.kid);
    for (const replica of replicas) expect(await isActive(old.text, replica)).toBe(false);
    const { keySet } = await guard.report({ keySet: held });
    const behind = async () => (await keys()).find(({ kid }) => kid === old.kid)?.guardsBehind;
    expect(await behind()).toBe(1);
    await guard.report({ keySet: held + 1 });
    expect(await behind()).toBe(0);
    expect(keySet?.payload).toContain(made?.kid);
    expect(keySet?.payload).not.toContain(old.kid);
  });

  it('may be that it never signed', async () => {
    const guard = await link.guard('desk');
    await guard.report({ keySet: await newest() });
    const [{ made }, old] = [await rotate(), await signing()];
    await api.admin.get(withdrawal, { kid: made?.kid });
    await guard.report({ keySet: await newest() });
    await advance();
    expect([await signing(), await told()]).toEqual([old, [old]]);
  });

  it.each<[string, () => Promise<string>, string]>([
    ['the key that signs', signing, 'lifecycle_order'],
    ['one that is withdrawn', async () => (await inState('withdrawn'))[0] ?? '', 'already_revoked'],
    ['one that is not known', async () => 'no-such-key', 'not_found'],
    [
      'the root key',
      async () =>
        String(
          (await api.pool.query<{ kid: string }>(`select kid from signing_key where purpose = 'root'`)).rows[0]?.kid,
        ),
      'not_found',
    ],
  ])('is refused for %s', async (_what, kid, code) => {
    const wanted = await kid();
    const before = [await rows(), await newest(), await api.revision()];
    expect((await api.admin.ask(withdrawal, { kid: wanted })).code).toBe(code);
    expect([await rows(), await newest(), await api.revision()]).toEqual(before);
  });
});
