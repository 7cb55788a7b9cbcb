import { beforeAll, describe, expect, it } from 'vitest';
import { testApi } from '../testing/test-api.js';

const save = `mutation ($input: SavePolicyDraftInput!) { savePolicyDraft(input: $input) {
  revision policy { id newestVersion liveVersion needsReview } } }`;
const onVersion = (name: string) =>
  `mutation ($input: PolicyVersionInput!) { ${name}(input: $input) { revision policy {
    liveVersion newestVersion versions { number reverts revision reviewedBy publishedBy text } } } }`;
const publish = onVersion('publishPolicy');
const revert = onVersion('revertPolicy');
const review = onVersion('reviewPolicy');
const retire = 'mutation ($id: ID!) { retirePolicy(id: $id) { revision policy { retiredAt liveVersion } } }';
const check = `query ($input: CheckPolicyInput!) { checkPolicy(input: $input) {
  problems { line column endLine endColumn message suggestion } results { name want got passed } tools } }`;
const setReview = 'mutation ($input: SetPolicyReviewInput!) { setPolicyReview(input: $input) { revision } }';

const above = (limit: string) => `forbid (principal, action == Action::"desk/refund", resource)
when { context.arguments.amount.greaterThan(decimal("${limit}")) };`;
const call = (amount: number) => ({
  ...{ agent: 'bot', role: 'support', task: 'execute', tool: 'desk/refund', arguments: { amount } },
});
const tests = [
  { name: 'A large refund is denied', call: call(60), want: 'deny' },
  { name: 'A small one passes', call: call(5), want: 'pass' },
];
const draft = { id: 'big-refunds', name: 'Big refunds', environment: 'prod', text: above('50.0'), tests };

