import { createPublicKey } from 'node:crypto';
import { chmodSync, readFileSync, statSync } from 'node:fs';
import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { domains, keySetSchema } from '@portcullis/contracts';
import { isSignedBy, publicKeyHash } from '@portcullis/contracts/signed';
import { describe, expect, it } from 'vitest';
import { testInstall, testIssuer } from '../testing/test-install.js';
import { loadFeedSigner } from './feed-signer.js';
import { ensureInstall } from './install.js';
import { makeKek, readKek } from './kek.js';
import { loadKeySet, loadRoot } from './key-set.js';
import { seal, unseal } from './seal.js';
import { loadSigningKeys } from './signing-key.js';
import { issueStopTicket, readStopTicket, stopTicketLifeMs } from './stop-ticket.js';
import { loadTokenKeys } from './token-keys.js';

const install = testInstall();
const kekFile = () => join(install.data, 'kek');
const again = async (issuer = testIssuer) => {
  const client = await install.pool.connect();
  await ensureInstall(client, { kekFile: kekFile(), issuer }).finally(() => client.release());
};
const rows = async (table: string) => (await install.pool.query(`select * from ${table} order by 1`)).rows;

describe('the key-encryption key', () => {
  it('is 32 bytes for its owner only, and the same for two that start at once', async () => {
    const file = join(mkdtempSync(join(tmpdir(), 'portcullis-kek-')), 'deeper', 'kek');
    const made = await Promise.all([0, 1].map(async () => makeKek(file)));
    expect(made[0]).toEqual(made[1]);
    expect(readFileSync(file)).toHaveLength(32);
    expect(statSync(file).mode & 0o777).toBe(0o600);
  });

  it('is refused when others can read it, when it is missing and when it has another length', () => {
    const folder = mkdtempSync(join(tmpdir(), 'portcullis-kek-'));
    makeKek(join(folder, 'kek'));
    chmodSync(join(folder, 'kek'), 0o644);
    expect(() => readKek(join(folder, 'kek'))).toThrow(/can be read by others; run chmod 600/);
    expect(() => readKek(join(folder, 'missing'))).toThrow(/cannot be read/);
  });

  it('opens what it sealed, under that name only', () => {
    const kek = Buffer.alloc(32, 7);
    const sealed = seal(kek, 'kid', Buffer.from('private'));
    expect(unseal(kek, 'kid', sealed).toString()).toBe('private');
    expect(() => unseal(kek, 'other', sealed)).toThrow();
    expect(() => unseal(Buffer.alloc(32, 8), 'kid', sealed)).toThrow();
    sealed[30] = (sealed[30] ?? 0) ^ 1;
    expect(() => unseal(kek, 'kid', sealed)).toThrow();
  });
});

describe('the installation', () => {
  it('P-D4 has one root that signed the first key set, with the feed and token keys', async () => {
    const [root, current] = [await loadRoot(install.pool), await loadKeySet(install.pool)];
    const key = createPublicKey({ key: Buffer.from(root.spki, 'base64url'), format: 'der', type: 'spki' });
    expect(publicKeyHash(key)).toBe(root.hash);
    expect(current && isSignedBy(domains.keySet, current.text, key)).toBe(true);
    const keySet = keySetSchema.parse(JSON.parse(current?.text.payload ?? ''));
    expect(keySet).toMatchObject({
      number: 1,
      issuer: testIssuer,
      generation: { number: 1 },
      feedKeys: [{ jwk: { crv: 'Ed25519' } }],
      tokenKeys: [{ jwk: { crv: 'P-256' } }],
    });
    expect(JSON.stringify(keySet)).not.toContain('"d"');
  });

  it('P-B3 has a generation that the root signed', async () => {
    const root = createPublicKey({
      key: Buffer.from((await loadRoot(install.pool)).spki, 'base64url'),
      format: 'der',
      type: 'spki',
    });
    const [row] = (await rows('change_counter')) as {
      generation: number;
      generation_id: string;
      generation_signature: string;
    }[];
    const payload = JSON.stringify({ number: row?.generation, id: row?.generation_id });
    expect(isSignedBy(domains.generation, { payload, signature: row?.generation_signature ?? '' }, root)).toBe(true);
  });

  it('is made once, and a changed issuer is told in the next key set', async () => {
    const before = [await rows('signing_key'), await rows('key_set'), await rows('change_counter')];
    await Promise.all([again(), again()]);
    expect([await rows('signing_key'), await rows('key_set'), await rows('change_counter')]).toEqual(before);
    await again('https://portcullis.example');
    expect((await loadKeySet(install.pool))?.keySet).toMatchObject({ number: 2, issuer: 'https://portcullis.example' });
    await again();
    expect(await rows('signing_key')).toEqual(before[0]);
  });

  it('keeps private keys sealed: a dump discloses none, and another key-encryption key opens none', async () => {
    const dump = JSON.stringify([await rows('signing_key'), await rows('key_set')]);
    for (const purpose of ['root', 'feed', 'token'] as const) {
      const [key] = await loadSigningKeys(install.pool, install.kek, purpose);
      const secret = key?.privateKey.export({ type: 'pkcs8', format: 'der' }) ?? Buffer.alloc(1);
      expect(dump).not.toContain(JSON.stringify([...secret]).slice(1, -1));
    }
    await expect(loadFeedSigner(install.pool, Buffer.alloc(32, 1))).rejects.toMatchObject({
      code: 'config_invalid',
      exitCode: 2,
    });
    const [token] = await loadTokenKeys(install.pool, install.kek);
    expect(token?.privateJwk).toMatchObject({ kty: 'EC', crv: 'P-256', alg: 'ES256', use: 'sig', kid: token?.kid });
  });
});

describe('a stop ticket', () => {
  it('names a person and scopes for twelve hours', async () => {
    const signer = await loadFeedSigner(install.pool, install.kek);
    const keys = new Map([[signer.kid, signer.publicKey]]);
    const now = Date.now();
    const { ticket, expiresAt } = issueStopTicket(signer, 'p1', ['agent'], now);
    expect(expiresAt).toBe(now + 12 * 3600 * 1000);
    expect(readStopTicket(ticket, keys, now)).toMatchObject({ person: 'p1', scopes: ['agent'] });
    expect(readStopTicket(ticket, keys, now + stopTicketLifeMs)).toBeUndefined();
    expect(readStopTicket(ticket, new Map(), now)).toBeUndefined();
    expect(readStopTicket('x'.repeat(5000), keys, now)).toBeUndefined();
    const answer = Buffer.from(JSON.stringify(signer.sign(domains.answer, JSON.stringify({ v: 1 })))).toString(
      'base64url',
    );
    expect(readStopTicket(answer, keys, now)).toBeUndefined();
  });
});
