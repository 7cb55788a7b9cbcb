import { randomUUID } from 'node:crypto';
import { longestDefinition, mostAccepted, type ToolDefinition } from '@portcullis/contracts';
import { definitionHash } from '@portcullis/contracts/signed';
import { beforeAll, describe, expect, it } from 'vitest';
import { projectCatalogue } from '../reports/project-catalogue.js';
import { testApi } from '../testing/test-api.js';

const inputSchema = { type: 'object', properties: { amount: { type: 'number' } } };
const says = (name: string, description: string, more: object = {}): ToolDefinition => ({
  ...{ name, description, inputSchema },
  ...more,
});
const hashOf = (tool: ToolDefinition) => definitionHash(tool) ?? '';

interface Shown {
  readonly classes: string[];
  readonly pin: string;
  readonly pinnedAt: string | null;
  readonly definitions: readonly {
    readonly hash: string;
    readonly acceptedBy: string | null;
    readonly announcedBy: readonly string[];
    readonly said: { readonly description: string } | null;
  }[];
}

describe('tools', () => {
  const api = testApi();
  const mutate = (name: string, type: string, input: object) =>
    api.admin.ask(`mutation ($input: ${type}!) { ${name}(input: $input) { revision } }`, { input });
  const register = (input: object) => mutate('registerTool', 'RegisterToolInput', input);
  const accept = (tool: string, hash: string) => mutate('acceptDefinition', 'DefinitionInput', { tool, hash });
  const withdraw = (tool: string, hash: string) => mutate('withdrawDefinition', 'DefinitionInput', { tool, hash });
  const setClasses = (tool: string, classes: string[]) =>
    mutate('setToolClasses', 'SetToolClassesInput', { tool, classes });

  /** What a guard of the desk's reports. */
  const announce = async (guard: string, ...tools: readonly ToolDefinition[]) => {
    const whole = ({ name, title, description, ...rest }: ToolDefinition) => ({
      ...{ name, title: title ?? null, description: description ?? null, inputSchema: rest.inputSchema },
      ...{ outputSchema: rest.outputSchema, annotations: rest.annotations, hash: 'not taken on trust' },
    });
    const event = { type: 'catalogue', id: randomUUID(), at: 0, tools: tools.map(whole) } as const;
    const client = await api.pool.connect();
    await projectCatalogue(client, { guard, boot: randomUUID(), server: 'desk', event }).finally(() =>
      client.release(),
    );
  };
  const shown = async (id: string) =>
    (
      await api.admin.get<{ tool: Shown }>(
        'query ($id: ID!) { tool(id: $id) { classes pin pinnedAt definitions { hash acceptedBy announcedBy said } } }',
        { id },
      )
    ).tool;
  const told = async (id: string) => {
    const { rows } = await api.pool.query<{ value: { classes: string[]; definitions?: { hash: string }[] } }>(
      `select value::json as value from change_latest where kind = 'tool' and object_id = $1`,
      [id],
    );
    return rows[0]?.value;
  };
  const acceptedAtGuards = async (id: string) => (await told(id))?.definitions?.map(({ hash }) => hash);
  const state = async (id: string) => [await api.revision(), await told(id), await shown(id)];

  beforeAll(async () => {
    const make = (mutation: string) => api.admin.get(`mutation { ${mutation} { revision } }`);
    await make('createEnvironment(input: { id: "prod", name: "Prod" })');
    await make('createEnvironment(input: { id: "lab", name: "Lab" })');
    for (const [id, environment] of [
      ['desk', 'prod'],
      ['other', 'prod'],
      ['bench', 'lab'],
    ])
      await make(
        `createServer(input: { id: "${id}", name: "${id}", environment: "${environment}", resource: "http://localhost/${id}" })`,
      );
    await api.pool.query(
      `insert into guard (id, server_id, public_jwk) values ('gd_1', 'desk', '{}'), ('gd_2', 'desk', '{}')`,
    );
  });

  it('P-E8 are pinned to what their server says of them when they are registered', async () => {
    const tool = says('seen', 'Sees.');
    await announce('gd_1', tool);
    const before = await api.revision();
    expect((await register({ server: 'desk', name: 'seen', classes: ['read'], definition: 'other' })).code).toBe(
      'conflict',
    );
    expect([await api.revision(), await told('desk/seen')]).toEqual([before, undefined]);
    await register({ server: 'desk', name: 'seen', classes: ['read'], definition: hashOf(tool) });
    expect(await told('desk/seen')).toEqual({
      ...{ server: 'desk', name: 'seen', classes: ['read'] },
      definitions: [{ hash: hashOf(tool), inputSchema }],
    });
    expect(await shown('desk/seen')).toMatchObject({
      pin: 'accepted',
      definitions: [{ acceptedBy: 'ada@example.org', announcedBy: ['gd_1'], said: { description: 'Sees.' } }],
    });
    expect(await api.revision()).toBe(before + 1);
  });

  it('P-E8 take a changed definition beside the old one, and lose either when it is withdrawn', async () => {
    const [old, next] = [says('rolling', 'Old.'), says('rolling', 'Next.', { annotations: { readOnlyHint: true } })];
    await announce('gd_1', old);
    await register({ server: 'desk', name: 'rolling', classes: [] });
    await announce('gd_2', next);
    expect((await shown('desk/rolling')).pin).toBe('quarantined');
    const before = await api.revision();
    expect((await accept('desk/rolling', hashOf(next))).data).toEqual({ acceptDefinition: { revision: before + 1 } });
    expect(await acceptedAtGuards('desk/rolling')).toEqual([hashOf(old), hashOf(next)]);
    expect((await shown('desk/rolling')).pin).toBe('accepted');
    expect((await withdraw('desk/rolling', hashOf(old))).data).toEqual({
      withdrawDefinition: { revision: before + 2 },
    });
    expect(await acceptedAtGuards('desk/rolling')).toEqual([hashOf(next)]);
    await withdraw('desk/rolling', hashOf(next));
    expect(await acceptedAtGuards('desk/rolling')).toEqual([]);
    expect((await shown('desk/rolling')).pin).toBe('quarantined');
  });

  it('have two of their definitions compared field by field, by everybody who may read', async () => {
    const older = says('compared', 'Pays.\nOnce.', { title: 'Compared' });
    const newer = says('compared', 'Pays.\nAlways 99.', { title: 'Compared', annotations: { readOnlyHint: true } });
    await announce('gd_1', older);
    await register({ server: 'desk', name: 'compared', classes: [] });
    await announce('gd_2', newer);
    const query =
      'query ($tool: ID!, $from: String!, $to: String!) { toolDefinitionDiff(tool: $tool, from: $from, to: $to) { field isSame lines { kind before after text } } }';
    const asked = { tool: 'desk/compared', from: hashOf(older), to: hashOf(newer) };
    const { toolDefinitionDiff: diff } = await api.admin.get<{
      toolDefinitionDiff: { field: string; isSame: boolean; lines: { kind: string }[] }[];
    }>(query, asked);
    expect(diff.map(({ field, isSame }) => [field, isSame])).toEqual([
      ...[
        ['name', true],
        ['title', true],
        ['description', false],
        ['inputSchema', true],
        ['annotations', false],
      ],
    ]);
    expect(diff[2]?.lines).toEqual([
      { kind: 'same', before: 1, after: 1, text: 'Pays.' },
      { kind: 'removed', before: 2, after: null, text: 'Once.' },
      { kind: 'added', before: null, after: 2, text: 'Always 99.' },
    ]);
    expect(diff[4]?.lines.map(({ kind }) => kind)).toEqual(['added', 'added', 'added']);
    await api.pool.query(`update tool_definition set definition = null where hash = $1`, [hashOf(older)]);
    expect((await api.admin.ask(query, asked)).code).toBe('input_invalid');
    expect((await api.admin.ask(query, { ...asked, from: 'nobody said this' })).code).toBe('not_found');
    expect((await api.visitor().ask(query, asked)).code).toBe('unauthenticated');
  });

  it('refuse what nobody announced, what is accepted, what is not, and what cannot be read, and change nothing', async () => {
    const tool = says('strict', 'Strict.');
    await announce('gd_1', tool);
    await register({ server: 'desk', name: 'strict', classes: [] });
    const long = says('strict', 'x'.repeat(longestDefinition));
    await api.pool.query(
      `insert into tool_definition (server_id, name, hash, first_guard_id, last_guard_id) values ('desk', 'strict', $1, 'gd_1', 'gd_1')`,
      [hashOf(long)],
    );
    const before = await state('desk/strict');
    const refused = await Promise.all([
      accept('desk/strict', 'nobody said this'),
      accept('desk/nothing', hashOf(tool)),
      accept('desk/strict', hashOf(tool)),
      accept('desk/strict', hashOf(long)),
      withdraw('desk/strict', hashOf(long)),
    ]);
    expect(refused.map(({ code }) => code)).toEqual([
      ...['not_found', 'not_found', 'already_exists', 'input_invalid', 'already_revoked'],
    ]);
    expect(await state('desk/strict')).toEqual(before);
  });

  it('accept so many definitions at a time and no more', async () => {
    const all = Array.from({ length: mostAccepted + 1 }, (_one, index) => says('many', `Number ${index}.`));
    for (const tool of all) await announce('gd_1', tool);
    await register({ server: 'desk', name: 'many', classes: [] });
    for (const tool of all.slice(0, mostAccepted - 1)) await accept('desk/many', hashOf(tool));
    const before = await state('desk/many');
    expect((await accept('desk/many', hashOf(all[mostAccepted - 1] ?? says('many', '')))).code).toBe('conflict');
    expect(await state('desk/many')).toEqual(before);
  });

  it('are shown with those that can be taken for them, in their environment alone', async () => {
    for (const [server, name] of [
      ['desk', 'refund_money'],
      ['other', 'Refund-Rnoney'],
      ['bench', 'refund_money'],
    ])
      await register({ server, name, classes: [] });
    const { tools } = await api.admin.get<{ tools: { id: string; shadows: string[] }[] }>('{ tools { id shadows } }');
    expect(tools.filter(({ shadows }) => shadows.length > 0)).toEqual([
      { id: 'desk/refund_money', shadows: ['other/Refund-Rnoney'] },
      { id: 'other/Refund-Rnoney', shadows: ['desk/refund_money'] },
    ]);
  });

  it('have the classes an admin gives them, and are given none by what their server says', async () => {
    await announce('gd_1', says('send_report', 'Sends.', { annotations: { readOnlyHint: true } }));
    await register({ server: 'desk', name: 'send_report', classes: [] });
    const { tool } = await api.admin.get<{ tool: object }>(
      '{ tool(id: "desk/send_report") { classes suggestedClasses { name reasons } } }',
    );
    expect(tool).toEqual({
      classes: [],
      suggestedClasses: [{ name: 'egress', reasons: ['its name says “send”'] }],
    });
    const before = await api.revision();
    expect((await setClasses('desk/send_report', ['egress'])).data).toEqual({
      setToolClasses: { revision: before + 1 },
    });
    expect((await told('desk/send_report'))?.classes).toEqual(['egress']);
    expect((await acceptedAtGuards('desk/send_report'))?.length).toBe(1);
    const kept = await state('desk/send_report');
    expect((await setClasses('desk/send_report', ['Not A Class'])).code).toBe('input_invalid');
    expect((await setClasses('desk/nothing', ['read'])).code).toBe('not_found');
    expect(await state('desk/send_report')).toEqual(kept);
  });

  it.each([
    ['a class', ['billing'], ['read'], 'billing'],
    ['no class, which counts as destructive', [], ['read'], 'destructive'],
  ])('P-C3 are not taken out of %s over which a kill switch is engaged', async (_what, classes, others, target) => {
    const name = `stopped_${target}`;
    await register({ server: 'desk', name, classes });
    await register({ server: 'other', name: `labelled_${target}`, classes: [target] });
    const input = { id: randomUUID(), scope: 'tool_class', target };
    await mutate('engageKillSwitch', 'EngageKillSwitchInput', input);
    const before = await state(`desk/${name}`);
    const { code, errors } = await setClasses(`desk/${name}`, others);
    expect([code, errors[0]?.message]).toEqual([
      'release_needs_two_people',
      `kill switch ${input.id} is engaged on tool class ${target}: release it before you take desk/${name} out of that class`,
    ]);
    expect(await state(`desk/${name}`)).toEqual(before);
    expect((await setClasses(`desk/${name}`, [target, ...others])).code).toBeUndefined();
  });

  it('an explanation says that a definition has changed, and what to accept', async () => {
    const [old, next] = [says('told', 'Old.'), says('told', 'Next.')];
    await announce('gd_1', old);
    await register({ server: 'desk', name: 'told', classes: ['read'] });
    await announce('gd_1', next);
    await api.admin.get('mutation { createRole(input: { id: "r", name: "R" }) { revision } }');
    await api.admin.get('mutation { createAgent(input: { id: "bot", name: "Bot" }) { revision } }');
    await api.admin.get('mutation { issueCredential(input: { agent: "bot" }) { revision } }');
    await api.admin.get(
      'mutation { assignRole(input: { agent: "bot", role: "r", environment: "prod" }) { revision } }',
    );
    await api.admin.get(
      'mutation { createGrant(input: { role: "r", environment: "prod", toolId: "desk/told", task: lookup }) { revision } }',
    );
    const { explainCall } = await api.admin.get<{ explainCall: { reason: string; unlock: { changes: object[] } } }>(
      'query { explainCall(input: { agent: "bot", server: "desk", tool: "told" }) { reason rule unlock { changes { kind values } } } }',
    );
    expect(explainCall).toEqual({
      ...{ reason: 'definition_changed', rule: 'tool:desk/told' },
      unlock: { changes: [{ kind: 'accept-definition', values: { tool: 'desk/told', definition: hashOf(next) } }] },
    });
  });
});
