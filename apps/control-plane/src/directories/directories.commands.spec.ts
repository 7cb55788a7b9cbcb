import { canonicalIdentity } from '@portcullis/contracts';
import { directoryDigest } from '@portcullis/contracts/signed';
import { beforeAll, describe, expect, it } from 'vitest';
import { testApi } from '../testing/test-api.js';
import { addServer, assign, addAgent, change } from '../testing/world.js';

const create =
  'mutation ($input: CreateDirectoryInput!) { createDirectory(input: $input) { revision directory { id size grants holds } } }';
const entries = (name: string) =>
  `mutation ($input: DirectoryEntriesInput!) { ${name}(input: $input) { revision directory { size } } }`;
const add = entries('addDirectoryEntries');
const remove = entries('removeDirectoryEntries');
const retire = 'mutation ($id: ID!) { retireDirectory(id: $id) { revision directory { retiredAt } } }';
const createGrant =
  'mutation ($input: CreateGrantInput!) { createGrant(input: $input) { revision grant { id constraintTexts } } }';
const revokeGrant = 'mutation ($id: ID!) { revokeGrant(id: $id) { revision } }';
const list = '{ directories { id environment name holds size grants retiredAt } }';
const naming = 'query ($d: ID!) { directory(id: $d) { id grants } grantsNaming(directory: $d) { id conversation } }';
const read =
  'query ($d: ID!, $after: ID, $first: Int!) { directoryEntries(directory: $d, after: $after, first: $first) { value canonical addedBy } }';

