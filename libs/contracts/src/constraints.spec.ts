import { describe, expect, test } from 'vitest';
import { constraintSchema } from './constraints.js';

function firstProblem(authored: unknown): string {
  const issue = constraintSchema.safeParse(authored).error?.issues[0];
  return issue ? `${issue.path.join('.')}: ${issue.message}` : 'taken';
}

const text = 'x'.repeat(257);
const path = 'a';

const sql = { kind: 'sql', path, statements: ['select'], tables: ['public.tickets'] };
const sqlProblems: readonly [unknown, RegExp][] = [
  [{ ...sql, statements: ['copy'] }, /^statements\.0: use select, insert, update, delete or merge; nothing else/],
  [{ ...sql, statements: [] }, /^statements: name at least one/],
  [{ ...sql, statements: ['delete'] }, /^statements: update, delete and merge read.*name select as well/],
  [{ ...sql, tables: ['tickets'] }, /^tables\.0: write a table with its schema, such as public\.tickets/],
  [{ ...sql, tables: ['*.*'] }, /^tables\.0: write a table with its schema/],
  [{ ...sql, tables: ['a.b.c'] }, /^tables\.0: write a table with its schema/],
  [{ ...sql, tables: ['pg_temp.a'] }, /^tables\.0: what belongs to one session/],
  [{ ...sql, tables: ['a.b', 'a.b'] }, /^tables: one of them stands there twice/],
  [{ ...sql, tables: Array.from({ length: 101 }, (_, n) => `a.b${n}`) }, /^tables: name at most 100/],
  [{ ...sql, columns: {} }, /^columns: name at least one table/],
  [{ ...sql, columns: { 'public.users': ['id'] } }, /^columns\.public\.users: this table is not among the tables/],
  [{ ...sql, columns: { 'public.tickets': [] } }, /^columns\.public\.tickets: name at least one/],
  [{ ...sql, columns: { 'public.tickets': ['*'] } }, /^columns\.public\.tickets\.0: write the name of a column/],
  [
    { ...sql, columns: { 'public.*': ['id'] }, tables: ['public.*'] },
    /^columns\.public\.\*: columns are listed table by/,
  ],
  [{ ...sql, columns: [] }, /^columns: write the columns by table/],
  [{ ...sql, functions: ['pg_sleep'] }, /^functions\.0: this function runs SQL, reaches outside/],
  [{ ...sql, functions: ['query_to_xml'] }, /^functions\.0: this function runs SQL/],
  [{ ...sql, functions: ['pg_catalog.pg_read_file'] }, /^functions\.0: this function runs SQL/],
  [{ ...sql, functions: ['a b'] }, /^functions\.0: write the name of a function/],
  [{ ...sql, maxRows: 0 }, /^maxRows: use a whole number from 1 to 100000/],
  [{ ...sql, maxRows: 1e6 }, /^maxRows: use a whole number from 1 to 100000/],
  [{ ...sql, everyRow: 'yes' }, /^everyRow: use true or false/],
  [{ ...sql, defaultSchema: 'a.b' }, /^defaultSchema: write the name of a schema/],
];

