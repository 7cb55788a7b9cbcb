import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { waitFor } from '@portcullis/testkit';
import { afterAll, beforeAll, expect } from 'vitest';
import { promise } from '../promise.js';
import { converged } from '../stack/converged.js';
import { startDemoWorld, type DemoWorld } from '../stack/demo-world.js';
import { callTool, denialOf } from '../stack/mcp-agent.js';
import { outcomeOf } from '../stack/outcome.js';
import { runNode } from '../stack/processes.js';

let world: DemoWorld;
let folder: string;
beforeAll(async () => {
  world = await startDemoWorld();
  folder = await mkdtemp(join(tmpdir(), 'portcullis-policy-'));
});
afterAll(async () => {
  await world.close();
  await rm(folder, { recursive: true, force: true });
});

async function commandLine() {
  const { createApiToken } = await world.admin.get<{ createApiToken: { token: string } }>(
    'mutation { createApiToken(input: { name: "policy in CI", days: 1 }) { token revision } }',
  );
  const portcullis = async (...words: readonly string[]) => {
    const env = { ...world.installation.env, PORTCULLIS_TOKEN: createApiToken.token };
    return runNode(['apps/cli/dist/main.js', 'policy', ...words], env);
  };
  const json = async (...words: readonly string[]) => {
    const { code, stdout, stderr } = await portcullis(...words, '--json');
    expect(stderr).toBe('');
    return { code, said: JSON.parse(stdout) as Record<string, unknown> };
  };
  return { portcullis, json };
}
const head = async () =>
  (await world.admin.get<{ overview: { revision: number } }>('{ overview { revision } }')).overview.revision;

promise(
  'R-FILES-1',
  'an export is edited, planned and applied, and the guard obeys; what is wrong is said at its line',
  async () => {
    const { portcullis, json } = await commandLine();
    const grants = join(folder, 'grants', 'prod.yaml');

    expect((await portcullis('export', folder)).code).toBe(0);
    const exported = await readFile(grants, 'utf8');
    expect((await portcullis('export', folder)).code).toBe(0);
    expect(await readFile(grants, 'utf8')).toBe(exported);
    expect((await portcullis('plan', folder)).stdout).toContain('Nothing to do');

    const before = await head();
    const edited = exported.replace('value: 100', 'value: 50');
    expect(edited).not.toBe(exported);
    await writeFile(
      grants,
      `${edited}  - id: research-customers\n    role: research\n    tool: support-desk/lookup_customer\n    task: lookup\n`,
    );
    const plan = await json('plan', folder);
    expect(plan).toMatchObject({
      code: 0,
      said: { revision: before, edits: [{ act: 'change' }, { act: 'create', id: 'research-customers' }] },
    });
    expect(plan.said['access']).toMatchObject({
      differences: [
        { change: 'newly-allowed', agent: 'research', tool: 'support-desk/lookup_customer' },
        { change: 'changed', agent: 'cs-prod' },
      ],
    });
    expect(await head()).toBe(before);

    const research = await world.connect('research', 'role:research');
    const agent = await world.connect('cs-prod', 'role:support task:execute');
    const lookUp = async () => (await callTool(research, 'lookup_customer', { customer: 'C-104' })).isError === true;
    expect(await lookUp()).toBe(true);
    const applied = await json('apply', folder);
    expect(applied).toMatchObject({ code: 0, said: { applied: true, changes: 2, revision: before + 1 } });
    await converged(world.admin, before + 1);
    expect(await lookUp()).toBe(false);
    expect(denialOf(await callTool(agent, 'refund', { ...refund, amount: 60 }))?.reason).toBe('constraint');
    expect((await portcullis('plan', folder)).stdout).toContain('Nothing to do');

    await writeFile(grants, edited);
    expect((await json('apply', folder)).said).toMatchObject({
      edits: [{ act: 'revoke', id: 'research-customers' }],
      revision: before + 2,
    });
    await converged(world.admin, before + 2);
    expect(await lookUp()).toBe(true);

    await writeFile(grants, edited.replace('kind: max', 'kind: most'));
    const wrong = await portcullis('apply', folder);
    expect([wrong.code, wrong.stderr]).toEqual([
      1,
      expect.stringMatching(/grants\/prod\.yaml:\d+: grant \S+ constraints\.0\.kind: there is no such kind/),
    ]);
    await writeFile(grants, edited.replace('value: 50', 'value: 40'));
    const late = await portcullis('apply', folder, '--based-on', String(before));
    expect([late.code, late.stderr]).toEqual([1, expect.stringContaining('plan again')]);
    expect(await head()).toBe(before + 2);
    expect((await portcullis('plan', folder, '--url', 'http://127.0.0.1:9')).code).toBe(3);
    const visitor = await runNode(['apps/cli/dist/main.js', 'policy', 'plan', folder], world.installation.env);
    expect([visitor.code, visitor.stderr]).toEqual([1, expect.stringContaining('PORTCULLIS_TOKEN')]);
  },
);

