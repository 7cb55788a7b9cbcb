import { describe, expect, test } from 'vitest';
import { tokensOf } from './policy-tokens.js';
import { statementsOf } from './statements-of.js';

const cut = (text: string) =>
  statementsOf(tokensOf(text)).map(({ tokens }) => tokens.map((token) => token.text).join(' '));
const only = (text: string) => {
  const [statement, ...others] = statementsOf(tokensOf(text));
  if (!statement || others.length > 0) throw new Error('it is not one statement');
  return statement;
};
const heldBy = (text: string) =>
  only(text).annotations.map(({ name, value }) => [name.text, value === undefined ? undefined : value.value]);

describe('the statements of a text', () => {
  test.each<[string, string, readonly string[]]>([
    ['are none in no text', ' // nothing', []],
    ['end with a semicolon', 'permit a; forbid b;', ['permit a ;', 'forbid b ;']],
    ['have one without it at the end', 'permit a; forbid', ['permit a ;', 'forbid']],
    [
      'go on behind a semicolon in brackets',
      'a (b; c) [d; e] {f; (g); h}; i;',
      ['a ( b ; c ) [ d ; e ] { f ; ( g ) ; h } ;', 'i ;'],
    ],
    ['go on behind a semicolon in a string', 'a ";" b; c;', ['a ";" b ;', 'c ;']],
    ['do not open brackets in strings', 'a "(" b; c "[{"; d;', ['a "(" b ;', 'c "[{" ;', 'd ;']],
    ['do not close brackets in strings', 'a (")" ; b); c;', ['a ( ")" ; b ) ;', 'c ;']],
    ['end behind brackets that nothing opened', 'a)]}; (b; c); d;', ['a ) ] } ;', '( b ; c ) ;', 'd ;']],
    ['go to the end behind a bracket that nothing closes', 'a; (b; c;', ['a ;', '( b ; c ;']],
  ])('%s', (_what, text, statements) => {
    expect(cut(text)).toEqual(statements);
  });
});

describe('the effect of a statement', () => {
  test('is the word it begins with, behind its annotations', () => {
    expect(only('forbid (principal);').effect?.text).toBe('forbid');
    expect(only('@hold("finance") @hold @id("x") permit (principal);').effect?.text).toBe('permit');
  });

  test.each(['(forbid);', '"forbid";', ';', '@hold', '@hold("finance")', '@hold("finance"'])(
    'is missing from %s',
    (text) => {
      expect(only(text).effect).toBeUndefined();
    },
  );
});

describe('the annotations of a statement', () => {
  test.each<[string, string, readonly (readonly [string, string | undefined])[]]>([
    ['are none where it begins with its effect', 'forbid (@hold("x"));', []],
    ['have a name and a value', '@hold("finance") forbid ();', [['hold', 'finance']]],
    [
      'come in their order, with and without a value',
      '@hold @id("x") @b forbid ();',
      [
        ['hold', undefined],
        ['id', 'x'],
        ['b', undefined],
      ],
    ],
    ['may end the text', '@hold', [['hold', undefined]]],
    ['have no value where the text ends before it', '@hold(', [['hold', undefined]]],
    ['are none where no name follows', '@', []],
  ])('%s', (_what, text, annotations) => {
    expect(heldBy(text)).toEqual(annotations);
  });
});

describe('the size of a statement', () => {
  test.each([
    ['counts brackets in brackets, of any kind', 'a (b [c {d}]);', 3],
    ['counts brackets beside one another once', '(a) [b] {c} ((d)) (e);', 2],
    ['does not count brackets in strings', '("((" ")))" );', 1],
    ['counts brackets behind more closing ones than there were opening ones', ')))) ((a));', 2],
  ])('%s', (_what, text, depth) => {
    expect(only(text).depth).toBe(depth);
  });

  test('counts the operators that go deeper, and none in strings', () => {
    expect(only('a.b + c["d"] - e * f && g || if h then !i else j == k;').operators).toBe(9);
    expect(only('"." "+" "[" "if && !" == a;').operators).toBe(0);
  });

  test('counts for each statement by itself', () => {
    const sizes = statementsOf(tokensOf('((a.b)); (c); d'));
    expect(sizes.map(({ depth, operators }) => [depth, operators])).toEqual([
      [2, 1],
      [1, 0],
      [0, 0],
    ]);
  });
});
