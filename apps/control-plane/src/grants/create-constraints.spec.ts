import { beforeAll, describe, expect, it } from 'vitest';
import { testApi } from '../testing/test-api.js';

const createGrant =
  'mutation ($input: CreateGrantInput!) { createGrant(input: $input) { revision grant { id constraints constraintTexts } } }';

interface Created {
  readonly createGrant: {
    readonly revision: number;
    readonly grant: { readonly id: string; readonly constraints: unknown; readonly constraintTexts: readonly string[] };
  };
}

describe('the constraints of a grant', () => {
  const api = testApi();
  const grant = { role: 'support', environment: 'prod', toolClass: 'payments', task: 'execute' };
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
    return JSON.parse(found.rows[0]?.value ?? 'null') as { constraints: unknown };
  };

  it('of every kind are taken, told to guards as they are, and shown in words', async () => {
    const constraints = [
      { kind: 'min', path: 'amount', value: 1 },
      { kind: 'max', path: 'amount', value: 100 },
      { kind: 'length', path: 'note', max: 200 },
      { kind: 'one-of', path: 'currency', values: ['EUR', 'USD'] },
      { kind: 'equal', path: 'dryRun', value: true },
      { kind: 'equal-claim', path: 'customerId', claim: 'conversation.customerId' },
      { kind: 'prefix', path: 'ticket', prefix: 'T-' },
      { kind: 'glob', path: 'file', glob: 'docs/**' },
      { kind: 'pattern', path: 'ticket', pattern: 'T-[0-9]{1,6}' },
      { kind: 'hosts', path: 'url', hosts: ['*.example.com'] },
      { kind: 'cidr', path: 'address', networks: ['10.0.0.0/8'] },
      { kind: 'forbidden', path: 'force' },
      { kind: 'sql', path: 'query', statements: ['select'], tables: ['public.tickets'], maxRows: 100 },
      { kind: 'items', path: 'to', max: 5, each: [{ kind: 'length', path: '.', max: 64 }] },
    ];
    const before = await api.revision();
    const made = await api.admin.get<Created>(createGrant, { input: { ...grant, constraints } });
    expect(made.createGrant.revision).toBe(before + 1);
    expect(made.createGrant.grant.constraints).toEqual(constraints);
    expect(await told(made.createGrant.grant.id)).toMatchObject({ constraints });
    expect(made.createGrant.grant.constraintTexts).toHaveLength(14);
    expect(made.createGrant.grant.constraintTexts).toContain(
      'query a single SELECT over public.tickets, at most 100 rows',
    );
    expect(made.createGrant.grant.constraintTexts).toContain("customerId equal to the conversation's customerId");
  });

  const many = Array.from({ length: 100 }, (_, index) => `${'x'.repeat(250)}${index}`);

  it.each([
    ['a kind that is none', { kind: 'maximum', path: 'a' }, 'constraints.0.kind', /no such kind; use min/],
    ['a word more', { kind: 'forbidden', path: 'a', unless: 'b' }, 'constraints.0', /unless/],
    ['no path', { kind: 'forbidden' }, 'constraints.0.path', /./],
    ['a path that is none', { kind: 'forbidden', path: 'a..b' }, 'constraints.0.path', /names joined by dots/],
    ['a limit in quotes', { kind: 'max', path: 'a', value: '1' }, 'constraints.0.value', /write a number/],
    ['crossed ends', { kind: 'length', path: 'a', min: 2, max: 1 }, 'constraints.0.max', /not be less than min/],
    ['an empty list', { kind: 'one-of', path: 'a', values: [] }, 'constraints.0.values', /name at least one/],
    ['null in a list', { kind: 'one-of', path: 'a', values: [null] }, 'constraints.0.values.0', /write a text/],
    ['an object as literal', { kind: 'equal', path: 'a', value: {} }, 'constraints.0.value', /write a text/],
    [
      'P-F3 the instance',
      { kind: 'equal-claim', path: 'a', claim: 'instance' },
      'constraints.0.claim',
      /satisfies nothing/,
    ],
    ['an open host', { kind: 'prefix', path: 'a', prefix: 'https://a.b' }, 'constraints.0.prefix', /use hosts/],
    ['a class in a glob', { kind: 'glob', path: 'a', glob: '[a]' }, 'constraints.0.glob', /have a meaning/],
    [
      'a statement that is none',
      { kind: 'sql', path: 'a', statements: ['select', 'drop'], tables: ['public.a'] },
      'constraints.0.statements.1',
      /use select, insert, update, delete or merge/,
    ],
    [
      'a function that runs SQL',
      { kind: 'sql', path: 'a', statements: ['select'], tables: ['public.a'], functions: ['query_to_xml'] },
      'constraints.0.functions.0',
      /runs SQL, reaches outside/,
    ],
    ['half an expression', { kind: 'pattern', path: 'a', pattern: '(' }, 'constraints.0.pattern', /missing closing/],
    [
      'an expression that looks back',
      { kind: 'pattern', path: 'a', pattern: '(a)\\1' },
      'constraints.0.pattern',
      /escape/,
    ],
    [
      'an expression too large',
      { kind: 'pattern', path: 'a', pattern: 'a{900}' },
      'constraints.0.pattern',
      /repeats too much/,
    ],
    ['a host with a path', { kind: 'hosts', path: 'a', hosts: ['a.b/c'] }, 'constraints.0.hosts.0', /write a host/],
    [
      'an octal range',
      { kind: 'cidr', path: 'a', networks: ['010.0.0.0/8'] },
      'constraints.0.networks.0',
      /write an address/,
    ],
    ['nothing about items', { kind: 'items', path: 'a' }, 'constraints.0.max', /name a min, a max or what/],
    [
      'half an expression for items',
      { kind: 'items', path: 'a', each: [{ kind: 'pattern', path: '.', pattern: '(' }] },
      'constraints.0.each.0.pattern',
      /missing closing/,
    ],
  ])('with %s are refused at the field, and nothing is granted', async (_what, constraint, path, message) => {
    const before = await world();
    const answer = await api.admin.ask(createGrant, { input: { ...grant, constraints: [constraint] } });
    expect(answer.code).toBe('input_invalid');
    const fields = answer.errors[0]?.extensions.details['fields'];
    expect(fields).toEqual(expect.arrayContaining([{ path, message: expect.stringMatching(message) as string }]));
    expect(await world()).toEqual(before);
  });

  it.each([
    ['fifty-one', Array.from({ length: 51 }, () => ({ kind: 'forbidden', path: 'a' })), /at most 50/],
    ['too long together', Array.from({ length: 2 }, () => ({ kind: 'one-of', path: 'a', values: many })), /together/],
  ])('%s are refused, and nothing is granted', async (_what, constraints, message) => {
    const before = await world();
    const answer = await api.admin.ask(createGrant, { input: { ...grant, constraints } });
    expect(answer.code).toBe('input_invalid');
    expect(JSON.stringify(answer.errors)).toMatch(message);
    expect(await world()).toEqual(before);
  });

  it('with 1e400 in the text of the request are refused', async () => {
    const before = await world();
    const input = `{ role: "support", environment: "prod", toolClass: "payments", task: execute, constraints: [{ kind: "max", path: "a", value: 1e400 }] }`;
    const text = `mutation { createGrant(input: ${input}) { revision } }`;
    const answer = await api.admin.ask(text, {});
    expect(answer.code).toBe('input_invalid');
    expect(JSON.stringify(answer.errors)).toMatch(/constraints\.0\.value.*write a number/);
    expect(await world()).toEqual(before);
  });
});
