import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { callFor, claimsFor } from './call.js';
import { loadCases, type Case } from './load.js';
import { worldChanges } from './world-changes.js';

const world = `world: desk
about: One agent that reads.
servers:
  desk: { name: Desk, environment: prod, resource: 'http://desk.example/mcp' }
tools:
  desk/read: [read]
agents:
  cs: { name: Agent, status: active }
credentials:
  key: { agent: cs, status: active, expiresAt: null }
assignments:
  as: { agent: cs, role: support, environment: prod }
grants:
  g: { role: support, environment: prod, tool: desk/read, task: lookup, max: { amount: 5 } }
`;
const good = `case: A sentence about it
given:
  world: desk
  revision: 7
  posture: { stale: 3 }
  now: 2026-06-01T12:00:00Z
call: { agent: cs, credential: key, server: desk, tool: read, arguments: { amount: 5 }, scope: 'task:update instance:cs-9' }
want: { outcome: allow, reason: null, rule: grant:g, revision: 7 }
audit: { outcome: allow }
`;

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'cases-'));
  write('worlds/desk.yaml', world);
});
afterEach(() => rmSync(folder, { recursive: true }));

function write(file: string, text: string): void {
  mkdirSync(dirname(join(folder, file)), { recursive: true });
  writeFileSync(join(folder, file), text);
}

function loaded(text: string): Case {
  write('topic/one.yaml', text);
  const [only] = loadCases(folder);
  if (!only) throw new Error('no case was loaded');
  return only;
}

describe('a case file', () => {
  test('is read with its path, and its world is whole', () => {
    const one = loaded(good);

    expect(one).toMatchObject({ file: 'topic/one.yaml', case: 'A sentence about it', audit: { outcome: 'allow' } });
    expect(Object.keys(one.world.grants)).toEqual(['g']);
  });

  test('gives the claims the token endpoint would issue', () => {
    const issued = Date.UTC(2026, 5, 1, 12) / 1000;

    expect(claimsFor(loaded(good))).toMatchObject({
      aud: 'http://desk.example/mcp',
      sub: 'cs',
      client_id: 'cs',
      agent: 'cs',
      credential: 'key',
      instance: 'cs-9',
      role: 'support',
      environment: 'prod',
      task: 'update',
      rev: 7,
      iat: issued,
      exp: issued + 300,
    });
    expect(callFor(loaded(good))).toMatchObject({ posture: 'stale', staleSeconds: 3, now: issued * 1000 });
  });

  test('lays its differences over the world, and null takes away', () => {
    const one = loaded(
      good
        .replace('  posture', '  grants: { g: { max: { amount: 9 } } }\n  assignments: { as: null }\n  posture')
        .replace("'task", "'role:support task"),
    );
    const changes = worldChanges(one);

    expect(changes.find(({ kind }) => kind === 'grant')?.value).toMatchObject({
      role: 'support',
      tool: { id: 'desk/read' },
      constraints: [{ kind: 'max', path: 'amount', value: 9 }],
    });
    expect(changes.some(({ kind }) => kind === 'assignment')).toBe(false);
  });

  test.each([
    [
      'an unknown field',
      good.replace('posture:', 'mood: good\n  posture:'),
      'topic/one.yaml: given: Unrecognized key: "mood"',
    ],
    [
      'an unknown reason',
      good.replace('outcome: allow, reason: null', 'outcome: deny, reason: because'),
      'topic/one.yaml: want.reason: ',
    ],
    [
      'an allowed call with a reason',
      good.replace('reason: null', 'reason: policy'),
      'topic/one.yaml: want.reason: an allowed call has reason null',
    ],
    [
      'no audit',
      good.replace('audit: { outcome: allow }', 'audit: {}'),
      'topic/one.yaml: audit: name at least one field',
    ],
    [
      'an unknown world',
      good.replace('world: desk', 'world: moon'),
      'topic/one.yaml: given.world: there is no world moon',
    ],
    ['a scope of no known form', good.replace('task:update', 'task:rule'), 'topic/one.yaml: call.scope: use role:'],
    [
      'half a grant',
      good.replace('  posture', '  grants: { h: { role: support } }\n  posture'),
      'topic/one.yaml: given.grants.h.environment: ',
    ],
    ['text that is not YAML', 'case: [', 'topic/one.yaml: '],
  ])('with %s is refused by path and field', (_what, text, message) => {
    write('topic/one.yaml', text);

    expect(() => loadCases(folder)).toThrow(message);
  });

  test('whose agent holds no single role must name one', () => {
    const one = loaded(good.replace('  posture', '  assignments: { as: null }\n  posture'));

    expect(() => claimsFor(one)).toThrow('topic/one.yaml: call.scope: name a role');
  });
});
