import { describe, expect, test } from 'vitest';
import { loadDraftEngine } from '../engines/index.js';
import { cataloguedTool } from './catalogued-tool.fixture.js';
import { parameterProblems } from './parameter-problems.js';
import type { CataloguedTool } from './policy-catalogue.js';
import { readsOf } from './policy-reads.js';
import { tokensOf } from './policy-tokens.js';

const engine = await loadDraftEngine();
const text = { type: 'string' };
const object = (properties: object) => ({ type: 'object', properties });
const refund = cataloguedTool(
  'desk/refund',
  'prod',
  [],
  object({
    amount: { type: 'number' },
    customer: object({ id: text, email: text, address: object({ city: text }) }),
    payee: { type: ['string', 'object'] },
  }),
);
const look = cataloguedTool('desk/look', 'prod', [], object({ id: text, payee: text, amoun: text }));
const silent = cataloguedTool('desk/silent', 'prod', []);

const when = (condition: string) => `forbid (principal, action, resource) when { ${condition} };`;
/** What is wrong, what is suggested, and what stands at the place, behind the end of what stands before it. */
const told = (condition: string, ...tools: readonly CataloguedTool[]) => {
  const written = when(condition);
  const found = parameterProblems(written, tokensOf(written), readsOf(engine.parse(written)), tools);
  return found.map(({ message, suggestion, column, endColumn }) => {
    const place = `${written.slice(column - 13, column - 1)}>${written.slice(column - 1, endColumn - 1)}`;
    return [message, suggestion, place];
  });
};

describe('the parameters a text reads', () => {
  test.each<[string, string, readonly CataloguedTool[]]>([
    ['the tool has them', 'context.arguments has amount && context.arguments.customer.id == "x"', [refund]],
    ['one of the tools has them', 'context.arguments has amount', [look, refund]],
    ['nothing is announced', 'context.arguments has amont', [silent]],
    ['there is no tool', 'context.arguments has amont', []],
    ['none is read', 'context.role == "x"', [refund]],
  ])('are no problem where %s', (_what, condition, tools) => expect(told(condition, ...tools)).toEqual([]));

  test('are a problem where the one tool does not have them, another that announced nothing aside', () => {
    const wanted = [['desk/refund has no parameter amont', 'amount', 't.arguments.>amont']];
    expect(told('context.arguments.amont == 1', refund)).toEqual(wanted);
    expect(told('context.arguments.amont == 1', silent, refund)).toEqual(wanted);
  });

  test('are a problem where no tool has them, and the nearest name of any is meant', () => {
    expect(told('context.arguments.amout == 1', refund, look)).toEqual([
      ['no tool in scope has a parameter amout', 'amount', 't.arguments.>amout'],
    ]);
    expect(told('context.arguments.idd == 1', refund, look)).toEqual([
      ['no tool in scope has a parameter idd', 'id', 't.arguments.>idd'],
    ]);
  });

  test('are a problem where one of the tools hides them, whichever it is', () => {
    const wanted = [['payee of desk/refund is of no single type: no policy can read it', null, 'guments has >payee']];
    expect(told('context.arguments has payee', refund, look)).toEqual(wanted);
    expect(told('context.arguments has payee', look, refund)).toEqual(wanted);
  });

  test('have fields, of which the nearest beside it is meant', () => {
    const wrong = 'no tool in scope has a parameter customer.idd';
    expect(told('context.arguments has customer.idd', look, refund)).toEqual([[wrong, 'id', 'as customer.>idd']]);
    expect(told('context.arguments has customer.address.cty', refund)).toEqual([
      ['desk/refund has no parameter customer.address.cty', 'city', 'mer.address.>cty'],
    ]);
    expect(told('context.arguments.amount.customr == 1', refund)).toEqual([
      ['desk/refund has no parameter amount.customr', null, 'ents.amount.>customr'],
    ]);
    expect(told('context.arguments.amount.emai == 1', refund)).toEqual([
      ['desk/refund has no parameter amount.emai', null, 'ents.amount.>emai'],
    ]);
  });

  test('are told one by one', () => {
    expect(
      told('context.arguments.amont == 1 && context.arguments.amount == context.arguments.custmer', refund),
    ).toEqual([
      ['desk/refund has no parameter amont', 'amount', 't.arguments.>amont'],
      ['desk/refund has no parameter custmer', 'customer', 't.arguments.>custmer'],
    ]);
  });
});

describe('where a parameter is written', () => {
  test.each([
    ['behind another one', 'context.arguments.amount == context.arguments.idd', 't.arguments.>idd'],
    ['in brackets', 'context.arguments["idd"] == 1', 't.arguments[>"idd"'],
    ['behind has', 'context.arguments has idd', 'guments has >idd'],
    ['behind has, in quotes', 'context.arguments has "idd"', 'guments has >"idd"'],
    ['behind the same word as a text', '"idd" == "arguments" || context.arguments.idd == 1', 't.arguments.>idd'],
    ['behind the same word elsewhere', 'context.conversation.idd == context.arguments.idd', 't.arguments.>idd'],
    ['named like the first word of the text', 'context.arguments.forbid == 1', 't.arguments.>forbid'],
    ['below its own parameter', 'context.arguments has customer.idd', 'as customer.>idd'],
    ['below its own parameter in brackets', 'context.arguments["customer"]["idd"] == 1', '"customer"][>"idd"'],
    ['below its own parameter in mixed forms', 'context.arguments["customer"].idd == 1', '"customer"].>idd'],
    ['named like its own parameter', 'context.arguments has customer.customer', 'as customer.>customer'],
    [
      'behind the same word below another, and its parameter before both',
      'context.arguments has customer.id && context has conversation.idd && context.arguments has customer.idd',
      'as customer.>idd',
    ],
  ])('is found %s', (_what, condition, place) => {
    expect(told(condition, refund).map(([, , at]) => at)).toEqual([place]);
  });

  test('is the beginning where the text does not write it', () => {
    const reads = readsOf(engine.parse(when('context.arguments has idd')));
    const elsewhere = (written: string) => parameterProblems(written, tokensOf(written), reads, [refund]);
    for (const written of ['', 'idd', '.idd', 'has idd', 'x.idd', 'x.y.idd'])
      expect(elsewhere(written)).toEqual([
        {
          ...{ line: 1, column: 1, endLine: 1, endColumn: 1 },
          ...{ message: 'desk/refund has no parameter idd', suggestion: null },
        },
      ]);
  });
});
