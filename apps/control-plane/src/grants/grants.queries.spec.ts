import { beforeAll, describe, expect, it } from 'vitest';
import { testApi } from '../testing/test-api.js';

const matrixQuery = `query ($filter: String!, $first: Int!, $skip: Int!) {
  grantMatrix(filter: $filter, first: $first, skip: $skip) { total matching rows { role what isClass grants { id environment } } } }`;
const textsQuery = `query ($constraints: [JSON!]!, $obligations: [JSON!]!) {
  grantTexts(constraints: $constraints, obligations: $obligations) {
    constraints { text problems { path message } } obligations { text problems { path message } } } }`;

interface Matrix {
  readonly total: number;
  readonly matching: number;
  readonly rows: readonly {
    role: string;
    what: string;
    isClass: boolean;
    grants: readonly { environment: string }[];
  }[];
}

describe('reading grants', () => {
  const api = testApi();
  const make = (mutation: string) => api.admin.get<Record<string, never>>(`mutation { ${mutation} }`);
  const page = async (filter = '', first = 50, skip = 0) =>
    (await api.admin.get<{ grantMatrix: Matrix }>(matrixQuery, { filter, first, skip })).grantMatrix;
  const named = ({ rows }: Matrix) => rows.map(({ role, what, grants }) => `${role} ${what} ${grants.length}`);

  beforeAll(async () => {
    for (const id of ['prod', 'staging'])
      await make(`createEnvironment(input: { id: "${id}", name: "${id}" }) { revision }`);
    for (const id of ['support', 'a-role'])
      await make(`createRole(input: { id: "${id}", name: "${id}" }) { revision }`);
    for (const [role, environment, toolClass] of [
      ['support', 'prod', 'read'],
      ['support', 'staging', 'read'],
      ['support', 'prod', 'payments'],
      ['support', 'prod', 'payments'],
      ['a-role', 'prod', 'x-read'],
    ])
      await make(
        `createGrant(input: { role: "${role}", environment: "${environment}", toolClass: "${toolClass}", task: lookup }) { revision }`,
      );
  });

  it('comes as a row for each role and tool or class, environments together, a page at a time', async () => {
    const all = await page();
    expect(all).toMatchObject({ total: 3, matching: 3 });
    expect(named(all)).toEqual(['a-role x-read 1', 'support payments 2', 'support read 2']);
    expect(all.rows[2]?.grants.map(({ environment }) => environment)).toEqual(['prod', 'staging']);
    expect(named(await page('', 1, 1))).toEqual(['support payments 2']);
    expect(await page('', 1, 9)).toMatchObject({ total: 3, rows: [] });
  });

  it('is found by role, tool or environment, and a sign of the pattern language is only itself', async () => {
    expect(named(await page('READ'))).toEqual(['a-role x-read 1', 'support read 2']);
    expect(named(await page('staging'))).toEqual(['support read 1']);
    for (const filter of ['%', '_', String.raw`\ `, "'"]) expect((await page(filter)).rows).toEqual([]);
    expect(await page('nothing')).toMatchObject({ total: 3, matching: 0, rows: [] });
  });

  it('leaves out what is revoked, which is still found by its id', async () => {
    const made = await api.admin.get<{ createGrant: { grant: { id: string } } }>(
      'mutation { createGrant(input: { role: "support", environment: "prod", toolClass: "gone", task: lookup }) { grant { id } } }',
    );
    const { id } = made.createGrant.grant;
    await make(`revokeGrant(id: "${id}") { revision }`);
    expect((await page('gone')).rows).toEqual([]);
    const one = (wanted: string) => api.admin.get('query ($id: ID!) { grant(id: $id) { id } }', { id: wanted });
    expect(await one(id)).toEqual({ grant: { id } });
    expect(await one('none')).toEqual({ grant: null });
  });

  it('refuses a page that is none', async () => {
    for (const bad of [{ first: 0 }, { first: 201 }, { skip: -1 }, { filter: 'x'.repeat(201) }]) {
      const answer = await api.admin.ask(matrixQuery, { filter: '', first: 50, skip: 0, ...bad });
      expect(answer.code).toBe('input_invalid');
    }
  });

  it('says constraints and obligations in words while they are written, or what is wrong at which field', async () => {
    const { grantTexts } = await api.admin.get<{ grantTexts: object }>(textsQuery, {
      constraints: [
        { kind: 'max', path: 'amount', value: 100 },
        { kind: 'max', path: 'amount' },
        { kind: 'pattern', path: 'a', pattern: '(' },
      ],
      obligations: [{ kind: 'size', maxBytes: 65_536 }, { kind: 'size' }],
    });
    expect(grantTexts).toMatchObject({
      constraints: [
        { text: 'amount at most 100', problems: [] },
        { text: null, problems: [{ path: 'value', message: 'write a number' }] },
        { text: null, problems: [{ path: 'pattern' }] },
      ],
      obligations: [{ text: 'at most 64 KiB' }, { text: null, problems: [{ path: 'maxBytes' }] }],
    });
    const many = Array.from({ length: 51 }, () => ({ kind: 'forbidden', path: 'a' }));
    expect((await api.admin.ask(textsQuery, { constraints: many, obligations: [] })).code).toBe('input_invalid');
  });
});
