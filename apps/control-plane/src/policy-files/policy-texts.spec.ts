import { beforeAll, describe, expect, it } from 'vitest';
import { adminSignIn, testApi } from '../testing/test-api.js';

const planQuery = `query ($input: PolicyEditsInput!) { planPolicy(input: $input) { revision changes counts { change count } cannotKnow
  policies { id act version needsReview author name nameBefore tools testChanges { change name } lines { kind before after text } results { name passed } } } }`;
const applyMutation = 'mutation ($input: ApplyPolicyInput!) { applyPolicy(input: $input) { changes revision } }';
const draftsMutation =
  'mutation ($input: PolicyEditsInput!) { savePolicyDrafts(input: $input) { drafts { id version needsReview } revision } }';
const snapshotQuery = '{ policySnapshot { policies { id name environment text tests version newestVersion } } }';
const historyQuery =
  'query ($id: ID!) { policy(id: $id) { liveVersion retiredAt versions { number author publishedBy reverts revision } } }';

interface Edit {
  readonly kind: string;
  readonly id: string;
  readonly value?: unknown;
}
interface PlannedPolicy {
  readonly id: string;
  readonly lines: readonly { readonly kind: string; readonly text: string }[];
}

describe('policies as files', () => {
  const api = testApi();
  const me = adminSignIn.email;
  const make = (mutation: string) => api.admin.get(`mutation { ${mutation} { revision } }`);
  const above = (limit: string) => `forbid (principal, action == Action::"desk/refund", resource)
when { context.arguments.amount.greaterThan(decimal("${limit}")) };
`;
  const test = (want: string, amount = 60) => ({
    name: `A refund of ${amount}`,
    call: { agent: 'bot', role: 'support', task: 'execute', tool: 'desk/refund', arguments: { amount } },
    want,
  });
  const policy = (id: string, more: object = {}): Edit => ({
    kind: 'policy',
    id,
    value: { name: 'Big refunds', environment: 'prod', text: above('50.0'), tests: [test('deny')], ...more },
  });
  const ask = async (query: string, edits: readonly Edit[]) =>
    api.admin.ask(query, {
      input: query === applyMutation ? { edits, basedOn: await api.revision() } : { edits },
    });
  const plan = async (...edits: readonly Edit[]) =>
    (
      await api.admin.get<{ planPolicy: { policies: PlannedPolicy[]; changes: number; cannotKnow: string[] } }>(
        planQuery,
        { input: { edits } },
      )
    ).planPolicy;
  const apply = async (...edits: readonly Edit[]) =>
    (
      await api.admin.get<{ applyPolicy: { changes: number; revision: number } }>(applyMutation, {
        input: { edits, basedOn: await api.revision() },
      })
    ).applyPolicy;
  const drafts = async (...edits: readonly Edit[]) =>
    (
      await api.admin.get<{ savePolicyDrafts: { drafts: object[]; revision: number } }>(draftsMutation, {
        input: { edits },
      })
    ).savePolicyDrafts;
  const history = async (id: string) =>
    (await api.admin.get<{ policy: { liveVersion: number; versions: object[] } }>(historyQuery, { id })).policy;
  const snapshot = async () =>
    (await api.admin.get<{ policySnapshot: { policies: { id: string; text: string }[] } }>(snapshotQuery))
      .policySnapshot.policies;
  async function world(): Promise<unknown> {
    const tables = ['policy', 'policy_version', 'policy_review', 'grants', 'tool', 'environment', 'change_latest'];
    const read = async (table: string) =>
      (await api.pool.query(`select * from ${table} order by 1, 2`)).rows as unknown;
    return [await api.revision(), ...(await Promise.all(tables.map(read)))];
  }
  async function refused(query: string, edits: readonly Edit[], code: string): Promise<Record<string, unknown>> {
    const before = await world();
    const answer = await ask(query, edits);
    expect(answer.code).toBe(code);
    expect(await world()).toEqual(before);
    return answer.errors[0]?.extensions.details ?? {};
  }

  beforeAll(async () => {
    await make('createEnvironment(input: { id: "prod", name: "Prod" })');
    await make('createEnvironment(input: { id: "checked", name: "Checked" })');
    await make('createRole(input: { id: "support", name: "Support" })');
    for (const [server, environment] of [
      ['desk', 'prod'],
      ['till', 'checked'],
    ])
      await make(
        `createServer(input: { id: "${server}", name: "${server}", environment: "${environment}", resource: "https://${server}.example.org/mcp" })`,
      );
    for (const [server, name] of [
      ['desk', 'refund'],
      ['desk', 'void'],
      ['till', 'refund'],
    ])
      await api.pool.query(
        `insert into observed_tool (server_id, name, description, input_schema, definition_hash)
         values ($1, $2, null, $3::jsonb, 'h')`,
        [
          server,
          name,
          JSON.stringify({ type: 'object', required: ['amount'], properties: { amount: { type: 'number' } } }),
        ],
      );
    await make('registerTool(input: { server: "desk", name: "refund", classes: ["payments"] })');
    await make('registerTool(input: { server: "till", name: "refund", classes: ["payments"] })');
    await make('createAgent(input: { id: "bot", name: "Bot" })');
    await make('issueCredential(input: { agent: "bot" })');
    await make('assignRole(input: { agent: "bot", role: "support", environment: "prod" })');
  });

  it('a plan shows the lines, the tests and the tools it is asked about, says what it cannot know, and changes nothing', async () => {
    expect(await plan()).toMatchObject({ policies: [], cannotKnow: [] });
    const before = await world();
    expect(await plan(policy('big-refunds'))).toMatchObject({
      ...{ changes: 1, counts: [], cannotKnow: [expect.stringContaining('asked call by call')] },
      policies: [
        {
          ...{ id: 'big-refunds', act: 'create', version: 1, needsReview: false, author: me, nameBefore: null },
          tools: ['desk/refund'],
          lines: [
            { kind: 'added', before: null, after: 1 },
            { kind: 'added', before: null, after: 2 },
          ],
          results: [{ name: 'A refund of 60', passed: true }],
        },
      ],
    });
    expect(await world()).toEqual(before);
  });

  it('applies it with a tool, a class and a grant under one revision, checked against the tools as they will be', async () => {
    const before = await api.revision();
    const edits = [
      policy('no-voids', {
        name: 'No voids',
        text: 'forbid (principal, action in Action::"class:voids", resource)\nwhen { context.arguments.amount.greaterThan(decimal("1.0")) };',
        tests: [{ ...test('deny'), call: { ...test('deny').call, tool: 'desk/void' } }],
      }),
      policy('big-refunds'),
      {
        kind: 'grant',
        id: 'voids',
        value: { role: 'support', environment: 'prod', toolId: 'desk/void', task: 'execute' },
      },
      { kind: 'tool', id: 'desk/void', value: { classes: ['voids'] } },
    ];
    expect(await plan(...edits)).toMatchObject({ changes: 4, policies: [{ id: 'big-refunds' }, { id: 'no-voids' }] });
    expect(await apply(...edits)).toEqual({ changes: 4, revision: before + 1 });
    const told = await api.pool.query<{ object_id: string; value: string }>(
      `select object_id, value from change_history where revision = $1 and kind = 'policy' order by 1`,
      [before + 1],
    );
    expect(told.rows.map(({ object_id: id, value }) => [id, JSON.parse(value) as object])).toMatchObject([
      ['big-refunds', { version: 1, text: above('50.0'), parameters: [{ tool: 'desk/refund', type: 'decimal' }] }],
      ['no-voids', { version: 1, parameters: [{ tool: 'desk/void', type: 'decimal' }] }],
    ]);
    expect(await plan(...edits)).toMatchObject({ changes: 0, policies: [] });
    expect(await apply(...edits)).toEqual({ changes: 0, revision: before + 1 });
    expect(await history('big-refunds')).toMatchObject({
      liveVersion: 1,
      versions: [{ number: 1, author: me, publishedBy: me, revision: before + 1 }],
    });
  });

  it('shows a changed text line by line, and a text whose lines only end otherwise is no change', async () => {
    const windows = policy('big-refunds', { text: above('50.0').replaceAll('\n', '\r\n') });
    expect(await plan(windows)).toMatchObject({ changes: 0, policies: [] });
    expect(
      (await plan(policy('big-refunds', { tests: [test('deny', 70), { ...test('deny'), want: 'deny' }] }))).policies,
    ).toMatchObject([{ act: 'change', lines: [], testChanges: [{ change: 'added', name: 'A refund of 70' }] }]);
    expect((await plan(policy('big-refunds', { tests: [] }))).policies).toMatchObject([
      { lines: [], testChanges: [{ change: 'removed', name: 'A refund of 60' }], results: [] },
    ]);
    const changed = policy('big-refunds', { name: 'Refunds', text: above('40.0') });
    const [planned] = (await plan(changed)).policies;
    expect(planned).toMatchObject({ act: 'change', version: 2, nameBefore: 'Big refunds', name: 'Refunds' });
    expect(planned?.lines.map(({ kind, text }) => [kind, text.slice(-10)])).toEqual([
      ['removed', '"50.0")) };'.slice(-10)],
      ['added', '"40.0")) };'.slice(-10)],
    ]);
    expect((await apply(changed)).changes).toBe(1);
    expect(await snapshot()).toMatchObject([
      {
        id: 'big-refunds',
        environment: 'prod',
        text: above('40.0'),
        tests: [test('deny')],
        version: 2,
        newestVersion: 2,
      },
      { id: 'no-voids' },
    ]);
    await apply(policy('big-refunds'));
    expect(await history('big-refunds')).toMatchObject({
      liveVersion: 3,
      versions: [{ number: 3, reverts: 1 }, {}, {}],
    });
  });

  it.each([planQuery, applyMutation])(
    'what has problems or failing tests is refused with all of it, at its place',
    async (query) => {
      const grant = {
        kind: 'grant',
        id: 'more',
        value: { role: 'support', environment: 'prod', toolClass: 'read', task: 'lookup' },
      };
      const wrong = policy('wrong', { text: above('50.0').replace('amount', 'amont') });
      expect(await refused(query, [grant, wrong], 'policy_refused')).toMatchObject({
        edit: 1,
        problems: [{ line: 2, column: 26, suggestion: 'amount' }],
      });
      const unknown = policy('wrong', { text: above('50.0').replace('desk/refund', 'desk/refnd') });
      expect(await refused(query, [unknown], 'policy_refused')).toMatchObject({
        problems: [{ line: 1, column: 38, suggestion: 'desk/refund' }],
      });
      expect(
        await refused(query, [grant, policy('big-refunds', { tests: [test('pass')] })], 'policy_refused'),
      ).toMatchObject({
        edit: 1,
        failedTests: [{ name: 'A refund of 60', want: 'pass', got: 'deny' }],
      });
    },
  );

  it.each<[string, Edit, string, object]>([
    ['a permission', policy('gives', { text: 'permit (principal, action, resource);' }), 'policy_refused', { edit: 0 }],
    ['an environment that is not there', policy('moon', { environment: 'moon' }), 'not_found', { edit: 0 }],
    ['one that holds elsewhere', policy('big-refunds', { environment: null }), 'input_invalid', { edit: 0 }],
    ['to retire what is not there', { kind: 'policy', id: 'never' }, 'not_found', { edit: 0 }],
    ['a name that climbs', policy('../up'), 'input_invalid', { fields: [{ path: 'edits.0.id' }] }],
    [
      'a text that is too long',
      policy('x', { text: ' '.repeat(20_001) }),
      'input_invalid',
      { fields: [{ path: 'edits.0.value.text' }] },
    ],
    [
      'the character NUL',
      policy('x', { text: `// \0\n${above('50.0')}` }),
      'input_invalid',
      { fields: [{ path: 'edits.0.value.text' }] },
    ],
    [
      'NUL in a test',
      policy('x', { tests: [{ ...test('deny'), name: 'a\0b' }] }),
      'input_invalid',
      { fields: [{ path: 'edits.0.value.tests' }] },
    ],
    ['an unknown field', policy('x', { approvers: [] }), 'input_invalid', { fields: [{ path: 'edits.0.value' }] }],
    [
      'a test that wants nothing',
      policy('x', { tests: [test('allow')] }),
      'input_invalid',
      { fields: [{ path: 'edits.0.value.tests.0.want' }] },
    ],
  ])('refuses %s, and leaves everything as it was', async (_what, edit, code, details) => {
    for (const query of [planQuery, applyMutation]) expect(await refused(query, [edit], code)).toMatchObject(details);
  });

  it('a policy that stays as it is holds with the tools as they will be: its text is checked and its tests run', async () => {
    await apply({ kind: 'tool', id: 'desk/refund', value: { classes: ['payments', 'voids'] } });
    const label = { kind: 'tool', id: 'desk/void', value: { classes: [] } };
    for (const query of [planQuery, applyMutation])
      expect(await refused(query, [label], 'policy_refused')).toMatchObject({
        ...{ policy: 'no-voids', problems: [], failedTests: [{ name: 'A refund of 60', want: 'deny', got: 'pass' }] },
      });
    const none = { kind: 'tool', id: 'desk/refund', value: { classes: ['payments'] } };
    expect(await refused(applyMutation, [label, none], 'policy_refused')).toMatchObject({
      ...{ policy: 'no-voids', problems: [{ line: 1, column: 38 }], failedTests: [] },
    });
    expect((await plan(label, none, { kind: 'policy', id: 'no-voids' })).changes).toBe(3);
    expect((await apply(none)).changes).toBe(1);
  });

  it('where review is required nobody applies what nobody else has reviewed, and nothing else of it either', async () => {
    await api.admin.get('mutation ($input: SetPolicyReviewInput!) { setPolicyReview(input: $input) { revision } }', {
      input: { environment: 'checked', required: true },
    });
    const text = above('50.0').replace('desk', 'till');
    const till = (limit: string) =>
      policy('till', { environment: 'checked', text: text.replace('50.0', limit), tests: [] });
    const grant = {
      kind: 'grant',
      id: 'open',
      value: { role: 'support', environment: 'prod', toolClass: 'payments', task: 'execute' },
    };
    expect((await plan(grant, till('50.0'))).policies).toMatchObject([{ id: 'till', needsReview: true, author: me }]);
    expect((await plan(policy('anywhere', { environment: null }))).policies).toMatchObject([{ needsReview: true }]);
    expect(await refused(applyMutation, [grant, till('50.0')], 'review_needed')).toEqual({ policy: 'till', edit: 1 });

    const before = await api.revision();
    const saved = { drafts: [{ id: 'till', version: 1, needsReview: true }], revision: before };
    expect(await drafts(till('50.0'))).toEqual(saved);
    expect(await drafts(till('50.0'))).toEqual(saved);
    await refused(applyMutation, [grant, till('50.0')], 'review_needed');
    await api.pool.query(
      `update policy_version set author = 'bob@example.org', reviewed_by = 'cyd@example.org', reviewed_at = now() where policy_id = 'till'`,
    );
    await refused(applyMutation, [till('40.0')], 'review_needed');
    expect((await plan(grant, till('50.0'))).policies).toMatchObject([{ needsReview: false, version: 1 }]);
    expect(await apply(grant, till('50.0'))).toEqual({ changes: 2, revision: before + 1 });
    expect(await history('till')).toMatchObject({
      liveVersion: 1,
      versions: [{ number: 1, author: 'bob@example.org', publishedBy: me, revision: before + 1 }],
    });
  });

  it('a text that was reviewed once comes back without another review', async () => {
    const text = above('50.0').replace('desk', 'till');
    const other = policy('till', { environment: 'checked', text: text.replace('50.0', '30.0'), tests: [] });
    await drafts(other);
    await api.pool.query(
      `update policy_version set reviewed_by = 'cyd@example.org' where policy_id = 'till' and number = 2`,
    );
    await apply(other);
    expect((await apply(policy('till', { environment: 'checked', text, tests: [] }))).changes).toBe(1);
    expect(await history('till')).toMatchObject({ liveVersion: 3, versions: [{ number: 3, reverts: 1 }, {}, {}] });
    await drafts(other);
    await drafts(policy('till', { environment: 'checked', text: text.replace('50.0', '20.0'), tests: [] }));
    expect((await apply(other)).changes).toBe(1);
    expect(await history('till')).toMatchObject({
      liveVersion: 6,
      versions: [{ number: 6, reverts: 2 }, {}, {}, {}, {}, {}],
    });
  });

  it('a text that was written with other ends of lines is exported as it is, and is no change either way', async () => {
    const text = above('55.0').replaceAll('\n', '\r\n');
    await apply(policy('windows', { text }));
    expect((await snapshot()).find(({ id }) => id === 'windows')?.text).toBe(text);
    expect(await plan(policy('windows', { text: above('55.0') }))).toMatchObject({ changes: 0, policies: [] });
    await apply({ kind: 'policy', id: 'windows' });
  });

  it('drafts hold what may still be wrong, and nothing but policies', async () => {
    const before = await world();
    const role = { kind: 'role', id: 'night', value: { name: 'Night' } };
    expect((await ask(draftsMutation, [policy('later'), role])).code).toBe('input_invalid');
    expect((await ask(draftsMutation, [policy('later'), policy('lost', { environment: 'moon' })])).code).toBe(
      'not_found',
    );
    expect(await world()).toEqual(before);
    const revision = await api.revision();
    expect(await drafts(policy('big-refunds'), policy('later', { text: 'forbid' }))).toEqual({
      ...{ drafts: [{ id: 'later', version: 1, needsReview: false }], revision },
    });
    expect((await snapshot()).map(({ id }) => id)).toEqual(['big-refunds', 'no-voids', 'till']);
  });

  it('one that is gone is retired for good, with everything else or not at all', async () => {
    const gone = { kind: 'policy', id: 'no-voids' };
    await refused(applyMutation, [gone, policy('wrong', { text: 'forbid' })], 'policy_refused');
    expect((await plan(gone)).policies).toMatchObject([{ id: 'no-voids', act: 'retire', version: null, lines: [] }]);
    const before = await api.revision();
    expect(await apply(gone)).toEqual({ changes: 1, revision: before + 1 });
    const told = await api.pool.query(
      `select value from change_latest where kind = 'policy' and object_id = 'no-voids'`,
    );
    expect(told.rows).toEqual([{ value: null }]);
    await refused(applyMutation, [policy('no-voids')], 'retired');
    await refused(applyMutation, [gone], 'retired');
    expect((await snapshot()).map(({ id }) => id)).toEqual(['big-refunds', 'till']);
  });

  it('is refused when a policy was published after the plan', async () => {
    const basedOn = await api.revision();
    await apply(policy('big-refunds', { text: above('45.0') }));
    const before = await world();
    const edits = [policy('big-refunds')];
    expect((await api.admin.ask(applyMutation, { input: { edits, basedOn } })).code).toBe('conflict');
    expect(await world()).toEqual(before);
  });

  it('needs the permission to write policies', async () => {
    await api.pool.query(`delete from person_permission where permission = 'policies:write'`);
    await refused(applyMutation, [policy('big-refunds')], 'forbidden');
    await refused(draftsMutation, [policy('big-refunds')], 'forbidden');
    expect((await plan(policy('big-refunds'))).policies).toHaveLength(1);
  });
});
