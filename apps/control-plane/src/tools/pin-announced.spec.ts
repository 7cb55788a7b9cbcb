import { randomUUID } from 'node:crypto';
import { definitionHash } from '@portcullis/contracts/signed';
import { beforeAll, describe, expect, it } from 'vitest';
import { testInstall, wideLimits } from '../testing/test-install.js';
import { testLink } from '../testing/test-link.js';
import { addServer, change } from '../testing/world.js';
import { pinAnnounced } from './pin-announced.js';

const install = testInstall();
const link = testLink(install);
const pin = () => pinAnnounced(install.pool, wideLimits);
const says = (name: string, description: string) => ({ name, description, inputSchema: { type: 'object' } });
const hashOf = (name: string, description: string) => definitionHash(says(name, description));
const catalogue = (parts: readonly (readonly [string, string])[], part?: { of: string; isLast: boolean }) => ({
  ...{ type: 'catalogue', id: randomUUID(), at: 1, part },
  tools: parts.map(([name, description]) => ({ ...says(name, description), hash: 'not taken on trust' })),
});

const register = (name: string) =>
  change(install.pool, async ({ client, append }) => {
    await client.query(`insert into tool (id, server_id, name) values ($1, 'desk', $2)`, [`desk/${name}`, name]);
    append('tool', `desk/${name}`, { server: 'desk', name, classes: [] });
  });
const accepted = async (name: string) => {
  const { rows } = await install.pool.query<{ value: { definitions?: { hash: string }[] } }>(
    `select value::json as value from change_latest where kind = 'tool' and object_id = $1`,
    [`desk/${name}`],
  );
  return rows[0]?.value.definitions?.map(({ hash }) => hash);
};

beforeAll(() => addServer(install.pool, 'desk', 'prod'));

describe('P-E8 a tool that was registered before its server announced it', () => {
  it('is pinned to the first announcement, in one revision, once', async () => {
    const guard = await link.guard('desk');
    await register('early');
    expect(await pin()).toBe(0);
    await guard.report({ batch: guard.batch(catalogue([['early', 'First.']])) });
    const before = await install.revision();
    expect(await pin()).toBe(1);
    expect([await install.revision(), await accepted('early')]).toEqual([before + 1, [hashOf('early', 'First.')]]);
    await guard.report({ batch: guard.batch(catalogue([['early', 'Second.']])) });
    expect(await pin()).toBe(0);
    expect([await install.revision(), await accepted('early')]).toEqual([before + 1, [hashOf('early', 'First.')]]);
  });

  it('is pinned to the first of what is announced now, not to what was long ago', async () => {
    const guard = await link.guard('desk');
    await guard.report({ batch: guard.batch(catalogue([['late', 'Long ago.']])) });
    await guard.report({ batch: guard.batch(catalogue([['late', 'Now.']])) });
    await register('late');
    await pin();
    expect(await accepted('late')).toEqual([hashOf('late', 'Now.')]);
  });

  it('is taken out of what a guard announces only with the last part of a catalogue', async () => {
    const guard = await link.guard('desk');
    const announced = async () =>
      (
        await install.pool.query<{ name: string }>(
          `select name from announced_tool where guard_id = $1 order by name`,
          [guard.id],
        )
      ).rows.map(({ name }) => name);
    await guard.report({
      batch: guard.batch(
        catalogue([
          ['a', 'A.'],
          ['b', 'B.'],
        ]),
      ),
    });
    const of = randomUUID();
    await guard.report({ batch: guard.batch(catalogue([['b', 'B.']], { of, isLast: false })) });
    expect(await announced()).toEqual(['a', 'b']);
    await guard.report({ batch: guard.batch(catalogue([['c', 'C.']], { of, isLast: true })) });
    expect(await announced()).toEqual(['b', 'c']);
  });

  it('has a history of bounded length, from which nothing accepted or announced is dropped', async () => {
    const guard = await link.guard('desk');
    await register('noisy');
    await guard.report({ batch: guard.batch(catalogue([['noisy', 'Number 0.']])) });
    await pin();
    for (let number = 1; number <= 60; number += 1)
      await guard.report({ batch: guard.batch(catalogue([['noisy', `Number ${number}.`]])) });
    const { rows } = await install.pool.query<{ hash: string }>(
      `select hash from tool_definition where server_id = 'desk' and name = 'noisy'`,
    );
    expect(rows.length).toBeLessThanOrEqual(52);
    const hashes = rows.map(({ hash }) => hash);
    expect(hashes).toEqual(expect.arrayContaining([hashOf('noisy', 'Number 0.'), hashOf('noisy', 'Number 60.')]));
    expect(hashes).not.toContain(hashOf('noisy', 'Number 1.'));
  });
});
