import { beforeAll, describe, expect, it } from 'vitest';
import type { Viewer } from '../authorisation/viewer.js';
import { UnitOfWork } from '../database/unit-of-work.js';
import { createFetchPublic } from '../platform/fetch-public.js';
import { testApi } from '../testing/test-api.js';
import { TestIssuer } from '../testing/test-issuer.js';
import { testTlsServer } from '../testing/test-tls-server.js';
import { until } from '../testing/until.js';
import { SubjectIssuersCommands } from './subject-issuers.commands.js';
import { SubjectIssuersQueries } from './subject-issuers.queries.js';

const fields = 'id name issuer audience jwksUri enabled createdBy';
const create = `mutation ($input: CreateSubjectIssuerInput!) { createSubjectIssuer(input: $input) { revision issuer { ${fields} } } }`;
const update = `mutation ($input: UpdateSubjectIssuerInput!) { updateSubjectIssuer(input: $input) { revision issuer { ${fields} } } }`;
const remove = 'mutation ($id: ID!) { removeSubjectIssuer(id: $id) { revision } }';
const list = `{ subjectIssuers { ${fields} } }`;

const viewer: Viewer = {
  sessionId: 's',
  apiToken: null,
  personId: 'p',
  email: 'spec',
  name: 'Spec',
  permissions: new Set(),
};

