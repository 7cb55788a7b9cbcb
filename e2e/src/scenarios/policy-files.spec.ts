import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect } from 'vitest';
import { promise } from '../promise.js';
import { converged } from '../stack/converged.js';
import { startDemoWorld, type DemoWorld } from '../stack/demo-world.js';
import { callTool, denialOf } from '../stack/mcp-agent.js';
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

promise(
  'R-FILES-1',
  'an export is edited, planned and applied, and the guard obeys; what is wrong is said at its line',
  async () => {
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
    const grants = join(folder, 'grants', 'prod.yaml');
    const head = async () =>
      (await world.admin.get<{ overview: { revision: number } }>('{ overview { revision } }')).overview.revision;

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
    const refund = { ticket: 'T-1003', customer: 'C-104', amount: 60 };
    expect(denialOf(await callTool(agent, 'refund', refund))?.reason).toBe('constraint');
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
