import { beforeAll, describe, expect, it } from 'vitest';
import { testApi } from '../testing/test-api.js';

const createGrant =
  'mutation ($input: CreateGrantInput!) { createGrant(input: $input) { revision grant { id obligations obligationTexts } } }';

interface Created {
  readonly createGrant: {
    readonly revision: number;
    readonly grant: { readonly id: string; readonly obligations: unknown; readonly obligationTexts: readonly string[] };
  };
}

describe('the obligations of a grant', () => {
  const api = testApi();
  const grant = { role: 'support', environment: 'prod', toolClass: 'payments', task: 'execute' };
  const max = { kind: 'max', path: 'amount', value: 100 };
  beforeAll(async () => {
    await api.admin.get('mutation { createEnvironment(input: { id: "prod", name: "Prod" }) { revision } }');
    await api.admin.get('mutation { createRole(input: { id: "support", name: "Support" }) { revision } }');
  });

  const world = async () => [
    await api.revision(),
    (await api.pool.query('select * from grants order by id')).rows,
    (await api.pool.query('select * from change_latest order by 1, 2')).rows,
  ];
  const told = async (id: string) => {
    const found = await api.pool.query<{ value: string }>(
      `select value from change_latest where kind = 'grant' and object_id = $1`,
      [id],
    );
    return JSON.parse(found.rows[0]?.value ?? 'null') as { obligations: unknown };
  };

  it('of every kind are taken, told to guards as they are, and shown in words', async () => {
    const obligations = [
      { kind: 'fields', keep: ['id', 'subject'] },
      { kind: 'items', path: 'documents', where: [{ kind: 'equal', path: 'classification', value: 'public' }] },
      { kind: 'redact', what: ['email'], patterns: ['T-[0-9]+'] },
      { kind: 'size', maxBytes: 65_536 },
      { kind: 'label', trust: 'untrusted' },
      { kind: 'audit', level: 'full' },
      { kind: 'quota', per: 'agent', window: 'hour', calls: 3 },
      { kind: 'quota', per: 'user', window: 'day', amount: { path: 'amount', max: 1000 } },
      { kind: 'approval', group: 'finance', unless: [max] },
    ];
    const before = await api.revision();
    const made = await api.admin.get<Created>(createGrant, { input: { ...grant, obligations } });
    expect(made.createGrant.revision).toBe(before + 1);
    expect(made.createGrant.grant.obligations).toEqual(obligations);
    expect(await told(made.createGrant.grant.id)).toMatchObject({ obligations });
    expect(made.createGrant.grant.obligationTexts).toHaveLength(obligations.length);
    expect(made.createGrant.grant.obligationTexts).toContain('approval of finance unless amount at most 100');
    const { grants } = await api.admin.get<{ grants: object[] }>('{ grants { id obligations } }');
    expect(grants).toContainEqual({ id: made.createGrant.grant.id, obligations });
  });

  it('are none unless they are named', async () => {
    const made = await api.admin.get<Created>(createGrant, { input: grant });
    expect(made.createGrant.grant).toMatchObject({ obligations: [], obligationTexts: [] });
    expect(await told(made.createGrant.grant.id)).toMatchObject({ obligations: [] });
  });

  const items = (where: readonly object[]) => ({ kind: 'items', path: 'documents', where });
  const quota = { kind: 'quota', per: 'agent', window: 'hour' };

  it.each([
    ['a kind that is none', { kind: 'filter' }, '0.kind', /no such kind; use fields/],
    ['a word more', { kind: 'size', maxBytes: 1, unless: 2 }, '0', /unless/],
    ['both to keep and to drop', { kind: 'fields', keep: ['a'], drop: ['b'] }, '0.keep', /keep or what to drop/],
    ['nothing to keep', { kind: 'fields', keep: [] }, '0.keep', /at least one path/],
    ['a field that is no path', { kind: 'fields', keep: ['a..b'] }, '0.keep.0', /names joined by dots/],
    ['a list of lists', { ...items([max]), path: 'a.*' }, '0.path', /without \*/],
    ['no items to keep', items([]), '0.where', /which items/],
    [
      'half an expression for items',
      items([{ kind: 'pattern', path: 'a', pattern: '(' }]),
      '0.where.0.pattern',
      /clos/,
    ],
    ['nothing to redact', { kind: 'redact' }, '0.what', /what to redact/],
    ['what nobody recognises', { kind: 'redact', what: ['dna'] }, '0.what.0', /./],
    ['half an expression', { kind: 'redact', patterns: ['a', '('] }, '0.patterns.1', /missing closing/],
    ['an expression too large', { kind: 'redact', patterns: ['a{900}'] }, '0.patterns.0', /repeats too much/],
    ['a size of nothing', { kind: 'size', maxBytes: 0 }, '0.maxBytes', /./],
    ['no label', { kind: 'label' }, '0.trust', /a trust, a secrecy/],
    ['a level that is none', { kind: 'audit', level: 'some' }, '0.level', /./],
    ['a quota of nothing', quota, '0.calls', /calls or an amount/],
    ['a quota of half a call', { ...quota, calls: 0.5 }, '0.calls', /whole number/],
    ['an amount of nothing', { ...quota, amount: { path: 'a', max: 0 } }, '0.amount.max', /above 0/],
    ['an amount in quotes', { ...quota, amount: { path: 'a', max: '9' } }, '0.amount.max', /write a number/],
    ['a time that is none', { ...quota, window: 'week', calls: 1 }, '0.window', /./],
    ['a group that is none', { kind: 'approval', group: 'A B' }, '0.group', /./],
    ['half a limit', { kind: 'approval', group: 'a', unless: [{ kind: 'max', path: 'a' }] }, '0.unless.0.value', /num/],
    [
      'half an expression in a limit',
      { kind: 'approval', group: 'a', unless: [max, { kind: 'pattern', path: 'a', pattern: '(' }] },
      '0.unless.1.pattern',
      /missing closing/,
    ],
    ['what every object has', JSON.parse('{"kind":"size","maxBytes":1,"__proto__":{"a":1}}') as object, '0', /./],
  ])('with %s are refused at the field, and nothing is granted', async (_what, obligation, path, message) => {
    const before = await world();
    const answer = await api.admin.ask(createGrant, { input: { ...grant, obligations: [obligation] } });
    expect(answer.code).toBe('input_invalid');
    const fields = answer.errors[0]?.extensions.details['fields'];
    const field = { path: `obligations.${path}`, message: expect.stringMatching(message) as string };
    expect(fields).toEqual(expect.arrayContaining([field]));
    expect(await world()).toEqual(before);
  });

  const patterns = Array.from({ length: 10 }, (_, index) => `${'x'.repeat(250)}${index}`);

  it.each([
    ['twenty-one', Array.from({ length: 21 }, () => ({ kind: 'size', maxBytes: 1 })), /at most 20/],
    ['two thousand', Array.from({ length: 2_000 }, () => ({ kind: 'redact', patterns: ['a'] })), /at most 20/],
    ['too long together', Array.from({ length: 20 }, () => ({ kind: 'redact', patterns })), /together/],
  ])('%s are refused, and nothing is granted', async (_what, obligations, message) => {
    const before = await world();
    const answer = await api.admin.ask(createGrant, { input: { ...grant, obligations } });
    expect(answer.code).toBe('input_invalid');
    expect(JSON.stringify(answer.errors)).toMatch(message);
    expect(await world()).toEqual(before);
  });
});