describe('a constraint', () => {
  test.each([
    [{ kind: 'maximum', path, value: 1 }, /^kind: there is no such kind; use min, max/],
    [{ kind: 'max', path, value: 1, unless: 'friday' }, /unless/],
    [{ kind: 'max', path, value: '1' }, /^value: write a number/],
    [{ kind: 'max', path, value: Number.NaN }, /^value: write a number/],
    [{ kind: 'max', path, value: Infinity }, /^value: write a number/],
    [{ kind: 'max', value: 1 }, /^path: /],
    [{ kind: 'max', path: 'a b', value: 1 }, /^path: write the names joined by dots/],
    [{ kind: 'max', path: '*.a', value: 1 }, /^path: write the names joined by dots/],
    [{ kind: 'max', path: 'a.*.b.*.c.*', value: 1 }, /^path: use \* at most twice/],
    [{ kind: 'max', path: 'a.b.'.repeat(9) + 'c', value: 1 }, /^path: use at most 16 steps/],
    [{ kind: 'max', path: text, value: 1 }, /^path: use at most 256 characters/],
    [{ kind: 'max', path: '.', value: 1 }, /^path: write the names/],
    [{ kind: 'length', path }, /^max: name a min, a max or both/],
    [{ kind: 'length', path, min: 3, max: 2 }, /^max: must not be less than min/],
    [{ kind: 'length', path, max: 1.5 }, /^max: use a whole number/],
    [{ kind: 'one-of', path, values: [] }, /^values: name at least one/],
    [{ kind: 'one-of', path, values: ['a', 'a'] }, /^values: one of them stands there twice/],
    [
      { kind: 'one-of', path, values: ['a', null] },
      /^values\.1: write a text of at most 256 characters, a number, true/,
    ],
    [{ kind: 'one-of', path, values: Array.from({ length: 101 }, (_, n) => n) }, /^values: name at most 100/],
    [{ kind: 'equal', path, value: 2 ** 53 }, /^value: no reader keeps a whole number this large exact/],
    [{ kind: 'equal', path, value: { a: 1 } }, /^value: write a text/],
    [{ kind: 'equal-claim', path, claim: 'instance' }, /^claim: use user, agent, role.*satisfies nothing/],
    [{ kind: 'equal-claim', path, claim: 'conversation.' }, /^claim: use user/],
    [{ kind: 'equal-claim', path, claim: '__proto__' }, /^claim: use user/],
    [{ kind: 'prefix', path, prefix: '' }, /^prefix: write at least one character/],
    [{ kind: 'prefix', path, prefix: 'https://example.com' }, /^prefix: .*end the host with \/ or use hosts/],
    [{ kind: 'glob', path, glob: 'docs/[ab]' }, /^glob: only \*, \*\* and \? have a meaning/],
    [{ kind: 'glob', path, glob: 'docs/../x' }, /^glob: a glob has no \. or \.\./],
    [{ kind: 'pattern', path, pattern: text }, /^pattern: use at most 256 characters/],
    [{ kind: 'hosts', path, hosts: ['https://example.com'] }, /^hosts\.0: write a host such as/],
    [{ kind: 'hosts', path, hosts: ['Example.com'] }, /^hosts\.0: write a host.*lower case/],
    [{ kind: 'hosts', path, hosts: ['*.com'] }, /^hosts\.0: write a host/],
    [{ kind: 'hosts', path, hosts: ['a.*.com'] }, /^hosts\.0: write a host/],
    [{ kind: 'hosts', path, hosts: ['example.com:443'] }, /^hosts\.0: leave out the port/],
    [{ kind: 'hosts', path, hosts: ['a.example'], schemes: ['ftp'] }, /^schemes\.0: use https, http, wss or ws/],
    [{ kind: 'cidr', path, networks: ['10.0.0.0/33'] }, /^networks\.0: write an address or a range/],
    [{ kind: 'cidr', path, networks: ['010.0.0.0/8'] }, /^networks\.0: write an address/],
    [{ kind: 'cidr', path, networks: ['localhost'] }, /^networks\.0: write an address/],
    [{ kind: 'items', path }, /^max: name a min, a max or what each item must keep/],
    [{ kind: 'items', path, max: 1001 }, /^max: /],
    [{ kind: 'items', path: 'a.*', max: 1 }, /^path: a list of lists/],
    [
      { kind: 'items', path, each: [{ kind: 'items', path: '.', max: 1 }] },
      /^each\.0\.kind: use a kind that says something of one value/,
    ],
    [
      { kind: 'items', path, each: [{ kind: 'max', path: '..', value: 1 }] },
      /^each\.0\.path: .*or \. for the item itself/,
    ],
    ...sqlProblems,
    ['max', /./],
  ])('%j is refused at its field, with what to do', (authored, problem) => {
    expect(firstProblem(authored)).toMatch(problem);
  });

  test.each([
    { kind: 'min', path: '$filter.user-id', value: -0.5 },
    { ...sql, tables: ['crm.*'], columns: { 'crm.people': ['id', 'Größe'] }, functions: ['crm.score', 'similarity'] },
    { ...sql, statements: ['insert'], maxRows: 1, everyRow: false, defaultSchema: 'crm' },
    { kind: 'max', path: 'items.0.price', value: 0 },
    { kind: 'length', path: 'a.*.b', min: 2, max: 2 },
    { kind: 'one-of', path, values: ['', 0, false] },
    { kind: 'equal-claim', path, claim: 'conversation.customerId' },
    { kind: 'prefix', path, prefix: 'https://example.com/' },
    { kind: 'glob', path, glob: '**/*.md' },
    { kind: 'hosts', path, hosts: ['*.example.com', 'localhost:8080', '10.0.0.1'], schemes: ['http'] },
    { kind: 'cidr', path, networks: ['10.0.0.1', '::1', '::ffff:10.0.0.0/104'] },
    {
      kind: 'items',
      path: 'a.b',
      each: [
        { kind: 'forbidden', path: 'c' },
        { kind: 'max', path: '.', value: 1 },
      ],
    },
  ])('%j is taken', (authored) => {
    expect(firstProblem(authored)).toBe('taken');
  });
});
