import { createPublicKey, generateKeyPairSync } from 'node:crypto';
import { beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { createFetchPublic } from '../platform/fetch-public.js';
import { IssuerKeys } from '../published-keys/issuer-keys.js';
import { testInstall } from '../testing/test-install.js';
import { TestIssuer } from '../testing/test-issuer.js';
import { silentLog } from '../testing/test-link.js';
import { testTlsServer } from '../testing/test-tls-server.js';
import { Subjects } from './subjects.js';

const minute = 60_000;
const install = testInstall();
const server = testTlsServer();
let now = 0;
let subjects: Subjects;
let corp: TestIssuer;
let count = 0;

beforeAll(() => {
  const fetchPublic = createFetchPublic({ internalHosts: ['localhost'], ca: server.authority.pem });
  const issuerKeys = new IssuerKeys(fetchPublic, silentLog, () => now);
  const { pool } = install;
  subjects = new Subjects({ pool, log: silentLog, issuer: 'http://localhost:4000', tokenKeys: () => [], issuerKeys });
});
beforeEach(async () => {
  corp = new TestIssuer(server, `/${++count}`);
  await install.pool.query(
    `insert into subject_issuer (id, name, issuer, audience, created_by) values ($1, 'Corp', $2, 'portcullis', 'spec')`,
    [`corp-${count}`, corp.address],
  );
});
const seconds = () => Math.floor(Date.now() / 1000);
const isTaken = async (token: string | Promise<string>) => (await subjects.verify(await token)) !== undefined;

describe("a subject token of somebody else's issuer", () => {
  it('is about a user of that issuer, until it ends', async () => {
    const exp = seconds() + 60;
    const endsAt = exp * 1000;
    expect(await subjects.verify(await corp.token({ exp }))).toEqual({
      user: `corp-${count}:ada`,
      endsAt,
      mayAct: undefined,
    });
    const token = await corp.token({ exp, aud: ['other', 'portcullis'], may_act: { sub: 'bot' } }, { typ: 'JWT' });
    expect(await subjects.verify(token)).toEqual({ user: `corp-${count}:ada`, endsAt, mayAct: 'bot' });
  });

  it('may be signed with RSA by a key that does not say its algorithm', async () => {
    const { privateKey, publicKey } = generateKeyPairSync('rsa', { modulusLength: 2048 });
    corp.keys = [{ ...publicKey.export({ format: 'jwk' }), kid: 'k1', use: 'sig', x5c: ['ignored'] }];
    for (const alg of ['RS256', 'PS256']) expect(await isTaken(corp.token({}, { alg }, privateKey))).toBe(true);
  });

  const stranger = generateKeyPairSync('ec', { namedCurve: 'P-256' }).privateKey;
  const publicBytes = () =>
    new TextEncoder().encode(String(createPublicKey(corp.key).export({ format: 'pem', type: 'spki' })));
  const unsigned = async () =>
    `${Buffer.from('{"alg":"none"}').toString('base64url')}.${(await corp.token()).split('.')[1]}.`;
  it.each<[string, () => Promise<string>]>([
    ['of an issuer that is not configured', () => corp.token({ iss: `${server.origin}/nobody` })],
    ['whose issuer differs by a slash', () => corp.token({ iss: `${corp.address}/` })],
    ['without an issuer', () => corp.token({ iss: undefined })],
    ['for another audience', () => corp.token({ aud: 'other' })],
    ['without an audience', () => corp.token({ aud: undefined })],
    ['signed by a stranger', () => corp.token({}, {}, stranger)],
    ['signed by a stranger without a key id', () => corp.token({}, { kid: undefined }, stranger)],
    ['signed with the public key as a secret', () => corp.token({}, { alg: 'HS256' }, publicBytes())],
    ['that is not signed', unsigned],
    ['that has expired', () => corp.token({ iat: seconds() - 400, exp: seconds() - 1 })],
    ['without an end', () => corp.token({ exp: undefined })],
    ['that is bound to a key, whose proof nobody can show here', () => corp.token({ cnf: { jkt: 'a'.repeat(43) } })],
    ['that tells of an event, like a logout token without a type', () => corp.token({ events: { logout: {} } })],
    ['that does not say when it was made', () => corp.token({ iat: undefined })],
    ['from the future', () => corp.token({ iat: seconds() + 60 })],
    ['not good yet', () => corp.token({ nbf: seconds() + 60 })],
    ['good for more than a day', () => corp.token({ exp: seconds() + 24 * 3600 + 60 })],
    ['older than a day', () => corp.token({ iat: seconds() - 25 * 3600 })],
    ['that is an access token', () => corp.token({}, { typ: 'at+jwt' })],
    ['that is an access token in capitals', () => corp.token({}, { typ: 'application/AT+JWT' })],
    ['that is a logout token', () => corp.token({}, { typ: 'logout+jwt' })],
    ['that claims to be from our own sign-in', () => corp.token({}, { typ: 'portcullis-subject+jwt' })],
    ['about nobody', () => corp.token({ sub: undefined })],
    ['about an empty name', () => corp.token({ sub: '' })],
    ['about a name of 256 characters', () => corp.token({ sub: 'a'.repeat(256) })],
    ['about a name with a line break', () => corp.token({ sub: 'ada\nben' })],
    ['about a name with a blank', () => corp.token({ sub: 'ada ben' })],
    ['whose may_act says nothing', () => corp.token({ may_act: {} })],
  ])('is refused when it is one %s', async (_what, token) => {
    expect(await isTaken(corp.token())).toBe(true);
    expect(await isTaken(token())).toBe(false);
  });

  it('follows the keys of its issuer: a new one at once, an old one until its set is read again', async () => {
    const old = await corp.token();
    expect(await isTaken(old)).toBe(true);
    corp.publish('k2');
    expect(await isTaken(corp.token())).toBe(true);
    expect(await isTaken(old)).toBe(false);
    server.on(`/${count}/jwks`, (_request, response) => response.writeHead(500).end());
    now += 60 * minute - 1;
    expect(await isTaken(corp.token())).toBe(true);
    now += 1;
    expect(await isTaken(corp.token())).toBe(false);
  });

  it('is refused while the metadata names another issuer', async () => {
    server.json(`/${count}/.well-known/openid-configuration`, () => ({
      issuer: `${server.origin}/other`,
      jwks_uri: `${corp.address}/jwks`,
    }));
    expect(await isTaken(corp.token())).toBe(false);
  });

  it('is worth nothing from the moment its issuer is disabled or removed', async () => {
    const token = await corp.token();
    const set = (enabled: boolean) => install.pool.query('update subject_issuer set enabled = $1', [enabled]);
    expect(await isTaken(token)).toBe(true);
    await set(false);
    expect(await isTaken(token)).toBe(false);
    await set(true);
    expect(await isTaken(token)).toBe(true);
    await install.pool.query('delete from subject_issuer');
    expect(await isTaken(token)).toBe(false);
  });
});
