import { describe, expect, test } from 'vitest';
import { cataloguedTool } from './catalogued-tool.fixture.js';
import type { PolicyCatalogue } from './policy-catalogue.js';
import { entitiesWritten, nameProblems } from './policy-names.js';
import { tokensOf } from './policy-tokens.js';

const catalogue: PolicyCatalogue = {
  agents: ['cs-prod', 'research'],
  servers: ['desk', 'lab'],
  environments: ['prod', 'staging'],
  tools: [
    cataloguedTool('desk/refund', 'prod', ['payments'], {}),
    cataloguedTool('desk/silent', 'prod', ['destructive']),
    cataloguedTool('lab/probe', 'staging', ['trial'], {}),
  ],
};
const problems = (text: string, environment: string | null = 'prod', isReading = false) =>
  nameProblems(text, tokensOf(text), catalogue, { environment, isReading });

describe('the entities a text names', () => {
  test.each<[string, string, readonly (readonly [string, string])[]]>([
    ['by type and id', 'principal == Agent::"cs-prod"', [['Agent', 'cs-prod']]],
    ['with escapes read', 'Agent::"\\u{61}b"', [['Agent', 'ab']]],
    [
      'each in its turn',
      'action in [Action::"a/b", Action::"class:x"]',
      [
        ['Action', 'a/b'],
        ['Action', 'class:x'],
      ],
    ],
    ['by the last part of a longer type', 'Org::Agent::"x"', [['Agent', 'x']]],
    ['not without quotes', 'Agent::bot', []],
    ['not by a text behind a word', 'context has "a"', []],
    ['not by a text alone', '"a"', []],
    ['not by a text behind a sign', 'x == "a"', []],
    ['not without a type', '::"a"', []],
    ['not with a text for a type', '"Agent"::"a"', []],
    ['not with a sign for a type', '(::"a"', []],
    ['not where nothing is written', '', []],
  ])('are found %s', (_what, text, wanted) => {
    const found = entitiesWritten(tokensOf(text));
    expect(found.map(({ type, id }) => [type, id])).toEqual(wanted);
    for (const { id, token } of found) expect([token.kind, token.value]).toEqual(['string', id]);
  });
});

describe('names that are not there', () => {
  test.each<[string, string, string | null, string | null, string | null]>([
    ['an agent', 'Agent::"cs-prd"', 'prod', 'there is no agent cs-prd', 'cs-prod'],
    ['a server', 'Server::"dsk"', 'prod', 'there is no server dsk', 'desk'],
    ['an environment', 'Environment::"prd"', 'prod', 'there is no environment prd', 'prod'],
    ['a server far from any', 'Server::"warehouse"', 'prod', 'there is no server warehouse', null],
    ['a tool', 'Action::"desk/refnd"', 'prod', 'there is no tool desk/refnd', 'desk/refund'],
    ['a tool like one elsewhere', 'Action::"lab/prob"', 'prod', 'there is no tool lab/prob', null],
    ['a tool like one anywhere', 'Action::"lab/prob"', null, 'there is no tool lab/prob', 'lab/probe'],
    ['a class', 'Action::"class:payment"', 'prod', 'no tool here is of class payment', 'class:payments'],
    ['a class of tools elsewhere', 'Action::"class:trial"', 'prod', 'no tool here is of class trial', null],
    ['a class far from any', 'Action::"class:x"', null, 'no tool here is of class x', null],
    [
      'a tool of another environment',
      'Action::"lab/probe"',
      'prod',
      'lab/probe is in staging, and this policy holds in prod',
      null,
    ],
    ['an agent that is there', 'Agent::"research"', 'prod', null, null],
    ['a server that is there', 'Server::"lab"', 'prod', null, null],
    ['an environment that is there', 'Environment::"staging"', 'prod', null, null],
    ['a tool that is there', 'Action::"desk/refund"', 'prod', null, null],
    ['a tool that is in any environment', 'Action::"lab/probe"', null, null, null],
    ['a class that is there', 'Action::"class:payments"', 'prod', null, null],
    ['a class that is in any environment', 'Action::"class:trial"', null, null, null],
    ['a type that is not ours', 'Team::"x"', 'prod', null, null],
  ])('%s', (_what, name, environment, message, suggestion) => {
    const place = { line: 1, endLine: 1, column: name.indexOf('"') + 1, endColumn: name.length + 1 };
    expect(problems(name, environment)).toEqual(message === null ? [] : [{ ...place, message, suggestion }]);
  });

  test('a tool of which nothing is announced can be named as long as no parameter is read', () => {
    const text = 'Action::"desk/silent" Action::"desk/refund"';
    expect(problems(text)).toEqual([]);
    expect(problems(text, 'prod', true)).toMatchObject([
      {
        message:
          'desk has announced nothing of desk/silent yet, so its parameters cannot be checked: let its guard connect',
        suggestion: null,
      },
    ]);
  });

  test('are told one by one', () => {
    expect(problems('Agent::"x" Server::"desk"\nServer::"y"')).toMatchObject([
      { line: 1, column: 8, message: 'there is no agent x' },
      { line: 2, column: 9, message: 'there is no server y' },
    ]);
  });
});
