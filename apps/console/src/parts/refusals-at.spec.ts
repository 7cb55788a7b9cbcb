import { CombinedGraphQLErrors } from '@apollo/client/errors';
import { describe, expect, it } from 'vitest';
import { refusalsAt } from './refusals-at.js';

const refused = (code: string, message: string, details: unknown = {}) =>
  new CombinedGraphQLErrors({ errors: [{ message, extensions: { code, requestId: 'r-1', details } }] });
const names = ['id', 'issuer'] as const;

describe('a refusal of a form', () => {
  it('stands at each field that the server names', () => {
    const fields = [
      { path: 'id', message: 'too long' },
      { path: 'issuer', message: 'not https' },
    ];
    expect(refusalsAt(refused('input_invalid', 'id: too long', { fields }), names)).toEqual({
      at: { id: 'too long', issuer: 'not https' },
      isPlaced: true,
    });
  });

  it('is also said above the form when one of its fields is not shown', () => {
    const fields = [
      { path: 'id', message: 'too long' },
      { path: 'other', message: 'missing' },
    ];
    expect(refusalsAt(refused('input_invalid', 'x', { fields }), names)).toEqual({
      at: { id: 'too long' },
      isPlaced: false,
    });
  });

  it('stands at the field that its code is about, with what the server said', () => {
    expect(
      refusalsAt(refused('issuer_refused', 'the host is not public'), names, { issuer_refused: 'issuer' }),
    ).toEqual({
      at: { issuer: 'This issuer cannot be used: the host is not public' },
      isPlaced: true,
    });
  });

  it('stands at another field when the sentence of the server begins with that one', () => {
    expect(refusalsAt(refused('issuer_refused', 'id: is taken: twice'), names, { issuer_refused: 'issuer' })).toEqual({
      at: { id: 'This issuer cannot be used: is taken: twice' },
      isPlaced: true,
    });
  });

  it('makes visible what the server said and cannot be seen', () => {
    const { at } = refusalsAt(refused('issuer_refused', 'a\u202eb'), names, { issuer_refused: 'issuer' });
    expect(at.issuer).toContain('[U+202E]');
  });

  it.each([
    ['no error', null],
    ['an error that is about no field', refused('forbidden', 'no')],
    ['no answer at all', new TypeError('failed to fetch')],
    ['fields that are none', refused('input_invalid', 'x', { fields: ['id', null, { path: 1 }] })],
  ])('stands at no field for %s', (_what, error) => {
    expect(refusalsAt(error, names, { issuer_refused: 'issuer' })).toEqual({ at: {}, isPlaced: false });
  });
});