describe('directories', () => {
  const api = testApi();
  beforeAll(async () => {
    await addServer(api.pool, 'desk', 'prod');
    await addServer(api.pool, 'lab', 'staging');
    await addAgent(api.pool, 'bot');
    await assign(api.pool, 'x', 'bot', 'support', 'prod');
    await change(api.pool, async ({ client, append }) => {
      await client.query(
        `insert into tool (id, server_id, name, classes) values ('desk/send', 'desk', 'send', '{egress}')`,
      );
      append('tool', 'desk/send', { server: 'desk', name: 'send', classes: ['egress'] });
    });
    for (const [id, environment, holds] of [
      ['friends', 'prod', 'email'],
      ['payees', 'prod', 'account'],
      ['lab-friends', 'staging', 'email'],
      ['old', 'prod', 'email'],
    ] as const)
      await api.admin.get(create, { input: { id, environment, name: id, holds } });
    await api.admin.get(retire, { id: 'old' });
  });

  async function world(): Promise<unknown> {
    const read = async (query: string) => (await api.pool.query(query)).rows;
    const tables = ['directory', 'directory_entry', 'grants', 'change_latest'];
    return [
      await api.revision(),
      ...(await Promise.all(tables.map((table) => read(`select * from ${table} order by 1, 2`)))),
    ];
  }
  async function told(id: string) {
    const { rows } = await api.pool.query<{ value: string | null }>(
      `select value from change_latest where kind = 'directory' and object_id = $1`,
      [id],
    );
    return rows[0]?.value === null ? null : (JSON.parse(rows[0]?.value ?? '{}') as { entries: string[] });
  }
  const digest = (id: string, value: string) =>
    directoryDigest(id, { as: 'email', canonical: canonicalIdentity('email', value) ?? '' });
  const grant = (directories: readonly string[], as = 'email') => ({
    ...{ role: 'support', environment: 'prod', toolId: 'desk/send', task: 'lookup' },
    constraints: [{ kind: 'provenance', path: 'to', as, directories }],
  });

  it('tell guards digests and people the values, which stand once however they are written', async () => {
    const before = await api.revision();
    const values = ['Ada@Example.com', 'Ada@EXAMPLE.com', 'bob@example.com'];
    const { addDirectoryEntries } = await api.admin.get<{
      addDirectoryEntries: { revision: number; directory: object };
    }>(add, {
      input: { directory: 'friends', values },
    });
    expect(addDirectoryEntries).toEqual({ revision: before + 1, directory: { size: 2 } });
    const value = await told('friends');
    expect(value).toMatchObject({ environment: 'prod', name: 'friends', holds: 'email' });
    expect(value?.entries.toSorted()).toEqual(
      [digest('friends', 'Ada@example.com'), digest('friends', 'bob@example.com')].sort(),
    );
    expect(JSON.stringify(value)).not.toMatch(/ada|bob/i);
    const page = await api.admin.get<{ directoryEntries: { canonical: string }[] }>(read, {
      d: 'friends',
      after: null,
      first: 1,
    });
    expect(page.directoryEntries).toEqual([
      { value: 'Ada@EXAMPLE.com', canonical: 'Ada@example.com', addedBy: 'ada@example.org' },
    ]);
    const rest = await api.admin.get<{ directoryEntries: object[] }>(read, {
      d: 'friends',
      after: 'Ada@example.com',
      first: 5,
    });
    expect(rest.directoryEntries).toMatchObject([{ value: 'bob@example.com' }]);
  });

  it('that have it already do not change, and lose what is removed', async () => {
    await api.admin.get(add, { input: { directory: 'lab-friends', values: ['a@example.com', 'b@example.com'] } });
    const before = await world();
    const again = await api.admin.get<{ addDirectoryEntries: { revision: number } }>(add, {
      input: { directory: 'lab-friends', values: ['a@EXAMPLE.com'] },
    });
    expect([await world(), again.addDirectoryEntries.revision]).toEqual([before, await api.revision()]);
    const revision = await api.revision();
    const { removeDirectoryEntries } = await api.admin.get<{ removeDirectoryEntries: object }>(remove, {
      input: { directory: 'lab-friends', values: ['a@Example.com'] },
    });
    expect(removeDirectoryEntries).toEqual({ revision: revision + 1, directory: { size: 1 } });
    expect((await told('lab-friends'))?.entries).toEqual([digest('lab-friends', 'b@example.com')]);
  });

  it('named by a live grant are not retired; afterwards they leave the feed for good', async () => {
    await api.admin.get(create, { input: { id: 'short', environment: 'prod', name: 'Short', holds: 'email' } });
    const nested = {
      ...grant([]),
      constraints: [],
      obligations: [
        {
          kind: 'approval',
          group: 'g',
          unless: [
            {
              kind: 'items',
              path: 'all',
              each: [{ kind: 'provenance', path: '.', as: 'email', directories: ['short'] }],
            },
          ],
        },
      ],
    };
    const made = [
      await api.admin.get<{ createGrant: { grant: { id: string } } }>(createGrant, {
        input: grant(['friends', 'short']),
      }),
      await api.admin.get<{ createGrant: { grant: { id: string } } }>(createGrant, { input: nested }),
    ];
    for (const [
      left,
      {
        createGrant: { grant: held },
      },
    ] of made.entries()) {
      const before = await world();
      const refused = await api.admin.ask(retire, { id: 'short' });
      expect([refused.code, refused.errors[0]?.extensions.details['grants']]).toEqual([
        'conflict',
        expect.arrayContaining([held.id]),
      ]);
      expect(await world()).toEqual(before);
      const { directories } = await api.admin.get<{ directories: { id: string; grants: number }[] }>(list);
      expect(directories.find(({ id }) => id === 'short')?.grants).toBe(2 - left);
      const still = made.slice(left).map(({ createGrant: { grant: one } }) => one);
      expect(await api.admin.get(naming, { d: 'short' })).toEqual({
        directory: { id: 'short', grants: still.length },
        grantsNaming: still.map(({ id }) => ({ id, conversation: null })).toSorted((a, b) => (a.id < b.id ? -1 : 1)),
      });
      await api.admin.get(revokeGrant, { id: held.id });
    }
    const revision = await api.revision();
    const { retireDirectory } = await api.admin.get<{ retireDirectory: { revision: number } }>(retire, { id: 'short' });
    expect([retireDirectory.revision, await told('short')]).toEqual([revision + 1, null]);
  });

  it.each<[string, string, () => object, string, RegExp]>([
    [
      'an id that is taken, retired or not',
      create,
      () => ({ id: 'old', environment: 'prod', name: 'x', holds: 'email' }),
      'already_exists',
      /old/,
    ],
    [
      'an environment that is not there',
      create,
      () => ({ id: 'new', environment: 'moon', name: 'x', holds: 'email' }),
      'not_found',
      /moon/,
    ],
    [
      'an id with capitals',
      create,
      () => ({ id: 'New', environment: 'prod', name: 'x', holds: 'email' }),
      'input_invalid',
      /^id: /,
    ],
    [
      'no name',
      create,
      () => ({ id: 'new', environment: 'prod', name: ' ', holds: 'email' }),
      'input_invalid',
      /^name: /,
    ],
    [
      'a value that is no address',
      add,
      () => ({ directory: 'friends', values: ['c@example.com', 'Carl'] }),
      'input_invalid',
      /^values\.1: write a plain e-mail address/,
    ],
    [
      'two addresses in one value',
      add,
      () => ({ directory: 'friends', values: ['c@example.com, d@example.com'] }),
      'input_invalid',
      /^values\.0: /,
    ],
    ['no values', add, () => ({ directory: 'friends', values: [] }), 'input_invalid', /^values: name at least one/],
    [
      'more than 500 at once',
      add,
      () => ({ directory: 'friends', values: Array.from({ length: 501 }, (_, n) => `a${n}@example.com`) }),
      'input_invalid',
      /^values: name at most 500/,
    ],
    [
      'a value of 10,000 characters',
      add,
      () => ({ directory: 'friends', values: ['x'.repeat(10_000)] }),
      'input_invalid',
      /^values\.0: use at most 2048/,
    ],
    [
      'a directory that is not there',
      add,
      () => ({ directory: 'nobody', values: ['c@example.com'] }),
      'not_found',
      /nobody/,
    ],
    ['a retired directory', add, () => ({ directory: 'old', values: ['c@example.com'] }), 'retired', /old/],
    [
      'an entry that is not in it, with one that is',
      remove,
      () => ({ directory: 'friends', values: ['bob@example.com', 'eve@example.com'] }),
      'not_found',
      /eve@example.com is not in directory friends/,
    ],
    [
      'a grant that names no directory there is',
      createGrant,
      () => grant(['friends', 'nobody']),
      'input_invalid',
      /^constraints\.0\.directories\.1: there is no directory nobody/,
    ],
    [
      'a grant that names a retired one',
      createGrant,
      () => grant(['old']),
      'input_invalid',
      /^constraints\.0\.directories\.0: directory old is retired/,
    ],
    [
      'a grant that names one of another environment',
      createGrant,
      () => grant(['lab-friends']),
      'input_invalid',
      /directories\.0: directory lab-friends is not in prod/,
    ],
    [
      'a grant that reads its entries in another form',
      createGrant,
      () => grant(['payees']),
      'input_invalid',
      /payees holds values of form account, so nothing read as email/,
    ],
    [
      'a grant without a source',
      createGrant,
      () => ({ ...grant([]), constraints: [{ kind: 'provenance', path: 'to', as: 'email' }] }),
      'input_invalid',
      /^constraints\.0\.request: let it come from/,
    ],
    [
      'a grant that would take it from history',
      createGrant,
      () => ({
        ...grant([]),
        constraints: [{ kind: 'provenance', path: 'to', as: 'email', request: true, history: true }],
      }),
      'input_invalid',
      /^constraints\.0: .*history/,
    ],
  ])('refuse %s and change nothing', async (_what, mutation, input, code, message) => {
    const before = await world();
    const answer = await api.admin.ask(mutation, { input: input() });
    expect([answer.code, answer.errors[0]?.message]).toEqual([code, expect.stringMatching(message)]);
    expect(await world()).toEqual(before);
  });

  it('hold 5,000 entries and not one more', async () => {
    await api.admin.get(create, { input: { id: 'large', environment: 'prod', name: 'Large', holds: 'text' } });
    const many = (from: number, count: number) => Array.from({ length: count }, (_, n) => `entry ${from + n}`);
    for (let from = 0; from < 5000; from += 500)
      await api.admin.get(add, { input: { directory: 'large', values: many(from, 500) } });
    const before = await world();
    const answer = await api.admin.ask(add, { input: { directory: 'large', values: ['one more'] } });
    expect([answer.code, (await told('large'))?.entries.length]).toEqual(['conflict', 5000]);
    expect(await world()).toEqual(before);
  }, 30_000);

  it('say in words where a value has to come from', async () => {
    const { createGrant: made } = await api.admin.get<{ createGrant: { grant: { constraintTexts: string[] } } }>(
      createGrant,
      {
        input: { ...grant(['friends']), constraints: [{ ...grant(['friends']).constraints[0], request: true }] },
      },
    );
    expect(made.grant.constraintTexts).toEqual([
      "to an e-mail address from the user's own request or directory friends",
    ]);
  });

  it('are refused to people without the right to write grants', async () => {
    const before = await world();
    expect((await api.visitor().ask(add, { input: { directory: 'friends', values: ['z@example.com'] } })).code).toBe(
      'unauthenticated',
    );
    expect(await world()).toEqual(before);
  });
});