const above = (limit: string) => `// Large refunds are for people.
forbid (principal, action == Action::"support-desk/refund", resource)
when { context.arguments.amount.greaterThan(decimal("${limit}")) };
`;
const refund = { ticket: 'T-1003', customer: 'C-104', amount: 20 };

async function publishedByHand(): Promise<void> {
  const input = { id: 'refunds', name: 'Refunds', environment: 'prod', text: above('30.0'), tests: [] };
  await waitFor(
    async () => {
      const { checkPolicy } = await world.admin.get<{ checkPolicy: { problems: object[] } }>(
        'query ($input: CheckPolicyInput!) { checkPolicy(input: $input) { problems { message } } }',
        { input: { environment: 'prod', text: input.text, tests: [] } },
      );
      return checkPolicy.problems.length === 0;
    },
    { what: 'the tools of the demo announced', withinMs: 20_000 },
  );
  await world.admin.get('mutation ($input: SavePolicyDraftInput!) { savePolicyDraft(input: $input) { revision } }', {
    input,
  });
  await world.admin.get('mutation ($input: PolicyVersionInput!) { publishPolicy(input: $input) { revision } }', {
    input: { id: 'refunds', version: 1 },
  });
}

promise(
  'R-FILES-1',
  'a policy is exported, its Cedar is edited, the plan shows the lines, and once applied the next call is refused',
  async () => {
    const { portcullis, json } = await commandLine();
    await publishedByHand();
    await converged(world.admin, await head());
    const cedar = join(folder, 'policies', 'refunds.cedar');
    const tests = join(folder, 'policies', 'refunds.yaml');
    await rm(folder, { recursive: true });
    expect((await portcullis('export', folder)).code).toBe(0);
    expect(await readFile(cedar, 'utf8')).toBe(above('30.0'));
    expect((await portcullis('plan', folder)).stdout).toContain('Nothing to do');
    const agent = await world.connect('cs-prod', 'role:support task:execute');
    expect(await outcomeOf(agent, 'refund', refund)).toBe('allowed');

    const before = await head();
    await writeFile(cedar, above('10.0').replaceAll('\n', '\r\n').replace('amount', 'amuont'));
    const misspelt = await portcullis('apply', folder);
    expect([misspelt.code, misspelt.stderr]).toEqual([
      1,
      expect.stringMatching(/policy_refused: policies\/refunds\.cedar:3:26: policy refunds: .*\(amount\)/),
    ]);
    await writeFile(cedar, above('10.0').replaceAll('\n', '\r\n'));
    const test = (want: string) => `policy: refunds
tests:
  - name: A refund of 20
    call:
      agent: cs-prod
      role: support
      task: execute
      tool: support-desk/refund
      arguments: { ticket: T-1003, customer: C-104, amount: 20 }
    want: ${want}
`;
    await writeFile(tests, test('pass'));
    const failing = await portcullis('apply', folder);
    expect([failing.code, failing.stderr]).toEqual([
      1,
      expect.stringContaining('policies/refunds.yaml:3: policy refunds: “A refund of 20” wants pass and got deny'),
    ]);
    expect(await head()).toBe(before);
    expect(await outcomeOf(agent, 'refund', refund)).toBe('allowed');

    await writeFile(tests, test('deny'));
    const { stdout } = await portcullis('plan', folder);
    expect(stdout).toContain('  ~ policy refunds  (policies/refunds.cedar)');
    expect(stdout).toContain('-3  when { context.arguments.amount.greaterThan(decimal("30.0")) };');
    expect(stdout).toContain('+3  when { context.arguments.amount.greaterThan(decimal("10.0")) };');
    expect(stdout).toContain('asked call by call');
    expect(await head()).toBe(before);

    expect(await json('apply', folder)).toMatchObject({
      code: 0,
      said: {
        applied: true,
        changes: 1,
        revision: before + 1,
        policies: [{ id: 'refunds', act: 'change', version: 2 }],
      },
    });
    await converged(world.admin, before + 1);
    expect(denialOf(await callTool(agent, 'refund', refund))).toMatchObject({ outcome: 'deny', reason: 'policy' });
    expect(await outcomeOf(agent, 'list_tickets')).toBe('allowed');
    expect((await portcullis('plan', folder)).stdout).toContain('Nothing to do');
  },
);