describe('subject issuers', () => {
  const server = testTlsServer();
  const api = testApi({ PORTCULLIS_INTERNAL_HOSTS: 'localhost' }, { ca: () => server.authority.pem });
  let corp: TestIssuer;
  beforeAll(() => void (corp = new TestIssuer(server, '/corp')));
  const all = async () => (await api.admin.get<{ subjectIssuers: { id: string }[] }>(list)).subjectIssuers;
  const world = async () => [
    await api.revision(),
    (await api.pool.query('select * from subject_issuer order by id')).rows,
  ];
  const inputFor = (id: string, more: object = {}) => ({
    input: { id, name: 'Corp', issuer: corp.address, audience: 'portcullis', ...more },
  });
  const known = (more: object = {}) => ({
    input: { id: 'corp', name: 'Corp', audience: 'portcullis', enabled: true, ...more },
  });

  it('are made once their metadata and keys were read, changed and removed, and guards are told nothing', async () => {
    const before = await api.revision();
    const issuer = {
      ...{ id: 'corp', name: 'Corp', issuer: corp.address, audience: 'portcullis', jwksUri: null, enabled: true },
      createdBy: 'ada@example.org',
    };
    expect(await api.admin.get(create, inputFor('corp'))).toEqual({
      createSubjectIssuer: { revision: before, issuer },
    });
    expect(server.asked).toEqual(['/corp/.well-known/openid-configuration', '/corp/jwks']);
    const jwksUri = `${corp.address}/jwks`;
    const changed = { ...issuer, name: 'Corp 2', audience: 'desk', jwksUri, enabled: false };
    const changes = { name: 'Corp 2', audience: 'desk', jwksUri, enabled: false };
    expect(await api.admin.get(update, known(changes))).toEqual({
      updateSubjectIssuer: { revision: before, issuer: changed },
    });
    expect(await all()).toEqual([changed]);
    expect(await api.admin.get(remove, { id: 'corp' })).toEqual({ removeSubjectIssuer: { revision: before } });
    expect([await all(), await api.revision()]).toEqual([[], before]);
  });

  it('may have keys at an address of their own, where there is no metadata', async () => {
    server.json('/keys', () => ({ keys: corp.keys }));
    const input = { issuer: 'https://login.example.org', jwksUri: `${server.origin}/keys` };
    await api.admin.get(create, inputFor('plain', input));
    expect((await all()).map(({ id }) => id)).toEqual(['plain']);
    await api.admin.get(remove, { id: 'plain' });
  });

  const odd = (metadata: unknown) => {
    server.json('/odd/.well-known/openid-configuration', () => metadata);
    return { issuer: `${server.origin}/odd` };
  };
  const set = (keys: unknown) => {
    server.json('/set', () => keys);
    return { jwksUri: `${server.origin}/set` };
  };
  it.each<[string, string, () => object]>([
    ['whose host is not public', 'not_public', () => ({ issuer: 'https://127.0.0.1/corp' })],
    ['whose name leads nowhere', 'name_unresolved', () => ({ issuer: 'https://login.invalid' })],
    ['without metadata', 'not_metadata', () => odd({ issuer: `${server.origin}/odd` })],
    ['whose metadata is another issuer’s', 'other_issuer', () => odd({ issuer: corp.address, jwks_uri: 'x' })],
    ['that differs by a slash from its metadata', 'other_issuer', () => ({ issuer: `${corp.address}/` })],
    [
      'whose keys are not public',
      'not_public',
      () => odd({ issuer: `${server.origin}/odd`, jwks_uri: 'https://10.0.0.1/' }),
    ],
    [
      'whose keys are in the clear',
      'address_invalid',
      () => odd({ issuer: `${server.origin}/odd`, jwks_uri: 'http://a.example/' }),
    ],
    ['without keys', 'no_usable_key', () => set({ keys: [] })],
    ['whose keys are no key set', 'not_a_key_set', () => set({})],
    ['that publishes a private key', 'private_key', () => set({ keys: [corp.key.export({ format: 'jwk' })] })],
    [
      'with more keys than are read',
      'too_many_keys',
      () => set({ keys: Array.from({ length: 65 }, () => corp.keys[0]) }),
    ],
  ])('refuse one %s, with the reason, and leave everything as it was', async (_what, reason, input) => {
    const before = await world();
    const { code, errors } = await api.admin.ask(create, inputFor('new', input()));
    expect([code, errors[0]?.extensions.details['reason']]).toEqual(['issuer_refused', reason]);
    expect(await world()).toEqual(before);
  });

  it('refuse this installation, which needs none', async () => {
    const config = { ...api.config, publicUrl: 'https://portcullis.example' };
    const unit = new UnitOfWork(api.pool, config);
    const fetchPublic = createFetchPublic();
    const commands = new SubjectIssuersCommands(unit, new SubjectIssuersQueries(api.pool), config, fetchPublic);
    const asked = { id: 'own', name: 'Own', audience: 'portcullis', jwksUri: null };
    const before = await world();
    for (const issuer of ['https://portcullis.example', 'https://portcullis.example/']) {
      const made = commands.create(viewer, { ...asked, issuer });
      await expect(made).rejects.toMatchObject({ code: 'issuer_refused', details: { reason: 'own_issuer' } });
    }
    expect(await world()).toEqual(before);
  });

  it.each<[string, object]>([
    ['an id that stands for our own sign-in', { id: 'portcullis' }],
    ['an id that is none', { id: 'Corp!' }],
    ['a name of blanks', { name: ' ' }],
    ['an audience of blanks', { audience: ' ' }],
    ['an issuer in the clear', { issuer: 'http://login.example.org' }],
    ['an issuer with a query', { issuer: 'https://login.example.org?a' }],
    ['an issuer with a user', { issuer: 'https://me@login.example.org' }],
  ])('refuse %s, and leave everything as it was', async (_what, input) => {
    const before = await world();
    expect((await api.admin.ask(create, inputFor('new', input))).code).toBe('input_invalid');
    expect(await world()).toEqual(before);
  });

  it('refuse a second of the same id or address, changes of nobody, and keys that cannot be read', async () => {
    await api.admin.get(create, inputFor('corp'));
    const before = await world();
    const other = new TestIssuer(server, '/other');
    const refused: [string, object, string][] = [
      [create, inputFor('corp', { issuer: other.address }), 'already_exists'],
      [create, inputFor('second'), 'already_exists'],
      [update, known({ id: 'nobody' }), 'not_found'],
      [update, known({ name: '' }), 'input_invalid'],
      [update, known({ jwksUri: 'https://localhost:1/keys' }), 'issuer_refused'],
      [remove, { id: 'nobody' }, 'not_found'],
    ];
    for (const [mutation, variables, code] of refused)
      expect((await api.admin.ask(mutation, variables)).code).toBe(code);
    expect(await world()).toEqual(before);
  });

  it('can be renamed and disabled while their keys cannot be read, but not enabled again', async () => {
    server.on('/corp/jwks', (_request, response) => response.writeHead(500).end());
    await api.admin.get(update, known({ name: 'Down', enabled: false }));
    const before = await world();
    expect((await api.admin.ask(update, known())).code).toBe('issuer_refused');
    expect(await world()).toEqual(before);
    server.json('/corp/jwks', () => ({ keys: corp.keys }));
    await api.admin.get(update, known());
    expect(await all()).toMatchObject([{ id: 'corp', enabled: true }]);
  });

  it('are not changed by somebody who looked before another change', async () => {
    const client = await api.pool.connect();
    await client.query('begin');
    await client.query(`update subject_issuer set enabled = false where id = 'corp'`);
    const late = api.admin.ask(update, known({ name: 'Late' }));
    await until('the late change to wait', async () => {
      const { rowCount } = await api.pool.query(
        `select 1 from pg_stat_activity where datname = current_database() and wait_event_type = 'Lock' and query like '%subject_issuer%for update%'`,
      );
      return rowCount === 1;
    });
    await client.query('commit');
    client.release();
    expect((await late).code).toBe('conflict');
    expect(await all()).toMatchObject([{ name: 'Corp', enabled: false }]);
  });

  it('are changed by nobody without the permission', async () => {
    const before = await world();
    await api.pool.query(`delete from person_permission where permission = 'tokens:write'`);
    for (const [mutation, variables] of [
      [create, inputFor('new')],
      [update, known()],
      [remove, { id: 'corp' }],
    ] as const) {
      expect((await api.admin.ask(mutation, variables)).code).toBe('forbidden');
      expect((await api.visitor().ask(mutation, variables)).code).toBe('unauthenticated');
    }
    expect(await world()).toEqual(before);
  });
});
