import type { PolicyPlace } from '@portcullis/contracts';
import { describe, expect, test } from 'vitest';
import { cataloguedTool } from './catalogued-tool.fixture.js';
import { toolsIn } from './policy-catalogue.js';

const tools = [
  cataloguedTool('desk/refund', 'prod', ['payments', 'write']),
  cataloguedTool('desk/look', 'prod', ['read']),
  cataloguedTool('bank/pay', 'prod', ['payments']),
  cataloguedTool('lab/refund', 'staging', ['payments']),
];
const place = (more: Partial<PolicyPlace> = {}): PolicyPlace => ({
  ...{ tools: null, classes: null, server: null, environment: null },
  ...more,
});
const all = tools.map(({ id }) => id);
const inProd = all.slice(0, 3);

describe('the tools a policy speaks about', () => {
  test.each<[string, string | null, readonly PolicyPlace[], readonly string[]]>([
    ['all, when nothing is limited', null, [place()], all],
    ['those of its environment', 'prod', [place()], inProd],
    ['none without a place', null, [], []],
    ['none in an environment without tools', 'test', [place()], []],
    ['those of a server', null, [place({ server: 'desk' })], ['desk/refund', 'desk/look']],
    ['those of an environment that a place names', null, [place({ environment: 'staging' })], ['lab/refund']],
    ['none where the place is in another environment', 'prod', [place({ environment: 'staging' })], []],
    ['those that are named', null, [place({ tools: ['desk/look', 'lab/refund'] })], ['desk/look', 'lab/refund']],
    ['those of a class', null, [place({ classes: ['read', 'write'] })], ['desk/refund', 'desk/look']],
    ['none of no class', null, [place({ classes: [] })], []],
    ['none of no name', null, [place({ tools: [] })], []],
    [
      'those named and those of a class',
      null,
      [place({ tools: ['desk/look'], classes: ['payments'] })],
      ['desk/refund', 'desk/look', 'bank/pay', 'lab/refund'],
    ],
    ['those named on a server alone', null, [place({ tools: ['desk/look'], server: 'bank' })], []],
    ['those of a class on a server alone', null, [place({ classes: ['payments'], server: 'bank' })], ['bank/pay']],
    [
      'those of any place',
      'prod',
      [place({ tools: ['desk/look'] }), place({ server: 'bank' }), place({ server: 'bank' })],
      ['desk/look', 'bank/pay'],
    ],
  ])('are %s', (_what, environment, places, wanted) => {
    const found = toolsIn({ agents: [], servers: [], environments: [], tools }, environment, places);
    expect(found.map(({ id }) => id)).toEqual(wanted);
  });
});
