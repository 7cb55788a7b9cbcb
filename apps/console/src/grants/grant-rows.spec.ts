import { describe, expect, it } from 'vitest';
import type { GrantCellFragment } from '../gql/graphql.js';
import { grantRows } from './grant-rows.js';

function grant(fields: Partial<GrantCellFragment>): GrantCellFragment {
  const plain = { constraintTexts: [], notBefore: null, notAfter: null, staleSeconds: 0, revokedAt: null };
  const of = { role: 'support', environment: 'prod', toolId: 'desk/refund', toolClass: null, task: 'execute' };
  return { __typename: 'Grant', id: 'g', ...plain, ...of, ...fields } as GrantCellFragment;
}

describe('the matrix of grants', () => {
  it('has a row for each role and tool, with its environments side by side', () => {
    const rows = grantRows([
      grant({ id: 'g1' }),
      grant({ id: 'g2', environment: 'staging' }),
      grant({ id: 'g3', role: 'research', toolId: 'desk/read' }),
    ]);
    expect(rows.map(({ role, what }) => `${role} ${what}`)).toEqual(['research desk/read', 'support desk/refund']);
    expect([...(rows[1]?.byEnvironment.keys() ?? [])]).toEqual(['prod', 'staging']);
  });

  it('leaves out what was revoked, and keeps a class apart from a tool of the same name', () => {
    const rows = grantRows([
      grant({ id: 'g1', revokedAt: 1 }),
      grant({ id: 'g2', toolId: 'read' }),
      grant({ id: 'g3', toolId: null, toolClass: 'read' }),
    ]);
    expect(rows.map(({ what, isClass }) => `${what} ${isClass ? 'class' : 'tool'}`).sort()).toEqual([
      'read class',
      'read tool',
    ]);
  });
});