describe('policies', () => {
  const api = testApi();
  beforeAll(async () => {
    for (const id of ['prod', 'staging'])
      await api.admin.get(
        'mutation ($input: CreateEnvironmentInput!) { createEnvironment(input: $input) { revision } }',
        { input: { id, name: id } },
      );
    await api.admin.get('mutation ($input: CreateServerInput!) { createServer(input: $input) { revision } }', {
      input: { id: 'desk', name: 'Desk', environment: 'prod', resource: 'https://desk.example.org/mcp' },
    });
    for (const name of ['refund', 'silent'])
      await api.admin.get('mutation ($input: RegisterToolInput!) { registerTool(input: $input) { revision } }', {
        input: { server: 'desk', name, classes: ['payments'] },
      });
    await api.pool.query(
      `insert into observed_tool (server_id, name, description, input_schema, definition_hash)
       values ('desk', 'refund', null, $1::jsonb, 'h')`,
      [JSON.stringify({ type: 'object', required: ['amount'], properties: { amount: { type: 'number' } } })],
    );
  });

  async function world(): Promise<unknown> {
    const tables = ['policy', 'policy_version', 'policy_review', 'change_latest'];
    return [
      await api.revision(),
      ...(await Promise.all(
        tables.map(async (table) => (await api.pool.query(`select * from ${table} order by 1, 2`)).rows as unknown),
      )),
    ];
  }
  const told = async (id: string) => {
    const found = await api.pool.query<{ value: string | null; revision: string }>(
      `select value, revision from change_latest where kind = 'policy' and object_id = $1`,
      [id],
    );
    const [row] = found.rows;
    return row && { value: JSON.parse(row.value ?? 'null') as unknown, revision: Number(row.revision) };
  };
  interface Shown {
    revision: number;
    policy: {
      liveVersion: number | null;
      newestVersion: number;
      versions: { number: number; reverts: number | null; revision: number | null; text: string }[];
    };
  }
  const done = async (mutation: string, input: object) => {
    const answer = await api.admin.get<Record<string, Shown>>(mutation, { input });
    return Object.values(answer)[0] as Shown;
  };
  async function refused(mutation: string, variables: object, code: string, said: RegExp) {
    const before = await world();
    const answer = await api.admin.ask(mutation, variables);
    expect([answer.code, JSON.stringify(answer.errors)]).toEqual([code, expect.stringMatching(said)]);
    expect(await world()).toEqual(before);
    return answer.errors[0]?.extensions.details;
  }

  it('a draft tells guards nothing; publishing tells them text, places and types under one revision', async () => {
    const before = await api.revision();
    expect(await done(save, draft)).toMatchObject({
      revision: before,
      policy: { liveVersion: null, newestVersion: 1 },
    });
    expect(await told('big-refunds')).toBeUndefined();

    const published = await done(publish, { id: 'big-refunds', version: 1 });
    expect(published).toMatchObject({ revision: before + 1, policy: { liveVersion: 1 } });
    expect(published.policy.versions[0]).toMatchObject({
      number: 1,
      revision: before + 1,
      publishedBy: 'ada@example.org',
    });
    expect(await told('big-refunds')).toEqual({
      revision: before + 1,
      value: {
        ...{ name: 'Big refunds', text: above('50.0'), environment: 'prod', version: 1 },
        places: [{ tools: ['desk/refund'], classes: [], server: null, environment: null }],
        parameters: [{ tool: 'desk/refund', path: ['amount'], type: 'decimal' }],
      },
    });
    await refused(publish, { input: { id: 'big-refunds', version: 1 } }, 'conflict', /published already/);
  });

  it('a draft on an older version is refused with the newer one; reverting brings the old text back as a new version', async () => {
    await done(save, { ...draft, text: above('20.0'), basedOn: 1 });
    const details = await refused(
      save,
      { input: { ...draft, text: above('30.0'), basedOn: 1 } },
      'conflict',
      /version 2/,
    );
    expect(details).toMatchObject({ newest: { number: 2, text: above('20.0'), author: 'ada@example.org' } });
    await refused(publish, { input: { id: 'big-refunds', version: 1 } }, 'conflict', /version 2/);
    await done(publish, { id: 'big-refunds', version: 2 });

    const before = await api.revision();
    const reverted = await done(revert, { id: 'big-refunds', version: 1 });
    expect(reverted).toMatchObject({ revision: before + 1, policy: { liveVersion: 3, newestVersion: 3 } });
    expect(
      reverted.policy.versions.map(({ number, reverts, revision }) => [number, reverts, revision !== null]),
    ).toEqual([
      [3, 1, true],
      [2, null, true],
      [1, null, true],
    ]);
    expect(await told('big-refunds')).toMatchObject({
      revision: before + 1,
      value: { text: above('50.0'), version: 3 },
    });
    const diff = await api.admin.get<{ policyDiff: { kind: string; text: string }[] }>(
      '{ policyDiff(id: "big-refunds", from: 2, to: 3) { kind before after text } }',
    );
    expect(diff.policyDiff.map(({ kind }) => kind)).toEqual(['same', 'removed', 'added']);
  });

  it('what has problems or failing tests does not publish, and says which', async () => {
    const wrong = { ...draft, id: 'wrong', text: above('50.0').replace('amount', 'amont') };
    await done(save, wrong);
    const problems = await refused(
      publish,
      { input: { id: 'wrong', version: 1 } },
      'policy_refused',
      /line 2, column 26/,
    );
    expect(problems).toMatchObject({ problems: [{ line: 2, column: 26, suggestion: 'amount' }], failedTests: [] });

    await done(save, { ...wrong, text: above('70.0'), basedOn: 1 });
    const failing = await refused(
      publish,
      { input: { id: 'wrong', version: 2 } },
      'policy_refused',
      /A large refund is denied/,
    );
    expect(failing).toMatchObject({ problems: [], failedTests: [{ name: 'A large refund is denied', got: 'pass' }] });
  });

  it('checking answers problems with line, column and the nearest name, and otherwise how the tests go', async () => {
    const ask = (text: string) =>
      api.admin.get<{ checkPolicy: object }>(check, { input: { environment: 'prod', text, tests } });
    expect((await ask(above('50.0').replace('desk/refund', 'desk/refnd'))).checkPolicy).toMatchObject({
      problems: [{ line: 1, column: 38, message: 'there is no tool desk/refnd', suggestion: 'desk/refund' }],
      results: [],
    });
    expect((await ask(above('50.0').replace('desk/refund', 'desk/silent'))).checkPolicy).toMatchObject({
      problems: [{ message: expect.stringMatching(/announced nothing/) as string }],
    });
    expect((await ask(above('50.0'))).checkPolicy).toEqual({
      problems: [],
      results: tests.map(({ name, want }) => ({ name, want, got: want, passed: true })),
      tools: ['desk/refund'],
    });
  });

  it('where review is required, somebody else approves this very version before it is published', async () => {
    await api.admin.get(setReview, { input: { environment: 'staging', required: true } });
    const reviewed = {
      ...draft,
      id: 'reviewed',
      environment: 'staging',
      text: 'forbid (principal, action, resource);',
      tests: [],
    };
    const saved = await api.admin.get<{ savePolicyDraft: { policy: { needsReview: boolean } } }>(save, {
      input: reviewed,
    });
    expect(saved.savePolicyDraft.policy.needsReview).toBe(true);
    await refused(publish, { input: { id: 'reviewed', version: 1 } }, 'review_needed', /version 1/);
    await refused(review, { input: { id: 'reviewed', version: 1 } }, 'review_needed', /somebody else/);
    await api.pool.query(`update policy_version set author = 'bob@example.org' where policy_id = 'reviewed'`);
    const before = await api.revision();
    expect(await done(review, { id: 'reviewed', version: 1 })).toMatchObject({ revision: before });
    await api.admin.get(setReview, { input: { environment: 'staging', required: false } });
  });

  it('a retired policy is a tombstone, and stays retired', async () => {
    const before = await api.revision();
    const answer = await api.admin.get<{ retirePolicy: { revision: number } }>(retire, { id: 'big-refunds' });
    expect(answer.retirePolicy.revision).toBe(before + 1);
    expect(await told('big-refunds')).toEqual({ value: null, revision: before + 1 });
    await refused(retire, { id: 'big-refunds' }, 'retired', /retired/);
    await refused(save, { input: { ...draft, basedOn: 3 } }, 'retired', /retired/);
    await refused(revert, { input: { id: 'big-refunds', version: 1 } }, 'retired', /retired/);
  });

  it.each<[string, string, object, string, RegExp]>([
    ['a draft of none that is based on one', save, { ...draft, id: 'none', basedOn: 3 }, 'not_found', /none/],
    ['an environment there is none of', save, { ...draft, id: 'moon', environment: 'moon' }, 'not_found', /moon/],
    [
      'another environment than it was made for',
      save,
      { ...draft, id: 'wrong', environment: 'staging', basedOn: 2 },
      'input_invalid',
      /environment/,
    ],
    ['an id that is none', save, { ...draft, id: 'Not One' }, 'input_invalid', /id/],
    [
      'a test that wants nothing',
      save,
      { ...draft, tests: [{ ...tests[0], want: 'allow' }] },
      'input_invalid',
      /tests.0.want/,
    ],
    ['two tests of one name', save, { ...draft, tests: [tests[0], tests[0]] }, 'input_invalid', /tests/],
    ['a text that is too long', save, { ...draft, text: '/'.repeat(20_001) }, 'input_invalid', /20000 characters/],
    ['publishing what is none', publish, { id: 'none', version: 1 }, 'not_found', /none/],
    ['publishing a version that is none', publish, { id: 'wrong', version: 9 }, 'not_found', /version 9/],
    [
      'review for an environment there is none of',
      setReview,
      { environment: 'moon', required: true },
      'not_found',
      /moon/,
    ],
  ])('refuses %s, and leaves everything as it was', async (_what, mutation, input, code, said) => {
    await refused(mutation, { input }, code, said);
  });

  it('without the permission nothing is written', async () => {
    await api.pool.query(`delete from person_permission where permission = 'policies:write'`);
    await refused(save, { input: { ...draft, id: 'mine' } }, 'forbidden', /./);
    await refused(retire, { id: 'wrong' }, 'forbidden', /./);
    await api.pool.query(
      `insert into person_permission (person_id, permission) select id, 'policies:write' from "user"`,
    );
  });
});
