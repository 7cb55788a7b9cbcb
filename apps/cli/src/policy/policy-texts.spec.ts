import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { once } from 'node:events';
import { createServer, type Server } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { runCommand } from '../run-command.js';
import type { Snapshot } from './snapshot.js';

const text = 'forbid (principal, action, resource)\nwhen { context.arguments.amount > 5 };';
const test = {
  name: 'Nights are quiet',
  call: {
    ...{ agent: 'bot', role: 'support', task: 'execute', tool: 'desk/refund', user: null },
    ...{
      arguments: { z: 1, amount: 6 },
      conversation: { customerId: 'C-1' },
      time: '2026-01-01T03:00:00Z',
      signals: {},
    },
  },
  want: 'deny',
};
const quiet = {
  ...{ id: 'quiet', name: 'Quiet', environment: 'prod', text, tests: [test], version: 2, newestVersion: 2 },
};
const everywhere = { ...quiet, id: 'everywhere', environment: null, text: `${text}\r\n// no end`, tests: [] };
const inForce: Snapshot = {
  ...{
    revision: 41,
    environments: [{ id: 'prod', name: 'Production' }],
    roles: [],
    servers: [],
    tools: [],
    grants: [],
  },
  policies: [quiet, everywhere],
};
interface Asked {
  readonly query: string;
  readonly variables: { input?: { edits: { kind: string; id: string; value: unknown }[]; basedOn?: number } };
}
const planned = {
  ...{ id: 'quiet', act: 'change', version: 3, needsReview: true, author: 'ada@example.org' },
  ...{ name: 'Quiet \u001b[2J', nameBefore: 'Quiet', tools: ['desk/refund'] },
  lines: [
    { kind: 'removed', before: 2, after: null, text: 'when { old };' },
    { kind: 'added', before: null, after: 2, text: '\twhen { \u202enew };' },
  ],
  testChanges: [{ change: 'removed', name: 'Days are loud' }],
  results: [{ name: test.name, want: 'deny', got: 'deny', passed: true }],
};
const data = (value: object) => ({ data: value });
const unknown = 'what policies forbid';
const plan = (policies: object[]) =>
  data({ planPolicy: { revision: 41, counts: [], differences: [], policies, cannotKnow: [unknown] } });

