import { randomUUID } from 'node:crypto';
import { beforeAll, describe, expect, it } from 'vitest';
import { testApi } from '../testing/test-api.js';
import type { TestGuard } from '../testing/test-guard.js';
import { testLink } from '../testing/test-link.js';

const usesQuery = `query ($ids: [ID!]!) { grantUses(ids: $ids) {
  grant since lastUsedAt unusedForDays isUnused narrowing { task usedTools usedCount unusedCount } } }`;

interface Use {
  readonly grant: string;
  readonly since: number;
  readonly lastUsedAt: number | null;
  readonly unusedForDays: number;
  readonly isUnused: boolean;
  readonly narrowing: object | null;
}

const minute = 60_000;

describe('the use of grants', () => {
  const api = testApi();
  const link = testLink(api);
  let desk: TestGuard;
  const make = (mutation: string) => api.admin.get<Record<string, never>>(`mutation { ${mutation} }`);
  const usesOf = async (...ids: string[]) => (await api.admin.get<{ grantUses: Use[] }>(usesQuery, { ids })).grantUses;
  const useOf = async (id: string) => (await usesOf(id))[0];
  const daysAgo = (table: string, column: string, days: number, id: string) =>
    api.pool.query(`update ${table} set ${column} = now() - make_interval(days => $1) where ${id}`, [days]);

  async function grant(fields: string): Promise<string> {
    const { createGrant } = await api.admin.get<{ createGrant: { grant: { id: string } } }>(
      `mutation { createGrant(input: { role: "support", environment: "prod", ${fields} }) { grant { id } } }`,
    );
    return createGrant.grant.id;
  }

  /** Reports what the guard decided by the grant, in one batch. */
  async function called(id: string, ...calls: object[]): Promise<void> {
    const decision = {
      ...{ type: 'decision', at: Date.now(), revision: 1, agent: 'bot', instance: null, credential: null },
      ...{ role: 'support', task: 'lookup', tool: 'list', outcome: 'allow', reason: null, rule: `grant:${id}` },
      ...{ detail: null, argumentsHash: 'h' },
    };
    await desk.report({ batch: desk.batch(...calls.map((call) => ({ ...decision, id: randomUUID(), ...call }))) });
  }

  beforeAll(async () => {
    await make('createEnvironment(input: { id: "prod", name: "prod" }) { revision }');
    await make('createEnvironment(input: { id: "staging", name: "staging" }) { revision }');
    await make('createRole(input: { id: "support", name: "support" }) { revision }');
    await make(
      'createServer(input: { id: "desk", name: "desk", environment: "prod", resource: "http://localhost/desk/mcp" }) { revision }',
    );
    for (const name of ['list', 'read', 'search'])
      await make(`registerTool(input: { server: "desk", name: "${name}", classes: ["read"] }) { revision }`);
    desk = await link.guard('desk');
  });

  it('is the last call that a guard reported to have allowed by each, and it never goes back', async () => {
    const id = await grant('toolId: "desk/list", task: lookup');
    const now = Date.now();
    expect(await useOf(id)).toMatchObject({ lastUsedAt: null, unusedForDays: 0, isUnused: false, narrowing: null });
    await called(id, { at: now - 9 * minute }, { at: now - 5 * minute }, { at: now - 7 * minute });
    expect((await useOf(id))?.lastUsedAt).toBe(now - 5 * minute);
    await called(id, { at: now - 8 * minute });
    expect((await useOf(id))?.lastUsedAt).toBe(now - 5 * minute);
    await called(id, { at: now - minute });
    expect((await useOf(id))?.lastUsedAt).toBe(now - minute);
  });

  it('is no call that was denied or held, that another tool had, or that a guard elsewhere claims', async () => {
    const id = await grant('toolId: "desk/list", task: lookup');
    const elsewhere = await grant('toolClass: "read", task: lookup');
    await api.pool.query(`update grants set environment_id = 'staging' where id = $1`, [elsewhere]);
    await called(id, { outcome: 'deny' }, { outcome: 'hold' }, { tool: 'read' }, { tool: 'li\0st' }, { task: null });
    await called(elsewhere, {});
    await called('nobody', {});
    expect((await usesOf(id, elsewhere)).map(({ lastUsedAt }) => lastUsedAt)).toEqual([null, null]);
    const future = Date.now() + 60 * minute;
    await called(id, { at: future });
    expect((await useOf(id))?.lastUsedAt).toBeLessThan(future);
  });

  it('says of a grant that it went unused for thirty days, counted from when its use is recorded', async () => {
    const id = await grant('toolId: "desk/list", task: lookup');
    await daysAgo('grants', 'uses_counted_since', 29, `id = '${id}'`);
    expect(await useOf(id)).toMatchObject({ unusedForDays: 29, isUnused: false });
    await daysAgo('grants', 'uses_counted_since', 31, `id = '${id}'`);
    expect(await useOf(id)).toMatchObject({ unusedForDays: 31, isUnused: true, narrowing: null });
    await called(id, {});
    expect(await useOf(id)).toMatchObject({ unusedForDays: 0, isUnused: false });
    await daysAgo('grant_use', 'last_used_at', 40, `grant_id = '${id}'`);
    expect(await useOf(id)).toMatchObject({ unusedForDays: 31, isUnused: true });
    await make(`revokeGrant(id: "${id}") { revision }`);
    expect(await usesOf(id)).toEqual([]);
  });

  it('says what a class gives beyond the tools that were called by it, once both have stood for thirty days', async () => {
    const id = await grant('toolClass: "read", task: lookup');
    await called(id, {}, { tool: 'read' });
    expect((await useOf(id))?.narrowing).toBeNull();
    await daysAgo('grants', 'uses_counted_since', 31, `id = '${id}'`);
    expect((await useOf(id))?.narrowing).toBeNull();
    await daysAgo('tool', 'created_at', 31, 'true');
    const narrowing = { task: null, usedTools: ['desk/list', 'desk/read'], usedCount: 2, unusedCount: 1 };
    expect(await useOf(id)).toMatchObject({ isUnused: false, narrowing });
    await called(id, { tool: 'search' });
    expect((await useOf(id))?.narrowing).toBeNull();
  });

  it('says the least task it was used with where that is more than the grant asks for', async () => {
    const id = await grant('toolId: "desk/list", task: lookup');
    await daysAgo('grants', 'uses_counted_since', 31, `id = '${id}'`);
    await called(id, { task: 'execute' }, { task: 'update' });
    expect((await useOf(id))?.narrowing).toMatchObject({ task: 'update', usedTools: [], unusedCount: 0 });
    await called(id, { task: 'lookup' });
    expect((await useOf(id))?.narrowing).toBeNull();
  });
});
