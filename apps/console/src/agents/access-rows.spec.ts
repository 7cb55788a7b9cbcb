import { describe, expect, it } from 'vitest';
import { accessRows, environmentsOf } from './access-rows.js';

type Row = Parameters<typeof accessRows>[0][number];

function row(fields: Partial<Row>): Row {
  const place = { server: 'desk', environment: 'prod', tool: 'desk/refund', name: 'refund', role: 'support' };
  const said = {
    outcome: 'allow',
    reason: null,
    rule: 'grant:g1',
    detail: null,
    grants: [{ rule: 'grant:g1', conditions: [], obligations: [], approval: 'never' }],
    observed: null,
  };
  return { __typename: 'AccessRow', ...place, task: 'lookup', ...said, ...fields } as Row;
}

const denied = { outcome: 'deny', reason: 'no_grant', rule: null, grants: [] };

describe('the matrix of what an agent may do', () => {
  it('has a row for each tool, with its environments side by side', () => {
    const rows = [row({}), row({ server: 'lab', environment: 'staging' }), row({ name: 'read' })];
    expect(accessRows(rows).map(({ name, byEnvironment }) => [name, ...byEnvironment.keys()])).toEqual([
      ['refund', 'prod', 'staging'],
      ['read', 'prod'],
    ]);
    expect(environmentsOf(rows)).toEqual(['prod', 'staging']);
  });

  it('says tasks together that are answered alike, and apart those that are not', () => {
    const rows = [row({ task: 'lookup', ...denied }), row({ task: 'update' }), row({ task: 'execute' })];
    const [standing] = accessRows(rows)[0]?.byEnvironment.get('prod') ?? [];
    expect(standing?.answers.map(({ outcome, tasks }) => [outcome, ...tasks])).toEqual([
      ['deny', 'lookup'],
      ['allow', 'update', 'execute'],
    ]);
  });

  it('keeps apart what only runs because it is observed, with what would be said of it', () => {
    const would = (detail: string) => ({ outcome: 'deny', reason: 'no_grant', rule: null, detail });
    const seen = (task: 'lookup' | 'update', detail: string) =>
      row({ ...{ task, rule: 'environment:prod', detail: null, grants: [] }, observed: would(detail) as never });
    const rows = [seen('lookup', 'no grant'), seen('update', 'no grant'), row({ task: 'execute' })];
    const [standing] = accessRows(rows)[0]?.byEnvironment.get('prod') ?? [];
    expect(standing?.answers.map(({ observed, detail, tasks }) => [observed?.reason, detail, ...tasks])).toEqual([
      ['no_grant', 'no grant', 'lookup', 'update'],
      [undefined, null, 'execute'],
    ]);
  });

  it('keeps roles and servers apart, and says where no role is held', () => {
    const none = { ...denied, role: null, task: null, reason: 'no_assignment' };
    const rows = [row({}), row({ role: 'lead' }), row({ server: 'desk-2' }), row({ ...none, server: 'desk-3' })];
    const standings = accessRows(rows)[0]?.byEnvironment.get('prod') ?? [];
    expect(standings.map(({ server, role }) => [server, role])).toEqual([
      ['desk', 'support'],
      ['desk', 'lead'],
      ['desk-2', 'support'],
      ['desk-3', null],
    ]);
    expect(standings[3]?.answers[0]?.tasks).toEqual([]);
  });
});
