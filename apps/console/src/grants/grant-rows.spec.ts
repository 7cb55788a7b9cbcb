import { describe, expect, it } from 'vitest';
import type { GrantCellFragment } from '../gql/graphql.js';
import { byEnvironment } from './grant-rows.js';

function grant(fields: Partial<GrantCellFragment>): GrantCellFragment {
  const plain = { constraintTexts: [], obligationTexts: [], notBefore: null, notAfter: null, staleSeconds: 0 };
  const of = { role: 'support', environment: 'prod', toolId: 'desk/refund', toolClass: null, task: 'execute' };
  return { __typename: 'Grant', id: 'g', ...plain, ...of, ...fields } as GrantCellFragment;
}

describe('a row of the matrix of grants', () => {
  it('has its environments side by side, each with its grants in their order', () => {
    const cells = byEnvironment([
      grant({ id: 'g1' }),
      grant({ id: 'g2', environment: 'staging' }),
      grant({ id: 'g3' }),
    ]);
    expect([...cells].map(([environment, of]) => [environment, of.map(({ id }) => id)])).toEqual([
      ['prod', ['g1', 'g3']],
      ['staging', ['g2']],
    ]);
  });
});