describe('portcullis policy, of Cedar', () => {
  let home: string;
  let api: Server;
  let url: string;
  let asked: Asked[];
  let held: Snapshot;
  let reply: (asked: Asked) => object;

  beforeEach(async () => {
    home = mkdtempSync(join(tmpdir(), 'portcullis-policy-'));
    asked = [];
    held = inForce;
    reply = ({ query }) =>
      query.includes('planPolicy') ? plan([planned]) : data({ applyPolicy: { changes: 1, revision: 42 } });
    api = createServer((request, response) => {
      let body = '';
      request.on('data', (part: Buffer) => (body += part.toString()));
      request.on('end', () => {
        const question = JSON.parse(body) as Asked;
        asked.push(question);
        const answer = question.query.includes('policySnapshot') ? data({ policySnapshot: held }) : reply(question);
        response.setHeader('content-type', 'application/json').end(JSON.stringify(answer));
      });
    }).listen(0, '127.0.0.1');
    await once(api, 'listening');
    const address = api.address();
    url = `http://127.0.0.1:${typeof address === 'object' && address ? address.port : 0}`;
  });
  afterEach(() => {
    api.close();
    rmSync(home, { recursive: true, force: true });
  });

  async function policy(words: string) {
    const said = { out: [] as string[], error: [] as string[] };
    const exit = await runCommand(['policy', ...words.split(' '), '--url', url], {
      environment: { PORTCULLIS_DATA: home, PORTCULLIS_TOKEN: `pct_${'A'.repeat(43)}` },
      folder: home,
      out: (line) => said.out.push(line),
      error: (line) => said.error.push(line),
    });
    return { exit, out: said.out.join('\n'), error: said.error.join('\n') };
  }
  const file = (name: string) => join(home, 'policy', name);
  const read = (name: string) => readFileSync(file(name), 'utf8');
  const put = (name: string, content: string) => {
    mkdirSync(join(file(name), '..'), { recursive: true });
    writeFileSync(file(name), content);
  };
  const edits = () => asked.at(-1)?.variables.input?.edits;
  const nothingToDo = 'Nothing to do: the files say what is in force (revision 41).';

  it('exports each text byte by byte, its tests beside it and a list of all, the same each time, and plans nothing of it', async () => {
    expect((await policy('export policy')).exit).toBe(0);
    expect(read('policies/quiet.cedar')).toBe(text);
    expect(read('policies/everywhere.cedar')).toBe(`${text}\r\n// no end`);
    expect(read('policies.yaml')).toBe(
      'policies:\n  - id: everywhere\n    name: Quiet\n  - id: quiet\n    name: Quiet\n    environment: prod\n',
    );
    expect(read('policies/quiet.yaml')).toBe(
      'policy: quiet\ntests:\n  - name: Nights are quiet\n    call:\n      agent: bot\n      role: support\n      task: execute\n      tool: desk/refund\n      arguments:\n        amount: 6\n        z: 1\n      conversation:\n        customerId: C-1\n      time: 2026-01-01T03:00:00Z\n    want: deny\n',
    );
    const files = ['policies.yaml', 'policies/quiet.cedar', 'policies/everywhere.cedar', 'policies/quiet.yaml'];
    const before = files.map(read);
    held = { ...inForce, policies: inForce.policies.toReversed() };
    await policy('export policy');
    expect(files.map(read)).toEqual(before);
    expect((await policy('plan policy')).out).toBe(nothingToDo);
    expect(edits()).toEqual([]);
  });

  it('ends of lines that Git changed are no difference, and a mark at the beginning is none either', async () => {
    await policy('export policy');
    for (const name of ['quiet', 'everywhere'])
      put(`policies/${name}.cedar`, `\ufeff${read(`policies/${name}.cedar`).replaceAll(/\r?\n/g, '\r\n')}`);
    put('policies/quiet.yaml', read('policies/quiet.yaml').replaceAll('\n', '\r\n'));
    expect((await policy('plan policy')).out).toBe(nothingToDo);
  });

  it('a plan shows names, lines and tests as plain text, the review, and what it cannot know; applying sends all of it', async () => {
    await policy('export policy');
    put('policies/quiet.cedar', text.replace('5', '7').replaceAll('\n', '\r\n'));
    const { exit, out } = await policy('plan policy');
    expect(exit).toBe(0);
    expect(out.split('\n')).toEqual([
      'Plan at revision 41: 1 to change.',
      '  ~ policy quiet  (policies/quiet.cedar)',
      '      called: Quiet -> Quiet [U+001B][2J',
      '      -2  when { old };',
      '      +2  \twhen { [U+202E]new };',
      '      test removed: Days are loud',
      '      asked about calls of desk/refund; tests passed: 1',
      '      needs review: somebody else than ada@example.org has to approve this before it is applied',
      'The grants give nobody more or less afterwards.',
      `  not in this: ${unknown}`,
    ]);
    const json = JSON.parse((await policy('apply policy --json')).out) as object;
    expect(json).toMatchObject({
      ...{ applied: true, revision: 42, edits: [{ act: 'change', kind: 'policy', file: 'policies/quiet.cedar' }] },
      policies: [{ id: 'quiet', lines: planned.lines }],
      access: { cannotKnow: [unknown] },
    });
    expect(edits()).toEqual([
      {
        ...{ kind: 'policy', id: 'quiet' },
        value: { name: 'Quiet', environment: 'prod', text: text.replace('5', '7'), tests: [test] },
      },
    ]);
  });

  it('retires what the list no longer names, and leaves all of them where there is no list', async () => {
    held = { ...inForce, policies: [quiet, { ...everywhere, newestVersion: 5 }] };
    await policy('export policy');
    put('policies.yaml', 'policies:\n  - id: everywhere\n    name: Quiet\n');
    expect((await policy('plan policy')).error).toBe(
      [
        'portcullis: input_invalid: policies/quiet.cedar: policies.yaml does not name it: name it there, or delete the file',
        'portcullis: input_invalid: policies/quiet.yaml: policies.yaml does not name it: name it there, or delete the file',
      ].join('\n'),
    );
    for (const name of ['quiet.cedar', 'quiet.yaml']) rmSync(file(`policies/${name}`));
    reply = () => plan([{ ...planned, act: 'retire' }]);
    const { out } = await policy('plan policy');
    expect(out).toContain(
      'Plan at revision 41: 1 to retire.\n  - policy quiet  (policies.yaml)\n      retired for good',
    );
    expect(out).toContain('note: policy everywhere has a draft, version 5');
    expect(edits()).toEqual([{ kind: 'policy', id: 'quiet', value: null }]);
    for (const name of ['policies.yaml', 'policies/everywhere.cedar', 'policies/everywhere.yaml']) rmSync(file(name));
    reply = () => plan([]);
    expect((await policy('plan policy')).out).toContain('note: the policies are in no file and stay');
    expect(edits()).toEqual([]);
  });

  const refusal = (code: string, details: object) => ({
    errors: [{ message: 'refused', extensions: { code, details } }],
  });
  it('says what is wrong with a text at line and column, and which test fails at its line', async () => {
    await policy('export policy');
    put('policies/quiet.cedar', `${text}\n`);
    const problem = {
      line: 2,
      column: 8,
      endLine: 2,
      endColumn: 9,
      message: 'there is no amont',
      suggestion: 'amount',
    };
    reply = () => refusal('policy_refused', { edit: 0, problems: [problem], failedTests: [] });
    expect(await policy('plan policy')).toMatchObject({
      exit: 1,
      error: 'portcullis: policy_refused: policies/quiet.cedar:2:8: policy quiet: there is no amont (amount)',
    });
    expect(JSON.parse((await policy('apply policy --json')).out)).toMatchObject({
      ...{
        code: 'policy_refused',
        problems: [{ file: 'policies/quiet.cedar', line: 2, column: 8, suggestion: 'amount' }],
      },
    });
    reply = () => refusal('policy_refused', { edit: 0, failedTests: [{ name: test.name, want: 'deny', got: 'pass' }] });
    expect((await policy('plan policy')).error).toBe(
      'portcullis: policy_refused: policies/quiet.yaml:3: policy quiet: “Nights are quiet” wants deny and got pass',
    );
    reply = () =>
      refusal('input_invalid', { edit: 0, fields: [{ path: 'environment', message: 'it holds elsewhere' }] });
    expect((await policy('plan policy')).error).toContain('it holds elsewhere');
    reply = ({ query }) => (query.includes('planPolicy') ? plan([]) : refusal('review_needed', { edit: 0 }));
    expect(await policy('apply policy')).toMatchObject({
      exit: 1,
      error: 'portcullis: review_needed: policies/quiet.cedar: policy quiet: refused (apply with --drafts saves it)',
    });
  });

  it('--drafts saves the changed policies and applies nothing', async () => {
    await policy('export policy');
    put('policies/quiet.cedar', `${text}\n`);
    put('roles.yaml', 'roles:\n  - id: night\n    name: Night\n');
    reply = ({ query }) =>
      query.includes('planPolicy')
        ? plan([])
        : data({ savePolicyDrafts: { drafts: [{ id: 'quiet', version: 3, needsReview: true }], revision: 41 } });
    expect((await policy('apply policy --drafts')).out).toBe(
      'Draft: version 3 of policy quiet, to be reviewed by somebody else.\nNothing was applied (revision 41).',
    );
    expect(asked.filter(({ query }) => query.includes('applyPolicy'))).toEqual([]);
    expect(edits()?.map(({ kind, id }) => [kind, id])).toEqual([['policy', 'quiet']]);
    for (const words of ['plan policy --drafts', 'apply policy --drafts --based-on 3'])
      expect((await policy(words)).exit).toBe(2);
  });

  const named = (id: string, more = '') => `policies:\n  - id: ${id}\n    name: X\n${more}`;
  it.each<[string, Record<string, string>, string]>([
    ['a name that climbs', { 'policies.yaml': named('../../up') }, 'policies.yaml:2: policies.0.id: use 1 to 63'],
    [
      'names that differ in case alone',
      { 'policies/Quiet.cedar': text },
      'policies/Quiet.cedar: differs from policies/quiet.cedar in nothing',
    ],
    ['a name that is none', { 'policies/Loud.cedar': text }, 'policies/Loud.cedar: is called after no policy'],
    [
      'a folder in the folder',
      { 'policies/more/quiet.cedar': text },
      'policies/more/quiet.cedar: is called after no policy',
    ],
    ['the other ending', { 'policies/quiet.yml': text }, 'policies/quiet.yml: is called after no policy'],
    ['a file that is not named', { 'policies/new.cedar': text }, 'policies/new.cedar: policies.yaml does not name it'],
    [
      'a text that is not there',
      { 'policies.yaml': named('gone') },
      'policies.yaml:2: gone: policies/gone.cedar is not there',
    ],
    [
      'a policy named twice',
      { 'policies.yaml': named('quiet', '  - id: quiet\n    name: Y\n') },
      'policies.yaml:4: policy quiet: stands in policies.yaml:2 already',
    ],
    [
      'an unknown field',
      { 'policies.yaml': named('quiet', '    approvers: []\n') },
      'policies.yaml:4: policies.0: there is no field approvers here',
    ],
    [
      'tests of another',
      { 'policies/quiet.yaml': 'policy: loud\ntests: []\n' },
      'policies/quiet.yaml:1: policy: is loud, and the file is called quiet',
    ],
    [
      'a test that wants nothing',
      {
        'policies/quiet.yaml':
          'policy: quiet\ntests:\n  - name: x\n    call: { agent: a, role: b, task: lookup, tool: a/b }\n    want: allow\n',
      },
      'policies/quiet.yaml:5: tests.0.want: want deny, hold or pass',
    ],
    [
      'a text that is too long',
      { 'policies/quiet.cedar': ' '.repeat(20_001) },
      'policies/quiet.cedar: a policy is at most 20000 characters long',
    ],
    ['a list that is none', { 'policies.yaml': 'policies: all\n' }, 'policies.yaml:1: policies: write a list'],
  ])('refuses %s, and sends nothing', async (_what, files, problem) => {
    await policy('export policy');
    asked = [];
    for (const [name, content] of Object.entries(files)) put(name, content);
    const { exit, error } = await policy('apply policy');
    expect([exit, asked]).toEqual([1, []]);
    expect(error).toContain(`portcullis: input_invalid: ${problem}`);
  });

  it('never writes where a name would climb', async () => {
    held = { ...inForce, policies: [{ ...quiet, id: '../../up' }] };
    await expect(policy('export policy')).rejects.toThrow();
    expect(existsSync(join(home, '..', 'up.cedar'))).toBe(false);
    expect(existsSync(file('policies.yaml'))).toBe(false);
  });
});
