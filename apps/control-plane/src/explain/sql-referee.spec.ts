import { applyChanges, decide, emptyState, type Decision } from '@portcullis/policy';
import { loadEngines } from '@portcullis/policy/engines';
import { callFor, loadCases, worldChanges } from '@portcullis/testkit';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { combined } from './sql-referee/combined.fixture.js';
import { constraints } from './sql-referee/constraints.fixture.js';

import { RefereeDatabase, type SqlConstraint } from './sql-referee/database.fixture.js';
import { evilStatements } from './sql-referee/evil-statements.fixture.js';
import { plainStatements } from './sql-referee/plain-statements.fixture.js';

const corpus = [plainStatements, evilStatements].flatMap((text) => text.split('\n').filter((line) => line !== ''));

const base = loadCases().find(
  ({ world, want }) =>
    world.servers['support-desk'] !== undefined && want.rule === 'grant:support-read' && want.outcome === 'allow',
);

/** Decides a call with the text, for an agent whose only grant carries the constraint. */
async function decider(constraint: SqlConstraint): Promise<(sql: string) => Decision> {
  if (!base) throw new Error('there is no case to begin with');
  const grant = {
    role: 'support',
    environment: 'prod',
    tool: { id: 'support-desk/read_ticket' },
    task: 'lookup',
    staleSeconds: 0,
  };
  const value = { ...grant, constraints: [constraint], notBefore: null, notAfter: null };
  const changes = [
    ...worldChanges(base).filter(({ kind }) => kind !== 'grant'),
    { kind: 'grant', id: 'sql', revision: 1, value },
  ];
  const options = { snapshot: true, engines: await loadEngines() };
  const state = applyChanges(emptyState(base.call.server), changes, base.given.revision, options);
  return (sql) => decide(state, { ...callFor(base), tool: 'read_ticket', arguments: { sql } });
}

const writes = (constraint: SqlConstraint) =>
  constraint.statements.some((kind) => kind !== 'select') ? constraint.tables : [];

describe('P-G5 SQL that a constraint allows, and a Postgres whose role has the rights the constraint speaks of', () => {
  let database: RefereeDatabase;
  const tally = { allowed: 0, denied: 0, ran: 0 };
  beforeAll(async () => {
    database = await RefereeDatabase.make();
  });
  afterAll(async () => {
    await database.close();
    process.stdout.write(
      `SQL referee: ${tally.allowed} allowed, ${tally.denied} denied, ${tally.ran} ran in Postgres\n`,
    );
  });

  /** What Postgres has against a text that was allowed. */
  async function complaints(constraint: SqlConstraint, role: string, sql: string): Promise<readonly string[]> {
    const { error, rows, changed } = await database.run(role, sql);
    if (error === undefined) tally.ran += 1;
    const foreign = changed.filter((table) => !writes(constraint).includes(table));
    return [
      ...(error?.code === '42501' ? [`${sql}: ${error.message}`] : []),
      ...foreign.map((table) => `${sql}: changed ${table}`),
      ...(rows > (constraint.maxRows ?? Infinity) ? [`${sql}: gave ${rows} rows`] : []),
    ];
  }

  async function judged(constraint: SqlConstraint, texts: readonly string[]) {
    const decided = await decider(constraint);
    const role = await database.roleFor(constraint);
    const wrong: string[] = [];
    const allowed: string[] = [];
    for (const sql of texts) {
      const decision = decided(sql);
      expect([null, 'constraint']).toContain(decision.reason);
      tally[decision.outcome === 'allow' ? 'allowed' : 'denied'] += 1;
      if (decision.outcome !== 'allow') continue;
      allowed.push(sql);
      wrong.push(...(await complaints(constraint, role, sql)));
    }
    return { wrong, allowed };
  }

  it.each(Object.entries(constraints))('agree about a written corpus: %s', async (_name, constraint) => {
    const before = await database.hashes();
    const { wrong, allowed } = await judged(constraint, corpus);
    expect(wrong).toEqual([]);
    expect(allowed.length).toBeGreaterThan(0);
    expect(await database.hashes()).toEqual(before);
  });

  const three = Object.entries(constraints).slice(0, 3);
  it.each(three)(
    'agree about parts put together in every way, a quarter of them each: %s',
    async (name, constraint) => {
      const at = three.findIndex(([one]) => one === name);
      const { wrong, allowed } = await judged(
        constraint,
        combined().filter((_text, index) => index % 4 === at),
      );
      expect(wrong).toEqual([]);
      expect(allowed.length).toBeGreaterThan(20);
    },
    120_000,
  );
});
